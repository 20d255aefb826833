"""Lists of which somebody said on a day: there is nothing to write here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Service


class ConfirmedEmpty(models.Model):
    """On that day there was nothing to record in the list. What is merely absent is not known."""

    class List(models.TextChoices):
        VISION = "vision", _("Vision")
        EXPECTATIONS = "expectations", _("What is expected, in writing")
        ACKNOWLEDGEMENTS = "acknowledgements", _("Who has taken note of what is expected")
        GOALS = "goals", _("Goals")
        ALLOCATIONS = "allocations", _("Time set aside")
        REVIEWS = "reviews", _("Reviews")
        DECISIONS = "decisions", _("Decisions")
        EXPANSIONS = "expansions", _("Plans to expand")
        ADAPTATIONS = "adaptations", _("Changes to the programme")
        SUPPORT = "support", _("Support from outside")
        CONFIRMATIONS = "confirmations", _("Word of the next level up")
        FUNDING = "funding", _("Money and posts")
        SUPERVISION = "supervision", _("Supervision")
        STAFF_CHANGES = "staff_changes", _("Changes of staff in the last 12 months")
        OUTCOMES = "outcomes", _("Patient outcomes")
        FIDELITY = "fidelity", _("Fidelity ratings")
        RECOMMENDATIONS = "recommendations", _("Recommendations of the last visit")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="confirmed_empty")
    list = models.CharField(_("Of what there is nothing"), max_length=20, choices=List.choices)
    on = models.DateField(_("As of"))
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("Nothing to record")
        constraints = [
            models.UniqueConstraint(fields=["service", "list", "on"], name="one_confirmation_per_list_and_day"),
        ]

    def __str__(self) -> str:
        return f"{self.service.key} {self.list} {self.on}"

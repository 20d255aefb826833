"""What was decided on the practice: by whom, on what basis, how many patients behind it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Service


class Decision(models.Model):
    """A decision to continue, expand, adapt or stop. For an expansion: what stands behind it."""

    class Kind(models.TextChoices):
        CONTINUE = "continue", _("Continue")
        EXPAND = "expand", _("Expand")
        ADAPT = "adapt", _("Change the programme")
        STOP = "stop", _("Stop")

    class DecidedBy(models.TextChoices):
        LEADER = "leader", _("The leader")
        TOGETHER = "together", _("Leader and practitioners together")
        NEXT_LEVEL = "next_level", _("The next level up")
        PRACTITIONERS = "practitioners", _("It was left to the practitioners")

    class Basis(models.TextChoices):
        OUTCOMES = "outcomes", _("Systematic patient outcomes")
        IMPRESSIONS = "impressions", _("Impressions and own observations")
        RESOURCES = "resources", _("Money, posts or an instruction")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(_("What was decided"), max_length=10, choices=Kind.choices)
    text = models.CharField(_("In a sentence"), max_length=300, blank=True)
    decided_on = models.DateField(_("When"))
    decided_by = models.CharField(_("Who decided"), max_length=20, choices=DecidedBy.choices, blank=True)
    basis = models.CharField(_("On what basis"), max_length=20, choices=Basis.choices, blank=True)
    patients = models.PositiveIntegerField(
        _("How many patients' outcomes were behind it"),
        null=True,
        blank=True,
        help_text=_("A count, nothing about anybody."),
    )
    look_again_on = models.DateField(_("To be looked at again on"), null=True, blank=True)
    goals_behind = models.BooleanField(_("Are there goals for it?"), null=True, blank=True)
    hours_behind = models.BooleanField(_("Are hours set aside for it?"), null=True, blank=True)
    training_behind = models.BooleanField(_("Is training planned for it?"), null=True, blank=True)

    class Meta:
        verbose_name = _("Decision")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="expand")
                | Q(goals_behind__isnull=True, hours_behind__isnull=True, training_behind__isnull=True),
                name="decision_only_an_expansion_has_backing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service.key} {self.kind} {self.decided_on}"

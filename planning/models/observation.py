"""What somebody saw that hinders or helps, attached to an entry of the catalogue."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Service


class Observation(models.Model):
    """A reported hindrance or help; `of_group` when it was said of a group the service belongs to."""

    class Effect(models.TextChoices):
        HINDERS = "hinders", _("This hinders")
        HELPS = "helps", _("This helps")

    class Source(models.TextChoices):
        REVIEW = "review", _("Review meeting")
        FOCUS_GROUP = "focus_group", _("Group interview")
        SITE_VISIT = "site_visit", _("Site visit")
        SUPERVISION = "supervision", _("Supervision")
        OTHER = "other", _("Other")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="observations")
    entry = models.CharField(_("What it is about"), max_length=40)
    effect = models.CharField(_("Does it hinder or help?"), max_length=10, choices=Effect.choices)
    text = models.CharField(
        _("What was seen"),
        max_length=500,
        blank=True,  # in a meeting the two words say enough
        help_text=_("In a sentence. Nothing about a patient, nobody's name."),
    )
    on = models.DateField(_("Date"))
    source = models.CharField(_("Where it came up"), max_length=20, choices=Source.choices)
    review = models.ForeignKey("Review", on_delete=models.SET_NULL, null=True, blank=True, related_name="observations")
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    of_group = models.BooleanField(default=False)
    passage = models.CharField(max_length=100, blank=True)  # the study's section, for published observations

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(effect__in=["hinders", "helps"]), name="observation_hinders_or_helps")
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.effect} {self.on}"

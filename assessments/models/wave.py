"""A wave: staff are asked about the leadership of IMR and whether it is still used, each by a link of their own.

Who was invited and whether they answered stands apart from the answers, and nothing leads from the one to the other.
When the wave closes, its result is kept and the single answers go.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Service
from assessments.models.leadership import LeadershipRating, SustainmentRating
from assessments.small_numbers import SMALLEST_MINIMUM, USUAL_MINIMUM


class WaveQuerySet(models.QuerySet):
    """Sets of waves that people talk about."""

    def open(self) -> "WaveQuerySet":
        """Those that take answers."""
        return self.filter(closed_at__isnull=True)


class Wave(models.Model):
    """One survey of a leader's whole team. What it asks, of how many, and its least number of answers never change."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="waves")
    leader = models.ForeignKey(Member, on_delete=models.RESTRICT, related_name="waves_about")
    opened_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closes_on = models.DateField(_("Last day to answer"))
    # When those who have not answered are reminded, once; who they are is nobody's to see.
    remind_on = models.DateField(_("Day of the reminder"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    minimum = models.PositiveSmallIntegerField(
        _("Smallest number of answers that is shown"),
        choices=[(5, "5"), (4, "4"), (3, "3")],
        default=USUAL_MINIMUM,
    )
    invited = models.PositiveSmallIntegerField()  # when it was opened; an invitation taken back changes nothing here
    leadership_version = models.CharField(max_length=20)  # of the definitions
    sustainment_version = models.CharField(max_length=20)
    # The exact words as they were entered when it was opened: {"nb": {"ils": {"plan": "..."}}}.
    official_texts = models.JSONField(default=dict, blank=True)
    leadership = models.OneToOneField(LeadershipRating, on_delete=models.SET_NULL, null=True, blank=True)
    sustainment = models.OneToOneField(SustainmentRating, on_delete=models.SET_NULL, null=True, blank=True)
    # What the leader says to those who answered, on the page of their own link.
    reply = models.CharField(_("What will come of it"), max_length=500, blank=True)
    replied_on = models.DateField(null=True, blank=True)

    objects = WaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("Survey of the staff")
        constraints = [
            models.UniqueConstraint(
                fields=["service"], condition=Q(closed_at__isnull=True), name="one_open_wave_a_service"
            ),
            models.CheckConstraint(
                condition=Q(minimum__gte=SMALLEST_MINIMUM, minimum__lte=USUAL_MINIMUM),
                name="wave_minimum_between_3_and_5",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.opened_at:%Y-%m-%d}"


class WaveInvitation(models.Model):
    """One person who was asked, and whether the link was used. Nobody is shown the latter."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    language = models.CharField(max_length=2, choices=[("en", _("English")), ("nb", _("Norwegian Bokmål"))])
    answered = models.BooleanField(default=False)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "email"], name="one_invitation_an_address")]

    def __str__(self) -> str:
        return f"{self.wave_id} {self.pk}"


class WaveAnswer(models.Model):
    """One person's answers by item, 0 to 4, of nobody in particular: with no time, and in no order. Gone at closing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="answers")
    leadership = models.JSONField(default=dict)
    sustainment = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.wave_id}"

"""What people answered about how IMR is led and kept: results of groups, and a leader's own rating."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Service
from assessments.small_numbers import SMALLEST_MINIMUM, USUAL_MINIMUM

WORDINGS = [("official", _("the official wording")), ("paraphrase", _("our own wording"))]


def leadership_mean(label) -> models.DecimalField:
    """A mean on one sub-scale of the Implementation Leadership Scale, 0 to 4."""
    return models.DecimalField(
        label,
        max_digits=12,
        decimal_places=10,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(4))],
    )


SUBSCALES = ("proactive", "knowledgeable", "supportive", "perseverant")


def _between_0_and_4(*names: str) -> Q:
    condition = Q()
    for name in names:
        condition &= Q(**{f"{name}__gte": 0, f"{name}__lte": 4})
    return condition


class LeadershipRating(models.Model):
    """What staff answered on the Implementation Leadership Scale: means, and how many answered."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="leadership_ratings")
    rated_on = models.DateField(_("When the survey closed"))
    answers = models.PositiveSmallIntegerField(_("How many answered"))
    # The smallest number of answers that is shown, as agreed before the survey opened.
    minimum = models.PositiveSmallIntegerField(
        _("Smallest number of answers agreed beforehand"), choices=[(5, "5"), (4, "4"), (3, "3")], default=USUAL_MINIMUM
    )
    proactive = leadership_mean(_("Proactive"))
    knowledgeable = leadership_mean(_("Knowledgeable"))
    supportive = leadership_mean(_("Supportive"))
    perseverant = leadership_mean(_("Perseverant"))

    # Of the definition it was rated by (`assessments.instruments`); empty: a mean from elsewhere, by none of ours.
    version = models.CharField(max_length=20, blank=True, default="")
    # Whether people answered the instrument's exact words; empty: not said, of a survey made elsewhere.
    wording = models.CharField(max_length=10, blank=True, default="", choices=WORDINGS)
    invited = models.PositiveSmallIntegerField(null=True, blank=True)  # None: not known
    # Sub-scales whose mean lies beyond what can be shown of so few: {"supportive": "most"}; kept is the limit itself.
    bounded = models.JSONField(default=dict, blank=True)
    differs = models.BooleanField(null=True, blank=True)  # the answers differ a lot; None: not known

    class Meta:
        verbose_name = _("Rating of the leadership by staff")
        constraints = [
            models.UniqueConstraint(fields=["service", "rated_on"], name="one_leadership_rating_a_day"),
            models.CheckConstraint(
                condition=Q(minimum__gte=SMALLEST_MINIMUM, minimum__lte=USUAL_MINIMUM),
                name="leadership_minimum_between_3_and_5",
            ),
            models.CheckConstraint(condition=Q(answers__gte=1), name="leadership_rating_has_answers"),
            models.CheckConstraint(condition=_between_0_and_4(*SUBSCALES), name="leadership_between_0_and_4"),
        ]

    def __str__(self) -> str:
        return f"{self.answers} answers on {self.rated_on}"


class OwnLeadershipRating(models.Model):
    """How a leader rates the own leadership on the same scale. Nobody else's to see until it is shared."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="own_leadership_ratings")
    leader = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="own_leadership_ratings")
    rated_on = models.DateField(_("Date"))
    proactive = leadership_mean(_("Proactive"))
    knowledgeable = leadership_mean(_("Knowledgeable"))
    supportive = leadership_mean(_("Supportive"))
    perseverant = leadership_mean(_("Perseverant"))
    shared_on = models.DateField(null=True, blank=True)

    items = models.JSONField(default=dict, blank=True)  # the answers by item, 0 to 4; empty: only the means are known
    # Of the definition it was rated by (`assessments.instruments`); empty: a mean from elsewhere, by none of ours.
    version = models.CharField(max_length=20, blank=True, default="")
    # Whether people answered the instrument's exact words; empty: not said, of a survey made elsewhere.
    wording = models.CharField(max_length=10, blank=True, default="", choices=WORDINGS)

    class Meta:
        verbose_name = _("Own rating of the leadership")
        constraints = [
            models.UniqueConstraint(fields=["leader", "rated_on"], name="one_own_rating_a_day"),
            models.CheckConstraint(condition=_between_0_and_4(*SUBSCALES), name="own_leadership_between_0_and_4"),
            models.CheckConstraint(
                condition=Q(shared_on__isnull=True) | Q(shared_on__gte=models.F("rated_on")),
                name="own_rating_shared_after_it_was_made",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service.key} {self.rated_on}"


class SustainmentRating(models.Model):
    """What staff answered on the Provider Report of Sustainment Scale: one mean, 0 to 4, and how many answered."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="sustainment_ratings")
    rated_on = models.DateField(_("When the survey closed"))
    answers = models.PositiveSmallIntegerField(_("How many answered"))
    minimum = models.PositiveSmallIntegerField(
        _("Smallest number of answers agreed beforehand"), choices=[(5, "5"), (4, "4"), (3, "3")], default=USUAL_MINIMUM
    )
    mean = leadership_mean(_("Mean"))
    # Of the definition it was rated by (`assessments.instruments`); empty: a mean from elsewhere, by none of ours.
    version = models.CharField(max_length=20, blank=True, default="")
    # Whether people answered the instrument's exact words; empty: not said, of a survey made elsewhere.
    wording = models.CharField(max_length=10, blank=True, default="", choices=WORDINGS)
    invited = models.PositiveSmallIntegerField(null=True, blank=True)  # None: not known
    bounded = models.JSONField(default=dict, blank=True)  # {"total": "most"}, as of a rating of the leadership

    class Meta:
        verbose_name = _("Rating of how far IMR is still used")
        constraints = [
            models.UniqueConstraint(fields=["service", "rated_on"], name="one_sustainment_rating_a_day"),
            models.CheckConstraint(
                condition=Q(minimum__gte=SMALLEST_MINIMUM, minimum__lte=USUAL_MINIMUM),
                name="sustainment_minimum_between_3_and_5",
            ),
            models.CheckConstraint(condition=Q(answers__gte=models.F("minimum")), name="sustainment_answers_enough"),
            models.CheckConstraint(condition=_between_0_and_4("mean"), name="sustainment_between_0_and_4"),
        ]

    def __str__(self) -> str:
        return f"{self.answers} answers on {self.rated_on}"

"""What was measured of a service with an instrument."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Service
from assessments.small_numbers import FEWEST_PATIENTS, SMALLEST_MINIMUM, USUAL_MINIMUM


class FidelityRating(models.Model):
    """A total on the IMR Fidelity Scale: the mean of the item ratings, 1 to 5, higher is better."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="fidelity_ratings")
    rated_on = models.DateField(_("Date of the visit"))
    total = models.DecimalField(
        _("Mean on the IMR Fidelity Scale"),
        max_digits=12,
        decimal_places=10,  # a mean of 13 items is kept unrounded: bands are decided on it
        validators=[MinValueValidator(Decimal(1)), MaxValueValidator(Decimal(5))],
        help_text=_("From 1 to 5, as on the score sheet."),
    )
    # The rated items by their keys (`assessments.instruments`), 1 to 5 each; empty: only the mean is known.
    items = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "rated_on"], name="one_fidelity_rating_a_day"),
            models.CheckConstraint(condition=Q(total__gte=1, total__lte=5), name="fidelity_between_1_and_5"),
        ]

    def __str__(self) -> str:
        return f"{self.total:.2f} on {self.rated_on}"


class Recommendation(models.Model):
    """What the visit behind a rating advised the service to do."""

    rating = models.ForeignKey(FidelityRating, on_delete=models.CASCADE, related_name="recommendations")
    text = models.CharField(_("What is recommended"), max_length=300)

    class Meta:
        verbose_name = _("Recommendation")

    def __str__(self) -> str:
        return self.text


class OrganisationRating(models.Model):
    """A mean on the General Organizational Index, 1 to 5: whether the organisation can carry the practice."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="organisation_ratings")
    rated_on = models.DateField(_("Date of the visit"))
    mean = models.DecimalField(
        _("Mean on the General Organizational Index"),
        max_digits=12,
        decimal_places=10,
        validators=[MinValueValidator(Decimal(1)), MaxValueValidator(Decimal(5))],
        help_text=_("From 1 to 5, the mean of the twelve items."),
    )

    class Meta:
        verbose_name = _("Rating of the organisation")
        constraints = [
            models.UniqueConstraint(fields=["service", "rated_on"], name="one_organisation_rating_a_day"),
            models.CheckConstraint(condition=Q(mean__gte=1, mean__lte=5), name="organisation_between_1_and_5"),
        ]

    def __str__(self) -> str:
        return f"{self.mean:.2f} on {self.rated_on}"


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


class OutcomeRound(models.Model):
    """Patient outcomes measured once: how many patients and their mean, nothing about anybody."""

    class Form(models.TextChoices):
        PATIENT = "patient", _("Filled in by patients")
        PRACTITIONER = "practitioner", _("Filled in by practitioners")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="outcome_rounds")
    measured_on = models.DateField(_("When"))
    form = models.CharField(_("Which form of the IMR scales"), max_length=20, choices=Form.choices)
    patients = models.PositiveIntegerField(_("How many patients"))
    mean = models.DecimalField(
        _("Mean"),
        max_digits=12,
        decimal_places=10,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(1)), MaxValueValidator(Decimal(5))],
        help_text=_("From 1 to 5. Only for five patients or more."),
    )
    fed_back_on = models.DateField(_("Shown to the practitioners on"), null=True, blank=True)

    class Meta:
        verbose_name = _("Outcome round")
        constraints = [
            models.UniqueConstraint(fields=["service", "measured_on", "form"], name="one_outcome_round_a_day_and_form"),
            models.CheckConstraint(
                condition=Q(mean__isnull=True) | Q(patients__gte=FEWEST_PATIENTS, mean__gte=1, mean__lte=5),
                name="outcome_mean_of_five_patients_or_more",
            ),
            models.CheckConstraint(
                condition=Q(fed_back_on__isnull=True) | Q(fed_back_on__gte=models.F("measured_on")),
                name="outcomes_fed_back_after_measuring",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patients} patients on {self.measured_on}"

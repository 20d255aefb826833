"""A fidelity visit: two raters who rate on their own, then what they agree on."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Service
from assessments.models.rating import FidelityRating, OrganisationRating


class VisitQuerySet(models.QuerySet):
    """Sets of visits that people talk about."""

    def ahead(self) -> "VisitQuerySet":
        """Those that are planned or going on: not agreed, not cancelled."""
        return self.filter(agreed_on__isnull=True, cancelled_on__isnull=True)

    def without_total(self) -> "VisitQuerySet":
        """Those agreed on with too few rated items for a mean of fidelity: no rating leads to them."""
        return self.filter(agreed_on__isnull=False, rating__isnull=True)


class Visit(models.Model):
    """One visit, with the IMR Fidelity Scale and the General Organizational Index.

    What was agreed becomes a fidelity rating and a rating of the organisation, which is what everything else reads.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="visits")
    planned_on = models.DateField(_("Date of the visit"))
    covers = models.CharField(
        _("Who counts as giving and getting IMR"),
        max_length=300,
        blank=True,
        help_text=_("The rating covers these and nobody else, so the next visit has to know."),
    )
    practitioners = models.PositiveSmallIntegerField(_("Practitioners covered"), null=True, blank=True)
    patients = models.PositiveSmallIntegerField(_("Patients covered"), null=True, blank=True)
    fidelity_version = models.CharField(max_length=20)  # of the definitions that both raters see
    organisation_version = models.CharField(max_length=20)
    agreed_on = models.DateField(null=True, blank=True)
    feedback_on = models.DateField(_("Told to the service on"), null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    rating = models.OneToOneField(FidelityRating, on_delete=models.SET_NULL, null=True, blank=True)
    organisation = models.OneToOneField(OrganisationRating, on_delete=models.SET_NULL, null=True, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("Fidelity visit")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "planned_on"], condition=Q(cancelled_on__isnull=True), name="one_visit_a_day"
            ),
            models.CheckConstraint(
                condition=Q(agreed_on__isnull=True) | Q(cancelled_on__isnull=True), name="visit_agreed_or_cancelled"
            ),
            models.CheckConstraint(
                condition=Q(feedback_on__isnull=True) | Q(agreed_on__isnull=False, feedback_on__gte=F("planned_on")),
                name="visit_told_of_after_it_was_agreed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.planned_on}"


class Rater(models.Model):
    """One of the two who rate a visit. Nobody else sees the ratings until both are done."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="raters")
    number = models.PositiveSmallIntegerField(choices=[(1, "1"), (2, "2")])
    member = models.ForeignKey(Member, on_delete=models.RESTRICT, related_name="visits_rated")
    done_at = models.DateTimeField(null=True, blank=True)  # then the ratings stand still

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "number"], name="two_raters_a_visit"),
            models.UniqueConstraint(fields=["visit", "member"], name="two_different_raters"),
            models.CheckConstraint(condition=Q(number__in=[1, 2]), name="rater_first_or_second"),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.number}"


class RatedItem(models.Model):
    """A rating of one item, 1 to 5; without one, the reason why the item could not be rated."""

    instrument = models.CharField(max_length=20)
    item = models.CharField(max_length=40)
    rating = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    not_rateable = models.CharField(max_length=200, blank=True)  # why
    note = models.CharField(max_length=300, blank=True)  # also why a proposed rating was not taken
    # Of an item that is computed from counts: {"receiving": 12, "eligible": 20}, or with "target" for "eligible".
    counts = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.instrument} {self.item} {self.rating}"


def _rated_or_not(prefix: str) -> list:
    return [
        models.CheckConstraint(
            condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=5, not_rateable=""),
            name=f"{prefix}_rated_1_to_5_or_not_rateable",
        )
    ]


class RaterItem(RatedItem):
    """What one rater gave an item."""

    rater = models.ForeignKey(Rater, on_delete=models.CASCADE, related_name="items")
    proposed = models.PositiveSmallIntegerField(null=True, blank=True)  # what the record's counts spoke for just then
    chosen_at = models.DateTimeField()  # by the rater, who may have had no connection then: never before a newer one

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rater", "instrument", "item"], name="one_rating_of_a_rater_an_item"),
            *_rated_or_not("rater_item"),
        ]


class AgreedItem(RatedItem):
    """What the two agreed on for an item."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="agreed_items")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "instrument", "item"], name="one_agreed_rating_an_item"),
            *_rated_or_not("agreed_item"),
        ]

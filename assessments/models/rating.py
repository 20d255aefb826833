"""What trained assessors rated of a service, and what they advised."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Service


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
    # Of the definition it was rated by (`assessments.instruments`); empty: a mean from elsewhere, by none of ours.
    version = models.CharField(max_length=20, blank=True, default="")

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
    # The item of a scale that it is about, as "imr_fidelity:coping_skills"; empty: the visit as a whole.
    about = models.CharField(max_length=60, blank=True, default="")
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
    items = models.JSONField(default=dict, blank=True)  # as of a fidelity rating
    # Of the definition it was rated by (`assessments.instruments`); empty: a mean from elsewhere, by none of ours.
    version = models.CharField(max_length=20, blank=True, default="")
    # What the share of those reached was counted against: {"receiving": 12, "against": "20", "estimated": true}.
    reached = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("Rating of the organisation")
        constraints = [
            models.UniqueConstraint(fields=["service", "rated_on"], name="one_organisation_rating_a_day"),
            models.CheckConstraint(condition=Q(mean__gte=1, mean__lte=5), name="organisation_between_1_and_5"),
        ]

    def __str__(self) -> str:
        return f"{self.mean:.2f} on {self.rated_on}"

"""What was measured of a service with an instrument."""

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

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "rated_on"], name="one_fidelity_rating_a_day"),
            models.CheckConstraint(condition=Q(total__gte=1, total__lte=5), name="fidelity_between_1_and_5"),
        ]

    def __str__(self) -> str:
        return f"{self.total:.2f} on {self.rated_on}"

"""A leader's dated, reasoned "we live with this until"."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Service

REASON_CHARACTERS = 20  # quality point B05
ACCEPT_DAYS = 180


class Acceptance(models.Model):
    """A flag that somebody accepts for a time. It ends on its day, by hand, or when the evidence worsens."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="acceptances")
    entry = models.CharField(max_length=40)  # key of the catalogue
    reason = models.CharField(_("Why you live with it for now"), max_length=500)
    accepted_on = models.DateField()
    until = models.DateField(_("Until"))
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=10)  # flagged or watch, as it stood when accepted
    severity = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)  # likewise
    ended_on = models.DateField(null=True, blank=True)  # taken back, or replaced by another

    class Meta:
        verbose_name = _("Acceptance of a flag")
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("accepted_on")), name="acceptance_ends_after_it_began"),
            models.CheckConstraint(condition=Q(status__in=["flagged", "watch"]), name="acceptance_of_flag_or_watch"),
            models.UniqueConstraint(
                fields=["service", "entry"], condition=Q(ended_on__isnull=True), name="one_acceptance_per_entry"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service.key} {self.entry} until {self.until}"

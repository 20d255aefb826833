"""A change to the programme that is in use."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Service


class AdaptationQuerySet(models.QuerySet):
    """Sets of adaptations that people talk about."""

    def in_use(self, on) -> "AdaptationQuerySet":
        """Those used on that day."""
        return self.filter(Q(in_use_from__lte=on), Q(in_use_until__isnull=True) | Q(in_use_until__gte=on))


class Adaptation(models.Model):
    """What is done otherwise than in the programme; considered when it has a reason, evidence, a decision, a date."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="adaptations")
    what = models.CharField(
        _("What is done otherwise"),
        max_length=200,
        help_text=_("Such as a module left out, or home assignments done in the session."),
    )
    in_use_from = models.DateField(_("In use from"))
    in_use_until = models.DateField(_("In use until"), null=True, blank=True)
    reason = models.CharField(_("Why"), max_length=300, blank=True)
    evidence = models.CharField(
        _("What speaks for it"), max_length=300, blank=True, help_text=_("Outcomes, published work, advice.")
    )
    decided_on = models.DateField(_("Decided on"), null=True, blank=True)
    look_again_on = models.DateField(_("To be looked at again on"), null=True, blank=True)

    objects = AdaptationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Adaptation")
        constraints = [
            models.CheckConstraint(
                condition=Q(in_use_until__isnull=True) | Q(in_use_until__gte=F("in_use_from")),
                name="adaptation_until_after_from",
            ),
        ]

    def __str__(self) -> str:
        return self.what

"""Why the practice is here, and where it is to be by a date."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Service


class VisionQuerySet(models.QuerySet):
    """Sets of visions that people talk about."""

    def in_force(self, on) -> "VisionQuerySet":
        """The published ones, the latest first; only the first of a service is in force."""
        return self.filter(published_on__lte=on).order_by("service_id", "-published_on", "-version")


class Vision(models.Model):
    """One version of the vision. A published version is never changed: a new one takes its place."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="visions")
    version = models.PositiveIntegerField()
    text = models.TextField(
        _("Vision"),
        max_length=2000,
        help_text=_("Why IMR is here, and what patients and colleagues will see when it works."),
    )
    horizon_on = models.DateField(
        _("Where we want to be by"), null=True, blank=True, help_text=_("A date one to three years ahead.")
    )  # a draft may be without
    published_on = models.DateField(null=True, blank=True)
    published_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    looked_at_on = models.DateField(null=True, blank=True)  # last confirmed as still right

    objects = VisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "version"], name="one_vision_per_version"),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True, looked_at_on__isnull=True)
                | Q(published_on__isnull=False, looked_at_on__isnull=False, looked_at_on__gte=F("published_on")),
                name="vision_looked_at_from_publication_on",
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | Q(horizon_on__isnull=False),
                name="vision_published_with_a_horizon",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service.key} version {self.version}"


class VisionAcknowledgement(models.Model):
    """Somebody has read one version of the vision."""

    vision = models.ForeignKey(Vision, on_delete=models.CASCADE, related_name="acknowledgements")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="vision_acknowledgements")
    on = models.DateField(_("When"))

    class Meta:
        verbose_name = _("Reading of the vision")
        constraints = [
            models.UniqueConstraint(fields=["vision", "member"], name="one_vision_acknowledgement_per_member"),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.on}"

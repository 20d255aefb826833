"""What is expected of practitioners, in writing, and who has taken note of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Service


class ExpectationQuerySet(models.QuerySet):
    """Sets of expectations that people talk about."""

    def in_force(self, on) -> "ExpectationQuerySet":
        """The published ones, the latest first; only the first of a service is in force."""
        return self.filter(published_on__lte=on).order_by("service_id", "-published_on", "-version")


class Expectation(models.Model):
    """One version of what is expected: a draft, then published and never changed again; a new one takes its place."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="expectations")
    version = models.PositiveIntegerField()
    text = models.TextField(
        _("What is expected"),
        max_length=2000,
        help_text=_("How many patients or groups, how many hours, what may wait. Half a page at most."),
    )
    published_on = models.DateField(null=True, blank=True)  # none: a draft that only leaders see
    published_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ExpectationQuerySet.as_manager()

    class Meta:
        verbose_name = _("What is expected")
        constraints = [
            models.UniqueConstraint(fields=["service", "version"], name="one_expectation_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.service.key} version {self.version}"


class Acknowledgement(models.Model):
    """Somebody has taken note of one version: read it here, or been told in person."""

    class How(models.TextChoices):
        READ = "read", _("Read it here")
        TOLD = "told", _("Was told in person")

    expectation = models.ForeignKey(Expectation, on_delete=models.CASCADE, related_name="acknowledgements")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="acknowledgements", verbose_name=_("Who"))
    how = models.CharField(_("How"), max_length=10, choices=How.choices)
    on = models.DateField(_("When"))

    class Meta:
        verbose_name = _("Taking note of what is expected")
        constraints = [
            models.UniqueConstraint(fields=["expectation", "member"], name="one_acknowledgement_per_member"),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.how} {self.on}"

"""The action plan as a document: the row is the request, the file its answer."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Service


class PlanQuerySet(models.QuerySet):
    """Sets of plans that people talk about."""

    def ready(self) -> "PlanQuerySet":
        """Those whose PDF is there."""
        return self.filter(state=Plan.State.READY)

    def in_force(self) -> "Plan | None":
        """Of one service's plans the one that counts: the latest whose PDF is there."""
        return self.ready().order_by("-number").first()

    def waiting(self) -> "PlanQuerySet":
        """Those that a worker has still to make or finish."""
        return self.filter(state__in=[Plan.State.QUEUED, Plan.State.MAKING])


class Plan(models.Model):
    """An issued action plan: numbered, dated, its content frozen when it was asked for."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        MAKING = "making", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="plans")
    number = models.PositiveIntegerField()
    language = models.CharField(
        _("Language"), max_length=2, choices=[("en", _("English")), ("nb", _("Norwegian Bokmål"))]
    )
    as_of = models.DateField()
    template_version = models.CharField(max_length=20)
    content = models.JSONField()  # everything the document says, without layout
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)  # counted before the work starts
    started_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    reference = models.CharField(max_length=8, blank=True)  # of a failure, as in the log

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "number"], name="one_plan_per_number"),
            models.CheckConstraint(
                condition=Q(state="ready", made_at__isnull=False) | Q(~Q(state="ready"), made_at__isnull=True),
                name="plan_made_when_ready",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service.key} no. {self.number}"


class PlanFile(models.Model):
    """The bytes of a plan as issued. In the database, so that row and file are one transaction."""

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="file", primary_key=True)
    pdf = models.BinaryField()
    page_one = models.BinaryField()  # the plan on a page, for mail
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.plan} {self.sha256[:8]}"

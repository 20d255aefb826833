"""Documents of a service: the row is the request, the file its answer."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Service
from assessments.models import Visit


class DocumentQuerySet(models.QuerySet):
    """Sets of documents that people talk about."""

    def of_kind(self, kind: str) -> "DocumentQuerySet":
        """Those of one kind."""
        return self.filter(kind=kind)

    def plans(self) -> "DocumentQuerySet":
        """The action plans."""
        return self.of_kind(Document.Kind.ACTION_PLAN)

    def ready(self) -> "DocumentQuerySet":
        """Those whose PDF is there."""
        return self.filter(state=Document.State.READY)

    def in_force(self) -> "Document | None":
        """Of one service's documents of one kind (and one visit) the one that counts: the latest whose PDF is there."""
        return self.ready().order_by("-number").first()

    def waiting(self) -> "DocumentQuerySet":
        """Those that a worker has still to make or finish."""
        return self.filter(state__in=[Document.State.QUEUED, Document.State.MAKING])


class Document(models.Model):
    """An issued document: numbered by kind, dated, its content frozen when it was asked for."""

    class Kind(models.TextChoices):
        ACTION_PLAN = "plan", _("Action plan")
        MEMO = "memo", _("Memo to the next level")
        HANDOVER = "handover", _("Handover pack")
        FIDELITY_REPORT = "fidelity", _("Fidelity report")

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        MAKING = "making", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    class Step(models.TextChoices):
        """How far the making is; shown while it lasts."""

        LAYING_OUT = "laying_out", _("Page 1 is laid out")
        WRITING = "writing", _("The pages are written")
        STORING = "storing", _("The file is stored")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.ACTION_PLAN)
    number = models.PositiveIntegerField()
    visit = models.ForeignKey(
        Visit, on_delete=models.CASCADE, null=True, blank=True, related_name="documents"
    )  # that a fidelity report is about
    language = models.CharField(
        _("Language"), max_length=2, choices=[("en", _("English")), ("nb", _("Norwegian Bokmål"))]
    )
    as_of = models.DateField()
    template_version = models.CharField(max_length=20)
    content = models.JSONField()  # everything the document says, without layout
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    step = models.CharField(max_length=12, choices=Step.choices, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # counted before the work starts
    started_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    reference = models.CharField(max_length=8, blank=True)  # of a failure, as in the log

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "kind", "number"], name="one_document_per_kind_and_number"),
            models.CheckConstraint(
                condition=Q(state="ready", made_at__isnull=False) | Q(~Q(state="ready"), made_at__isnull=True),
                name="document_made_when_ready",
            ),
            models.CheckConstraint(
                condition=Q(kind="fidelity", visit__isnull=False) | Q(~Q(kind="fidelity"), visit__isnull=True),
                name="document_of_a_visit_when_fidelity",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service.key} {self.kind} no. {self.number}"

    @property
    def is_waiting(self) -> bool:
        """Whether its file is still to come by itself."""
        return self.state in (self.State.QUEUED, self.State.MAKING)

    def siblings(self) -> DocumentQuerySet:
        """It and all others of its kind about the same: the service or, for a fidelity report, the visit."""
        return Document.objects.filter(service=self.service_id, kind=self.kind, visit=self.visit_id)

    @property
    def is_plan(self) -> bool:
        """Whether it is an action plan, which has a page for mail and is compared with the one before."""
        return self.kind == self.Kind.ACTION_PLAN


class DocumentFile(models.Model):
    """The bytes of a document as issued. In the database, so that row and file are one transaction."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="file", primary_key=True)
    pdf = models.BinaryField()
    page_one = models.BinaryField(null=True, blank=True)  # the plan on a page, for mail; other kinds have none
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.document} {self.sha256[:8]}"

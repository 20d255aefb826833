"""Who does what by when, and where it came from."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Service
from assessments.models import Recommendation
from planning.lateness import GRACE_DAYS, late_since


class Behaviour(models.TextChoices):
    """The four behaviours of the Implementation Leadership Scale (Aarons and others 2014)."""

    PROACTIVE = "proactive", _("Proactive")
    KNOWLEDGEABLE = "knowledgeable", _("Knowledgeable")
    SUPPORTIVE = "supportive", _("Supportive")
    PERSEVERANT = "perseverant", _("Perseverant")


class ActionQuerySet(models.QuerySet):
    """Sets of actions that people talk about."""

    def open(self) -> "ActionQuerySet":
        """Neither done nor dropped."""
        return self.filter(state=Action.State.OPEN)

    def late(self, on) -> "ActionQuerySet":
        """Open ones whose date has passed, and the days of grace after it (quality point B09)."""
        return self.open().filter(due_on__lt=on - timedelta(days=GRACE_DAYS))


class Action(models.Model):
    """One thing that one person does by a date."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="actions")
    title = models.CharField(_("What is to be done"), max_length=200)
    owner = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="actions", verbose_name=_("Who does it")
    )
    due_on = models.DateField(_("By when"), null=True, blank=True)
    entry = models.CharField(max_length=40, blank=True)  # the catalogue entry it is to clear
    review = models.ForeignKey("Review", on_delete=models.SET_NULL, null=True, blank=True, related_name="actions")
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.SET_NULL, null=True, blank=True, related_name="actions"
    )
    behaviour = models.CharField(
        _("Leadership behaviour"), max_length=20, choices=Behaviour.choices, blank=True
    )  # set for a leader act
    state = models.CharField(_("State"), max_length=10, choices=State.choices, default=State.OPEN)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    moved_on = models.DateField(null=True, blank=True)  # last changed, and by whom
    moved_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ActionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True) | Q(~Q(state="open"), closed_on__isnull=False),
                name="action_closed_when_not_open",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def is_late(self, on: date) -> bool:
        """Whether it was still open on that day though its date and the days of grace had passed."""
        closed = self.closed_on is not None and self.closed_on <= on
        return not closed and late_since(self.due_on, on=on) is not None


class LeaderAct(models.Model):
    """The act that a leader chose for a month, out of those offered; it is done as an action, and looked at afterwards.

    `code` names the act in `planning.wording`; `behaviour` of the action says which of the four it shows. One that was
    dropped stays when another one is chosen for its month, and says since when.
    """

    class Helped(models.TextChoices):
        YES = "yes", _("It helped")
        PARTLY = "partly", _("It helped a little")
        NO = "no", _("It did not help")
        NOT_DONE = "not_done", _("It was not done")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="leader_acts")
    month = models.DateField()  # its first day
    code = models.CharField(max_length=40)
    action = models.OneToOneField(Action, on_delete=models.CASCADE, related_name="leader_act")
    replaced_on = models.DateField(null=True, blank=True)  # the day another one was chosen instead
    helped = models.CharField(_("Looking back"), max_length=10, choices=Helped.choices, blank=True)
    looked_at_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("Leader's act of a month")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "month"], condition=Q(replaced_on__isnull=True), name="one_leader_act_per_month"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="leader_act_month_is_its_first_day"),
            models.CheckConstraint(
                condition=Q(helped="", looked_at_on__isnull=True) | Q(~Q(helped=""), looked_at_on__isnull=False),
                name="leader_act_looked_at_with_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service.key} {self.month:%Y-%m} {self.code}"

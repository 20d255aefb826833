"""What was decided on the practice: by whom, on what basis, how many patients behind it."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Service
from planning.lateness import late_since
from planning.models.backing import Confirmation


class Decision(models.Model):
    """A decision to continue, expand, adapt or stop. For an expansion: what stands behind it."""

    class Kind(models.TextChoices):
        CONTINUE = "continue", _("Continue")
        EXPAND = "expand", _("Expand")
        ADAPT = "adapt", _("Change the programme")
        STOP = "stop", _("Stop")

    class DecidedBy(models.TextChoices):
        LEADER = "leader", _("The leader")
        TOGETHER = "together", _("Leader and practitioners together")
        NEXT_LEVEL = "next_level", _("The next level up")
        PRACTITIONERS = "practitioners", _("It was left to the practitioners")

    class Basis(models.TextChoices):
        OUTCOMES = "outcomes", _("Systematic patient outcomes")
        IMPRESSIONS = "impressions", _("Impressions and own observations")
        RESOURCES = "resources", _("Money, posts or an instruction")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="decisions")
    kind = models.CharField(_("What was decided"), max_length=10, choices=Kind.choices)
    text = models.CharField(_("In a sentence"), max_length=300, blank=True)
    decided_on = models.DateField(_("When"))
    decided_by = models.CharField(_("Who decided"), max_length=20, choices=DecidedBy.choices, blank=True)
    basis = models.CharField(_("On what basis"), max_length=20, choices=Basis.choices, blank=True)
    patients = models.PositiveIntegerField(
        _("How many patients' outcomes were behind it"),
        null=True,
        blank=True,
        help_text=_("A count, nothing about anybody."),
    )
    look_again_on = models.DateField(_("To be looked at again on"), null=True, blank=True)
    goals_behind = models.BooleanField(_("Are there goals for it?"), null=True, blank=True)
    hours_behind = models.BooleanField(_("Are hours set aside for it?"), null=True, blank=True)
    training_behind = models.BooleanField(_("Is training planned for it?"), null=True, blank=True)
    review = models.ForeignKey("Review", on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions")

    class Meta:
        verbose_name = _("Decision")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="expand")
                | Q(goals_behind__isnull=True, hours_behind__isnull=True, training_behind__isnull=True),
                name="decision_only_an_expansion_has_backing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service.key} {self.kind} {self.decided_on}"


class DecisionWantedQuerySet(models.QuerySet):
    """Sets of open questions that people talk about."""

    def open(self) -> "DecisionWantedQuerySet":
        """Those that are not decided and not taken back; a wish to talk about it decides nothing."""
        return self.filter(answer__in=("", DecisionWanted.Answer.TALK), withdrawn_on__isnull=True)

    def open_on(self, day: date) -> "DecisionWantedQuerySet":
        """Those that were asked and not yet decided nor taken back on that day; what is wanted first stands first."""
        undecided = Q(answer__in=("", DecisionWanted.Answer.TALK)) | Q(answered_on__gt=day)
        there = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day)
        return self.filter(undecided, there, asked_on__lte=day).order_by("wanted_by", "pk")

    def settled(self) -> "DecisionWantedQuerySet":
        """Those with a yes or a no."""
        return self.filter(answer__in=(DecisionWanted.Answer.YES, DecisionWanted.Answer.NO))

    def taken_back(self) -> "DecisionWantedQuerySet":
        """Those that nobody needs to answer any more."""
        return self.filter(withdrawn_on__isnull=False)


class DecisionWanted(models.Model):
    """A question that only the next level up can decide, by when it is wanted, and what was answered.

    The answer to the two questions that the catalogue reads is kept where it reads it too: the confirmation that IMR
    is a priority, the decision to continue.
    """

    class Subject(models.TextChoices):
        PRIORITY = "priority", _("Is IMR a priority of ours?")
        CONTINUE = "continue", _("May IMR go on?")
        MONEY = "money", _("Will there be money or posts for IMR?")
        OTHER = "other", _("Something else")

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        TALK = "talk", _("Let us talk about it")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="decisions_wanted")
    subject = models.CharField(_("What is to be decided?"), max_length=10, choices=Subject.choices)
    question = models.CharField(
        _("The question in a sentence"), max_length=300, help_text=_("So that yes or no answers it.")
    )
    asked_of = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Asked of")
    )
    asked_on = models.DateField()
    asked_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    wanted_by = models.DateField(_("Wanted by"))
    answer = models.CharField(_("Answer"), max_length=10, choices=Answer.choices, blank=True)
    words = models.CharField(_("In a sentence"), max_length=300, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    confirmation = models.OneToOneField(
        Confirmation, on_delete=models.SET_NULL, null=True, blank=True, related_name="question"
    )
    decision = models.OneToOneField(Decision, on_delete=models.SET_NULL, null=True, blank=True, related_name="question")

    objects = DecisionWantedQuerySet.as_manager()

    class Meta:
        verbose_name = _("Decision wanted")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True) | Q(~Q(answer=""), answered_on__isnull=False),
                name="decision_wanted_answered_with_a_date",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=models.F("asked_on")),
                name="decision_wanted_answered_after_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service.key} {self.subject} {self.asked_on}"

    @property
    def is_settled(self) -> bool:
        """Whether there is a yes or a no."""
        return self.answer in (self.Answer.YES, self.Answer.NO)

    @property
    def is_open(self) -> bool:
        """Whether somebody still waits for a yes or a no."""
        return not self.is_settled and self.withdrawn_on is None

    def is_late(self, on: date) -> bool:
        """Whether it is open past the day it was wanted by and the days of grace."""
        return self.is_open and late_since(self.wanted_by, on=on) is not None

"""What only the next level up can decide: the list, asking, recording an answer, taking back; the one-click answer."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission, memberships_of
from accounts.models import Role
from accounts.record_forms import ConfirmForm
from accounts.record_pages import AddRecord, RecordFormPage, RecordList, one_or_404
from planning import asked, decisions_wanted
from planning.forms.decisions_wanted import DecisionWantedForm, RecordedAnswerForm, SponsorAnswerForm
from planning.models import DecisionWanted
from planning.theme_words import theme_words
from planning.wording.figures import day


@dataclass(frozen=True)
class Row:
    """A question as a line; with what the reader can do about it: words and an address each."""

    question: DecisionWanted
    facts: tuple[str, ...]
    late: bool
    acts: tuple[tuple[str, str], ...]


class DecisionsWanted(RecordList):
    """What was asked of the next level: what is open, what was answered, what was taken back."""

    template_name = "planning/decisions_wanted.html"
    title = _("Decisions wanted")
    intro = _("What only the level above can decide. Whoever is asked answers with one click on their own page.")
    related = "decisions_wanted"
    name = "decision_wanted"
    order = ("wanted_by", "pk")
    columns = (
        "question",
        "subject",
        "asked_of",
        (_("Asked on"), lambda question: question.asked_on),
        "wanted_by",
        "answer",
        "words",
        (_("Answered on"), lambda question: question.answered_on),
        (_("Taken back on"), lambda question: question.withdrawn_on),
    )
    add_label = _("Ask for a decision")
    empty_text = _("Nothing is asked. Begin with what stops you: may IMR go on, and is it a priority?")

    def records(self):
        """With the people they name."""
        return super().records().select_related("asked_of", "answered_by")

    def row(self, question: DecisionWanted):
        """The question; what it is about, of whom and when it was asked, and what came of it."""
        facts = [question.get_subject_display()]
        about = {"day": day(question.asked_on), "who": question.asked_of}
        if question.asked_of:
            facts.append(gettext("asked of %(who)s on %(day)s") % about)
        else:
            facts.append(gettext("asked on %(day)s") % about)
        if not question.is_late(self.today):  # then that is said instead
            facts.append(gettext("wanted by %(day)s") % {"day": day(question.wanted_by)})
        if question.answer:
            answered = {"answer": question.get_answer_display(), "day": day(question.answered_on)}
            facts.append(gettext("%(answer)s on %(day)s") % answered)
            if by := question.answered_by:
                said = gettext("by %(who)s") if by.role == Role.SPONSOR else gettext("recorded by %(who)s")
                facts.append(said % {"who": by})
        if question.withdrawn_on:
            facts.append(gettext("taken back on %(day)s") % {"day": day(question.withdrawn_on)})
        return question.question, facts

    def acts(self, question: DecisionWanted) -> tuple[tuple[str, str], ...]:
        """What those who may change the record can do about a question."""
        if not self.may(self.edit_permission):
            return ()
        found = []
        if question.is_open:
            found.append((_("Record the answer"), "decision_wanted_record"))
            found.append((_("Take it back"), "decision_wanted_take_back"))
        if decisions_wanted.wants_stop(question):
            found.append((_("Record the decision to stop"), "decision_wanted_stop"))
        return tuple((str(words), reverse(name, args=[self.service.key, question.pk])) for words, name in found)

    def rows(self) -> list[Row]:
        """Every question with what can be done about it."""
        found = []
        for question in self.records():
            _title, facts = self.row(question)
            found.append(Row(question, tuple(facts), question.is_late(self.today), self.acts(question)))
        return found

    def get_context_data(self, **kwargs):
        """The questions by what has become of them; of those that are over, the latest first."""
        context = super().get_context_data(**kwargs)
        rows = context["rows"]
        over = sorted(rows, key=lambda row: row.question.answered_on or row.question.asked_on, reverse=True)
        return context | {
            "open_rows": [row for row in rows if row.question.is_open],
            "answered_rows": [row for row in over if row.question.is_settled],
            "taken_back_rows": [row for row in over if row.question.withdrawn_on],
        }


class AskForDecision(AddRecord):
    """Put a question to the next level."""

    form_class = DecisionWantedForm
    title = _("Ask for a decision")
    intro = _("One question, one date. The answer comes back here, and where the flags read it.")
    name, list_name = "decision_wanted", "decisions_wanted"

    def save(self, form):
        """Ask it."""
        return decisions_wanted.ask(form.save(commit=False), by=self.member, on=self.today)

    def success_message(self, question):
        """By when."""
        return gettext("Asked. The answer is wanted by %(day)s.") % {"day": day(question.wanted_by)}


class OfQuestion:
    """In front of a form page about the question in the address."""

    section = "record"

    @cached_property
    def question(self) -> DecisionWanted:
        """The question; 404 for one of another service."""
        known = self.service.decisions_wanted.select_related("confirmation", "decision", "answered_by")
        return one_or_404(known, pk=self.kwargs["record_pk"])

    def get_intro(self):
        """What is asked."""
        return self.question.question

    def success_url(self, question):
        """Back to the list."""
        return self.here("decisions_wanted")

    def cancel_url(self):
        """Back to the list."""
        return self.here("decisions_wanted")


class RecordAnswer(OfQuestion, RecordFormPage):
    """Set down what the next level answered in a talk or a letter."""

    permission = Permission.EDIT_RECORD
    form_class = RecordedAnswerForm
    title = _("Record the answer")

    def get_form_kwargs(self):
        """Adds the day of the question."""
        return super().get_form_kwargs() | {"asked_on": self.question.asked_on}

    def save(self, form):
        """Set it down."""
        data = form.cleaned_data
        return decisions_wanted.answer(
            self.question,
            data["answer"],
            words=data["words"],
            given_on=data["answered_on"],
            by=self.member,
            on=self.today,
        )

    def success_message(self, question):
        """What follows."""
        if decisions_wanted.wants_stop(question):
            return _("Saved. Nothing stops by itself: record the decision to stop when it is so.")
        return _("The answer is saved.")


class TakeBackQuestion(OfQuestion, RecordFormPage):
    """Nobody needs to answer it any more."""

    permission = Permission.EDIT_RECORD
    form_class = ConfirmForm
    title = _("Take the question back?")

    def save(self, form):
        """Take it back."""
        return decisions_wanted.take_back(self.question, by=self.member, on=self.today)

    def success_message(self, question):
        """Taken back."""
        return _("Taken back.")


class RecordStop(OfQuestion, RecordFormPage):
    """After a no to going on: the decision to stop, if that is what it means."""

    permission = Permission.EDIT_RECORD
    form_class = ConfirmForm
    title = _("Record the decision to stop?")

    def get_intro(self):
        """What that does."""
        return gettext(
            "The next level said no on %(day)s. A decision to stop puts all flags to rest until IMR is decided anew."
        ) % {"day": day(self.question.answered_on)}

    @cached_property
    def question(self) -> DecisionWanted:
        """The question; 404 for one that was not answered so."""
        said_no = self.service.decisions_wanted.filter(
            subject=DecisionWanted.Subject.CONTINUE, answer=DecisionWanted.Answer.NO
        )
        return one_or_404(said_no, pk=self.kwargs["record_pk"])

    def save(self, form):
        """Record it, dated as the answer."""
        return decisions_wanted.record_stop(self.question, by=self.member)

    def success_message(self, question):
        """Recorded."""
        return _("Decision recorded.")

    def success_url(self, question):
        """To the decisions."""
        return self.here("decisions")


class AnswerQuestion(RecordFormPage):
    """A sponsor's answer: each of the three is a button, here and on the sponsor's own page."""

    permission = Permission.DECIDE
    template_name = "planning/decision_wanted_answer.html"
    form_class = SponsorAnswerForm
    title = _("A decision is wanted of you")
    section = "service_home"

    @cached_property
    def question(self) -> DecisionWanted:
        """The question; 404 for one of another service, or of somebody else."""
        return one_or_404(decisions_wanted.questions_for([self.member], on=self.today), pk=self.kwargs["record_pk"])

    def get_context_data(self, **kwargs):
        """The question with its reasons; whether it can be answered still."""
        themes = theme_words([self.service], self.today)
        changing = decisions_wanted.can_change(self.question, by=self.member, on=self.today)
        return super().get_context_data(
            asked=asked.shown_question(self.question, self.service, themes, on=self.today),
            can_answer=self.question.is_open or changing,
            **kwargs,
        )

    def save(self, form):
        """Answer it."""
        data = form.cleaned_data
        return decisions_wanted.answer(
            self.question, data["answer"], words=data["words"], by=self.member, on=self.today
        )

    def success_message(self, question):
        """What was answered, and that it can be changed."""
        if not question.is_settled:
            return _("Saved: you want to talk about it. The question stays open until you say yes or no.")
        return gettext("Saved: %(answer)s. You can change the answer today.") % {
            "answer": question.get_answer_display()
        }

    def success_url(self, question):
        """To where all their questions are: the page of all services of somebody with several."""
        several = memberships_of(self.request.user, on=self.today).count() > 1
        return reverse("home") if several else self.here("service_home")

    def cancel_url(self):
        """To the own page."""
        return self.here("service_home")

"""Pages around priority conflicts: the agreement, logging with one tap, detail, the list, answers."""

from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.access import Permission
from accounts.models import Role
from accounts.pages import Page
from planning import conflicts
from planning.forms.conflicts import AgreementForm, AnswerForm, ConflictDetailForm, ConflictForm
from planning.forms.fields import WithdrawForm
from planning.models import PriorityConflict
from planning.views.base import RecordFormPage, one_or_404

NAMED = "conflicts_named"  # session key: the visibility chosen last


class Conflicts(Page):
    """The entries that the viewer may know, with their answers; counts alone for advisers."""

    permission = Permission.SEE_CONFLICT_COUNTS
    template_name = "planning/conflicts.html"
    title = _("What took time from IMR")
    section = "conflicts"

    def get_context_data(self, **kwargs):
        """The entries or, for those who may not see single ones, the counts."""
        entries = conflicts.list_for(self.member, on=self.today)
        return super().get_context_data(
            entries=entries,
            unanswered=sum(1 for entry in entries if entry.answer is None and not entry.own),
            counts=conflicts.counts_by_reason(self.service, on=self.today),
            agreement=conflicts.agreement_of(self.service),
            logging_is_on=conflicts.logging_is_on(self.service, on=self.today),
            **kwargs,
        )


class Agreement(RecordFormPage):
    """What logging is for in this service: the leader records it, practitioners read it."""

    permission = Permission.SEE_CONFLICTS
    write_permission = Permission.EDIT_RECORD
    template_name = "planning/agreement.html"
    form_class = AgreementForm
    title = _("What the conflict log is for")
    section = "conflicts"

    @cached_property
    def agreement(self):
        """The agreement in force, if one was recorded."""
        return conflicts.agreement_of(self.service)

    def get_initial(self):
        """Looking at it again starts from what was recorded."""
        if self.agreement is None:
            return {}
        return {name: getattr(self.agreement, name) for name in ("purpose", "ground", "discussed_with", "information")}

    def get_context_data(self, **kwargs):
        """The agreement as recorded, and whether it is due to be looked at."""
        return super().get_context_data(
            agreement=self.agreement,
            warns=self.agreement is not None and self.agreement.warns(self.today),
            logging_is_on=conflicts.logging_is_on(self.service, on=self.today),
            **kwargs,
        )

    def save(self, form):
        """Record it; from now on conflicts can be logged."""
        return conflicts.record_agreement(form.save(commit=False), by=self.member)

    def success_message(self, agreement):
        """What can be done now."""
        return _("Recorded. Practitioners can log conflicts from now on.")

    def success_url(self, agreement):
        """Back to the log."""
        return self.here("conflicts")


class LogConflict(RecordFormPage):
    """One tap: each reason is a submit button; the moment is now."""

    permission = Permission.LOG_CONFLICT
    template_name = "planning/conflict_log.html"
    form_class = ConflictForm
    title = _("What took the time from IMR?")
    section = "conflicts"

    @cached_property
    def named(self) -> bool:
        """Whether the entry carries the author's name: as asked for in the address, else as chosen last."""
        asked = self.request.GET.get("named")
        return asked == "1" if asked in ("0", "1") else bool(self.request.session.get(NAMED, False))

    def get_initial(self):
        """The visibility that stands above the buttons."""
        return {"named": self.named}

    def get_context_data(self, **kwargs):
        """The reasons, and who will see the entry."""
        with_name, without_name = conflicts.readers(self.member, named=self.named, on=self.today)
        people = conflicts.practitioners_who_can_log(self.service, on=self.today)
        return super().get_context_data(
            reasons=PriorityConflict.Reason.choices,
            named=self.named,
            with_name=with_name,
            without_name=without_name,
            leaders_without_name=[member for member in without_name if member.role in conflicts.LEADING],
            colleagues=[member for member in without_name if member.role == Role.PRACTITIONER],
            team_of_two=people <= 2,
            small_team=people <= conflicts.SMALL_TEAM,
            release_on=conflicts.release_day(named=False, logged_on=self.today),
            answered=[
                entry for entry in conflicts.list_for(self.member, on=self.today) if entry.answer and entry.answer.text
            ][:2],
            logging_is_on=conflicts.logging_is_on(self.service, on=self.today),
            **kwargs,
        )

    def save(self, form):
        """Log it."""
        named = form.cleaned_data["named"]
        conflict = conflicts.log(author=self.member, reason=form.cleaned_data["reason"], named=named, on=self.today)
        self.request.session[NAMED] = named
        return conflict

    def success_message(self, conflict):
        """The saved page says it itself."""
        return ""

    def success_url(self, conflict):
        """Saved, with undo and detail."""
        return self.here("conflict_saved", conflict.pk)


class OwnConflict:
    """Finds the entry in the address among the member's own."""

    @cached_property
    def conflict(self) -> PriorityConflict:
        """The entry; 404 for anybody but its author."""
        return one_or_404(self.service.conflicts.filter(author=self.member), pk=self.kwargs["conflict_pk"])


class ConflictSaved(OwnConflict, Page):
    """After the tap: what was saved, undo, add detail."""

    permission = Permission.LOG_CONFLICT
    template_name = "planning/conflict_saved.html"
    section = "conflicts"

    def get_title(self):
        """Saved, for which week."""
        return _t("Saved for week %(week)d") % {"week": self.conflict.happened_on.isocalendar().week}

    def get_context_data(self, **kwargs):
        """The entry as its author sees it."""
        return super().get_context_data(
            entry=conflicts.seen_by(self.member, self.conflict, on=self.today),
            can_undo=conflicts.can_undo(self.conflict, at=timezone.now()),
            release_on=self.conflict.released_on,
            withdraw_form=WithdrawForm(member=self.member, today=self.today),
            **kwargs,
        )


class ConflictDetail(OwnConflict, RecordFormPage):
    """The author adds detail, or changes who sees the entry."""

    permission = Permission.LOG_CONFLICT
    template_name = "planning/conflict_detail.html"
    form_class = ConflictDetailForm
    title = _("Add detail")
    section = "conflicts"

    @cached_property
    def editable(self) -> bool:
        """Whether it can still be changed, asked of the entry as stored: a bound form writes into its instance."""
        stored = self.service.conflicts.select_related("answer").get(pk=self.conflict.pk)
        return conflicts.is_editable(stored, on=self.today)

    def get_instance(self):
        """The entry."""
        return self.conflict

    def get_context_data(self, **kwargs):
        """Who sees the entry with and without a name."""
        named_readers, _others = conflicts.readers(self.member, named=True, on=self.today)
        _nobody, unnamed_readers = conflicts.readers(self.member, named=False, on=self.today)
        return super().get_context_data(
            editable=self.editable,
            named_readers=named_readers,
            unnamed_readers=unnamed_readers,
            **kwargs,
        )

    def save(self, form):
        """Save it, unless it is too late."""
        return conflicts.add_detail(form.instance, by=self.member, on=self.today)

    def success_url(self, conflict):
        """Back to the entry."""
        return self.here("conflict_saved", conflict.pk)


class WithdrawConflict(OwnConflict, RecordFormPage):
    """Take an own entry back: at once by undo, later after being asked."""

    permission = Permission.LOG_CONFLICT
    form_class = WithdrawForm
    title = _("Withdraw this entry?")
    intro = _("It disappears for everybody at once, with its answer. Nothing of it is kept.")
    section = "conflicts"

    def save(self, form):
        """Take it back."""
        conflicts.withdraw(self.conflict, by=self.member)

    def success_message(self, _nothing):
        """Gone."""
        return _("Withdrawn. Nothing of the entry is left.")

    def success_url(self, _nothing):
        """Back to logging."""
        return self.here("conflict_log")

    def cancel_url(self):
        """Back to the entries."""
        return self.here("conflicts")


class AnswerConflict(RecordFormPage):
    """The leader answers one entry."""

    permission = Permission.ANSWER_CONFLICT
    template_name = "planning/conflict_answer.html"
    form_class = AnswerForm
    title = _("Answer")
    section = "conflicts"

    @cached_property
    def conflict(self) -> PriorityConflict:
        """The entry; 404 before its release, as if it did not exist."""
        conflict = one_or_404(self.service.conflicts.select_related("author", "answer"), pk=self.kwargs["conflict_pk"])
        if not conflicts.may_read(self.member, conflict, on=self.today):
            raise Http404
        return conflict

    def get_instance(self):
        """An earlier answer, to be changed."""
        return getattr(self.conflict, "answer", None)

    def get_context_data(self, **kwargs):
        """The entry as the leader may know it."""
        return super().get_context_data(entry=conflicts.seen_by(self.member, self.conflict, on=self.today), **kwargs)

    def save(self, form):
        """Answer, with an action when one was named."""
        data = form.cleaned_data
        return conflicts.answer(
            conflict=self.conflict,
            state=data["state"],
            text=data["text"],
            by=self.member,
            on=self.today,
            action_title=data["action_title"],
            action_due_on=data["action_due_on"],
            action_owner=data["action_owner"],
        )

    def success_message(self, answer):
        """Answered, and how many wait."""
        waiting = sum(
            1 for entry in conflicts.list_for(self.member, on=self.today) if entry.answer is None and not entry.own
        )
        if not waiting:
            return _t("Answered. Nothing else waits for an answer.")
        return (
            _t("Answered.")
            + " "
            + ngettext("%(count)d entry still waits.", "%(count)d entries still wait.", waiting) % {"count": waiting}
        )

    def success_url(self, answer):
        """Back to the list."""
        return self.here("conflicts")

    def cancel_url(self):
        """Back to the list."""
        return self.here("conflicts")

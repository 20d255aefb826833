"""Pages around priority conflicts: the agreement, logging with one tap, detail, the list, answers."""

from datetime import date
from http import HTTPStatus

from django.http import Http404, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission, Scope
from accounts.models import Submission
from accounts.pages import Page
from accounts.record_forms import WithdrawForm
from accounts.record_pages import RecordFormPage, one_or_404
from accounts.sheet_pages import WithSheet
from planning import conflict_patterns, conflict_weeks, conflicts, quick_page, tables
from planning.clock import next_monday
from planning.conflicts import COUNTED_DAYS
from planning.forms.conflicts import (
    AgreementForm,
    AnswerForm,
    ConflictDetailForm,
    ConflictForm,
    DisplacedForm,
    SeenForm,
)
from planning.models import PriorityConflict
from planning.wording import patterns as wording

NAMED = "conflicts_named"  # session key: the visibility chosen last, by service


class Conflicts(WithSheet, Page):
    """The entries that the viewer may know, with their answers; counts alone for advisers."""

    permission = Permission.SEE_CONFLICT_COUNTS
    template_name = "planning/conflicts.html"
    title = _("What took time from IMR")
    section = "conflicts"

    def sheet(self):
        """The entries or the counts, as on the page."""
        return tables.conflicts_seen(self.member, on=self.today)

    def get_context_data(self, **kwargs):
        """The entries or, for those who may not see single ones, the counts."""
        entries = conflicts.list_for(self.member, on=self.today)
        waiting = conflicts.waiting_among(entries, viewer=self.member)
        return super().get_context_data(
            rows=[(entry, self.seen_form() if entry in waiting else None) for entry in entries],
            waiting=len(waiting),
            counts=conflicts.counts_by_reason(self.service, on=self.today),
            counted_only=not self.may(Permission.SEE_CONFLICTS),
            came_with_dossier=conflict_weeks.came_with_dossier(self.service, self.today, days=COUNTED_DAYS),
            agreement=conflicts.agreement_of(self.service),
            logging_is_on=conflicts.logging_is_on(self.service, on=self.today),
            **kwargs,
        )

    def seen_form(self) -> SeenForm:
        """The one tap of one row: each has a submission of its own."""
        return SeenForm(member=self.member, today=self.today, auto_id=False)


class Patterns(Page):
    """What displaces the practice and when, for those who answer."""

    permission = Permission.ANSWER_CONFLICT
    template_name = "planning/conflict_patterns.html"
    title = _("What displaces IMR")
    section = "conflicts"

    def get_context_data(self, **kwargs):
        """The counts, and what they say."""
        patterns = conflict_patterns.patterns_for(self.member, on=self.today)
        return super().get_context_data(
            patterns=patterns,
            summary=wording.summary(patterns),
            answers=wording.answers(patterns),
            reasons=wording.reason_rows(patterns),
            displaced=wording.displaced_rows(patterns),
            displaced_known=wording.displaced_known(patterns),
            weekdays=wording.weekday_rows(patterns),
            weekdays_known=wording.weekdays_known(patterns),
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
        """Looking at it again starts from what was written; what is to be decided is decided anew."""
        if self.agreement is None:
            return {}
        return {name: getattr(self.agreement, name) for name in ("purpose", "discussed_with", "information")}

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


class WhoSees:
    """What `planning/conflict_readers.html` says before something is saved."""

    @cached_property
    def everybody_on(self) -> date:
        """The day from which everybody may know who may know of any entry."""
        return next_monday(self.today)

    def who_sees(self, *, named: bool) -> dict:
        """Who will see an entry of the member's, with and without the name, and from when on."""
        with_name, without_name = conflicts.readers(self.member, named=named, on=self.today)
        return {
            "named": named,
            "with_name": with_name,
            "without_name": without_name,
            "everybody_on": self.everybody_on,
            "team": conflicts.practitioners_who_can_log(self.service, on=self.today),
            "small_team": conflicts.SMALL_TEAM,
        }


class LogConflict(WhoSees, RecordFormPage):
    """One tap: each reason is a submit button; the moment is now."""

    permission = Permission.LOG_CONFLICT
    quick = True
    template_name = "planning/conflict_log.html"
    form_class = ConflictForm
    title = _("What took the time from IMR?")
    section = "conflicts"

    @cached_property
    def named(self) -> bool:
        """Whether the entry carries the author's name: as asked for in the address, else as chosen last."""
        asked = self.request.GET.get("named")
        chosen = self.request.session.get(NAMED, {})
        return asked == "1" if asked in ("0", "1") else chosen.get(self.service.key, False)

    def get_initial(self):
        """The visibility that stands above the buttons."""
        return {"named": self.named}

    def get_context_data(self, **kwargs):
        """The reasons, and who will see the entry; what others said is not for a remembered phone."""
        full = self.request.session_scope is Scope.FULL
        entries = conflicts.list_for(self.member, on=self.today) if full else []
        is_on = conflicts.logging_is_on(self.service, on=self.today)
        return super().get_context_data(
            reasons=PriorityConflict.Reason.choices,
            answered=conflicts.said_and_done(entries, on=self.today, limit=2),
            logging_is_on=is_on,
            agreement=None if is_on else conflicts.agreement_of(self.service),
            owner_mark=quick_page.mark_of(self.member),
            log_url=self.here("conflict_log"),
            start_url=reverse("quick_log"),
            worker_url=reverse("quick_worker", args=[get_language()]),
            **self.who_sees(named=self.named),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        """To the page's script, which asks for JSON, say where the entry is or what is wrong; others are led there."""
        response = super().post(request, *args, **kwargs)
        if request.get_preferred_type(["text/html", "application/json"]) != "application/json":
            return response
        if response.status_code == HTTPStatus.FOUND:
            return JsonResponse({"url": response.url})
        problems = [line.message for line in response.context_data["form"].summary]
        return JsonResponse({"problems": problems}, status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def save(self, form):
        """Log it."""
        data = form.cleaned_data
        named = data["named"]
        conflict = conflicts.log(
            author=self.member,
            reason=data["reason"],
            named=named,
            at=timezone.now(),
            happened_on=data["happened_on"],
        )
        self.request.session[NAMED] = self.request.session.get(NAMED, {}) | {self.service.key: named}
        return conflict

    def success_message(self, conflict):
        """The saved page says it itself."""
        return ""

    def success_url(self, conflict):
        """Saved, with undo and detail."""
        return self.here("conflict_saved", conflict.pk)


class OwnConflict(WhoSees):
    """Finds the entry in the address among the member's own."""

    def is_open_to_phones(self) -> bool:
        """As long as it can be undone; of one that is gone the page itself says so."""
        entry = self.service.conflicts.filter(author=self.member, pk=self.kwargs["conflict_pk"]).first()
        return entry is None or conflicts.can_undo(entry, at=timezone.now())

    @cached_property
    def conflict(self) -> PriorityConflict:
        """The entry; 404 for anybody but its author."""
        return one_or_404(self.service.conflicts.filter(author=self.member), pk=self.kwargs["conflict_pk"])

    @cached_property
    def stored(self) -> PriorityConflict:
        """The entry as stored: a bound form writes into its instance, valid or not."""
        return one_or_404(self.service.conflicts.select_related("answer"), pk=self.conflict.pk)

    @cached_property
    def everybody_on(self) -> date:
        """The Monday after it was logged."""
        return conflicts.everybody_from(self.stored)


class ConflictSaved(OwnConflict, RecordFormPage):
    """After the tap: what was saved, undo, add detail; what was displaced takes one more tap."""

    permission = Permission.LOG_CONFLICT
    quick = True
    template_name = "planning/conflict_saved.html"
    form_class = DisplacedForm
    section = "conflicts"

    def get_title(self):
        """Saved, for which week."""
        return gettext("Saved for week %(week)d") % {"week": self.conflict.happened_on.isocalendar().week}

    def get_context_data(self, **kwargs):
        """The entry as its author sees it."""
        return super().get_context_data(
            entry=conflicts.seen_by(self.member, self.conflict, on=self.today),
            can_undo=conflicts.can_undo(self.conflict, at=timezone.now()),
            displaced=PriorityConflict.Displaced.choices,
            withdraw_form=WithdrawForm(member=self.member, today=self.today, auto_id=False),
            **self.who_sees(named=self.conflict.named),
            **kwargs,
        )

    def save(self, form):
        """Add what was displaced."""
        self.conflict.displaced = form.cleaned_data["displaced"]
        return conflicts.add_detail(self.conflict, on=self.today)

    def success_message(self, conflict):
        """The page says it itself."""
        return ""

    def success_url(self, conflict):
        """This page."""
        return self.here("conflict_saved", conflict.pk)


class ConflictDetail(OwnConflict, RecordFormPage):
    """The author adds detail, or changes who sees the entry."""

    permission = Permission.LOG_CONFLICT
    template_name = "planning/conflict_detail.html"
    form_class = ConflictDetailForm
    title = _("Add detail")
    section = "conflicts"

    @cached_property
    def editable(self) -> bool:
        """Whether it can still be changed."""
        return conflicts.is_editable(self.stored, on=self.today)

    def get_instance(self):
        """The entry."""
        return self.conflict

    def get_context_data(self, **kwargs):
        """Who sees the entry with and without a name."""
        return super().get_context_data(
            editable=self.editable,
            was_named=self.stored.named,
            by_choice=[self.who_sees(named=False), self.who_sees(named=True)],
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        """Too late, the page says so instead of showing the form."""
        if self.editable:
            return super().post(request, *args, **kwargs)
        return self.done_before() or self.render_to_response(self.get_context_data(form=self.unbound_form()))

    def save(self, form):
        """Save it, unless it is too late."""
        return conflicts.add_detail(form.instance, on=self.today)

    def success_url(self, conflict):
        """Back to the entry."""
        return self.here("conflict_saved", conflict.pk)


class WithdrawConflict(OwnConflict, RecordFormPage):
    """Take an own entry back: at once by undo, later after being asked."""

    permission = Permission.SEE_CONFLICTS  # whoever wrote it, also when no longer a practitioner
    quick = True
    form_class = WithdrawForm
    title = _("Withdraw this entry?")
    intro = _("It disappears for everybody at once, with its answer. Nothing of it is kept.")
    section = "conflicts"

    def get_context_data(self, **kwargs):
        """Asked of its author only; to others there is no such entry."""
        return super().get_context_data(conflict=self.conflict, **kwargs)

    def save(self, form):
        """Take it back; what was sent about it before leads to the log from now on, and keeps no trace of it."""
        about_it = Submission.objects.filter(user=self.request.user, success_url__contains=str(self.conflict.pk))
        about_it.update(success_url=self.success_url(None))
        conflicts.withdraw(self.conflict)

    def success_message(self, _nothing):
        """Gone."""
        return _("Withdrawn. Nothing of the entry is left.")

    def success_url(self, _nothing):
        """Back to the entries; by a remembered phone to the log, which is all that it opens."""
        return self.here("conflicts" if self.request.session_scope is Scope.FULL else "conflict_log")

    def cancel_url(self):
        """Back to where withdrawing leads."""
        return self.success_url(None)


class AnswerConflict(RecordFormPage):
    """The leader answers one entry."""

    permission = Permission.ANSWER_CONFLICT
    template_name = "planning/conflict_answer.html"
    form_class = AnswerForm
    title = _("Answer")
    section = "conflicts"

    @cached_property
    def conflict(self) -> PriorityConflict:
        """The entry; 404 before its release, as if it did not exist, and for one's own."""
        conflict = one_or_404(self.service.conflicts.select_related("author", "answer"), pk=self.kwargs["conflict_pk"])
        if conflict.author_id == self.member.pk or not conflicts.may_read(self.member, conflict, on=self.today):
            raise Http404
        return conflict

    def get_instance(self):
        """An earlier answer, to be changed."""
        return getattr(self.conflict, "answer", None)

    def get_context_data(self, **kwargs):
        """The entry as the leader may know it."""
        return super().get_context_data(entry=conflicts.seen_by(self.member, self.conflict, on=self.today), **kwargs)

    def save(self, form):
        """Answer, with an action when one was named; None when somebody had done so before the tap in the list."""
        data = form.cleaned_data
        try:
            return conflicts.answer(
                conflict=self.conflict,
                state=data["state"],
                text=data["text"],
                by=self.member,
                on=self.today,
                action_title=data["action_title"],
                action_due_on=data["action_due_on"],
                action_owner=data["action_owner"],
                first=data["from_list"],
            )
        except conflicts.AnsweredMeanwhile:
            return None

    def success_message(self, answer):
        """Answered, and how many wait."""
        if answer is None:
            return gettext("Somebody had answered it in the meantime. That answer stands.")
        waiting = len(conflicts.waiting_for(self.member, on=self.today))
        if not waiting:
            return gettext("Answered. Nothing else waits for an answer.")
        return (
            gettext("Answered.")
            + " "
            + ngettext("%(count)d entry still waits.", "%(count)d entries still wait.", waiting) % {"count": waiting}
        )

    def success_url(self, answer):
        """Back to the list."""
        return self.here("conflicts")

    def cancel_url(self):
        """Back to the list."""
        return self.here("conflicts")

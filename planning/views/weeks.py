"""The weekly check-in: one's own week, and one's own weeks. Nobody reads these pages but the person they are about."""

from datetime import date

from django.utils.dateparse import parse_date
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.pages import Page
from accounts.record_pages import RecordFormPage
from accounts.sheet_pages import WithSheet
from planning import opt_outs, reminders, tables, weeks
from planning.clock import monday_of
from planning.forms.weeks import HoursShownForm, WeekCheckInForm, WeekReminderForm
from planning.models import Message, WeekCheckIn

SHOWN_WEEKS = 52
ON, OFF = "on", "off"  # the reminder, in its address


class OwnWeek:
    """The running week, and what the member said of it."""

    @cached_property
    def week(self) -> date:
        """Its Monday."""
        return monday_of(self.today)

    @cached_property
    def own_week(self) -> WeekCheckIn | None:
        """What was saved of it."""
        return weeks.own_week(self.member, on=self.today)


class OwnWeeks(OwnWeek, WithSheet, Page):
    """What somebody said of their own weeks, the latest first."""

    permission = Permission.CHECK_IN_WEEK
    template_name = "planning/weeks.html"
    section = "time"
    title = _("Your weeks")
    intro = _("How much of your time for IMR you kept, and what fell in your own time. Only you see this page.")
    only_own = True

    def own_weeks(self):
        """The weeks of the last year."""
        return self.member.week_check_ins.order_by("-week")[:SHOWN_WEEKS]

    def sheet(self):
        """The same weeks."""
        return tables.own_weeks(self.own_weeks())

    def get_context_data(self, **kwargs):
        """The weeks of the last year, the running one, and whether one agreed to show the hours of a small team."""
        return super().get_context_data(
            week=self.week,
            own_week=self.own_week,
            check_ins=self.own_weeks(),
            reminded=not reminders.opted_out(self.member, kind=Message.Kind.WEEK_DUE),
            reminder_form=WeekReminderForm(member=self.member, today=self.today, auto_id=False),
            shows_hours=weeks.shows_hours(self.member),
            **kwargs,
        )


class WeekReminder(RecordFormPage):
    """Ask to be reminded on Fridays of a week that is not saved, or for no more of that."""

    permission = Permission.CHECK_IN_WEEK
    form_class = WeekReminderForm
    section = "time"
    title = _("Reminders of your week")

    @property
    def wanted(self) -> bool:
        """Which of the two the address says."""
        return self.kwargs["switch"] == ON

    def get_form(self, form_class=None):
        """The button says what it does."""
        form = super().get_form(form_class)
        form.submit_label = _("Remind me on Fridays") if self.wanted else _("Stop reminding me")
        return form

    def save(self, form):
        """Switch it on or off."""
        switch = opt_outs.start_again if self.wanted else opt_outs.stop
        switch(self.member, kind=Message.Kind.WEEK_DUE)
        return self.wanted

    def success_message(self, wanted):
        """What is so now."""
        if wanted:
            return _("You are reminded by mail on Friday mornings if your week is not saved yet.")
        return _("You are no longer reminded of your week.")

    def success_url(self, wanted):
        """Back to one's own weeks."""
        return self.here("week_check_in")

    def cancel_url(self):
        """Back to one's own weeks."""
        return self.here("week_check_in")


class ShowHours(RecordFormPage):
    """Agree that the service's hours are shown though few report, or take that back: the address says which."""

    permission = Permission.CHECK_IN_WEEK
    template_name = "planning/hours_shown.html"
    form_class = HoursShownForm
    section = "time"

    @property
    def show(self) -> bool:
        """Whether one agrees here; else one takes it back."""
        return self.kwargs["switch"] == "on"

    def get_title(self):
        """What is asked."""
        return _("Show our hours?") if self.show else _("Hide our hours?")

    def get_form_kwargs(self):
        """What the button does."""
        return super().get_form_kwargs() | {"show": self.show}

    def get_context_data(self, **kwargs):
        """What is asked."""
        return super().get_context_data(show=self.show, **kwargs)

    def save(self, form):
        """Agree, or take it back."""
        weeks.show_hours(self.member, show=self.show, on=self.today)
        return self.show

    def success_message(self, show):
        """What is so now."""
        if show:
            return _("You agreed. The hours show once each of you has.")
        return _("Taken back. The hours do not show any more.")

    def success_url(self, show):
        """To one's own weeks."""
        return self.here("week_check_in")

    def cancel_url(self):
        """To one's own weeks."""
        return self.here("week_check_in")


class CheckInWeek(OwnWeek, RecordFormPage):
    """Say how one's running week was; saving again changes it."""

    permission = Permission.CHECK_IN_WEEK
    template_name = "planning/week_check_in.html"
    form_class = WeekCheckInForm
    section = "time"

    def get_title(self):
        """Whose week, and which."""
        return gettext("Your week %(week)d") % {"week": self.week.isocalendar().week}

    @cached_property
    def last_week(self) -> WeekCheckIn | None:
        """What the member said of the week before."""
        return weeks.own_week(self.member, on=self.week - weeks.WEEK)

    @cached_property
    def set_aside(self):
        """Hours set aside for the member."""
        return weeks.set_aside_for(self.member, on=self.today)

    @property
    def week_sent(self) -> date:
        """The week that the form was opened for: a form from Sunday must not count for the week that began since."""
        return parse_week(self.request.GET.get("week")) or self.week

    def get_instance(self):
        """What was saved of this week, to be changed."""
        return self.own_week

    def get_form_kwargs(self):
        """Whether time was set aside, and last week's hours."""
        last = self.last_week.own_time_hours if self.last_week else None
        return super().get_form_kwargs() | {"asks_kept": bool(self.set_aside), "last_own_time": last}

    def get_form(self, form_class=None):
        """The form, which says for which week it was opened."""
        return self.for_this_week(super().get_form(form_class))

    def unbound_form(self):
        """Likewise when the language is switched."""
        return self.for_this_week(super().unbound_form())

    def for_this_week(self, form):
        """The form with its week in the address that it is sent to."""
        form.form_action = f"?week={self.week.isoformat()}"
        return form

    def get_context_data(self, **kwargs):
        """The week's days, the hours set aside, and last week's answers."""
        return super().get_context_data(
            week=self.week,
            sunday=self.week + weeks.WEEK - date.resolution,
            set_aside=self.set_aside,
            last_week=self.last_week,
            **kwargs,
        )

    def save(self, form):
        """Save it, if the week still runs."""
        data = form.cleaned_data
        return weeks.save(
            self.member,
            week=self.week_sent,
            kept=data.get("kept"),
            own_time_hours=data["own_time_hours"],
            on=self.today,
        )

    def success_message(self, check_in):
        """Saved, and until when it can be changed."""
        return _("Your week is saved. You can change it until Sunday.")

    def success_url(self, check_in):
        """To one's own weeks."""
        return self.here("week_check_in")

    def cancel_url(self):
        """To one's own weeks."""
        return self.here("week_check_in")


def parse_week(text: str | None) -> date | None:
    """An ISO day from an address; None for anything else."""
    try:
        return parse_date(text or "")
    except ValueError:
        return None

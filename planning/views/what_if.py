"""What if somebody leaves, hours go, a group comes: from when on IMR would no longer fit. Asking changes nothing."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import charts
from accounts.access import Permission
from accounts.models import Member, Role
from accounts.pages import Page
from planning import capacity, needs, what_if
from planning.forms.what_if import WhatIfForm
from planning.wording import what_if as words
from planning.wording.capacity import hours, span
from planning.wording.figures import day


@dataclass(frozen=True)
class Case:
    """One of the three cases: from when IMR does not fit, as planned and with the change."""

    label: str
    planned: str
    changed: str


@dataclass(frozen=True)
class Turn:
    """A day on which the hours change, or whether they are enough."""

    day: str
    hours: str
    need: str
    fits: str


def last_day(member: Member) -> date | None:
    """The last day on which somebody is there and delivers the practice; None for no end in sight."""
    stopped = member.stopped_on - timedelta(days=1) if member.stopped_on else None
    return min((one for one in (member.leaves_on, stopped) if one), default=None)


def planned(service, need: needs.TodaysNeed, *, on: date) -> what_if.Planned:
    """What is set aside from now on, who is there, and what the need is computed for."""
    people = service.members.of_record().filter(role=Role.PRACTITIONER).exclude(started_on__gt=on)
    allocations = service.allocations.select_related("member")
    own = {one.name: one.value for one in service.capacity_parameters.all() if one.value or one.name != "working_weeks"}
    return what_if.Planned(
        on=on,
        individual=need.individual,
        groups=need.groups,
        practitioners=tuple(what_if.Practitioner(one.pk, one.started_on, last_day(one)) for one in people),
        hours=tuple(
            what_if.Hours(
                person=one.member_id,
                hours=Fraction(one.hours_per_week),
                first_on=one.starts_on,
                last_on=min((end for end in (one.ends_on, last_day(one.member)) if end), default=None),
            )
            for one in allocations
        ),
        own=own,
    )


class WhatIf(Page):
    """The hours set aside against the hours needed for the coming year, as planned and with a change."""

    permission = Permission.SEE_ALLOCATIONS
    template_name = "planning/what_if.html"
    title = _("What if …")
    intro = _("Somebody leaves, hours go, a group comes: from when on would IMR no longer fit? Asking changes nothing.")
    section = "time"

    @cached_property
    def form(self) -> WhatIfForm:
        """The question as it was asked; empty before one is."""
        return WhatIfForm(
            self.request.GET or None, member=self.member, today=self.today, initial={"drop_out": "typical"}
        )

    @property
    def change(self) -> what_if.Change | None:
        """What is asked about; None without a question, or one that cannot be understood."""
        if not self.form.is_bound or not self.form.is_valid():
            return None
        data = self.form.cleaned_data
        return what_if.Change(
            from_on=data["from_on"],
            leaves=data["leaves"].pk if data["leaves"] else None,
            fewer_hours=Fraction(data["fewer_hours"] or 0),
            patients=data["patients"] or 0,
            groups=data["groups"] or 0,
            drop_out=data["drop_out"] or "typical",
        )

    def get_context_data(self, **kwargs):
        """The answer, if the need is known; the form."""
        need = needs.hours_today(self.service, self.today).need
        answer = self.answer(planned(self.service, need, on=self.today)) if need else {}
        return super().get_context_data(form=self.form, need=need, **answer, **kwargs)

    def answer(self, now: what_if.Planned) -> dict:
        """From when IMR does not fit, the bars before and after, and the weeks in which something turns."""
        change = self.change
        before, after = what_if.walk(now), what_if.walk(now, change)
        short = {
            scenario: (what_if.first_short(before, scenario), what_if.first_short(after, scenario))
            for scenario in capacity.SCENARIOS
        }
        sentence = words.answer(*short["typical"], changed=change is not None, today=self.today)
        rows = self.bars(now, change)
        return {
            "changed": change is not None,
            "chart": {
                "name": gettext("Hours a week: needed and set aside"),
                "sentence": sentence,
                "rows": rows,
                "drawn": charts.bars(rows),
            },
            "cases": [
                Case(
                    str(words.NEEDS[scenario]), *(words.until_when(week, today=self.today) for week in short[scenario])
                )
                for scenario in capacity.SCENARIOS
            ],
            "turns": [turn(week) for week in what_if.turns(after)],
            "hints": self.hints(now, change) if change else [],
        }

    def bars(self, now: what_if.Planned, change: what_if.Change | None) -> tuple[charts.Bar, ...]:
        """Need and hours today; with a change, those on the day it takes effect as well."""
        today = what_if.week_on(now, None, now.on)
        rows = bars_of(today, gettext("Needed today"), gettext("Set aside today"))
        if change is None:
            return rows
        then = what_if.week_on(now, change, change.from_on)
        return (*rows, *bars_of(then, gettext("Needed then"), gettext("Set aside then")))

    def hints(self, now: what_if.Planned, change: what_if.Change) -> list[str]:
        """What becomes of those who start, by the drop-out that was chosen."""
        said = []
        if change.patients:
            left = capacity.left_after_drop_out(change.patients, change.drop_out, now.own)
            said.append(
                gettext("Patients who start: %(starters)d. Left after a year: %(left)d.")
                % {"starters": change.patients, "left": left}
            )
        if change.groups:
            size = int(capacity.figure("group_size", own=now.own))
            left = capacity.left_after_drop_out(size, change.drop_out, now.own)
            said.append(
                gettext("Patients who start in a group: %(size)d. Left at the end: %(left)d. Its hours stay the same.")
                % {"size": size, "left": left}
            )
            pays_off_from = capacity.group_pays_off_from(now.own)
            if pays_off_from and left < pays_off_from:
                said.append(
                    gettext("With fewer than %(count)d a group takes more hours than seeing each alone.")
                    % {"count": pays_off_from}
                )
        return said


def bars_of(week: what_if.Week, needed: str, set_aside: str) -> tuple[charts.Bar, charts.Bar]:
    """Need and hours of one week as bars."""
    return (
        charts.Bar(
            needed,
            gettext("%(span)s h, computed") % {"span": span(week.low, week.high)},
            until=week.high,
            least=week.low,
            middle=week.typical,
            note=gettext("Typically %(typical)s h.") % {"typical": hours(week.typical)},
        ),
        charts.Bar(set_aside, gettext("%(hours)s h, counted") % {"hours": hours(week.hours)}, until=week.hours),
    )


def turn(week: what_if.Week) -> Turn:
    """A week in words."""
    fitting = [str(words.NEEDS[scenario]) for scenario in capacity.SCENARIOS if week.fits(scenario)]
    return Turn(day=day(week.on), hours=hours(week.hours), need=span(week.low, week.high), fits=", ".join(fitting))

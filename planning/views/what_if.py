"""What if somebody leaves, hours go, a group comes: from when on IMR would no longer fit. Asking changes nothing."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import charts
from accounts.access import Permission
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
        answer = self.answer(needs.planned(self.service, need, on=self.today)) if need else {}
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
            "hints": words.hints(now, change) if change else [],
        }

    def bars(self, now: what_if.Planned, change: what_if.Change | None) -> tuple[charts.Bar, ...]:
        """Need and hours today; with a change, those on the day it takes effect as well."""
        today = what_if.week_on(now, None, now.on)
        rows = bars_of(today, gettext("Needed today"), gettext("Set aside today"))
        if change is None:
            return rows
        then = what_if.week_on(now, change, change.from_on)
        return (*rows, *bars_of(then, gettext("Needed then"), gettext("Set aside then")))


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

"""The steps to a first plan: what is done of them, computed from the record whenever somebody looks.

Nothing of it is stored, but that a leader does not want to see the steps any more.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import audit
from accounts.models import Member, Service
from planning import conflicts, expectations, reviews
from planning.models import CaseloadMonth, FirstPlanPutAway, Goal
from planning.risks.months import add_months

THEN = "start"  # the word after `?then=` that leads back to the steps
GOALS_WANTED = 3
TEAM_WANTED = 2  # with one practitioner alone the practice hangs by a thread: the rule `lone-champion`
CASELOAD_MONTHS = 2  # a month older than that tells nothing of today's need


class State(StrEnum):
    """How far a step is; as in the component of task lists."""

    OPEN = "open"
    BEGUN = "begun"
    DONE = "done"


@dataclass(frozen=True)
class Step:
    """One step: where it leads, how far it is, and what there is of it. `act` is on the button that offers it."""

    code: str
    label: str
    act: str
    url: str
    state: State
    note: str = ""
    optional: bool = False

    @property
    def word(self) -> str:
        """The state as a word."""
        return {State.OPEN: _("Not started"), State.BEGUN: _("Begun"), State.DONE: _("Done")}[self.state]


@dataclass(frozen=True)
class Steps:
    """All steps, and what to say of them together."""

    all: tuple[Step, ...]

    @property
    def needed(self) -> tuple[Step, ...]:
        """Those that a first plan needs."""
        return tuple(step for step in self.all if not step.optional)

    @property
    def done(self) -> int:
        """How many of these are done."""
        return sum(step.state is State.DONE for step in self.needed)

    @property
    def next(self) -> Step | None:
        """The first of these that is not done, as an offer; any order is right."""
        return next((step for step in self.needed if step.state is not State.DONE), None)


def is_wanted(service: Service) -> bool:
    """Whether the leader's first page shows the steps: until a plan is issued, or they are put away."""
    return not service.documents.plans().exists() and not FirstPlanPutAway.objects.filter(service=service).exists()


@transaction.atomic
def put_away(*, by: Member, on: date) -> None:
    """Take the steps off the first page; once is enough."""
    row, new = FirstPlanPutAway.objects.get_or_create(service=by.service, defaults={"on": on, "by": by})
    if new:
        audit.record(code="first_plan.put_away", by=by.user, service=by.service, obj=row)


def steps(service: Service, *, on: date) -> Steps:
    """The steps as they stand on that day, in the active language."""
    team = set(expectations.concerned(service, on=on).values_list("pk", flat=True))
    return Steps(
        (
            _people(service, team),
            _vision(service, on),
            _expected(service, on),
            _goals(service),
            _hours(service, team, on),
            _caseload(service, on),
            _rhythm(service),
            _log(service),
            _issue(service),
        )
    )


def _form(service: Service, name: str) -> str:
    """The address of a form that leads back to the steps."""
    return f"{reverse(name, args=[service.key])}?then={THEN}"


def _by_count(count: int, wanted: int) -> State:
    if not count:
        return State.OPEN
    return State.DONE if count >= wanted else State.BEGUN


def _of_text(versions, on: date) -> tuple[State, str]:
    """How far a text is that is written, then published; `versions` by number and day of publication."""
    versions = list(versions.order_by("-version").values_list("version", "published_on"))
    published = [version for version, day in versions if day and day <= on]
    if published:
        return State.DONE, _("Version %(version)d is published") % {"version": published[0]}
    return (State.BEGUN, _("There is a draft")) if versions else (State.OPEN, "")


def _people(service: Service, team: set[int]) -> Step:
    count = len(team)
    note = ngettext("%(count)d practitioner", "%(count)d practitioners", count) % {"count": count} if count else ""
    label, act = _("Who we are"), _("Add a person")
    return Step("people", label, act, _form(service, "member_add"), _by_count(count, TEAM_WANTED), note)


def _vision(service: Service, on: date) -> Step:
    state, note = _of_text(service.visions, on)
    return Step("vision", _("Vision"), _("Write the vision"), _form(service, "vision_publish"), state, note)


def _expected(service: Service, on: date) -> Step:
    state, note = _of_text(service.expectations, on)
    url = _form(service, "expectation_publish")
    return Step("expected", _("What is expected"), _("Write what is expected"), url, state, note)


def _goals(service: Service) -> Step:
    stated = list(service.goals.filter(state__in=[Goal.State.ACTIVE, Goal.State.DRAFT]).order_by("stated_on", "pk"))
    active = sum(goal.state == Goal.State.ACTIVE for goal in stated)
    drafts = [goal for goal in stated if goal.state == Goal.State.DRAFT]
    notes = []
    if active:
        notes.append(ngettext("%(count)d goal", "%(count)d goals", active) % {"count": active})
    if drafts:
        notes.append(ngettext("%(count)d draft", "%(count)d drafts", len(drafts)) % {"count": len(drafts)})
    state = State.DONE if active >= GOALS_WANTED else State.BEGUN if stated else State.OPEN
    url, act = _form(service, "goal_add"), _("Write a goal")
    if drafts and active + len(drafts) >= GOALS_WANTED and state is not State.DONE:
        url = f"{reverse('goal_change', args=[service.key, drafts[0].pk])}?then={THEN}"
        act = _("Finish the goal that is a draft")
    return Step("goals", _("Three goals"), act, url, state, " · ".join(notes))


def _hours(service: Service, team: set[int], on: date) -> Step:
    lasting = service.allocations.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    given = set(lasting.values_list("member_id", flat=True))
    note = ""
    if given:
        note = ngettext("For %(some)d of %(all)d practitioner", "For %(some)d of %(all)d practitioners", len(team)) % {
            "some": len(given & team),
            "all": len(team),
        }
    state = State.DONE if team and team <= given else State.BEGUN if given else State.OPEN
    return Step("hours", _("Hours"), _("Set time aside"), _form(service, "allocation_add"), state, note)


def _caseload(service: Service, on: date) -> Step:
    latest = service.caseload_months.filter(month__lte=on).order_by("-month").first()
    label, act, url = _("Caseload"), _("Record a month"), _form(service, "caseload_add")
    if latest is None:
        return Step("caseload", label, act, url, State.OPEN)
    recent = latest.month >= add_months(on.replace(day=1), 1 - CASELOAD_MONTHS)
    told = recent and _tells_the_need(latest)
    if latest.month == on.replace(day=1):
        url = f"{reverse('caseload_change', args=[service.key, latest.pk])}?then={THEN}"
    note = _("Patients and groups are counted") if told else _("Not the patients and groups of today")
    return Step("caseload", label, act, url, State.DONE if told else State.BEGUN, note)


def _tells_the_need(month: CaseloadMonth) -> bool:
    """Whether the hours that IMR takes can be worked out from it."""
    return month.individual_patients is not None or month.groups is not None


def _rhythm(service: Service) -> Step:
    series = reviews.running_series(service)
    note = reviews.rhythm_label(series) if series else ""
    url = f"{reverse('reviews', args=[service.key])}?then={THEN}" if series else _form(service, "review_rhythm")
    state = State.DONE if series else State.OPEN
    return Step("rhythm", _("Rhythm of reviews"), _("Set the rhythm of reviews"), url, state, note)


def _log(service: Service) -> Step:
    agreement = conflicts.agreement_of(service)
    note = _("Discuss it with the employees' representatives first") if agreement is None else ""
    state = State.DONE if agreement else State.OPEN
    label, act = _("What the conflict log is for (optional)"), _("Open the conflict log")
    return Step("log", label, act, _form(service, "agreement"), state, note, optional=True)


def _issue(service: Service) -> Step:
    number = service.documents.plans().order_by("-number").values_list("number", flat=True).first()
    note = _("No. %(number)d") % {"number": number} if number else ""
    url = reverse("plan_check", args=[service.key])  # what is issued leads to its own page
    return Step("issue", _("Check and issue"), _("Check your plan"), url, State.DONE if number else State.OPEN, note)

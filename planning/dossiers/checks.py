"""What a schema cannot say: days that exist, names that lead somewhere, nothing said twice, nothing that cannot be.

Each check raises DossierError with the place of the first thing that is wrong. The content fits the schema already.
The database holds most of this once more as constraints; here it gets a path and a sentence.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta

from planning.clock import YEARS, moment, monday_of
from planning.dossiers import schema
from planning.dossiers.errors import DossierError, shown
from planning.dossiers.measured import MEASURED
from planning.dossiers.schema import Item
from planning.dossiers.schema import items as _items
from planning.models.acceptance import ACCEPT_DAYS, REASON_CHARACTERS

NAMED_IN = {  # where the things that a ref can lead to are
    "member_ref": "members",
    "series_ref": "review_series",
    "review_ref": "reviews",
    "recommendation_ref": "fidelity",
    "decision_ref": "decisions",
    "confirmation_ref": "confirmations",
}

# (list, earlier, later): the later day is not before the earlier one, where both are known.
IN_ORDER = (
    ("members", "started_on", "leaves_on"),
    ("members", "away_from", "away_until"),
    ("visions", "published_on", "looked_at_on"),
    ("goals", "stated_on", "ended_on"),
    ("acceptances", "accepted_on", "ended_on"),
    ("adaptations", "in_use_from", "in_use_until"),
    ("allocations", "starts_on", "ends_on"),
    ("reviews", "starts_at", "closed_on"),
    ("actions", "opened_on", "closed_on"),
    ("support", "asked_on", "answered_on"),
    ("confirmations", "asked_on", "answered_on"),
    ("decisions_wanted", "asked_on", "answered_on"),
    ("decisions_wanted", "asked_on", "withdrawn_on"),
    ("funding", "decided_on", "until"),
    ("own_leadership", "rated_on", "shared_on"),
    ("outcomes", "measured_on", "fed_back_on"),
)
# The same, and not the same day either.
AFTER = (("acceptances", "accepted_on", "until"), ("pauses", "paused_on", "restarted_on"))

# (list, field, the field it needs): one makes no sense without the other.
NEEDS = (
    ("members", "away_until", "away_from"),
    ("visions", "looked_at_on", "published_on"),
    ("visions", "published_on", "horizon_on"),
    ("reviews", "slot_at", "series"),
    ("confirmations", "answered_on", "confirmed"),
    ("confirmations", "confirmed", "answered_on"),
    ("decisions_wanted", "answered_on", "answer"),
    ("decisions_wanted", "answer", "answered_on"),
    ("outcomes", "sd", "mean"),
    ("outcomes", "better", "same"),
    ("outcomes", "same", "worse"),
    ("outcomes", "worse", "better"),
)

# (list, field with the day of an end, field with the state, states that are an end).
ENDS = (
    ("goals", "ended_on", "state", ("reached", "dropped")),
    ("actions", "closed_on", "state", ("done", "dropped")),
    ("support", "answered_on", "answer", ("agreed", "refused")),
)

# (list, fields that together tell one from the other).
ONCE = (
    ("capacity", ("name",)),
    ("caseload", ("month",)),
    ("hours", ("week",)),
    ("conflicts", ("released_on",)),
    ("reviews", ("series", "slot_at")),
    ("supervision", ("held_on",)),
    ("readiness", ("item", "on")),
    ("fidelity", ("rated_on",)),
    ("organisation", ("rated_on",)),
    ("leadership", ("rated_on",)),
    ("own_leadership", ("leader", "rated_on")),
    ("sustainment", ("rated_on",)),
    ("outcomes", ("measured_on", "form")),
    ("domain_means", ("rated_on", "tool")),
    ("official_texts", ("instrument", "version", "language", "item")),
    ("confirmed_empty", ("list", "on")),
    ("decisions_wanted", ("confirmation",)),
    ("decisions_wanted", ("decision",)),
)
ONCE_WITHIN = (
    ("goals", "check_ins", ("on", "by")),
    ("expectations", "acknowledgements", ("member",)),
    ("visions", "read_by", ("member",)),
)

# (list, fields that tell apart, field that ends one): at most one is without an end.
ONE_RUNNING = (
    ("acceptances", ("entry",), "ended_on"),
    ("review_series", (), "ended_on"),
    ("pauses", (), "restarted_on"),
)


def refuse_what_cannot_be(content: dict, *, moved: bool = False) -> None:
    """Raise DossierError for the first thing that cannot be. `moved`: the days are not as somebody wrote them."""
    for mark in schema.marks(content):
        if check := OF_KIND.get(mark.kind):
            check(mark.value, mark.place)
    _refuse_refs(content)
    for check in CHECKS:
        check(content)
    if not moved:
        _refuse_long_acceptances(content)


# Single values


def _real_day(text: str, place: tuple) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise DossierError(place, f"{shown(text)} is no day of the calendar; give one that exists.") from None
    if day.year not in YEARS:
        raise DossierError(place, f"{shown(text)} is too far away; give a year from {YEARS[0]} to {YEARS[-1]}.")
    return day


def _real_monday(text: str, place: tuple) -> None:
    day = _real_day(text, place)
    if day != monday_of(day):
        raise DossierError(place, f"{shown(text)} is no Monday; the Monday of that week is {monday_of(day)}.")


def _real_month(text: str, place: tuple) -> None:
    try:
        date.fromisoformat(f"{text}-01")
    except ValueError:
        raise DossierError(place, f"{shown(text)} is no month of the calendar; give one that exists.") from None
    _real_day(f"{text}-01", place)


def _real_moment(text: str, place: tuple) -> None:
    day, _, clock = text.partition("T")
    _real_day(day, place)
    if not clock:
        return
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        raise DossierError(place, f"{shown(clock)} is no time of day; write it from 00:00 to 23:59.") from None
    if there_and_back(local) != local:
        raise DossierError(
            place, f"{shown(text)} did not happen: the clocks went forward over it; give an hour before or after."
        )


def there_and_back(local: datetime) -> datetime:
    """What the clock in Oslo shows at that wall-clock time: another one in the hour that is left out in spring."""
    shown_then = moment(local.date(), local.time())
    return datetime.fromtimestamp(shown_then.timestamp(), shown_then.tzinfo).replace(tzinfo=None)


OF_KIND: dict[str, Callable[[str, tuple], object]] = {
    "day": _real_day,
    "monday": _real_monday,
    "month": _real_month,
    "moment": _real_moment,
}


# Names within the file


def refs(content: dict, name: str) -> Iterator[tuple[tuple, str]]:
    """(place, ref) of everything in a list that has one; of `fidelity`, its recommendations."""
    for place, item in _items(content, name):
        if name == "fidelity":
            for number, one in enumerate(item.get("recommendations", ())):
                if "ref" in one:
                    yield (*place, "recommendations", number), one["ref"]
        elif "ref" in item:
            yield place, item["ref"]


def _refuse_refs(content: dict) -> None:
    known = {}
    for kind, name in NAMED_IN.items():
        known[kind] = set()
        for place, ref in refs(content, name):
            if ref in known[kind]:
                raise DossierError((*place, "ref"), f"{shown(ref)} is taken by another; give each a ref of its own.")
            known[kind].add(ref)
    for mark in schema.marks(content):
        if mark.kind in known and mark.value not in known[mark.kind]:
            missing = f"nothing in {NAMED_IN[mark.kind]} has the ref {shown(mark.value)}"
            raise DossierError(mark.place, f"{missing}; add it there, or leave this field out.")
    for place, member in _items(content, "members"):
        if "successor" in member and member["successor"] == member.get("ref"):
            raise DossierError((*place, "successor"), "nobody takes over from themselves; name somebody else.")


# Days in relation


def _refuse_disorder(content: dict) -> None:
    for pairs, also_same in ((IN_ORDER, False), (AFTER, True)):
        for name, earlier, later in pairs:
            for place, item in _items(content, name):
                if earlier in item and later in item:
                    first, last = item[earlier][:10], item[later][:10]
                    if last < first or (also_same and last == first):
                        how = "is not after" if also_same else "is before"
                        raise DossierError(
                            (*place, later), f"{last} {how} {earlier}, which is {first}; put one of the two right."
                        )


def _refuse_halves(content: dict) -> None:
    for name, field, needed in NEEDS:
        for place, item in _items(content, name):
            if field in item and needed not in item:
                raise DossierError((*place, needed), f"is missing beside {field}; add it, or leave both out.")


def _refuse_ends(content: dict) -> None:
    for name, day, state, ended in ENDS:
        for place, item in _items(content, name):
            if (item.get(state) in ended) and day not in item:
                raise DossierError((*place, day), f"is missing: {state} is {item[state]}; add the day it became so.")
            if day in item and item.get(state) not in ended:
                words = item.get(state, "not given")
                raise DossierError(
                    (*place, day), f"does not go with {state}, which is {words}; leave the day out, or put that right."
                )
    for place, review in _items(content, "reviews"):
        if "closed_on" in review and review["state"] != "held":
            raise DossierError((*place, "closed_on"), f"does not go with a {review['state']} review; leave it out.")
        if "cancelled_because" in review and review["state"] != "cancelled":
            raise DossierError(
                (*place, "cancelled_because"), f"does not go with a {review['state']} review; leave it out."
            )


# Nothing twice


def _refuse_doubles(content: dict) -> None:
    for name, fields in ONCE:
        _once(_items(content, name), fields)
    for name, below, fields in ONCE_WITHIN:
        for place, item in _items(content, name):
            _once((((*place, below, number), one) for number, one in enumerate(item.get(below, ()))), fields)
    for name in ("visions", "expectations"):
        numbers = set()
        for place, item in _items(content, name):
            version = item.get("version", place[-1] + 1)
            if version in numbers:
                raise DossierError((*place, "version"), f"{version} is the number of another; give each its own.")
            numbers.add(version)
    for name, fields, end in ONE_RUNNING:
        _once(((place, item) for place, item in _items(content, name) if end not in item), fields, missing=end)


def _once(items: Iterable[Item], fields: tuple, *, missing: str = "") -> None:
    seen: set[tuple] = set()
    for place, item in items:
        if not all(field in item for field in fields):
            continue
        values = tuple(item[field] for field in fields)
        if values in seen:
            what = " and ".join(shown(value) for value in values)
            if missing:
                raise DossierError(
                    (*place, missing), f"is missing: another one{f' of {what}' if what else ''} is without it; add it."
                )
            raise DossierError((*place, fields[-1]), f"{what} is there already; keep one of the two.")
        seen.add(values)


# What is special to one list


def _refuse_decisions(content: dict) -> None:
    for place, decision in _items(content, "decisions"):
        for field in ("goals_behind", "hours_behind", "training_behind"):
            if field in decision and decision["kind"] != "expand":
                raise DossierError(
                    (*place, field), f"is asked of an expansion only, and kind is {decision['kind']}; leave it out."
                )


def _refuse_questions(content: dict) -> None:
    for place, one in _items(content, "decisions_wanted"):
        if "withdrawn_on" in one and one.get("answer") in ("yes", "no"):
            raise DossierError(
                (*place, "withdrawn_on"),
                f"does not go with the answer {one['answer']}; leave one of them out.",
            )


def _refuse_acceptances(content: dict) -> None:
    for place, one in _items(content, "acceptances"):
        texts = one["reason"].values() if isinstance(one["reason"], dict) else [one["reason"]]
        if any(len(text) < REASON_CHARACTERS for text in texts):
            raise DossierError(
                (*place, "reason"), f"is shorter than {REASON_CHARACTERS} characters; write it out, so that it is one."
            )


def _refuse_long_acceptances(content: dict) -> None:
    for place, one in _items(content, "acceptances"):
        if _day(one["until"]) - _day(one["accepted_on"]) > timedelta(days=ACCEPT_DAYS):
            raise DossierError((*place, "until"), f"is more than {ACCEPT_DAYS} days after accepted_on; end it earlier.")


def _refuse_hours(content: dict) -> None:
    for place, week in _items(content, "hours"):
        if week["kept"] > week["set_aside"]:
            raise DossierError(
                (*place, "kept"),
                f"{week['kept']} is more than set_aside, which is {week['set_aside']}; put one of the two right.",
            )
        if _day(week["week"]) + timedelta(days=7) > _day(content["as_of"]):
            raise DossierError(
                (*place, "week"), f"this week was not over on {content['as_of']}, the dossier's as_of; leave it out."
            )


def _refuse_conflicts(content: dict) -> None:
    for place, week in _items(content, "conflicts"):
        released_on = _day(week["released_on"])
        if released_on > _day(content["as_of"]):
            raise DossierError(
                (*place, "released_on"), f"lies after {content['as_of']}, the dossier's as_of; leave the week out."
            )
        many = sum(week["reasons"].values())
        for number, answer in enumerate(week.get("answers", ())):
            if number >= many:
                raise DossierError(
                    (*place, "answers", number), f"is one too many: reasons add up to {many}; take it out."
                )
            if not released_on <= _day(answer["on"]) <= _day(content["as_of"]):
                raise DossierError(
                    (*place, "answers", number, "on"),
                    f"{answer['on']} is not between released_on, which is {released_on}, and the dossier's as_of, "
                    f"{content['as_of']}; put the day right.",
                )


def _refuse_own_ratings(content: dict) -> None:
    for place, one in _items(content, "own_leadership"):
        if one["shared_on"] > content["as_of"]:
            raise DossierError(
                (*place, "shared_on"), f"lies after {content['as_of']}, the dossier's as_of; leave the rating out."
            )


def _refuse_funding(content: dict) -> None:
    for place, one in _items(content, "funding"):
        if one["kind"] == "start_up" and "until" not in one:
            raise DossierError((*place, "until"), "is missing: start-up money ends; add its last day.")


def _day(text: str) -> date:
    return date.fromisoformat(text)


CHECKS: tuple[Callable[[dict], None], ...] = (
    _refuse_disorder,
    _refuse_halves,
    _refuse_ends,
    _refuse_doubles,
    _refuse_decisions,
    _refuse_questions,
    _refuse_acceptances,
    _refuse_hours,
    _refuse_conflicts,
    _refuse_own_ratings,
    _refuse_funding,
    *MEASURED,
)

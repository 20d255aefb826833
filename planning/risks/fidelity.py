"""Theme 5, fidelity in its place: what a rating says, and what it does not."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from .absence import clock, confirmed_empty, confirmed_empty_lately, counted_from, days_since, joined
from .answer import Answer, Evidence, Reason, Status
from .finding import Finding, measured, unknown
from .months import add_months, older_than
from .snapshot import Snapshot

RATING_MONTHS = 13  # after that a rating says nothing of today
FIRST_RATING_MONTH = 7
SECOND_RATING_MONTH = 13


def ratings_by_day(snapshot: Snapshot) -> dict[date, Decimal]:
    """Totals by day, the earliest first; of two on one day the lower one counts, whatever order they came in."""
    by_day: dict[date, Decimal] = {}
    for one in snapshot.fidelity:
        by_day[one.rated_on] = min(one.total, by_day.get(one.rated_on, one.total))
    return dict(sorted(by_day.items()))


def fidelity_unknown(snapshot: Snapshot) -> Finding:
    """Nobody knows how closely IMR follows the model.

    Why: E was not rated; visits were made at 6 and 12 months (Methods, Procedure and Materials).
    Threshold: a rating by month 7 after the start; by month 13 one after month 7; afterwards the last one at
    most 13 months old. Flagged on the day after the limit. Without any rating the months count from joining
    when that is later; a service of which nobody says when it joined is unknown. Where somebody said that
    there is none, they count from the start. A rating from before the start tells nothing of the practice
    and does not count. While the practice rests the months do not go by.
    Not applicable up to month 7 without a rating: no visit is due yet.
    Ignores: the rating itself (`fidelity-low`), and a first one that came late.
    Severity: how many ratings that were due have not been made.
    """
    start = snapshot.started_on
    days = [day for day in ratings_by_day(snapshot) if start is None or day >= start]
    if not days:
        return _never_rated(snapshot)
    last = days[-1]
    since = counted_from(snapshot, last) or last  # joining moves every count of an absence
    if start is not None and last <= add_months(start, FIRST_RATING_MONTH):
        gap = SECOND_RATING_MONTH - FIRST_RATING_MONTH
        due = max(_due(snapshot, start, SECOND_RATING_MONTH), _due(snapshot, since, gap))
    else:
        due = _due(snapshot, since, RATING_MONTHS)
    if due < snapshot.as_of:
        piece = measured("rating_overdue", Status.FLAGGED, on=last, rated_on=last, due_on=due)
        return Finding(Status.FLAGGED, (piece,), severity=_missed(snapshot, due))
    if _too_old(snapshot, last):
        return unknown(measured("rating_too_old", Status.UNKNOWN, rated_on=last, months=RATING_MONTHS))
    piece = measured("rated_in_time", Status.CLEAR, on=last, rated_on=last)
    return Finding(Status.CLEAR, (piece,), severity=Decimal(0))


def _too_old(snapshot: Snapshot, rated_on: date) -> bool:
    return older_than(rated_on, RATING_MONTHS, on=clock(snapshot, rated_on))


def _no_visit_is_due_yet(snapshot: Snapshot) -> bool:
    start = snapshot.started_on
    return start is not None and snapshot.as_of <= _due(snapshot, start, FIRST_RATING_MONTH)


def _never_rated(snapshot: Snapshot) -> Finding:
    if _no_visit_is_due_yet(snapshot):
        return unknown(reason=Reason.NOT_APPLICABLE)
    start = snapshot.started_on
    said_on = confirmed_empty(snapshot, "fidelity", max(ratings_by_day(snapshot), default=None))
    evidence: list[Evidence] = []
    severities: list[Decimal] = []
    if (since := joined(snapshot)) is not None:
        since = since if start is None else max(since, start)
        if severity := _missed_since(snapshot, since):
            severities.append(severity)
            evidence.append(measured("never_rated", Status.FLAGGED, on=since, none_since=since))
    if said_on is not None and start is not None:
        severities.append(_missed_since(snapshot, start))
        evidence.append(measured("said_never_rated", Status.FLAGGED, on=said_on, said_on=said_on))
    if not evidence:
        return unknown()
    return Finding(Status.FLAGGED, tuple(evidence), severity=max(severities))


def _missed_since(snapshot: Snapshot, since: date) -> Decimal:
    """How many ratings have not been made in a service that has had none since a day; nought before one is due."""
    first = _due(snapshot, since, FIRST_RATING_MONTH if snapshot.started_on is not None else RATING_MONTHS)
    second = _due(snapshot, since, SECOND_RATING_MONTH)
    if first < second < snapshot.as_of:
        return 1 + _missed(snapshot, second)
    return _missed(snapshot, first)


def _missed(snapshot: Snapshot, due: date) -> Decimal:
    """How many ratings are missing: the one that was due, and one for each 13 months that passed since."""
    missed = 0
    while _due(snapshot, due, RATING_MONTHS * missed) < snapshot.as_of:
        missed += 1
    return Decimal(missed)


def _due(snapshot: Snapshot, since: date, months: int) -> date:
    """The day on which so many months have gone by since a day, not counting those on which the practice rested.

    Of a day that is still to come it is only told that it is: how long the practice will rest nobody knows.
    """
    day = there = add_months(since, months)
    while day <= snapshot.as_of:
        rested = day - clock(replace(snapshot, as_of=day), since)
        if there + rested == day:
            break
        day = there + rested
    return day


LOW_FLAG_TOTAL = Decimal("3.0")
LOW_WATCH_TOTAL = Decimal("4.0")
LOW_FALL = Decimal("0.5")
SCALE_TOP = Decimal(5)


def fidelity_low(snapshot: Snapshot) -> Finding:
    """IMR falls short of the model, or is slipping.

    Why: the scale runs from 1 to 5; the bands are those of Dutch work on IMR (Roosenschoon and others
    2016). In the study eight of nine services were high, and that alone was not successful implementation
    (Discussion).
    Threshold: the latest mean flagged under 3.0, watch under 4.0 or after a fall of 0.5 or more from the one
    before. Decided on the unrounded figure. A latest rating older than 13 months is unknown; while the
    practice rests it does not grow older.
    Not applicable up to month 7 without a rating, as for `fidelity-unknown`.
    Ignores: single items, who rated, and how old the rating before was.
    Severity: how far the mean is below 5.
    """
    ratings = list(ratings_by_day(snapshot).items())
    if not ratings:
        return _no_visit(snapshot)
    day, total = ratings[-1]
    if _too_old(snapshot, day):
        return unknown(measured("rating_too_old", Status.UNKNOWN, rated_on=day, months=RATING_MONTHS))
    if total < LOW_FLAG_TOTAL:
        status = Status.FLAGGED
    elif total < LOW_WATCH_TOTAL:
        status = Status.WATCH
    else:
        status = Status.CLEAR
    evidence: list[Evidence] = [measured("rating", status, on=day, total=total, rated_on=day)]
    if len(ratings) > 1:
        day_before, total_before = ratings[-2]
        if total_before - total >= LOW_FALL:
            fall = measured(
                "rating_fell",
                Status.WATCH,
                on=day,
                fall=total_before - total,
                total_before=total_before,
                rated_before_on=day_before,
            )
            evidence.append(fall)
            if status is Status.CLEAR:
                status = Status.WATCH
    return Finding(status, tuple(evidence), severity=SCALE_TOP - total)


def _no_visit(snapshot: Snapshot) -> Finding:
    return unknown(reason=Reason.NOT_APPLICABLE if _no_visit_is_due_yet(snapshot) else Reason.MISSING)


FEEDBACK_UNUSED_DAYS = 30


def feedback_unused(snapshot: Snapshot) -> Finding:
    """Advice from the last visit is left unused.

    Why: the interviews asked whether the recommendations of the 6-month visit were worked on (Methods,
    Table 2).
    Threshold: flagged when a recommendation of the last visit, that of the latest rating, has no action after
    30 days; clear when an action comes from each, however soon. Unknown before the 30 days are over and when
    no recommendation of that visit is recorded.
    Not applicable when somebody said within 12 months, on the day of the visit or later, that it recommended
    nothing; and up to month 7 without a visit, as for `fidelity-unknown`.
    Ignores: whether the actions are done, what earlier visits recommended, and how long ago the visit was.
    Severity: how many recommendations have no action.
    """
    visits = ratings_by_day(snapshot)
    if not visits:
        return _no_visit(snapshot)
    visit = max(visits)
    given = [one for one in snapshot.recommendations if one.given_on == visit]
    if not given:
        said_on = confirmed_empty_lately(snapshot, "recommendations", visit - timedelta(days=1))
        if said_on is None:
            return unknown()
        piece = measured("nothing_recommended", Status.UNKNOWN, said_on=said_on)
        return unknown(piece, reason=Reason.NOT_APPLICABLE)
    unused = sum(not one.taken_up for one in given)
    figures = {"unused": unused, "total": len(given), "visit_on": visit}
    if not unused:
        piece = measured("recommendations_taken_up", Status.CLEAR, on=visit, total=len(given), visit_on=visit)
    elif days_since(snapshot, visit) < FEEDBACK_UNUSED_DAYS:
        return unknown(measured("recommendations_young", Status.UNKNOWN, days=FEEDBACK_UNUSED_DAYS, **figures))
    else:
        piece = measured("recommendations_unused", Status.FLAGGED, on=visit, **figures)
    return Finding(piece.status, (piece,), severity=Decimal(unused))


ORGANISATION_FLAG_MEAN = Decimal("3.0")
ORGANISATION_WATCH_MEAN = Decimal("4.0")


def organisation_weak(snapshot: Snapshot) -> Finding:
    """The organisation around IMR is too weak.

    Why: in the same project no service reached a high rating for organisational quality improvement
    (Egeland and others 2017).
    Threshold: the latest mean of the General Organizational Index (1 to 5) flagged under 3.0, watch under
    4.0, else clear; the bands are those of the fidelity scale. Decided on the unrounded figure. A latest
    rating older than 13 months is unknown.
    Ignores: single items, who rated, and whether it is better or worse than before.
    Severity: how far the mean is below 5.
    """
    latest = max(snapshot.organisation, key=lambda one: (one.rated_on, -one.mean), default=None)
    if latest is None:
        return unknown()
    day, mean = latest.rated_on, latest.mean
    if _too_old(snapshot, day):
        return unknown(measured("organisation_rating_too_old", Status.UNKNOWN, rated_on=day, months=RATING_MONTHS))
    if mean < ORGANISATION_FLAG_MEAN:
        status = Status.FLAGGED
    elif mean < ORGANISATION_WATCH_MEAN:
        status = Status.WATCH
    else:
        status = Status.CLEAR
    piece = measured("organisation_rated", status, on=day, mean=mean, rated_on=day)
    return Finding(status, (piece,), severity=SCALE_TOP - mean)


FALSE_SECURITY_TOTAL = LOW_WATCH_TOTAL
FALSE_SECURITY_FLAGS = 2
FALSE_SECURITY_THEMES = (1, 2, 3, 4)
FALSE_SECURITY_KNOWN_PARTS = 2  # clear when at least one in so many entries of each theme is known


def false_security(snapshot: Snapshot, own: Sequence[Answer]) -> Finding:
    """High fidelity hides unsolved problems. `own`: the other entries' answers, without group evidence.

    Why: high fidelity was not equivalent to successful implementation, the study's main finding (Results;
    Discussion).
    Threshold: with a latest mean of 4.0 or more, flagged when any of themes 1 to 4 has two or more flags, or
    when `organisation-weak` is flagged. Clear only when at least half of the entries of each of themes 1 to
    4 are known; before that unknown. Not applicable under 4.0; unknown without a rating, or with one older
    than 13 months.
    Ignores: watches, and everything that is only said of a group that the service belongs to.
    Severity: how many of the flags speak: those of the themes that have two or more, and the organisation's.
    """
    ratings = list(ratings_by_day(snapshot).items())
    if not ratings:
        return unknown()
    day, total = ratings[-1]
    if _too_old(snapshot, day):
        return unknown(measured("rating_too_old", Status.UNKNOWN, rated_on=day, months=RATING_MONTHS))
    if total < FALSE_SECURITY_TOTAL:
        return unknown(
            measured("rating_not_high", Status.UNKNOWN, total=total, rated_on=day), reason=Reason.NOT_APPLICABLE
        )
    flags = _flags_by_theme(own)
    crowded = {theme: flagged for theme, flagged in flags.items() if len(flagged) >= FALSE_SECURITY_FLAGS}
    weak = [one for one in own if one.key == "organisation-weak" and one.status is Status.FLAGGED]
    if crowded or weak:
        evidence = [_high(Status.FLAGGED, day, total)]
        evidence += [
            measured("theme_has_flags", Status.FLAGGED, on=_oldest(flagged), theme=theme, count=len(flagged))
            for theme, flagged in crowded.items()
        ]
        evidence += [measured("organisation_flagged", Status.FLAGGED, on=one.since) for one in weak]
        severity = sum(len(flagged) for flagged in crowded.values()) + len(weak)
        return Finding(Status.FLAGGED, tuple(evidence), severity=Decimal(severity))
    dark = [
        (theme, known, len(entries))
        for theme in FALSE_SECURITY_THEMES
        if (entries := [one for one in own if one.theme == theme])
        if FALSE_SECURITY_KNOWN_PARTS * (known := _known(entries)) < len(entries)
    ]
    if dark:
        return unknown(
            _high(Status.UNKNOWN, day, total),
            *(
                measured("theme_little_known", Status.UNKNOWN, theme=theme, known=known, total=entries)
                for theme, known, entries in dark
            ),
        )
    evidence = [_high(Status.CLEAR, day, total), measured("themes_are_known", Status.CLEAR)]
    return Finding(Status.CLEAR, tuple(evidence), severity=Decimal(0))


def _flags_by_theme(own: Sequence[Answer]) -> Mapping[int, list[Answer]]:
    return {
        theme: [one for one in own if one.theme == theme and one.status is Status.FLAGGED]
        for theme in FALSE_SECURITY_THEMES
    }


def _known(entries: Sequence[Answer]) -> int:
    return sum(one.status is not Status.UNKNOWN for one in entries)


def _oldest(flagged: Sequence[Answer]) -> date | None:
    return min((one.since for one in flagged if one.since is not None), default=None)


def _high(status: Status, day: date, total: Decimal) -> Evidence:
    return measured("rating_high", status, on=day, total=total, rated_on=day)

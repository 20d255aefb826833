"""Theme 2, leader engagement: who leads IMR, and what the leader does about it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from .absence import days_since, first_days_are_over
from .answer import Evidence, Reason, Status
from .finding import Finding, measured, percent, unknown, worse
from .follow_up import by_acts, by_ratings
from .leadership_ratings import (
    RATING_MONTHS,
    Range,
    by_leader,
    by_staff,
    mean,
    mean_range,
    range_of,
    silence,
    stated,
    too_old,
)
from .people import active_practitioners, allocations_in_use, hours_by_person, in_role, person_records
from .snapshot import Person, Snapshot

NO_LEADER_AWAY_DAYS = 30


def no_leader(snapshot: Snapshot) -> Finding:
    """No leader is in post, or the leader is away for long and nobody stands in.

    Why: service H had no leader for most of the period (Results, Leader Engagement).
    Threshold: flagged when nobody recorded as leader is in the service any more, or when all who are have
    been away for 30 days or more and no stand-in is there. A stand-in covers an absence; a post that
    stands empty stays flagged, because a stand-in is for the time being, and the evidence names both.
    Unknown when no leader was ever recorded: nobody wrote it down.
    Ignores: how much of the job the leader does, and how long an absence will last.
    Severity: 1 for a leader who is away, 2 for an empty post.
    """
    leaders = in_role(snapshot, "leader")
    if not leaders:
        return unknown()
    in_post = [person for person in leaders if person.present(snapshot.as_of)]
    there = [person for person in in_post if not _long_away(person, snapshot)]
    standing_in = [
        person
        for person in in_role(snapshot, "stand_in")
        if person.present(snapshot.as_of) and not _long_away(person, snapshot)
    ]
    if there:
        since = min((person.started_on for person in there if person.started_on), default=None)
        piece = measured("leader_in_post", Status.CLEAR, on=since, records=person_records(there))
        return Finding(Status.CLEAR, (piece,), severity=Decimal(0))
    if in_post:
        # Of several leaders the last one to go makes the gap.
        since = max(person.away_from for person in in_post if person.away_from)
        if standing_in:
            piece = measured(
                "stand_in_covers", Status.CLEAR, on=since, records=person_records(standing_in), away_since=since
            )
            return Finding(Status.CLEAR, (piece,), severity=Decimal(0))
        piece = measured("leader_away", Status.FLAGGED, on=since, records=person_records(in_post), away_since=since)
        return Finding(Status.FLAGGED, (piece,), severity=Decimal(1))
    last = max(person.leaves_on for person in leaders if person.leaves_on)
    code = "post_empty_with_stand_in" if standing_in else "post_empty"
    piece = measured(code, Status.FLAGGED, on=last, records=person_records(standing_in), left_on=last)
    return Finding(Status.FLAGGED, (piece,), severity=Decimal(2))


def _long_away(person: Person, snapshot: Snapshot) -> bool:
    since = person.away_from
    return since is not None and person.away(snapshot.as_of) and days_since(snapshot, since) >= NO_LEADER_AWAY_DAYS


_SCALE_TOP = Decimal(4)  # of the Implementation Leadership Scale

# By whether a mean lies under its limit; None where a mean of few answers may lie on either side.
_FLAGGED_UNDER = {True: Status.FLAGGED, False: Status.CLEAR, None: Status.UNKNOWN}


def _decided(status: Status, piece: Evidence, *, severity: Decimal) -> Finding:
    """What ratings come to; open where of so few answers not enough is known."""
    if status is Status.UNKNOWN:
        return unknown(piece, reason=Reason.TOO_FEW_PEOPLE)
    return Finding(status, (piece,), severity=severity)


UNCONVINCED_RATING = Decimal("2.0")


def leader_unconvinced(snapshot: Snapshot) -> Finding:
    """Practitioners miss the leader's support.

    Why: in service G the leader was not very positive, in E practitioners were not properly backed up
    (Results, Leader Engagement).
    Threshold: flagged when staff rate the leader as supportive under 2.0 of 4 (Implementation Leadership
    Scale), clear from 2.0; the limit is the scale's midpoint, ours. Decided on the unrounded mean of the
    latest rating. Unknown when that is older than 13 months, when fewer answered than agreed beforehand, or when
    of so few only a limit of the mean is known and that leaves it open.
    Ignores: who of several leaders was meant, how far the answers differ, and earlier ratings.
    Severity: how far the mean is below 4.
    """
    rating = by_staff(snapshot)
    silent = silence(snapshot, rating)
    if silent:
        return silent
    status = _FLAGGED_UNDER[range_of(rating, "supportive").is_under(UNCONVINCED_RATING)]
    piece = measured(
        "support_rated",
        status,
        on=rating.rated_on,
        **stated(rating, rating="supportive"),
        answers=rating.answers,
        rated_on=rating.rated_on,
    )
    return _decided(status, piece, severity=_SCALE_TOP - rating.supportive)


def passive_support(snapshot: Snapshot) -> Finding:
    """The leader supports IMR and lets it be.

    Why: leaders arranged the training, gave free rein and nothing more (F), positive ones did not
    necessarily raise it (H): passive support lets a leader stand aside (Results, Leader Engagement;
    Discussion).
    Threshold: two halves, of which the worse counts; both are shown.
    What the leader does: flagged when for 60 days no conflict was answered, no review held and no action
    moved by a leader, while there was something to answer, hold or move: an open conflict, a review past its
    day, an open action, each of which had waited for 7 days (a thing that came yesterday tells nothing of 60
    days; a product decision). The 60 days run from the last such act or the day of joining, the later.
    Clear when there was such an act within the 60 days. Unknown when nothing waits: then there is nothing
    to be seen.
    What staff say (Implementation Leadership Scale, as for `leader-unconvinced`): flagged when the support is
    fine, rated 2.5 of 4 or more or reported to help in the last 6 months, while the leader is rated as
    proactive or as perseverant under 2.0. Clear when support is rated 2.5 or more and both others 2.0 or more.
    Unknown when the support itself is in doubt: that is `leader-unconvinced`.
    Ignores: everything a leader does outside the product, and who of several leaders did it.
    Severity: how many things wait, and how many of the two are rated too low.
    """
    acts, ratings = by_acts(snapshot), by_ratings(snapshot)
    evidence = acts.evidence + ratings.evidence
    status = worse(acts.status, ratings.status)
    if status is Status.UNKNOWN:
        return Finding(status, evidence, reason=ratings.reason)
    figures = [one.severity for one in (acts, ratings) if one.severity is not None]
    return Finding(status, evidence, severity=sum(figures, Decimal()))


KNOWS_LITTLE_RATING = Decimal("2.0")


def leader_knows_little(snapshot: Snapshot) -> Finding:
    """IMR is little known to its leader.

    Why: an organisational manager was positive as far as he understood what it was about (Results, Leader
    Engagement; service B).
    Threshold: flagged when staff rate the leader as knowledgeable under 2.0 of 4 (Implementation Leadership
    Scale), clear from 2.0; the limit is the scale's midpoint, ours. Decided on the unrounded mean of the
    latest rating. Unknown when that is older than 13 months, when fewer answered than agreed beforehand, or when
    of so few only a limit of the mean is known and that leaves it open.
    Ignores: who of several leaders was meant, and what the leader knows that staff do not see.
    Severity: how far the mean is below 4.
    """
    rating = by_staff(snapshot)
    silent = silence(snapshot, rating)
    if silent:
        return silent
    status = _FLAGGED_UNDER[range_of(rating, "knowledgeable").is_under(KNOWS_LITTLE_RATING)]
    piece = measured(
        "knowledge_rated",
        status,
        on=rating.rated_on,
        **stated(rating, rating="knowledgeable"),
        answers=rating.answers,
        rated_on=rating.rated_on,
    )
    return _decided(status, piece, severity=_SCALE_TOP - rating.knowledgeable)


UNANSWERED_FLAG_DAYS = 14
UNANSWERED_WATCH_DAYS = 7


def unanswered_conflicts(snapshot: Snapshot) -> Finding:
    """Priority conflicts wait for the leader's answer.

    Why: in most services the practitioners took the primary responsibility for solving barriers (Results,
    Leader Engagement).
    Threshold: flagged when a conflict has waited for 14 days, watch from 7. Every entry, named or not, waits
    from the Monday after the week in which it was logged. Clear when at least one conflict has an answer and
    none has waited for 7 days; conflicts too young to judge decide nothing.
    Ignores: what the answer says, how old answered conflicts are, and barriers that nobody logs.
    Severity: how many conflicts have waited for 7 days or more.
    """
    waits = sorted(
        (days_since(snapshot, one.released_on), one.released_on) for one in snapshot.conflicts if not one.answered_on
    )
    long = [day for days, day in waits if days >= UNANSWERED_FLAG_DAYS]
    shorter = [day for days, day in waits if UNANSWERED_WATCH_DAYS <= days < UNANSWERED_FLAG_DAYS]
    evidence = tuple(
        measured("conflicts_waiting", status, on=min(days), count=len(days), limit=limit, oldest_on=min(days))
        for status, limit, days in (
            (Status.FLAGGED, UNANSWERED_FLAG_DAYS, long),
            (Status.WATCH, UNANSWERED_WATCH_DAYS, shorter),
        )
        if days
    )
    severity = Decimal(len(long) + len(shorter))
    if evidence:
        return Finding(evidence[0].status, evidence, severity=severity)
    answered = [(one.answered_on, one.released_on) for one in snapshot.conflicts if one.answered_on]
    if not waits and not answered:
        return unknown()
    if not answered:
        return unknown(
            measured("conflicts_too_young", Status.UNKNOWN, count=len(waits), limit=UNANSWERED_WATCH_DAYS),
        )
    # In order since the last answer that came late; since the first one when none did.
    late = [
        day for day, released in answered if days_since(replace(snapshot, as_of=day), released) >= UNANSWERED_WATCH_DAYS
    ]
    piece = measured(
        "conflicts_answered",
        Status.CLEAR,
        on=max(late) if late else min(day for day, _ in answered),
        answered=len(answered),
        total=len(snapshot.conflicts),
        limit=UNANSWERED_WATCH_DAYS,
    )
    return Finding(Status.CLEAR, (piece,), severity=severity)


SELF_IMAGE_GAP = Decimal("1.0")
_CLEAR_UNDER = {True: Status.CLEAR, False: Status.FLAGGED, None: Status.UNKNOWN}


def self_image_gap(snapshot: Snapshot) -> Finding:
    """Leader and practitioners see the leadership differently.

    Why: a product decision, from studies in which leaders rate themselves and are rated (Aarons and others
    2017); the study heard only practitioners (Discussion).
    Threshold: flagged when the leader's own mean of the four sub-scales of the Implementation Leadership
    Scale is above that of staff by 1.0 or more, unrounded; else clear. The latest rating of each counts; both
    at most 13 months old, and that of staff answered by as many as agreed beforehand. Where of a few answers only
    a limit of a mean is known, the gap counts for as much as it surely is, and is clear only if it surely is smaller.
    Unknown without the leader's own rating. The snapshot holds it only once it is shared, or for the leader
    alone: until then it is missing for everybody else, and nothing of it is in a document.
    Ignores: gaps on single sub-scales, a leader who rates below the staff, and who of several leaders it was.
    Severity: the gap, as much of it as is sure; 0 when the leader's mean is not the higher one.
    """
    own, staff = by_leader(snapshot), by_staff(snapshot)
    if own is None:
        return unknown()
    if too_old(snapshot, own):
        return unknown(measured("own_rating_too_old", Status.UNKNOWN, rated_on=own.rated_on, months=RATING_MONTHS))
    silent = silence(snapshot, staff)
    if silent:
        return silent
    of_staff, on = mean_range(staff), max(own.rated_on, staff.rated_on)
    gap = Range(mean(own) - of_staff.most, mean(own) - of_staff.least)
    status = _CLEAR_UNDER[gap.is_under(SELF_IMAGE_GAP)]
    if staff.bounded:
        piece = measured(
            "own_and_staff_within",
            status,
            on=on,
            own=mean(own),
            least=of_staff.least,
            most=of_staff.most,
            answers=staff.answers,
        )
    else:
        piece = measured(
            "own_and_staff_rated",
            status,
            on=on,
            own=mean(own),
            staff=of_staff.least,
            gap=gap.least,
            answers=staff.answers,
        )
    return _decided(status, piece, severity=max(gap.least, Decimal(0)))


BOTTOM_UP_ITEMS = 3
BOTTOM_UP_PERCENT = 80


def bottom_up(snapshot: Snapshot) -> Finding:
    """Goals and actions are left to the practitioners.

    Why: working bottom-up all the time was tiring, "top-down" was missing (Results, Leader Engagement;
    service D).
    Threshold: of 3 or more open goals and actions that have an owner, flagged when no leader or stand-in
    owns any, or when practitioners own 80 % or more. Fewer than 3 flag nothing.
    Clear when a leader owns at least one and practitioners own less than 80 %.
    Ignores: how heavy each is, and those without an owner: who carries them is not recorded.
    Severity: the share that no leader owns, in percent.
    """
    owned = [(one.owner_role, one.stated_on) for one in snapshot.goals if one.owner_role]
    owned += [(one.owner_role, one.opened_on) for one in snapshot.actions if one.owner_role and not one.closed_on]
    total = len(owned)
    leaders = [day for role, day in owned if role in ("leader", "stand_in")]
    others = [day for role, day in owned if role not in ("leader", "stand_in")]
    practitioners = [day for role, day in owned if role == "practitioner"]
    if not total:
        return unknown()
    carried = 100 * len(practitioners) >= BOTTOM_UP_PERCENT * total
    severity = percent(Fraction(total - len(leaders), total))
    if total >= BOTTOM_UP_ITEMS and not leaders:
        piece = measured("leader_owns_none", Status.FLAGGED, on=min(others), total=total)
    elif leaders and carried:
        piece = measured(
            "practitioners_own_most",
            Status.FLAGGED,
            on=min(practitioners),
            practitioners=len(practitioners),
            total=total,
        )
    elif leaders:
        piece = measured(
            "leader_owns_some",
            Status.CLEAR,
            on=min(leaders),
            leader=len(leaders),
            practitioners=len(practitioners),
            total=total,
        )
    else:
        return unknown(measured("too_few_owned", Status.UNKNOWN, total=total, needed=BOTTOM_UP_ITEMS))
    return Finding(piece.status, (piece,), severity=severity)


CHAMPION_PERCENT = 60
CHAMPION_TRAINED = 2


def lone_champion(snapshot: Snapshot) -> Finding:
    """IMR hangs on one person.

    Why: one practitioner was champion and motivator (Results, Leader Engagement; service H). That this is
    a risk is our reading.
    Threshold: flagged when one person holds 60 % or more of the hours set aside, or when one active
    practitioner alone is trained. A colleague without a training date counts as not trained once the first
    days after joining are over; before that the record does not say.
    Clear takes both: at least two trained, and hours of which nobody holds 60 %.
    Ignores: who motivates whom, leave, and trained people who are not practitioners.
    Severity: the largest share of the hours, in percent; 100 when one alone is trained. The evidence
    states neither the share nor who: hours of single people are not for everybody.
    """
    in_use = allocations_in_use(snapshot)
    hours = hours_by_person(in_use)
    total = sum(hours.values(), Fraction())
    active = active_practitioners(snapshot)
    trained = [person for person in active if person.trained_on]
    alone = len(trained) == 1 and (len(active) == 1 or first_days_are_over(snapshot))
    most = max(hours.values(), default=Fraction())
    held = bool(hours) and 100 * most >= CHAMPION_PERCENT * total
    several = len(trained) >= CHAMPION_TRAINED
    if held or alone:
        status, fine = Status.FLAGGED, Status.UNKNOWN
    elif hours and several:
        status, fine = Status.CLEAR, Status.CLEAR
    else:
        status, fine = Status.UNKNOWN, Status.UNKNOWN
    evidence: list[Evidence] = []
    if held:
        holder = max(hours, key=lambda person: hours[person])
        on = min(one.starts_on for one in in_use if one.person == holder)
        evidence.append(
            measured("one_holds_most_hours", Status.FLAGGED, on=on, limit=CHAMPION_PERCENT, people=len(hours))
        )
    elif hours:
        on = max(one.starts_on for one in in_use)
        evidence.append(measured("hours_shared", fine, on=on, limit=CHAMPION_PERCENT, people=len(hours)))
    if alone:
        evidence.append(
            measured("one_trained", Status.FLAGGED, on=_alone_since(snapshot, trained[0]), active=len(active))
        )
    elif several:
        days = sorted(person.trained_on for person in trained if person.trained_on)
        on = days[CHAMPION_TRAINED - 1]
        evidence.append(measured("several_trained", fine, on=on, trained=len(trained), active=len(active)))
    if status is Status.UNKNOWN:
        return unknown(*evidence)
    figures = [Decimal(100)] if alone else []
    if hours:
        figures.append(percent(most / total))
    return Finding(status, tuple(evidence), severity=max(figures))


def _alone_since(snapshot: Snapshot, one: Person) -> date | None:
    """When the last other trained practitioner stopped or left; else when this one was trained."""
    ends = [
        day
        for person in in_role(snapshot, "practitioner")
        if person.number != one.number and person.trained_on
        for day in (person.stopped_on, person.leaves_on)
        if day is not None and day <= snapshot.as_of
    ]
    return max([day for day in (one.trained_on, *ends) if day is not None], default=None)

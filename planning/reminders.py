"""What mail is due to whom: rows of the ledger, and whether what they say is still true.

Planning may run any number of times and in several processes at once: the ledger's unique key
(recipient, kind, period) keeps it to one row each, and nothing here sends anything.

A service whose practice rests (paused, or stopped by a decision) hears nothing, but on the day on which
a pause is to end its leaders are reminded of that.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.access import Permission, members_who_may
from accounts.models import LEADING_ROLES, Member, Role
from accounts.working_days import working_day_after
from planning import (
    answer_reminders,
    calendar_mail,
    digest,
    expectations,
    pauses,
    steps,
    visions,
    visits_due,
    wave_mail,
    week_reminders,
)
from planning.clock import moment
from planning.ledger import (
    MORNING,
    day_in_oslo,
    keep,
    people_of,
    recipients,
    when_settled,
    working_days_later,
)
from planning.models import (
    Acknowledgement,
    Document,
    Expectation,
    Message,
    OptIn,
    OptOut,
    Pause,
    Review,
    Vision,
    VisionAcknowledgement,
)

DAYS_BEFORE_REVIEW = 7
PLAN_NEWS_LASTS = 3  # working days; after that, "your plan is ready" is no news
READ_AFTER = timedelta(days=7)  # from the day of publication: most read it on the page before that
READ_NEWS_LASTS = timedelta(days=14)  # then nobody is reminded of it any more; the first page still offers it
RESTART_NEWS_LASTS = timedelta(days=7)  # from the day on which a pause was to end
week_of = week_reminders.week_of
# News in one of these states reaches its reader, or has.
REACHES = (Message.State.PLANNED, Message.State.CLAIMED, Message.State.HANDED_OVER)


def plan_ready(plan: Document, *, at: datetime | None = None) -> int:
    """Plan the news that a plan is ready; call it in the transaction that makes it ready.

    Returns to how many people it goes: to nobody while the practice rests. Calling it again plans nothing more.
    """
    at = at or timezone.now()
    people = recipients([plan.service_id], on=day_in_oslo(at))
    return _news_of(plan, people, kind=Message.Kind.PLAN_READY, at=at)


def memo_ready(memo: Document, *, at: datetime | None = None) -> int:
    """Plan the news that a memo is ready, to those who decide; in the transaction that makes it ready."""
    at = at or timezone.now()
    people = members_who_may(memo.service, Permission.DECIDE, on=day_in_oslo(at)).exclude(user__email="")
    return _news_of(memo, people, kind=Message.Kind.MEMO_READY, at=at)


def _news_of(document: Document, people: Iterable[Member], *, kind: str, at: datetime) -> int:
    """News of a document; to nobody while the practice rests. One made again within ten minutes takes its place."""
    if pauses.resting([document.service_id], on=day_in_oslo(at)):
        return 0
    not_before = when_settled(document.issued_at)
    messages = [
        Message(
            service_id=document.service_id,
            kind=kind,
            recipient=member,
            period=f"{document.kind}:{document.pk}",
            document=document,
            not_before=not_before,
            expires_at=working_days_later(max(at, not_before), PLAN_NEWS_LASTS),
        )
        for member in people
    ]
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    return len(messages)


def review_period(review: Review, *, days: int = DAYS_BEFORE_REVIEW) -> str:
    """What a reminder of a review is about: moved to another day, it is another reminder."""
    return f"review:{days}:{review.pk}:{day_in_oslo(review.starts_at)}"


def reviews_due(at: datetime):
    """Planned reviews still to come, from seven days before their day on."""
    last_day = day_in_oslo(at) + timedelta(days=DAYS_BEFORE_REVIEW)
    end = moment(last_day + timedelta(days=1), time.min)
    return Review.objects.planned().filter(starts_at__gt=at, starts_at__lt=end).order_by("pk")


def is_tomorrow(review: Review, *, today: date) -> bool:
    """Whether the review is on the next day, or on the next working day, so that no other morning comes before it."""
    return today < day_in_oslo(review.starts_at) <= working_day_after(today)


def restart_period(pause: Pause) -> str:
    """What a reminder of the end of a pause is about: given another end, it is another reminder."""
    return f"restart:{pause.pk}:{pause.restart_planned_on}"


def restart_day(message: Message) -> date:
    """The day on which the pause that a message is about was to end."""
    return date.fromisoformat(message.period.rpartition(":")[2])


def restarts_due(at: datetime):
    """Pauses that last, and were to end on the Oslo day of `at` or up to a week before."""
    today = day_in_oslo(at)
    ended = Pause.objects.running(today).filter(
        restart_planned_on__lte=today, restart_planned_on__gt=today - RESTART_NEWS_LASTS
    )
    return ended.order_by("pk")


def plan_due(at: datetime) -> int:
    """Plan every reminder that is due on the Oslo day of `at`; returns how many rows are new.

    A row that was given up because what it says had changed comes back when it is true again: it was
    never sent, so the person would otherwise hear nothing. One kind in trouble does not silence the others.
    """
    kinds = (
        _plan_reviews,
        _plan_restarts,
        week_reminders.plan,
        _plan_readings,
        answer_reminders.plan,
        visits_due.plan,
        digest.plan,
        wave_mail.plan,
        calendar_mail.plan,
    )
    return sum(steps.each(kinds, at).values())


def _plan_restarts(at: datetime) -> int:
    """Remind the leaders on the day on which a pause is to end; not of a practice that was stopped meanwhile."""
    today = day_in_oslo(at)
    due = list(restarts_due(at))
    if not due:
        return 0
    services = {pause.service_id for pause in due}
    services -= pauses.stopped(services, on=today)
    people = people_of(services, on=today)
    wanted = {
        (member.pk, restart_period(pause)): Message(
            service_id=pause.service_id,
            kind=Message.Kind.RESTART_DUE,
            recipient=member,
            period=restart_period(pause),
            not_before=moment(today, MORNING),
            expires_at=moment(pause.restart_planned_on + RESTART_NEWS_LASTS, time.min),
        )
        for pause in due
        for member in people.get(pause.service_id, ())
        if member.role in LEADING_ROLES
    }
    rows = Message.objects.filter(kind=Message.Kind.RESTART_DUE, service__in=services)
    return keep(wanted, rows, at=at)


def _plan_reviews(at: datetime) -> int:
    """Remind of the reviews to come, seven days before and once more the day before; not where the practice rests.

    A review that is only planned by then has one reminder.
    """
    today = day_in_oslo(at)
    reviews = list(reviews_due(at))
    if not reviews:
        return 0
    services = {review.service_id for review in reviews}
    people = people_of(services - pauses.resting(services, on=today), on=today)
    tomorrow = [review for review in reviews if is_tomorrow(review, today=today)]
    told_of = Message.objects.filter(kind=Message.Kind.REVIEW_TOMORROW, review__in=reviews)
    told = set(told_of.values_list("period", flat=True))
    others = [review for review in reviews if review not in tomorrow and review_period(review, days=1) not in told]
    kinds = (
        (Message.Kind.REVIEW_SOON, DAYS_BEFORE_REVIEW, others),
        (Message.Kind.REVIEW_TOMORROW, 1, tomorrow),
    )
    return sum(_remind_of(rows, people, kind=kind, days=days, at=at) for kind, days, rows in kinds if rows)


def _remind_of(reviews: list[Review], people: dict, *, kind: str, days: int, at: datetime) -> int:
    """One reminder of each of the reviews to everybody who did not stop them."""
    stopped = set(OptOut.objects.filter(kind=kind).values_list("member_id", flat=True))
    wanted = {
        (member.pk, review_period(review, days=days)): Message(
            service_id=review.service_id,
            kind=kind,
            recipient=member,
            period=review_period(review, days=days),
            review=review,
            not_before=moment(day_in_oslo(at), MORNING),
            expires_at=review.starts_at,
        )
        for review in reviews
        for member in people.get(review.service_id, ())
        if member.pk not in stopped
    }
    return keep(wanted, Message.objects.filter(kind=kind, review__in=reviews), at=at)


# Something to read: a vision, or what is expected, that somebody has not taken note of


def reading_period(texts: Iterable[str]) -> str:
    """What a reminder to read is about: "read:vision:3", "read:expectation:5", or both of them in one."""
    return ":".join(["read", *sorted(texts, reverse=True)])


def texts_of(period: str) -> set[str]:
    """The versions that a reminder to read is about, such as "vision:3"."""
    parts = period.split(":")[1:]
    return {f"{kind}:{number}" for kind, number in zip(parts[::2], parts[1::2], strict=True)}


def texts_due(today: date) -> dict[int, dict[str, date]]:
    """By service the versions in force that were published a week ago or up to three weeks ago, with that day."""
    due: dict[int, dict[str, date]] = {}
    for kind, model in (("vision", Vision), ("expectation", Expectation)):
        published = model.objects.filter(
            published_on__lte=today - READ_AFTER, published_on__gt=today - READ_AFTER - READ_NEWS_LASTS
        )
        services = set(published.values_list("service_id", flat=True))
        latest: dict[int, Vision | Expectation] = {}
        for row in model.objects.in_force(today).filter(service__in=services).defer("text"):
            latest.setdefault(row.service_id, row)
        for service, row in latest.items():
            if row.published_on <= today - READ_AFTER:
                due.setdefault(service, {})[f"{kind}:{row.pk}"] = row.published_on
    return due


def _notes(texts: Iterable[str]) -> set[tuple[int, str]]:
    """Who has taken note of which of these versions."""
    numbers: dict[str, list[int]] = {"vision": [], "expectation": []}
    for text in texts:
        kind, _colon, number = text.partition(":")
        numbers[kind].append(int(number))
    read = VisionAcknowledgement.objects.filter(vision__in=numbers["vision"])
    noted = Acknowledgement.objects.filter(expectation__in=numbers["expectation"])
    return {(member, f"vision:{pk}") for member, pk in read.values_list("member_id", "vision_id")} | {
        (member, f"expectation:{pk}") for member, pk in noted.values_list("member_id", "expectation_id")
    }


def _plan_readings(at: datetime) -> int:
    """Remind practitioners once of each version that they have not taken note of; what is due on a day in one mail."""
    today = day_in_oslo(at)
    due = texts_due(today)
    if not due:
        return 0
    people = people_of(set(due) - pauses.resting(set(due), on=today), on=today)
    readers = [member for members in people.values() for member in members if is_reader(member, on=today)]
    notes = _notes(text for texts in due.values() for text in texts)
    stopped = set(OptOut.objects.filter(kind=Message.Kind.TO_READ).values_list("member_id", flat=True))
    rows = Message.objects.filter(kind=Message.Kind.TO_READ, recipient__in=readers)
    planned: dict[int, list[Message]] = {}
    for row in rows:
        planned.setdefault(row.recipient_id, []).append(row)
    wanted = {}
    for member in readers:
        texts = due[member.service_id]
        unread = {text for text in texts if (member.pk, text) not in notes}
        if member.pk in stopped or not unread:
            continue
        before = planned.get(member.pk, [])
        wanted |= {(member.pk, row.period): row for row in before if texts_of(row.period) & unread}
        new = unread.difference(*(texts_of(row.period) for row in before))
        if new:
            period = reading_period(new)
            wanted[member.pk, period] = Message(
                service_id=member.service_id,
                kind=Message.Kind.TO_READ,
                recipient=member,
                period=period,
                not_before=moment(today, MORNING),
                expires_at=moment(max(texts[text] for text in new) + READ_AFTER + READ_NEWS_LASTS, time.min),
            )
    return keep(wanted, rows, at=at)


def is_reader(member: Member, *, on: date) -> bool:
    """Whether texts are for the member to read on that day: a practitioner who has begun and not stopped."""
    stopped = member.stopped_on is not None and member.stopped_on <= on
    begun = member.started_on is None or member.started_on <= on
    return member.role == Role.PRACTITIONER and not member.guest and begun and not stopped


def still_unread(message: Message, *, on: date) -> list[str]:
    """The kinds of text that a reminder is about and that are in force and unread on that day, the vision first."""
    member = message.recipient
    texts = texts_of(message.period)
    unread = {"vision": visions.unread_by(member, on=on), "expectation": expectations.unread_by(member, on=on)}
    return [kind for kind, row in unread.items() if row and f"{kind}:{row.pk}" in texts]


def why_moot(message: Message, *, at: datetime) -> str:
    """The reason for which a message is no longer true, or an empty text; asked right before it is sent."""
    reason = Message.Reason
    if message.expires_at <= at:
        return reason.TOO_LATE
    if message.kind in Message.OF_WAVES:
        return wave_mail.why_moot(message, at=at)
    if not _is_here(message, on=day_in_oslo(at)):
        return reason.NOT_HERE
    if message.kind == Message.Kind.RESTART_DUE:
        return _why_restart_moot(message, at=at)
    if message.kind == Message.Kind.REVIEW_INVITATION:
        return calendar_mail.why_moot(message, at=at)
    if pauses.resting([message.service_id], on=day_in_oslo(at)):
        return reason.RESTING
    if message.kind in Message.OPTIONAL and opted_out(message.recipient, kind=message.kind):
        return reason.OPTED_OUT
    ask = WHY_MOOT.get(message.kind)
    return ask(message, at=at) if ask else ""


def _is_here(message: Message, *, on: date) -> bool:
    """Whether the person can still sign in, in a role that hears of this."""
    if message.kind == Message.Kind.MEMO_READY:
        return members_who_may(message.service, Permission.DECIDE, on=on).filter(pk=message.recipient_id).exists()
    return recipients([message.service_id], on=on).filter(pk=message.recipient_id).exists()


def _why_review_moot(message: Message, *, at: datetime) -> str:
    """Why a reminder of a review is no longer true; empty when it is."""
    review, tomorrow = message.review, message.kind == Message.Kind.REVIEW_TOMORROW
    period = review_period(review, days=1 if tomorrow else DAYS_BEFORE_REVIEW)
    if review.state != Review.State.PLANNED or message.period != period or review.starts_at <= at:
        return Message.Reason.REVIEW_CHANGED
    newer = Message.objects.filter(kind=Message.Kind.REVIEW_TOMORROW, period=review_period(review, days=1))
    is_told = not tomorrow and newer.filter(recipient=message.recipient_id).exists()
    return Message.Reason.NEWER_ONE if is_told else ""


def _why_reading_moot(message: Message, *, at: datetime) -> str:
    """Why a reminder to read is no longer true; empty when it is."""
    today = day_in_oslo(at)
    has_some = is_reader(message.recipient, on=today) and still_unread(message, on=today)
    return "" if has_some else Message.Reason.NOTHING_TO_READ


def _why_news_moot(message: Message, *, at: datetime) -> str:
    """Why news of a document is no longer true: it is gone, or the person hears of a newer one instead."""
    document = message.document
    if document.state != Document.State.READY:
        return Message.Reason.PLAN_NOT_READY
    newer = Document.objects.of_kind(document.kind).ready().filter(service=document.service_id)
    told = newer.filter(
        number__gt=document.number,
        messages__recipient=message.recipient_id,
        messages__kind=message.kind,
        messages__state__in=REACHES,
    )
    return Message.Reason.NEWER_ONE if told.exists() else ""


def _why_conflicts_moot(message: Message, *, at: datetime) -> str:
    return answer_reminders.why_moot(message, on=day_in_oslo(at))


def _why_restart_moot(message: Message, *, at: datetime) -> str:
    """Why a reminder of the end of a pause is no longer true; empty when it is."""
    today = day_in_oslo(at)
    pause = pauses.running(message.service, on=today)
    if pause is None or restart_period(pause) != message.period:
        return Message.Reason.PAUSE_CHANGED
    return Message.Reason.RESTING if pauses.stopped([message.service_id], on=today) else ""


def opted_out(member: Member, *, kind: str) -> bool:
    """Whether a person asked for no more mail of a kind; or for none yet, where it must be asked for."""
    if kind in Message.WANTED:
        return not OptIn.objects.filter(member=member, kind=kind).exists()
    return OptOut.objects.filter(member=member, kind=kind).exists()


WHY_MOOT = {
    Message.Kind.REVIEW_SOON: _why_review_moot,
    Message.Kind.REVIEW_TOMORROW: _why_review_moot,
    Message.Kind.TO_READ: _why_reading_moot,
    Message.Kind.PLAN_READY: _why_news_moot,
    Message.Kind.MEMO_READY: _why_news_moot,
    Message.Kind.WEEK_DUE: week_reminders.why_moot,
    Message.Kind.CONFLICTS_WAITING: _why_conflicts_moot,
    Message.Kind.VISIT_DUE: visits_due.why_moot,
    Message.Kind.DIGEST: digest.why_moot,
}

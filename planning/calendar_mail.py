"""Mail that puts a review into a calendar, moves it there and takes it out again.

A review keeps how often its time or state changed, and when last; these rows follow from that. What a person was told
before is in the ledger itself, so nobody is told to take out what they never got, or twice of the same time. A word
waits ten minutes, so that a slip that is put right makes one mail; an older word that has not left by then is moot.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q

from planning import calendar_entries, pauses
from planning.calendars import Method, to_one
from planning.ledger import day_in_oslo, keep, next_working_moment, people_of, when_settled
from planning.models import Message, OptOut, Review

KIND = Message.Kind.REVIEW_INVITATION
AHEAD = timedelta(days=60)  # what lies farther ahead is told when it has come so near
CATCHES_UP = timedelta(days=7)  # a change to a time that is past is told by then, or not at all
# A mail in one of these states may have arrived.
ARRIVED = (Message.State.HANDED_OVER, Message.State.CLAIMED, Message.State.UNCERTAIN)


@dataclass(frozen=True)
class Word:
    """What a mail says of a review: come at that moment, or do not. Stands in the period of its row."""

    method: Method
    review: int
    sequence: int
    starts_at: datetime

    @classmethod
    def of(cls, message: Message) -> "Word":
        """What a row of the ledger says."""
        method, review, sequence, starts_at = message.period.split(":")
        moment = datetime.strptime(starts_at, "%Y%m%dT%H%M").replace(tzinfo=UTC)
        return cls(Method(method.upper()), int(review), int(sequence), moment)

    @property
    def period(self) -> str:
        """The period of its row, such as "request:5:2:20261201T1200", in UTC."""
        return f"{self.method.lower()}:{self.review}:{self.sequence}:{self.starts_at.astimezone(UTC):%Y%m%dT%H%M}"


def last_word(rows: Iterable[Message]) -> Word | None:
    """The last that a person was told, of the rows about one review; None where nothing may have arrived."""
    words = [Word.of(row) for row in rows if row.state in ARRIVED]
    return max(words, key=lambda word: word.sequence, default=None)


def next_word(review: Review, before: Word | None, *, at: datetime, resting: bool) -> Word | None:
    """What a person is to be told of a review at that moment, after what they were told before; None for nothing."""
    in_calendar = before is not None and before.method == Method.REQUEST
    starts_at = review.starts_at.replace(second=0, microsecond=0)  # as precise as a period
    if in_calendar and before.starts_at == starts_at and review.state != Review.State.CANCELLED:
        return None
    if review.state != Review.State.PLANNED:
        # Left out, or held before its time: what stands in the calendar for later is wrong.
        wrong = in_calendar and before.starts_at > at
        return Word(Method.CANCEL, review.pk, review.sequence, before.starts_at) if wrong else None
    if resting or starts_at <= at or not (in_calendar or starts_at < at + AHEAD):
        return None
    return Word(Method.REQUEST, review.pk, review.sequence, starts_at)


def plan(at: datetime) -> int:
    """Plan what is to be told of reviews; returns how many rows are new or came back."""
    lately = Q(starts_at__gt=at) | Q(told_at__gt=at - CATCHES_UP)
    reviews = list(Review.objects.filter(lately, told_at__isnull=False, told_at__lte=at).order_by("pk"))
    if not reviews:
        return 0
    today = day_in_oslo(at)
    services = {review.service_id for review in reviews}
    resting, people = pauses.resting(services, on=today), people_of(services, on=today)
    stopped = set(OptOut.objects.filter(kind=KIND).values_list("member_id", flat=True))
    rows = Message.objects.filter(kind=KIND, review__in=reviews)
    known: dict[tuple[int, int], list[Message]] = defaultdict(list)
    for row in rows:
        known[row.recipient_id, row.review_id].append(row)
    wanted = {}
    for review in reviews:
        rests = review.service_id in resting
        for member in people.get(review.service_id, ()):
            before = last_word(known[member.pk, review.pk])
            word = next_word(review, before, at=at, resting=rests)
            if word and member.pk not in stopped:
                wanted[member.pk, word.period] = _row(word, review, member, at=at)
    return keep(wanted, rows, at=at)


def _row(word: Word, review: Review, member, *, at: datetime) -> Message:
    return Message(
        service_id=review.service_id,
        kind=KIND,
        recipient=member,
        period=word.period,
        review=review,
        not_before=next_working_moment(max(when_settled(review.told_at), at)),
        expires_at=word.starts_at,  # in a calendar the past can stay as it is
    )


def _told_before(message: Message) -> Word | None:
    """The last that the recipient was told of the review, this mail aside."""
    rows = Message.objects.filter(kind=KIND, recipient=message.recipient_id, review=message.review_id)
    return last_word(rows.exclude(pk=message.pk))


def why_moot(message: Message, *, at: datetime) -> str:
    """Why a mail for the calendar is no longer true; empty when it is."""
    reason = Message.Reason
    if OptOut.objects.filter(member=message.recipient_id, kind=KIND).exists():
        return reason.OPTED_OUT
    resting = bool(pauses.resting([message.service_id], on=day_in_oslo(at)))
    word = Word.of(message)
    if next_word(message.review, _told_before(message), at=at, resting=resting) == word:
        return ""
    return reason.RESTING if resting and word.method == Method.REQUEST else reason.REVIEW_CHANGED


# The mail


def moment_of(message: Message) -> datetime:
    """The time of the review that a mail speaks of: the one to come to, or the one not to come to."""
    return Word.of(message).starts_at if message.kind == KIND else message.review.starts_at


def context(message: Message) -> dict:
    """What changed, in a word that the templates know; where it stood before, if it was moved; its page."""
    word, before, review = Word.of(message), _told_before(message), message.review
    if word.method == Method.CANCEL:
        change = "held" if review.state == Review.State.HELD else "left_out"
    else:
        change = "moved" if before and before.method == Method.REQUEST else "planned"
    return {
        "change": change,
        "before_at": before.starts_at if before else None,
        "url": calendar_entries.of_review(review).url,
    }


def attach(mail: EmailMultiAlternatives, message: Message) -> None:
    """Put the meeting into the mail: as a part that mail programs offer to take up, and as a file for the others."""
    word = Word.of(message)
    meeting = calendar_entries.of_review(message.review)
    content = to_one(
        replace(meeting, starts_at=word.starts_at, sequence=word.sequence, cancelled=word.method == Method.CANCEL),
        method=word.method,
        organizer=sender(),
        attendee=mail.to[0],
        stamp=message.review.told_at,
    )
    mail.attach_alternative(content.decode(), f"text/calendar; method={word.method}")
    mail.attach("invite.ics", content, "application/ics")


def sender() -> str:
    """The address that mail comes from, without its name: calendars know who asks by it."""
    return settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].strip("<> ")

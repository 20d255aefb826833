"""A person's own calendar, under a secret address that calendar programs read by themselves.

The address holds a random token, the row its hash. What stands behind it is looked up anew each time, through the
services that let the person in on that day: whoever left a service, or may no longer sign in, has nothing of it.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation

from accounts import audit
from accounts.access import Permission, may, memberships_of
from accounts.backends import may_sign_in
from accounts.models import Member, User
from assessments.models import Visit
from planning import calendar_entries
from planning.calendars import Entry, published
from planning.clock import moment
from planning.ledger import day_in_oslo
from planning.models import Action, CalendarFeed, Goal, Review

NAME = "Holdfast"  # as calendar programs list it
DAYS_BACK, DAYS_AHEAD = 90, 400


def hash_of(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make(user: User, *, at: datetime) -> str:
    """Make the person's address, instead of the one there was; returns its token, which is kept nowhere."""
    token = secrets.token_urlsafe(32)  # 256 random bits
    feed, _new = CalendarFeed.objects.update_or_create(
        user=user, defaults={"token_hash": hash_of(token), "made_at": at}
    )
    audit.record(code="calendar.made", by=user, obj=feed)
    return token


@transaction.atomic
def end(user: User) -> None:
    """The address leads nowhere from now on; ending it twice does no harm."""
    if feed := CalendarFeed.objects.select_for_update().filter(user=user).first():
        audit.record(code="calendar.ended", by=user, obj=feed)
        feed.delete()


def find(token: str, *, on: date) -> tuple[User, list[Member]] | None:
    """Whose address it is and through which services; None for a token that leads nowhere on that day."""
    feed = CalendarFeed.objects.select_related("user").filter(token_hash=hash_of(token)).first()
    if feed is None or not may_sign_in(feed.user):
        return None
    members = list(memberships_of(feed.user, on=on))
    return (feed.user, members) if members else None


def readers(members: Iterable[Member]) -> list[Member]:
    """Those of the memberships that have anything in a calendar: reviews and what is due are in the record."""
    return [member for member in members if may(member, Permission.SEE_RECORD)]


def content(user: User, members: Iterable[Member], *, at: datetime) -> bytes:
    """The calendar file of a person, in their language; the same bytes all day while nothing changes."""
    today = day_in_oslo(at)
    with translation.override(user.language):
        first, last = today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD)
        entries = entries_of(readers(members), first=first, last=last)
        return published(entries, name=NAME, stamp=moment(today, time.min))


def entries_of(members: list[Member], *, first: date, last: date) -> list[Entry]:
    """What these memberships have to show from one day to another: meetings of all, what is due of one's own."""
    services = {member.service_id for member in members}
    days = (first, last)
    reviews = Review.objects.with_page().exclude(state=Review.State.CANCELLED).filter(service__in=services)
    reviews = reviews.filter(starts_at__gte=moment(first, time.min), starts_at__lt=moment(last, time.max))
    actions = Action.objects.open().filter(owner__in=members, due_on__range=days)
    goals = Goal.objects.active().filter(owner__in=members, due_on__range=days)
    visits = Visit.objects.ahead().filter(service__in=services, planned_on__range=days)
    return [
        *map(calendar_entries.of_review, _in_order(reviews, "starts_at")),
        *map(calendar_entries.of_action, _in_order(actions, "due_on")),
        *map(calendar_entries.of_goal, _in_order(goals, "due_on")),
        *map(calendar_entries.of_visit, _in_order(visits, "planned_on")),
    ]


def _in_order(rows: QuerySet, day: str) -> QuerySet:
    return rows.select_related("service").order_by(day, "pk")


def one_review(review: Review) -> bytes:
    """A single review as a file, for a calendar that is not kept up to date by itself."""
    stamp = review.told_at or timezone.now()
    return published([calendar_entries.of_review(review)], name=NAME, stamp=stamp)

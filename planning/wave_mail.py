"""Mail to those who were asked in a survey of the staff: the link, one reminder, and that there is something to read.

The invitation is the request, and so is the day of the reminder: these rows follow from them, at most one for each
invitation and kind. Nobody sees them in the outbox, as a reminder tells who has not answered. An invitation tells
nothing, as it goes to every address, answered or not: where one did not come through, those who run the survey see it.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from accounts.working_days import last_working_day, working_day_after
from assessments import waves
from assessments.models import Wave, WaveInvitation
from planning import addresses
from planning.clock import moment
from planning.ledger import MORNING, day_in_oslo, mail_moment, next_working_moment
from planning.models import Message

REPLY_AWAITED = timedelta(days=7)  # from the closing; then people are told of the result without the leader's reply
RESULT_NEWS_LASTS = timedelta(days=14)


def plan(at: datetime) -> int:
    """Plan what is due on the Oslo day of `at`; returns how many rows are new."""
    today = day_in_oslo(at)
    in_play = Wave.objects.filter(Q(closed_at__isnull=True) | Q(closed_at__gt=at - REPLY_AWAITED - RESULT_NEWS_LASTS))
    if not in_play.exists():
        return 0
    asked = WaveInvitation.objects.filter(wave__in=in_play).select_related("wave").order_by("pk")
    running = asked.filter(
        wave__closed_at__isnull=True, wave__closes_on__gte=today, withdrawn_on__isnull=True, answered=False
    )
    invited = _without(running, Message.Kind.WAVE_OPEN)
    on_its_way = Message.objects.filter(kind=Message.Kind.WAVE_OPEN, state=Message.State.PLANNED).values("invitation")
    # A reminder for a day on which no mail leaves goes on the last working day before it.
    reached = running.filter(wave__remind_on__lt=working_day_after(today)).exclude(pk__in=on_its_way)
    again = _without(reached, Message.Kind.WAVE_AGAIN)
    told = _without(_to_be_told(asked, at), Message.Kind.WAVE_RESULT)
    logins = _logins(again, told)
    rows = [
        *(
            _row(one, Message.Kind.WAVE_OPEN, next_working_moment(one.wave.opened_at), _end(one.wave.closes_on))
            for one in invited
        ),
        *(_reminder(one, Message.Kind.WAVE_AGAIN, _end(one.wave.closes_on), logins=logins, at=at) for one in again),
        *(_reminder(one, Message.Kind.WAVE_RESULT, at + RESULT_NEWS_LASTS, logins=logins, at=at) for one in told),
    ]
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _logins(*invitations) -> dict[str, int]:
    """By address who of those asked has a login: their reminders go with the other mail of the day."""
    addresses = {one.email.lower() for some in invitations for one in some}
    return dict(User.objects.filter(email__in=addresses).values_list("email", "pk")) if addresses else {}


def _reminder(
    invitation: WaveInvitation, kind: str, expires_at: datetime, *, logins: dict[str, int], at: datetime
) -> Message:
    """A mail that the clock plans, at the moment of the day at which the person gets such mail."""
    person = logins.get(invitation.email.lower())
    if person is None:
        day = last_working_day(invitation.wave.remind_on) if kind == Message.Kind.WAVE_AGAIN else day_in_oslo(at)
        return _row(invitation, kind, next_working_moment(max(moment(day, MORNING), at)), expires_at)
    return _row(invitation, kind, mail_moment(person, at=at, expires_at=expires_at), expires_at)


def _to_be_told(asked, at: datetime):
    """Everybody who was asked in a wave that closed lately and has a reply, or has waited for one long enough.

    Of those whose invitation was taken back, whoever had answered by then is told as well.
    """
    closed = asked.filter(wave__closed_at__isnull=False)
    ready = Q(wave__replied_on__isnull=False) | Q(wave__closed_at__lte=at - REPLY_AWAITED)
    return closed.filter(ready).filter(Q(withdrawn_on__isnull=True) | Q(answered=True))


def _without(invitations, kind: str):
    """Those that have no row of a kind yet."""
    return invitations.exclude(pk__in=Message.objects.filter(kind=kind).values("invitation"))


def _end(last_day: date) -> datetime:
    return moment(last_day + timedelta(days=1), time.min)


def _row(invitation: WaveInvitation, kind: str, not_before: datetime, expires_at: datetime) -> Message:
    return Message(
        service_id=invitation.wave.service_id,
        kind=kind,
        invitation=invitation,
        period=f"wave:{invitation.wave_id}",
        not_before=not_before,
        expires_at=expires_at,
    )


def why_moot(message: Message, *, at: datetime) -> str:
    """Why a mail to somebody who was asked is no longer true; empty when it is."""
    invitation, reason = message.invitation, Message.Reason
    if invitation.withdrawn_on and not (message.kind == Message.Kind.WAVE_RESULT and invitation.answered):
        return reason.TAKEN_BACK
    if message.kind == Message.Kind.WAVE_RESULT:
        return ""
    if not waves.takes_answers(invitation.wave, at=at):
        return reason.SURVEY_OVER
    # Not of the invitation itself: sent again, it would come through or not by whether somebody has answered, and
    # what did not come through is shown.
    return reason.ANSWERED if invitation.answered and message.kind == Message.Kind.WAVE_AGAIN else ""


def lost_invitations(wave: Wave):
    """The invitations of a survey whose mail did not come through, or may not have; not of those taken back.

    Nor did one come through yet that waits because its address refuses mail, or whose time passed while it waited.
    """
    refuses = addresses.troubles().filter(user__email__iexact=OuterRef("invitation__email"))
    waits = Q(Exists(refuses), state=Message.State.PLANNED)
    stuck = Q(state__in=[Message.State.FAILED, Message.State.UNCERTAIN])
    never_left = Q(state=Message.State.EXPIRED, trouble=Message.Reason.TOO_LATE)
    rows = Message.objects.filter(stuck | waits | never_left, kind=Message.Kind.WAVE_OPEN, invitation__wave=wave)
    return rows.filter(invitation__withdrawn_on__isnull=True).select_related("invitation", "service")

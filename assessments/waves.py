"""Waves of questions to a leader's whole team: opened, answered by personal links, closed.

The personal link carries the invitation's key and our signature; no secret is stored, so that nobody who reads the
database can answer for somebody else without the key of this installation.

An answer is stored apart from the invitation, with nothing between them: a random id, no time. When the wave closes its
result is kept and the single answers are deleted. They have done their work then, and what is not there can neither
leak nor be asked for, nor be scored anew into a second result that differs from the first by somebody's answer.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Member, Role, Service
from assessments import official_texts, scoring
from assessments.instruments import ILS, PRESS, Instrument, Wording, definition
from assessments.models import (
    LeadershipRating,
    SustainmentRating,
    Wave,
    WaveAnswer,
    WaveInvitation,
)
from assessments.published_means import TOTAL, Mean, Published, published

FEWEST_INVITED, MOST_INVITED = 2, 60
LONGEST = timedelta(days=60)  # that a wave stays open
# A result shows people's answers less each other's where two teams differ by one person. So much time has to lie
# between two results that the same people may well have changed their answers (docs/decisions/0016).
APART = timedelta(days=60)
ADDRESSES_KEPT = timedelta(days=180)  # from the closing, so that links show the result; then nobody knows who was asked

_SIGNER = signing.Signer(salt="assessments.waves")


# Opening


def leaders(service: Service, *, on: date) -> list[Member]:
    """Whom a wave can be about: the leaders in post."""
    return list(service.members.present(on).filter(role=Role.LEADER).select_related("user").order_by("name", "pk"))


def opens_again(service: Service, *, on: date) -> date | None:
    """The day from which a wave may be opened, if the last result is too fresh for one now; None if one may be."""
    with_result = Wave.objects.filter(service=service, closed_at__isnull=False).exclude(
        leadership__isnull=True, sustainment__isnull=True
    )
    last = with_result.order_by("-closed_at").first()
    if last is None:
        return None
    day = timezone.localdate(last.closed_at) + APART
    return day if day > on else None


@transaction.atomic
def open_wave(
    *,
    about: Member,
    emails: Sequence[str],
    language: str,
    closes_on: date,
    remind_on: date | None,
    minimum: int,
    by: Member,
    at: datetime,
) -> Wave:
    """Invite the team; what is asked, in which words and of how many is set from here on.

    Raises ValueError for what the form has to refuse: too few addresses for the minimum, or an address twice.
    """
    if len(emails) < max(minimum, FEWEST_INVITED) or len(set(map(str.lower, emails))) < len(emails):
        raise ValueError("fewer people are invited than have to answer, or one of them twice")
    service = about.service
    wave = Wave.objects.create(
        service=service,
        leader=about,
        opened_by=by,
        opened_at=at,
        closes_on=closes_on,
        remind_on=remind_on,
        minimum=minimum,
        invited=len(emails),
        leadership_version=ILS.version,
        sustainment_version=PRESS.version,
        official_texts=official_texts.by_language(service, (ILS, PRESS)),
    )
    WaveInvitation.objects.bulk_create(WaveInvitation(wave=wave, email=email, language=language) for email in emails)
    audit.record(code="wave.opened", by=by.user, service=service, obj=wave)
    return wave


# What is asked, and in which words


def instruments(wave: Wave) -> tuple[Instrument, Instrument]:
    """The versions it asks by: of the leadership, and of whether IMR is still used."""
    return definition(ILS.key, wave.leadership_version), definition(PRESS.key, wave.sustainment_version)


def exact_words(wave: Wave, instrument: Instrument, language: str) -> Mapping[str, str]:
    """The official words in a language, if all items have them; else none: half of a form is no form."""
    texts = wave.official_texts.get(language, {}).get(instrument.key, {})
    return texts if instrument.wording(texts) == "official" else {}


def languages(wave: Wave, invited_in: str) -> list[str]:
    """In which the form can be read by somebody invited in one: others only where no exact words are lost by it."""
    asked = instruments(wave)
    exact = [one for one in asked if exact_words(wave, one, invited_in)]
    return [
        code
        for code, _name in settings.LANGUAGES
        if code == invited_in or all(exact_words(wave, one, code) for one in exact)
    ]


def wording(wave: Wave, instrument: Instrument) -> Wording:
    """Whether everybody read the exact words: complete in each language in which the form could be read."""
    invited_in = set(wave.invitations.values_list("language", flat=True))
    read = {code for language in invited_in for code in languages(wave, language)}
    return "official" if read and all(exact_words(wave, instrument, code) for code in read) else "paraphrase"


# Personal links and answers


def token(invitation: WaveInvitation) -> str:
    """What a personal link carries; the same each time, so that a draft is found from the reminder too."""
    return _SIGNER.sign_object(invitation.pk)


def read(token: str) -> WaveInvitation | None:
    """Whom a link belongs to; None for one that we did not make, or of somebody who is no longer known."""
    try:
        pk = _SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    invitations = WaveInvitation.objects.select_related("wave__service", "wave__leader", "wave__opened_by")
    return invitations.filter(pk=pk).first()


def takes_answers(wave: Wave, *, at: datetime) -> bool:
    """Whether it is open, and its last day not over."""
    return wave.closed_at is None and timezone.localdate(at) <= wave.closes_on


@transaction.atomic
def answer(
    invitation: WaveInvitation, *, leadership: Mapping[str, int], sustainment: Mapping[str, int], at: datetime
) -> bool:
    """Keep somebody's answers, once; False if the link was used, taken back, or the wave takes none any more.

    The wave's row is held meanwhile: no answer slips in while another request closes it.
    """
    wave = Wave.objects.select_for_update().filter(pk=invitation.wave_id).first()
    if wave is None or not takes_answers(wave, at=at):
        return False
    unused = WaveInvitation.objects.filter(pk=invitation.pk, answered=False, withdrawn_on__isnull=True)
    if not unused.update(answered=True):
        return False
    WaveAnswer.objects.create(wave=wave, leadership=dict(leadership), sustainment=dict(sustainment))
    return True


# While it is open


def enough(wave: Wave) -> bool:
    """Whether so many have answered as a result needs, of either part; how many, nobody is told before the end."""
    return any(result is not None for result in _results(wave))


@transaction.atomic
def take_back(invitation: WaveInvitation, *, by: Member, on: date) -> bool:
    """Take an invitation back. It looks the same whether it was answered or not, and an answer stays in the result.

    The trail says that one was taken back, and not which.
    """
    taken = WaveInvitation.objects.filter(pk=invitation.pk, withdrawn_on__isnull=True).update(withdrawn_on=on)
    if taken:
        audit.record(code="wave.invitation_taken_back", by=by.user, service=by.service, obj=invitation.wave)
    return bool(taken)


@transaction.atomic
def remind(wave: Wave, *, by: Member, on: date) -> bool:
    """Have those who have not answered reminded, today; False if they were before. Once is enough."""
    still = Wave.objects.open().filter(pk=wave.pk).exclude(remind_on__lte=on)
    if not still.update(remind_on=on):
        return False
    audit.record(code="wave.reminded", by=by.user, service=wave.service, obj=wave)
    return True


# Closing


@transaction.atomic
def close(wave: Wave, *, at: datetime, by: Member | None = None) -> bool:
    """Close it: work out what may be shown, keep that, delete the single answers. False if it was closed already.

    `by`: None for the clock.
    """
    if not Wave.objects.open().filter(pk=wave.pk).update(closed_at=at):
        return False
    wave.refresh_from_db()
    of_leading, of_keeping = _results(wave)
    if of_leading:
        wave.leadership = _leadership_rating(wave, of_leading)
    if of_keeping:
        wave.sustainment = _sustainment_rating(wave, of_keeping)
    wave.save(update_fields=["leadership", "sustainment"])
    wave.answers.all().delete()
    audit.record(code="wave.closed", by=by.user if by else None, service=wave.service, obj=wave)
    return True


def close_due(at: datetime) -> int:
    """Close the waves whose last day is over; returns how many. Doing it twice does nothing more."""
    due = Wave.objects.open().filter(closes_on__lt=timezone.localdate(at)).order_by("pk")
    return sum(close(wave, at=at) for wave in due)


def forget_addresses(at: datetime) -> int:
    """Forget who was asked in waves that closed half a year ago; returns how many addresses went."""
    old = WaveInvitation.objects.filter(wave__closed_at__lte=at - ADDRESSES_KEPT)
    count = old.count()
    old.delete()
    return count


def _results(wave: Wave) -> tuple[Published | None, Published | None]:
    """What may be shown of the answers there are."""
    leading, keeping = instruments(wave)
    answers = list(wave.answers.all())
    return (
        published([one.leadership for one in answers], leading, minimum=wave.minimum),
        published([one.sustainment for one in answers], keeping, minimum=wave.minimum),
    )


def _leadership_rating(wave: Wave, result: Published) -> LeadershipRating:
    instrument, _keeping = instruments(wave)
    return LeadershipRating.objects.create(
        **_common(LeadershipRating, wave, result, instrument),
        **{key: scoring.kept(mean.figure) for key, mean in result.means.items()},
        differs=result.differs,
    )


def _sustainment_rating(wave: Wave, result: Published) -> SustainmentRating:
    _leading, instrument = instruments(wave)
    return SustainmentRating.objects.create(
        **_common(SustainmentRating, wave, result, instrument), mean=scoring.kept(result.means[TOTAL].figure)
    )


def _common(model, wave: Wave, result: Published, instrument: Instrument) -> dict:
    return {
        "service": wave.service,
        "rated_on": _free_day(model, wave),
        "answers": result.respondents,
        "minimum": wave.minimum,
        "invited": wave.invited,
        "version": instrument.version,
        "wording": wording(wave, instrument),
        "bounded": {key: mean.bound for key, mean in result.means.items() if mean.bound},
    }


def _free_day(model, wave: Wave) -> date:
    """The day of closing; the last one before it that is free where somebody typed in a result of that day."""
    day = timezone.localdate(wave.closed_at)
    taken = set(model.objects.filter(service=wave.service).values_list("rated_on", flat=True))
    while day in taken:
        day -= timedelta(days=1)
    return day


# What comes of it


@transaction.atomic
def reply(wave: Wave, *, text: str, by: Member, on: date) -> None:
    """Say to those who were asked what will come of it."""
    wave.reply, wave.replied_on = text, on
    wave.save(update_fields=["reply", "replied_on"])
    audit.record(code="wave.replied", by=by.user, service=wave.service, obj=wave)


def means_of(rating: LeadershipRating | SustainmentRating, keys: Sequence[str]) -> dict[str, Mean]:
    """The figures of a kept result as they may be shown."""
    return {
        key: Mean(Fraction(getattr(rating, "mean" if key == TOTAL else key)), rating.bounded.get(key, ""))
        for key in keys
    }

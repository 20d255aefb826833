"""What is measured in the made-up service: two fidelity visits, a survey of the staff, rounds of outcomes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts import records
from accounts.logins import make_login
from accounts.models import Member, Role, User
from assessments import scoring, visits, waves
from assessments.instruments import GOI, ILS, IMR_FIDELITY, IMRS, PRESS, Instrument
from assessments.models import OutcomeRound, OwnLeadershipRating, Recommendation, Visit
from assessments.small_numbers import USUAL_MINIMUM
from assessments.visits import Given
from planning.made_up import words
from planning.made_up.life import DAY, WEEK, Life
from planning.models import Action

# Outcomes


@dataclass(frozen=True)
class Measured:
    """What one form of the IMR scales came to. `changed`: better, about the same, worse since the round before."""

    patients: int
    mean: str
    sd: str
    missing: int = 0
    changed: tuple[int, int, int] | None = None


def outcomes(life: Life, day: date, *, by_patients: Measured, by_practitioners: Measured, fed_back_after: int) -> None:
    """A round of outcomes, with both forms; shown to the practitioners sooner or later."""
    forms = OutcomeRound.Form
    for form, measured in ((forms.PATIENT, by_patients), (forms.PRACTITIONER, by_practitioners)):
        better, same, worse = measured.changed or (None, None, None)
        life.keep(
            OutcomeRound(
                measured_on=day,
                form=form,
                patients=measured.patients,
                mean=Decimal(measured.mean),
                sd=Decimal(measured.sd),
                better=better,
                same=same,
                worse=worse,
                missing=measured.missing,
                version=IMRS.version,
                fed_back_on=day + fed_back_after * DAY,
            ),
            day,
        )


# Visits


@dataclass(frozen=True)
class Visited:
    """What the two agreed on, in the order of the scales: as the first saw it.

    `second`: what the second rater saw otherwise, by item. Of `eligible` patients `receiving` were reached.
    """

    fidelity: tuple[int, ...]
    organisation: tuple[int, ...]
    receiving: int
    eligible: int
    second: Mapping[str, int]

    def agreed(self, instrument: Instrument) -> dict[str, Given]:
        """By item of one of the two instruments; how many are reached is told in counts."""
        rated = self.fidelity if instrument is IMR_FIDELITY else self.organisation
        given = {item: Given(rating) for item, rating in zip(instrument.items, rated, strict=True)}
        for item in instrument.described:
            if item.ladder is not None and item.ladder.computed:
                given[item.key] = Given(counts={"receiving": self.receiving, "eligible": self.eligible})
        return given


RATERS = ("Berit Sund", "Eirik Tveit")


def raters_look_in(life: Life) -> None:
    """Two trained raters from outside. They have a login, as raters do, and no password for it."""
    life.raters = tuple(rater_looks_in(life, name) for name in RATERS)


def rater_looks_in(life: Life, name: str) -> Member:
    """One of them, as a guest."""
    email = f"{name.split()[0].lower()}@nordvik.example"
    user = User.objects.filter(email=email).first() or make_login(
        email=email, password=None, name=name, language=life.language, is_example=True
    )
    return Member.objects.create(service=life.service, user=user, name=name, role=Role.ADVISER, guest=True)


def is_visited(life: Life, day: date, visited: Visited, *, taken_up: int) -> None:
    """A fidelity visit: both scales by two raters and what they agree on, the advice, and what is made of it."""
    visit = is_rated(life, day, visited)
    for number, (item, text) in enumerate(words.RECOMMENDATIONS):
        about = f"{IMR_FIDELITY.key}:{item}"
        advice = Recommendation(rating=visit.rating, about=about, text=str(text))
        recommendation = records.keep(advice, by=life.leader)
        if number < taken_up:
            action = Action(
                title=str(text),
                owner=life.team[number],
                due_on=day + (40 + 20 * number) * DAY,
                entry="feedback-unused",
                recommendation=recommendation,
            )
            life.opens(action, day + 5 * DAY)


def is_rated(life: Life, day: date, visited: Visited) -> Visit:
    """Two raters, each alone; on the next day they agree, a week later they tell the service."""
    first, second = life.raters
    planned = Visit(planned_on=day, covers=str(words.COVERED), practitioners=len(life.team), patients=visited.receiving)
    visit = visits.plan(planned, life.raters, by=life.leader)
    at = life.at(day, 15)
    for rater in visit.raters.order_by("number"):
        for instrument in (IMR_FIDELITY, GOI):
            for item, given in visited.agreed(instrument).items():
                if rater.member == second and item in visited.second:
                    given = Given(visited.second[item])
                visits.rate(rater, instrument.by_key[item], given, at=at, now=at)
        visits.finish(rater, by=rater.member, at=at, on=day)
    agreed = visited.agreed(IMR_FIDELITY) | visited.agreed(GOI)
    for item in visits.unsettled(visit):
        visits.settle(visit, item, agreed[item.key], by=first)
    visit = visits.agree(visit, by=first, on=day + DAY)
    return visits.tell(visit, by=first, on=day + WEEK)


# Surveys

ASKED = 14
# What the eight who answered chose: three questions on each of four sides of leading, kind, and less active; then three
# on how far IMR is still used.
ANSWERS = (
    "122 212 333 221 232",
    "234 223 434 323 322",
    "232 333 444 312 323",
    "222 232 433 210 233",
    "221 322 332 122 321",
    "133 342 143 222 441",
    "212 113 423 222 222",
    "123 333 443 222 334",
)
# What the leader thinks, in the order of the form: a little more of each.
OWN = (3, 2, 3, 3, 3, 3, 4, 3, 3, 3, 2, 2)


def staff_are_asked(life: Life, day: date) -> None:
    """A survey of the whole team: on the leadership, and on how far IMR is still used."""
    life.wave = waves.open_wave(
        about=life.leader,
        emails=[f"asked-{number}@nordvik.example" for number in range(1, ASKED + 1)],
        language=life.language,
        closes_on=day + 2 * WEEK,
        remind_on=day + WEEK,
        minimum=USUAL_MINIMUM,
        by=life.leader,
        at=life.at(day, 9),
    )


def staff_answer(life: Life, day: date) -> None:
    """Eight of them do."""
    for invitation, chosen in zip(life.wave.invitations.order_by("pk"), ANSWERS, strict=False):
        leading, keeping = answered(chosen)
        waves.answer(invitation, leadership=leading, sustainment=keeping, at=life.at(day, 11))


def survey_ends(life: Life, day: date) -> None:
    """The leader closes it, and says what will come of it."""
    waves.close(life.wave, at=life.at(day, 16), by=life.leader)
    waves.reply(life.wave, text=str(words.REPLY), by=life.leader, on=day)


def answered(chosen: str) -> tuple[dict[str, int], dict[str, int]]:
    """What somebody answered on the leadership and on how far IMR is still used, by item."""
    steps = [int(step) for step in chosen.replace(" ", "")]
    leading, keeping = steps[: len(ILS.items)], steps[len(ILS.items) :]
    return dict(zip(ILS.items, leading, strict=True)), dict(zip(PRESS.items, keeping, strict=True))


def leader_rates_herself(life: Life, day: date) -> None:
    """The same questions, answered by the leader, who shares it at once."""
    items = dict(zip(ILS.items, OWN, strict=True))
    means = {side: scoring.kept(mean) for side, mean in scoring.score(items, ILS).subscales.items()}
    life.keep(
        OwnLeadershipRating(
            leader=life.leader,
            rated_on=day,
            items=items,
            version=ILS.version,
            wording="paraphrase",
            shared_on=day,
            **means,
        ),
        day,
    )

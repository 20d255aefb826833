"""What is measured in the made-up service: two fidelity visits, a survey of the staff, rounds of outcomes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts import records
from assessments import scoring
from assessments.instruments import GOI, ILS, IMR_FIDELITY, IMRS, PRESS, Instrument
from assessments.models import (
    FidelityRating,
    LeadershipRating,
    OrganisationRating,
    OutcomeRound,
    OwnLeadershipRating,
    Recommendation,
    SustainmentRating,
)
from assessments.self_and_staff import ALIKE, agreement_in_team
from assessments.small_numbers import USUAL_MINIMUM
from planning.made_up import words
from planning.made_up.life import DAY, Life
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
    """What a visit rated, in the order of the scales, and how many patients it found to be reached, of how many."""

    fidelity: tuple[int, ...]
    organisation: tuple[int, ...]
    receiving: int
    eligible: int


def is_visited(life: Life, day: date, visited: Visited, *, taken_up: int) -> None:
    """A fidelity visit: the items of both scales, the advice, and what is made of it."""
    fidelity = dict(zip(IMR_FIDELITY.items, visited.fidelity, strict=True))
    organisation = dict(zip(GOI.items, visited.organisation, strict=True))
    rating = FidelityRating(
        rated_on=day,
        total=scoring.mean(fidelity, IMR_FIDELITY),
        items=fidelity,
        version=IMR_FIDELITY.version,
    )
    life.keep(rating, day)
    life.keep(
        OrganisationRating(
            rated_on=day,
            mean=scoring.mean(organisation, GOI),
            items=organisation,
            version=GOI.version,
            reached={"receiving": visited.receiving, "against": str(visited.eligible), "estimated": False},
        ),
        day,
    )
    for number, (item, text) in enumerate(words.RECOMMENDATIONS):
        about = f"{IMR_FIDELITY.key}:{item}"
        recommendation = records.keep(Recommendation(rating=rating, about=about, text=str(text)), by=life.leader)
        if number < taken_up:
            action = Action(
                title=str(text),
                owner=life.team[number],
                due_on=day + (40 + 20 * number) * DAY,
                entry="feedback-unused",
                recommendation=recommendation,
            )
            life.opens(action, day + 5 * DAY)


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


def staff_answer(life: Life, day: date) -> None:
    """A survey of the whole team: on the leadership, and on how far IMR is still used."""
    leading, keeping = zip(*map(answered, ANSWERS), strict=True)
    asked = {"rated_on": day, "answers": len(ANSWERS), "invited": ASKED, "wording": "paraphrase"}
    means = {side: scoring.kept(pooled.mean) for side, pooled in _together(leading, ILS).subscales.items()}
    differs = agreement_in_team(leading, ILS) < ALIKE
    life.keep(LeadershipRating(version=ILS.version, differs=differs, **asked, **means), day)
    mean = scoring.kept(_together(keeping, PRESS).total.mean)
    life.keep(SustainmentRating(version=PRESS.version, mean=mean, **asked), day)


def answered(chosen: str) -> tuple[dict[str, int], dict[str, int]]:
    """What somebody answered on the leadership and on how far IMR is still used, by item."""
    steps = [int(step) for step in chosen.replace(" ", "")]
    leading, keeping = steps[: len(ILS.items)], steps[len(ILS.items) :]
    return dict(zip(ILS.items, leading, strict=True)), dict(zip(PRESS.items, keeping, strict=True))


def _together(answers, instrument: Instrument) -> scoring.GroupScore:
    return scoring.pooled([scoring.score(one, instrument) for one in answers], instrument, fewest=USUAL_MINIMUM)


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

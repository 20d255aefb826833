"""What an action plan says of measurements beside fidelity: the organisation, the leadership, continued use, outcomes.

Each result is a row that `assessments.summary` gives, as it may be shown to anybody: a mean of few people's answers
is a limit where it would tell of one of them, outcomes of fewer than five patients have no mean, and their count is
"<5" (quality point P11, and `assessments.published_means`). How leaders rate themselves is in no document.
"""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext

from accounts.models import Service
from assessments.figures import small
from assessments.instruments import stored
from assessments.models import SUBSCALES, LeadershipRating, OutcomeRound
from assessments.published_means import TOTAL, Mean
from assessments.scoring import SHOWN_PLACES, rounded, shown
from assessments.summary import summaries
from assessments.waves import means_of


def other_results(service: Service, as_of: date) -> list[dict]:
    """Every result, instrument by instrument, the latest first."""
    measured = summaries([service.pk], as_of=as_of)[service.pk]
    results = [
        *(_organisation(one) for one in reversed(measured.organisation)),
        *(_leadership(one) for one in reversed(measured.leadership) if one.answers >= one.minimum),
        *(_sustainment(one) for one in reversed(measured.sustainment) if one.answers >= one.minimum),
    ]
    for form in OutcomeRound.Form:
        results += [_outcome(one) for one in reversed(measured.outcomes) if one.form == form]
    return results


def _organisation(rating) -> dict:
    figure = shown(rating.mean, stored("goi", rating.version))  # never rounded into another band
    mean = [_figure(TOTAL, figure)]
    return _result("organisation", gettext("General Organizational Index, 1 to 5"), rating.rated_on, "", mean)


def _leadership(rating) -> dict:
    means = _means(means_of(rating, SUBSCALES))
    name = gettext("Implementation Leadership Scale, answered by staff, 0 to 4")
    return _result("leadership", name, rating.rated_on, str(rating.answers), means)


def _sustainment(rating) -> dict:
    means = _means(means_of(rating, (TOTAL,)))
    name = gettext("Provider Report of Sustainment Scale, answered by staff, 0 to 4")
    return _result("sustainment", name, rating.rated_on, str(rating.answers), means)


def _outcome(measured: OutcomeRound) -> dict:
    names = {
        OutcomeRound.Form.PATIENT: gettext("IMR scales, filled in by patients, 1 to 5"),
        OutcomeRound.Form.PRACTITIONER: gettext("IMR scales, filled in by practitioners, 1 to 5"),
    }
    means = [] if measured.mean is None else [_figure(TOTAL, rounded(measured.mean, SHOWN_PLACES))]
    people = str(small(measured.patients))
    return _result(measured.form, names[measured.form], measured.measured_on, people, means)


def _result(instrument: str, name: str, on: date, people: str, figures: list[dict]) -> dict:
    """One result. `people`: how many are behind it, empty where that is no matter."""
    return {
        "ref": f"{instrument}:{on.isoformat()}",
        "instrument": instrument,
        "name": name,
        "measured_on": on.isoformat(),
        "people": people,
        "figures": figures,
    }


def _means(means: dict[str, Mean]) -> list[dict]:
    return [_figure(key, rounded(mean.figure, SHOWN_PLACES), mean.bound) for key, mean in means.items()]


def _figure(key: str, figure: Decimal, bound: str = "") -> dict:
    """One figure; with a `bound` ("most", "least") it is the limit beyond which the mean lies."""
    name = gettext("Mean") if key == TOTAL else str(LeadershipRating._meta.get_field(key).verbose_name)
    return {"ref": key, "name": name, "figure": str(figure), "bound": bound}

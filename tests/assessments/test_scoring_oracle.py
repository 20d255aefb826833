"""Ten thousand administrations, complete and not, scored as a few lines score them that know nothing of the files."""

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from random import Random

from assessments.instruments import GOI, ILS, IMR_FIDELITY, IMRS, PRESS
from assessments.scoring import band, kept, score, shown
from tests.assessments.second_wave import ICS, NHS, WCQ

ALL = (IMR_FIDELITY, GOI, ILS, PRESS, IMRS, ICS, NHS, WCQ)

FEWEST = {"imr_fidelity": 12, "goi": 11, "press": 3, "imrs": 12, "wcq6": 5}
SIZES = {"ils": (3, 3, 3, 3), "ics_no14": (3, 3, 2, 3, 3)}
A_TO_C = "85 47 40  91 63 31  70 34 24  65 33 24  114 63 49  110 51 51  150 62 57  150 67 55  70 35 33  95 44 33"
TENTHS = dict(zip([(at, level) for at in range(10) for level in "ABC"], map(int, A_TO_C.split()), strict=True))


def oracle(key: str, answers: list) -> Fraction | None:
    """The total of answers in the order of the form, None for one that is missing."""
    known = [one for one in answers if one is not None]
    if key == "nhs_sm":
        tenths = sum(TENTHS.get((at, level), 0) for at, level in enumerate(answers))
        return Fraction(tenths, 10) if len(known) == 10 else None
    if key in FEWEST:
        return Fraction(sum(known), len(known)) if len(known) >= FEWEST[key] else None
    means, rest = [], answers
    for size in SIZES[key]:
        part, rest = [one for one in rest[:size] if one is not None], rest[size:]
        means.append(Fraction(sum(part), len(part)) if len(part) >= 2 else None)
    return None if None in means else sum(means) / len(means)


def test_ten_thousand_administrations_score_as_the_oracle_does():
    chance, seen = Random(20190424), Counter()
    for number in range(10_000):
        instrument = ALL[number % len(ALL)]
        steps = range(instrument.lowest, instrument.highest + 1) if instrument.lowest is not None else "ABCD"
        places = range(len(instrument.items))
        missing = chance.sample(places, min(chance.choice([0, 0, 1, 2, 3, 4]), len(places)))
        answers = [None if at in missing else chance.choice(steps) for at in places]

        given = {item: one for item, one in zip(instrument.items, answers, strict=True) if one is not None}
        found, wanted = score(given, instrument).total, oracle(instrument.key, answers)

        assert found == wanted, (instrument.key, answers)
        seen[instrument.key, found is None] += 1
        if found is None:
            continue
        exact = Decimal(wanted.numerator) / wanted.denominator
        assert kept(found) == exact.quantize(Decimal("1e-10"), ROUND_HALF_UP)
        if instrument in (IMR_FIDELITY, GOI):
            assert band(found, instrument) == ("high" if wanted >= 4 else "moderate" if wanted >= 3 else "low")
        two = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
        if band(two, instrument) == band(found, instrument):
            assert shown(found, instrument) == two
        else:
            assert band(shown(found, instrument), instrument) == band(found, instrument)

    assert min(seen[one.key, is_none] for one in ALL for is_none in (True, False)) > 100

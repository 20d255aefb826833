"""The limits of the risks that read fidelity and the organisation are the limits of the instruments' bands."""

import pytest

from assessments.instruments import GOI, IMR_FIDELITY
from planning.risks import fidelity


@pytest.mark.parametrize(
    ("instrument", "flagged", "watched"),
    [
        (IMR_FIDELITY, fidelity.LOW_FLAG_TOTAL, fidelity.LOW_WATCH_TOTAL),
        (GOI, fidelity.ORGANISATION_FLAG_MEAN, fidelity.ORGANISATION_WATCH_MEAN),
    ],
)
def test_a_risk_and_a_band_begin_at_the_same_figure(instrument, flagged, watched):
    limits = {band.key: band.lowest for band in instrument.bands}

    assert (limits["moderate"], limits["high"], instrument.highest) == (flagged, watched, fidelity.SCALE_TOP)

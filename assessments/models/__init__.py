"""What was measured of a service with an instrument, and how it came about."""

from assessments.models.leadership import (
    SUBSCALES,
    WORDINGS,
    LeadershipRating,
    OwnLeadershipRating,
    SustainmentRating,
)
from assessments.models.outcome import DomainMeans, OfficialText, OutcomeRound
from assessments.models.rating import FidelityRating, OrganisationRating, Recommendation
from assessments.models.visit import AgreedItem, Rater, RaterItem, Visit
from assessments.models.wave import Wave, WaveAnswer, WaveInvitation
from assessments.small_numbers import FEWEST_PATIENTS

__all__ = [
    "FEWEST_PATIENTS",
    "SUBSCALES",
    "WORDINGS",
    "AgreedItem",
    "DomainMeans",
    "FidelityRating",
    "LeadershipRating",
    "OfficialText",
    "OrganisationRating",
    "OutcomeRound",
    "OwnLeadershipRating",
    "Rater",
    "RaterItem",
    "Recommendation",
    "SustainmentRating",
    "Visit",
    "Wave",
    "WaveAnswer",
    "WaveInvitation",
]

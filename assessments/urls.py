"""Addresses of the assessments of a service.

The pages that show besides what became of an assessment (`fidelity`, `fidelity_rating`, `outcome_rounds`) are
planning's, as only planning knows of actions: their addresses stand in `planning.urls`.
"""

from django.urls import include, path

from accounts.record_pages import record_urls
from accounts.sheet_pages import sheet_of
from assessments.views import fidelity, leadership, organisation, outcomes, wave_answers, waves

service_urls = [
    path("fidelity/new/", fidelity.AddFidelity.as_view(), name="fidelity_add"),
    path("fidelity/<int:rating_pk>/change/", fidelity.ChangeFidelity.as_view(), name="fidelity_change"),
    path("fidelity/<int:rating_pk>/remove/", fidelity.RemoveFidelity.as_view(), name="fidelity_remove"),
    path("fidelity/<int:rating_pk>/recommend/", fidelity.AddRecommendation.as_view(), name="recommendation_add"),
    path(
        "fidelity/recommendations/<int:record_pk>/",
        fidelity.ChangeRecommendation.as_view(),
        name="recommendation_change",
    ),
    path(
        "fidelity/recommendations/<int:record_pk>/remove/",
        fidelity.RemoveRecommendation.as_view(),
        name="recommendation_remove",
    ),
    *record_urls(
        "organisation",
        "organisation_ratings",
        "organisation_rating",
        (
            organisation.OrganisationRatings,
            organisation.AddOrganisation,
            organisation.ChangeOrganisation,
            organisation.RemoveOrganisation,
        ),
        below="assessments",
    ),
    *record_urls(
        "leadership",
        "leadership_ratings",
        "leadership_rating",
        (
            leadership.LeadershipRatings,
            leadership.AddLeadership,
            leadership.ChangeLeadership,
            leadership.RemoveLeadership,
        ),
        below="assessments",
    ),
    path("assessments/own-leadership/new/", leadership.AddOwnRating.as_view(), name="own_rating_add"),
    path(
        "assessments/own-leadership/<int:rating_pk>/share/",
        leadership.ShareOwnRating.as_view(),
        name="own_rating_share",
    ),
    path(
        "assessments/own-leadership/<int:rating_pk>/remove/",
        leadership.RemoveOwnRating.as_view(),
        name="own_rating_remove",
    ),
    path("assessments/waves/", waves.Waves.as_view(), name="waves"),
    path("assessments/waves/csv/", sheet_of(waves.Waves), name="waves_csv"),
    path("assessments/waves/new/", waves.AddWave.as_view(), name="wave_add"),
    path("assessments/waves/<int:wave_pk>/", waves.WavePage.as_view(), name="wave"),
    path("assessments/waves/<int:wave_pk>/remind/", waves.RemindWave.as_view(), name="wave_remind"),
    path("assessments/waves/<int:wave_pk>/close/", waves.CloseWave.as_view(), name="wave_close"),
    path("assessments/waves/<int:wave_pk>/reply/", waves.ReplyToWave.as_view(), name="wave_reply"),
    path(
        "assessments/waves/<int:wave_pk>/invitations/<int:invitation_pk>/take-back/",
        waves.TakeBackInvitation.as_view(),
        name="wave_take_back",
    ),
    path("assessments/outcomes/new/", outcomes.AddOutcomes.as_view(), name="outcome_round_add"),
    path("assessments/outcomes/<int:record_pk>/", outcomes.ChangeOutcomes.as_view(), name="outcome_round_change"),
    path(
        "assessments/outcomes/<int:record_pk>/remove/", outcomes.RemoveOutcomes.as_view(), name="outcome_round_remove"
    ),
]

urlpatterns = [
    path("answer/<str:token>/", wave_answers.WaveAnswerPage.as_view(), name="wave_answer"),
    path("services/<slug:service_key>/", include(service_urls)),
]

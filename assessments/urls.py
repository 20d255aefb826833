"""Addresses of the assessments of a service.

The pages that show besides what became of an assessment, or that need other parts of the record (`fidelity`,
`fidelity_rating`, `visit` and its ratings, `wave`, `outcome_rounds`), are planning's: only planning knows of those.
Their addresses stand in `planning.urls`.
"""

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from accounts.record_pages import record_urls
from accounts.sheet_pages import sheet_of
from assessments.models import DomainMeans
from assessments.views import (
    domains,
    fidelity,
    instruments,
    leadership,
    organisation,
    outcomes,
    results,
    sustainment,
    visit,
    visit_rating,
    visit_settling,
    wave_answers,
    waves,
)


class ToolConverter(StringConverter):
    """The tools whose means can be typed in, and no other word."""

    regex = "|".join(DomainMeans.Tool.values)


register_converter(ToolConverter, "sustainability_tool")

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
    path("fidelity/visits/new/", visit.AddVisit.as_view(), name="visit_add"),
    *(
        path(f"fidelity/visits/<int:visit_pk>/{page}/", view.as_view(), name=name)
        for page, name, view in (
            ("change", "visit_change", visit.ChangeVisit),
            ("cancel", "visit_cancel", visit.CancelVisit),
            ("rate/done", "visit_done", visit_rating.FinishRating),
            ("settle/<int:part>", "visit_settle", visit_settling.SettleItems),
            ("agree", "visit_agree", visit_settling.AgreeOnVisit),
            ("recommend", "visit_advise", visit.AddAdvice),
            ("told", "visit_tell", visit.TellVisit),
            ("take-back", "visit_take_back", visit.TakeBackVisit),
        )
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
    *record_urls(
        "sustainment",
        "sustainment_ratings",
        "sustainment_rating",
        (
            sustainment.SustainmentRatings,
            sustainment.AddSustainment,
            sustainment.ChangeSustainment,
            sustainment.RemoveSustainment,
        ),
        below="assessments",
    ),
    path("assessments/instruments/", instruments.Instruments.as_view(), name="instruments"),
    path("assessments/instruments/<slug:instrument_key>/", instruments.InstrumentPage.as_view(), name="instrument"),
    path(
        "assessments/instruments/<slug:instrument_key>/wording/<slug:language>/",
        instruments.OfficialTexts.as_view(),
        name="official_texts",
    ),
    path(
        "assessments/instruments/<slug:instrument_key>/paper/<slug:informant>/",
        instruments.PaperForm.as_view(),
        name="paper_form",
    ),
    path("assessments/results/", results.AllResults.as_view(), name="all_results"),
    path("assessments/results/csv/", sheet_of(results.AllResults), name="all_results_csv"),
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
    path("assessments/domains/", domains.DomainMeansList.as_view(), name="domain_means"),
    path("assessments/domains/csv/", sheet_of(domains.DomainMeansList), name="domain_means_csv"),
    path(
        "assessments/domains/<sustainability_tool:tool>/new/", domains.AddDomainMeans.as_view(), name="domain_means_add"
    ),
    path("assessments/domains/<int:record_pk>/", domains.ChangeDomainMeans.as_view(), name="domain_means_change"),
    path(
        "assessments/domains/<int:record_pk>/remove/", domains.RemoveDomainMeans.as_view(), name="domain_means_remove"
    ),
    path("assessments/waves/", waves.Waves.as_view(), name="waves"),
    path("assessments/waves/csv/", sheet_of(waves.Waves), name="waves_csv"),
    path("assessments/waves/new/", waves.AddWave.as_view(), name="wave_add"),
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

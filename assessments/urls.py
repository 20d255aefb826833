"""Addresses of the assessments of a service.

The pages that show besides what became of an assessment (`fidelity`, `fidelity_rating`, `visit`, `outcome_rounds`) or
XX
"""

from django.urls import include, path

from accounts.record_pages import record_urls
from assessments.views import fidelity, leadership, organisation, outcomes, visit, visit_rating, visit_settling

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
    path("assessments/outcomes/new/", outcomes.AddOutcomes.as_view(), name="outcome_round_add"),
    path("assessments/outcomes/<int:record_pk>/", outcomes.ChangeOutcomes.as_view(), name="outcome_round_change"),
    path(
        "assessments/outcomes/<int:record_pk>/remove/", outcomes.RemoveOutcomes.as_view(), name="outcome_round_remove"
    ),
]

urlpatterns = [path("services/<slug:service_key>/", include(service_urls))]

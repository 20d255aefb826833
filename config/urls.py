"""All addresses. Everything of a service lies under /services/<key>/."""

from django.urls import include, path

from config import health

urlpatterns = [
    path("healthz", health.Lives.as_view(), name="healthz"),
    path("readyz", health.Ready.as_view(), name="readyz"),
    path("", include("accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("", include("assessments.urls")),
    path("", include("planning.urls")),
]

handler400 = "config.views.bad_request"
handler403 = "config.views.permission_denied"
handler404 = "config.views.page_not_found"
handler429 = "config.views.too_many_requests"
handler500 = "config.views.server_error"

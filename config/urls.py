"""All addresses. Everything of a service lies under /services/<key>/."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("", include("accounts.urls")),
    path("", include("planning.urls")),
]

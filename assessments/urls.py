"""Addresses of the assessments of a service."""

from django.urls import path

from assessments.views import AddFidelity, Fidelity

urlpatterns = [
    path("services/<slug:service_key>/fidelity/", Fidelity.as_view(), name="fidelity"),
    path("services/<slug:service_key>/fidelity/new/", AddFidelity.as_view(), name="fidelity_add"),
]

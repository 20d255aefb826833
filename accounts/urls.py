"""Addresses of signing in, people and settings."""

from django.urls import path
from django.views.i18n import set_language

from accounts.gallery import Gallery

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("gallery/", Gallery.as_view(), name="gallery"),
]

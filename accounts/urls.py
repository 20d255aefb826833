"""Addresses of signing in, people and settings."""

urlpatterns: list = []

"""Addresses of the record, the standing, documents and messages of a service."""

urlpatterns: list = []

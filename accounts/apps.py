from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, services, members, access, audit."""

    name = "accounts"

    def ready(self):
        """Listen for people who sign in and out; only now are the models there that this needs."""
        import_module("accounts.sessions")

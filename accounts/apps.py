from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, services, members, access, audit."""

    name = "accounts"

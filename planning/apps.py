from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """The record, the catalogue over it, plans and reminders. The only app that composes."""

    name = "planning"

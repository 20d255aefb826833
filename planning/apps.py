from importlib import import_module

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """The record, the catalogue over it, plans and reminders. The only app that composes."""

    name = "planning"

    def ready(self):
        """Tell those who plan a visit, in pages, commands and workers alike, who delivers the practice."""
        import_module("planning.fidelity_raters")

from importlib import import_module

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """The record, the catalogue over it, plans and reminders. The only app that composes."""

    name = "planning"

    def ready(self):
        """Tell those below, in pages, commands and workers alike, what they need of this app.

        Who delivers the practice, for those who plan a visit; what stands still, for every page of a service.
        """
        import_module("planning.fidelity_raters")
        import_module("planning.standstill")

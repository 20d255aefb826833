from importlib import import_module

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Instruments and their results."""

    name = "assessments"

    def ready(self):
        """Look at the files that define the instruments before anything is made of them."""
        import_module("assessments.definition_files").refuse_unsound()

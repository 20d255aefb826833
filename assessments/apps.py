from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Instruments and their results."""

    name = "assessments"

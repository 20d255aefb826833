"""What several rules have to say alike."""

from django.utils.translation import gettext


def goes_by_reports(rule: str) -> str:
    """The rule of an entry whose record is still to come, with the sentence that says so."""
    return rule + " " + gettext("Holdfast has no record of this yet, and goes by what is reported.")

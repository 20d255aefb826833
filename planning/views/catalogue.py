"""The catalogue as a reader meets it: every entry with its rule, its source and what clears it, made from the rules."""

from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.pages import Page
from planning.risks import CATALOGUE_VERSION, ENTRIES
from planning.wording import evidence, labels
from planning.wording.entries import CLEARS_REPORTED, STUDY_CITATION, STUDY_LIMITS, TEXTS


class Catalogue(Page):
    """What Holdfast looks for, how it decides, and how strong that is. The same for every service, and printable."""

    permission = Permission.SEE_STATUS
    template_name = "planning/catalogue.html"
    section = "standing"
    title = _("How the flags are decided")
    intro = _(
        "Every rule that Holdfast goes by, with its numbers. The same rules hold for every service, and a flag is a "
        "reason to talk, not a forecast."
    )

    def get_context_data(self, **kwargs):
        """The entries by theme, in the catalogue's order."""
        themes = [
            (number, name, [(entry.key, TEXTS[entry.key], evidence.rule_text(entry.key)) for entry in of_theme])
            for number, name in labels.THEMES.items()
            if (of_theme := [entry for entry in ENTRIES if entry.theme == number])
        ]
        return super().get_context_data(
            themes=themes,
            count=len(ENTRIES),
            reports=evidence.reports_text(),
            clears_reported=CLEARS_REPORTED,
            catalogue_version=CATALOGUE_VERSION,
            citation=STUDY_CITATION,
            limits=STUDY_LIMITS,
            **kwargs,
        )

"""Every result in one list, one line for each figure, to read and to take out."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.pages import Page
from accounts.sheet_pages import WithSheet
from accounts.spreadsheets import Table
from assessments import results_out
from assessments.domains import DOMAINS, MEANING
from assessments.instrument_notes import meaning
from assessments.instruments import stored
from assessments.wording import CONVERSATION, said

INSTRUMENT, VERSION = map(results_out.HEADINGS.index, (results_out.INSTRUMENT, results_out.VERSION))


def meaning_of(key: str, version: str) -> str:
    """What a result on an instrument, or on one of the sustainability tools, says and does not say."""
    return str(said(MEANING)) if key in DOMAINS else meaning(stored(key, version))


class AllResults(WithSheet, Page):
    """What was measured with every instrument, as far as the reader may see it."""

    permission = Permission.SEE_RECORD
    section = "standing"
    template_name = "assessments/all_results.html"
    title = _("All results")
    intro = _(
        "Every figure with what it was measured by, in which words, and of how many. Nothing is here of fewer people "
        "than was agreed, or of fewer than five patients."
    )

    @cached_property
    def found(self) -> Table:
        """The list."""
        return results_out.table(self.service, reader=self.member, on=self.today)

    def sheet(self) -> Table:
        """The list."""
        return self.found

    def get_context_data(self, **kwargs):
        """The list."""
        shown = slice(1, -len(results_out.SOURCES))  # the service is named once, and each licence and source
        sources = {
            (row[INSTRUMENT], meaning_of(row[INSTRUMENT], row[VERSION]), *row[-len(results_out.SOURCES) :]): None
            for row in self.found.rows
        }
        return super().get_context_data(
            table=Table(self.found.headings[shown], tuple(row[shown] for row in self.found.rows)),
            sources=list(sources),
            conversation=CONVERSATION,
            **kwargs,
        )

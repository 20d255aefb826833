"""All services that somebody advises or leads, side by side; and the same as a spreadsheet."""

from dataclasses import dataclass

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponse, HttpResponseBadRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts import audit, spreadsheets
from accounts.pages import SignedInPage
from planning import overview
from planning.documents import batch
from planning.documents.kinds import KINDS
from planning.models import Document
from planning.overview import ServiceRow


@dataclass(frozen=True)
class Heading:
    """A heading of the table: its words, the address that orders by it, and how it is ordered now (for `aria-sort`)."""

    label: str
    url: str
    ordered: str


class Overview(SignedInPage):
    """The services with the five themes of each. Only those in which the person may compare are in it."""

    template_name = "planning/overview.html"
    title = _("Services side by side")
    intro = _("How IMR stands in each, theme by theme. Nothing is added up: services differ, and so do their reasons.")

    @cached_property
    def order(self) -> str:
        """What the rows are ordered by."""
        asked = self.request.GET.get("sort", "")
        return asked if asked.removeprefix("-") in {column.name for column in overview.COLUMNS} else "service"

    @cached_property
    def rows(self) -> list[ServiceRow]:
        """The services in that order."""
        found = overview.side_by_side(self.request.user, at=timezone.now(), on=self.today)
        return overview.ordered(found, self.order)

    def headings(self) -> list[Heading]:
        """The headings; the one in whose order the rows are leads to the other way round."""
        found = []
        for column in overview.COLUMNS:
            up, down = self.order == column.name, self.order == f"-{column.name}"
            url = f"?sort={'-' if up else ''}{column.name}"
            found.append(Heading(str(column.label), url, "ascending" if up else "descending" if down else ""))
        return found

    def get_context_data(self, **kwargs):
        """The table."""
        return super().get_context_data(
            rows=self.rows,
            headings=self.headings(),
            order=self.order,
            today=self.today,
            document_kinds=[kind for kind in Document.Kind if kind in KINDS],
            **kwargs,
        )


class OverviewSheet(LoginRequiredMixin, View):
    """The same table as a file; it is noted in the trail of each service that is in it."""

    http_method_names = ["post", "options"]

    def post(self, request, *args, **kwargs):
        """The file."""
        shown = Overview()
        shown.setup(request)
        content = spreadsheets.as_csv(overview.table(shown.rows))
        audit.record_for_each((row.service for row in shown.rows), code="overview.taken_out", by=request.user)
        response = HttpResponse(content, content_type=spreadsheets.CONTENT_TYPE)
        file = spreadsheets.file_name(service_key="holdfast", name="overview", on=shown.today)
        response["Content-Disposition"] = f'attachment; filename="{file}"'
        return response


class OverviewDocuments(LoginRequiredMixin, View):
    """The latest document of a kind of each service as one ZIP file; it is noted in the trail of each."""

    http_method_names = ["post", "options"]

    def post(self, request, *args, **kwargs):
        """The file, written while it is sent."""
        kind = request.POST.get("kind") or Document.Kind.ACTION_PLAN
        if kind not in KINDS:
            return HttpResponseBadRequest(_("There are no such documents here. Go back and choose another kind."))
        today = timezone.localdate()
        held = batch.in_force(request.user, kind=kind, on=today)
        audit.record_for_each(
            (one.service for one in held if one.document), code="documents.taken_out", by=request.user
        )
        parts = batch.as_zip(held, kind=kind, on=today, language=get_language())
        response = StreamingHttpResponse(parts, content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="holdfast-{kind}-{today.isoformat()}.zip"'
        response["X-Content-Type-Options"] = "nosniff"
        return response

"""Taking the list of a page out as a spreadsheet: the same people, the same rows, the same facts.

A page says what its list holds (`WithSheet.sheet`); `sheet_of(page)` is the view that hands it out, at the address
named like the page's with `_csv` behind. It asks the page itself, as the same member, so that nothing can be in the
file that the page does not show. It answers to a button and not to a link: taking a list out is noted in the trail,
and reading a page never changes anything.
"""

from django.http import HttpResponse
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.functional import cached_property
from django.views.generic import View

from accounts import audit, spreadsheets
from accounts.access import ServiceMixin
from accounts.spreadsheets import Table

ENDING = "_csv"


class WithSheet:
    """In front of a page: its list can be taken out.

    `sheet_name`: the list's, in the address and the file's name; the page's own address unless it says otherwise.
    `only_own`: whether it holds nothing but what the reader wrote. Then the trail, which leaders read, is not told:
    who looks at their own weeks is nobody's to follow.
    """

    sheet_name = ""
    sheet_title = ""  # in the trail; the page's title unless it says otherwise
    only_own = False

    def sheet(self) -> Table:
        """What the page's list shows its reader."""
        raise TypeError(f"{type(self).__name__} does not say what its list holds.")

    def get_context_data(self, **kwargs):
        """Adds where the list can be had."""
        name = self.sheet_name or self.request.resolver_match.url_name
        return super().get_context_data(sheet_url=reverse(f"{name}{ENDING}", args=[self.service.key]), **kwargs)


class SheetOut(ServiceMixin, View):
    """Hands out the list of `page`."""

    page: type
    fresh = True
    http_method_names = ["post", "options"]

    @cached_property
    def shown(self):
        """The page, as this member would open it."""
        page = self.page()
        page.setup(self.request, *self.args, **self.kwargs)
        page.member, page.today = self.member, self.today
        return page

    def is_for_member(self) -> bool:
        """Whoever may open the page."""
        return self.shown.is_for_member()

    def post(self, request, *args, **kwargs):
        """The file; the trail says who took out which list."""
        content = spreadsheets.as_csv(self.shown.sheet())
        name = request.resolver_match.url_name.removesuffix(ENDING)
        if not self.shown.only_own:
            audit.record(code="list.taken_out", by=request.user, service=self.service, list=name)
        response = HttpResponse(content, content_type=spreadsheets.CONTENT_TYPE)
        file = spreadsheets.file_name(service_key=self.service.key, name=name, on=self.today)
        response["Content-Disposition"] = f'attachment; filename="{file}"'
        return response


def sheet_of(page: type[WithSheet]):
    """The view that hands out the page's list."""
    made = type(f"{page.__name__}Sheet", (SheetOut,), {"page": page, "permission": page.permission})
    return made.as_view()


def title_of(name: str, service_key: str) -> str:
    """A list's title, by the name it has in the trail; the name itself for a list that is gone."""
    try:
        page = resolve(reverse(f"{name}{ENDING}", args=[service_key])).func.view_class.page
    except (NoReverseMatch, Resolver404, AttributeError):
        return name
    return str(page.sheet_title or page.title or name)

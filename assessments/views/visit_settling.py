"""The two raters agree: item by item where they differ, then once for all."""

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.record_forms import ConfirmForm
from accounts.record_pages import RecordFormPage
from assessments import visits
from assessments.forms.visit import SettlingForm
from assessments.instruments import Instrument, Item
from assessments.views import visit_shown
from assessments.views.visit import VisitMixin
from assessments.visit_reading import report_of
from assessments.visit_report import GivenItem, to_talk_about
from assessments.wording import about

MOST_ON_A_PAGE = 6  # items


class SettlingMixin(VisitMixin):
    """For the two raters of the visit, once both are done and until they have agreed."""

    def is_for_member(self) -> bool:
        """One of the two; not before both are done, so that nobody sees anything too early."""
        return self.rater is not None and self.visit.cancelled_on is None and visits.both_are_done(self.visit)


class SettleItems(SettlingMixin, RecordFormPage):
    """Agree on some items, those furthest apart first."""

    form_class = SettlingForm
    template_name = "assessments/visit_settle.html"
    title = _("Agree on the ratings")
    intro = _("Talk about each, then write down what you agree on. Outside what both of you rated it needs a reason.")

    @cached_property
    def report(self):
        """The two ratings."""
        return report_of(self.visit)

    @cached_property
    def pages(self) -> list[list[tuple[Instrument, Item]]]:
        """The items by pages, in the order in which they are talked about; those rated alike on pages of their own."""
        everything = to_talk_about(self.report)
        apart = [(scale.instrument, one.item) for scale, one in everything if not one.is_alike]
        same = [(scale.instrument, one.item) for scale, one in everything if one.is_alike]
        return [
            found[start : start + MOST_ON_A_PAGE]
            for found in (apart, same)
            for start in range(0, len(found), MOST_ON_A_PAGE)
        ]

    @cached_property
    def items(self) -> list[tuple[Instrument, Item]]:
        """Those of the page in the address."""
        if not 1 <= self.kwargs["part"] <= len(self.pages):
            raise Http404
        return self.pages[self.kwargs["part"] - 1]

    def get_form_kwargs(self):
        """Adds the items, what both gave, and what is settled already; rated alike it is settled unless changed."""
        kept = {f"{one.instrument}:{one.item}": one for one in self.visit.agreed_items.all()}
        gave = {}
        for scale in self.report.scales:
            for one in scale.items:
                key = about(scale.instrument, one.item)
                gave[key] = visit_shown.both_gave(one, self.report.raters)
                if one.is_alike:
                    kept.setdefault(key, GivenItem(rating=one.first.rating, counts=one.first.counts))
        return super().get_form_kwargs() | {"items": self.items, "kept": kept, "gave": gave}

    def save(self, form):
        """Keep what they agree on."""
        for _instrument, item, given in form.chosen:
            visits.settle(self.visit, item, given, by=self.member)
        return self.visit

    def success_message(self, visit):
        """Saved; how many are left."""
        left = len(visits.unsettled(visit))
        return gettext("Saved. Items left to agree on: %(count)d.") % {"count": left} if left else _("Saved.")

    def success_url(self, visit):
        """To the next page with something to agree on; then to the two side by side."""
        left = {item.key for item in visits.unsettled(visit)}
        for number, items in enumerate(self.pages, start=1):
            if left & {item.key for _instrument, item in items}:
                return self.here("visit_settle", self.visit.pk, number)
        return self.here("visit_agree", self.visit.pk)


class AgreeOnVisit(SettlingMixin, RecordFormPage):
    """Make it the result, once."""

    form_class = ConfirmForm
    title = _("Is this what you agree on?")
    template_name = "assessments/visit_agree.html"

    def get_intro(self):
        """What becomes of it."""
        return gettext(
            "Then it is the service's result and stands still: everybody who reads the record sees the items, the "
            "totals, and how far the two of you agreed."
        )

    def save(self, form):
        """Agree."""
        return visits.agree(self.visit, by=self.member, on=self.today)

    def success_message(self, visit):
        """Agreed; what comes next."""
        return _("Agreed. Now write what you recommend, and tell the service.")

    def get_context_data(self, **kwargs):
        """What is agreed on so far."""
        return super().get_context_data(
            left=visits.first_agree_on(left) if (left := visits.unsettled(self.visit)) else "",
            settle_url=self.here("visit_settle", self.visit.pk, 1),
            **kwargs,
        )

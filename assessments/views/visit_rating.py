"""A rater's own screen: some items on a page, saved at any time, also one by one and late by the page's script."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts.access import Permission, ServiceMixin
from accounts.record_forms import ConfirmForm
from accounts.record_pages import RecordFormPage
from assessments import visits
from assessments.forms.visit import RatingForm, shown
from assessments.instruments import Instrument, Item
from assessments.models import Visit
from assessments.views.visit import VisitMixin
from assessments.visit_items import Proposed
from assessments.wording import OURS, about, said

MOST_ON_A_PAGE = 7  # items: of the fidelity scale 7 and 6, of the organisation's twice 6
MOST_DIGITS = 13  # of milliseconds since 1970, until the year 2286


@dataclass(frozen=True)
class Part:
    """The items of one page."""

    number: int
    instrument: Instrument
    items: tuple[Item, ...]

    @property
    def name(self) -> str:
        """The instrument, and from which item to which."""
        first, last = self.items[0].number, self.items[-1].number
        return gettext("%(instrument)s, %(first)s to %(last)s") % {
            "instrument": said(self.instrument.name),
            "first": first,
            "last": last,
        }


def parts_of(visit: Visit) -> list[Part]:
    """The pages that the items of a visit are rated on: of each instrument as few as can be, equally long."""
    found: list[Part] = []
    for instrument in visits.definitions_of(visit):
        items = instrument.described
        pages = -(-len(items) // MOST_ON_A_PAGE)
        size = -(-len(items) // pages)
        for start in range(0, len(items), size):
            found.append(Part(len(found) + 1, instrument, items[start : start + size]))
    return found


@dataclass(frozen=True)
class PartLink:
    """A page of items as a link, with how many of them the rater has dealt with."""

    part: Part
    url: str
    settled: int
    current: bool


class RaterMixin(VisitMixin):
    """For the raters of the visit alone, as long as it is open and they are not done."""

    def is_for_member(self) -> bool:
        """Whether the reader is one of the two."""
        return self.rater is not None

    def proposals(self) -> Mapping[tuple[str, str], Proposed]:
        """What the record's counts speak for, by instrument and item; planning knows the record."""
        return {}

    def kept(self) -> dict:
        """What the rater gave so far, by item."""
        return {f"{one.instrument}:{one.item}": one for one in self.rater.items.all()}

    def part_links(self, current: int = 0) -> list[PartLink]:
        """All pages."""
        kept = self.kept()
        return [
            PartLink(
                part=part,
                url=self.here("visit_rate", self.visit.pk, part.number),
                settled=sum(
                    bool(one and (one.rating is not None or one.not_rateable))
                    for one in (kept.get(about(part.instrument, item)) for item in part.items)
                ),
                current=part.number == current,
            )
            for part in parts_of(self.visit)
        ]

    def data_of_script(self) -> dict[str, str]:
        """What the script needs: where to send, whose ratings they are, where to sign in, our clock."""
        return {
            "send": self.here("visit_item", self.visit.pk),
            "rater": str(self.rater.pk),
            "login": reverse("account_login"),
            "now": str(int(timezone.now().timestamp() * 1000)),
        }

    def note_saving(self, form) -> None:
        """Not counted: what a leader's forms cost is shown to the leaders, and would tell how far a rater is."""


class RateVisit(RaterMixin, RecordFormPage):
    """Rate some items."""

    form_class = RatingForm
    template_name = "assessments/visit_rate.html"
    title = _("Rate the visit")

    @cached_property
    def part(self) -> Part:
        """The page in the address."""
        found = next((one for one in parts_of(self.visit) if one.number == self.kwargs["part"]), None)
        if found is None:
            raise Http404
        return found

    def get(self, request, *args, **kwargs):
        """The items; once the rater is done they stand still, on the page of the visit."""
        self.part  # noqa: B018 (404 for a page that is not there, whoever asks)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        """Adds the items with what was kept of them and what is proposed."""
        return super().get_form_kwargs() | {
            "items": [(self.part.instrument, item) for item in self.part.items],
            "kept": self.kept(),
            "proposals": self.proposals(),
            "data_attributes": {"data-rating-form": "", "data-next": self.next_url()},
        }

    def next_url(self) -> str:
        """The next page of items; after the last one the page on which one is done."""
        if self.part.number < len(parts_of(self.visit)):
            return self.here("visit_rate", self.visit.pk, self.part.number + 1)
        return self.here("visit_done", self.visit.pk)

    def save(self, form):
        """Keep what was changed on this page."""
        self.stops = form.by_second
        now, proposals = timezone.now(), self.proposals()
        for instrument, item, given in form.chosen:
            proposed = proposals.get((instrument.key, item.key))
            visits.rate(self.rater, item, given, at=now, now=now, proposed=proposed and proposed.rating)
        return self.visit

    def success_message(self, visit):
        """Nothing between two pages: the next one shows how far one is."""
        return _("Saved. You can go on at any time.") if self.stops else ""

    def success_url(self, visit):
        """On, or to the visit."""
        return self.here("visit", self.visit.pk) if self.stops else self.next_url()

    def get_context_data(self, **kwargs):
        """Adds the pages."""
        return super().get_context_data(
            part=self.part,
            parts=self.part_links(self.part.number),
            script=self.data_of_script(),
            done_url=self.here("visit_done", self.visit.pk),
            is_done=self.rater.done_at is not None,
            is_closed=self.visit.agreed_on is not None or self.visit.cancelled_on is not None,
            ours=OURS,
            **kwargs,
        )


class RateItem(RaterMixin, ServiceMixin, View):
    """One item, as the script sends it: at once, or late. Sent again it changes nothing."""

    permission = Permission.RATE_FIDELITY

    here = RecordFormPage.here

    def post(self, request, *args, **kwargs):
        """Keep it, and say what stands there now. 400: it is no rating; 409: it can never be taken."""
        if request.POST.get("rater") != str(self.rater.pk):  # another one has signed in on the same device
            return JsonResponse({"other": True})  # nothing was wrong with it, and nothing is taken
        instrument, item = self.item()
        form = RatingForm(
            request.POST,
            items=[(instrument, item)],
            kept={},
            member=self.member,
            today=self.today,
        )
        form.takes_all = True
        if not form.is_valid():
            return JsonResponse({"problems": [line.message for line in form.summary]}, status=400)
        now = timezone.now()
        proposed = self.proposals().get((instrument.key, item.key))
        try:
            for _instrument, _item, given in form.chosen:
                taken = visits.rate(
                    self.rater,
                    item,
                    given,
                    at=self.chosen_at(now),
                    now=now,
                    proposed=proposed and proposed.rating,
                )
        except ValidationError as problem:
            return JsonResponse({"problems": problem.messages}, status=409)
        stands = taken or self.rater.items.get(instrument=instrument.key, item=item.key)
        showing = shown(stands)
        return JsonResponse({"taken": taken is not None, "stands": {end: showing[end] for end in form.ends(item)}})

    def item(self) -> tuple[Instrument, Item]:
        """The item that was sent."""
        for instrument in visits.definitions_of(self.visit):
            for item in instrument.described:
                if about(instrument, item) == self.request.POST.get("item"):
                    return instrument, item
        raise Http404

    def chosen_at(self, now: datetime) -> datetime:
        """When it was chosen: milliseconds by our clock, as the device reckons it. Now, if nothing sound is told."""
        told = self.request.POST.get("at", "")
        if not (told.isascii() and told.isdecimal() and len(told) <= MOST_DIGITS):
            return now
        return datetime.fromtimestamp(int(told) / 1000, tz=UTC)


class FinishRating(RaterMixin, RecordFormPage):
    """The rater is done: the ratings stand still."""

    form_class = ConfirmForm
    template_name = "assessments/visit_done.html"
    title = _("Are you done?")
    intro = _("Then your ratings stand still. Once the other one is done too, you see both side by side.")

    def get_form(self, form_class=None):
        """Its button says what it does."""
        form = super().get_form(form_class)
        form.submit_label = _("I am done")
        return form

    def save(self, form):
        """Done."""
        visits.finish(self.rater, by=self.member, at=timezone.now(), on=self.today)
        return self.visit

    def success_message(self, visit):
        """Done; what comes next."""
        if visits.both_are_done(Visit.objects.get(pk=visit.pk)):
            return _("You are both done. Now lay the two ratings side by side.")
        return _("You are done. The other rater is not yet.")

    def get_context_data(self, **kwargs):
        """What is still open of one's own."""
        return super().get_context_data(
            parts=self.part_links(),
            missing=visits.what_is_missing(self.rater, on=self.today),
            script=self.data_of_script(),
            is_done=self.rater.done_at is not None,
            visit=self.visit,
            **kwargs,
        )

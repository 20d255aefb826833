"""Ratings of the organisation: the General Organizational Index."""

from dataclasses import replace
from functools import partial

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_pages import AddRecord, ChangeRecord, RemoveRecord
from accounts.spreadsheets import Table
from assessments import scoring
from assessments.figures import day
from assessments.figures import rating as in_words
from assessments.forms.measures import OrganisationForm
from assessments.instruments import Instrument, definition, stored
from assessments.models import OrganisationRating, Visit
from assessments.views.rated import Rated, RatedList, instrument_columns, refuse_what_was_agreed
from assessments.wording import BANDS, said

KEY = "goi"


def instrument_of(rating: OrganisationRating) -> Instrument:
    """The scale in the version that the rating was made with, whatever came later."""
    return stored(KEY, rating.version)


def rated_item(rating: OrganisationRating, key: str) -> int | None:
    """What an item was rated; None for one that was not."""
    return rating.items.get(key)


class OrganisationRatings(RatedList):
    """The means, the latest first."""

    permission = Permission.SEE_RECORD
    template_name = "assessments/organisation_ratings.html"
    title = _("Organisation")
    intro = _(
        "Whether the organisation has what it takes to keep IMR: the mean of the twelve items of the General "
        "Organizational Index, rated at the same visit as fidelity."
    )
    related = "organisation_ratings"
    name = "organisation_rating"
    order = ("-rated_on", "-pk")
    instrument_key = KEY
    columns = (
        "rated_on",
        (_("Mean"), lambda rating: scoring.shown(rating.mean, instrument_of(rating))),
        (_("Band"), lambda rating: BANDS[scoring.band(rating.mean, instrument_of(rating))]),
        *((said(item.name), partial(rated_item, key=item.key)) for item in definition(KEY).described),
        *instrument_columns(KEY),
    )
    add_label = _("Add a rating")
    empty_text = _("No rating of the organisation is recorded. It is done at the same visit as fidelity.")

    @cached_property
    def _records(self):
        return super().records().select_related("visit")

    def records(self):
        """With the visits that made them; asked for once."""
        return self._records

    def rows(self):
        """One that two raters agreed on leads to their visit: nobody changes it by hand."""
        shown = []
        for row, rating in zip(super().rows(), self.records(), strict=True):
            visit = getattr(rating, "visit", None)
            shown.append(replace(row, url=reverse("visit", args=[self.service.key, visit.pk])) if visit else row)
        return shown

    def profile(self) -> Table:
        """The items of every rating that has them, the latest first."""
        rated = [rating for rating in self.records() if rating.items]
        rows = [
            (said(item.name), *(rating.items.get(item.key) for rating in rated)) for item in definition(KEY).described
        ]
        return Table.of([_("Item"), *(day(rating.rated_on) for rating in rated)], rows if rated else [])

    def get_context_data(self, **kwargs):
        """Adds the items."""
        return super().get_context_data(profile=self.profile(), **kwargs)

    def row(self, rating: OrganisationRating):
        """The day; the mean and its band."""
        facts = [
            gettext("mean %(mean)s of 5") % {"mean": in_words(rating.mean, instrument_of(rating))},
            BANDS[scoring.band(rating.mean, instrument_of(rating))],
        ]
        return day(rating.rated_on), facts


class AddOrganisation(Rated, AddRecord):
    """Record the mean of a visit, or the items."""

    form_class = OrganisationForm
    title = _("Rating of the organisation")
    intro = _("The date and the mean are enough. With the items Holdfast works the mean out.")
    name, list_name = "organisation_rating", "organisation_ratings"

    def success_message(self, rating):
        """Saved."""
        return _("Rating saved.")


class ChangeOrganisation(ChangeRecord, AddOrganisation):
    """Put it right."""

    title = _("Change the rating")
    related = "organisation_ratings"

    def save(self, form):
        """Save it; what two raters agreed on at a visit stands still."""
        refuse_what_was_agreed(Visit.objects.filter(organisation=self.record))
        return super().save(form)


class RemoveOrganisation(Rated, RemoveRecord):
    """Take it out."""

    name, list_name, related = "organisation_rating", "organisation_ratings", "organisation_ratings"

    def save(self, form):
        """Take it out; what two raters agreed on is taken back on the page of their visit."""
        refuse_what_was_agreed(Visit.objects.filter(organisation=self.record))
        return super().save(form)

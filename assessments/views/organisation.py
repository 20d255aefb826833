"""Ratings of the organisation: the General Organizational Index."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_pages import AddRecord, ChangeRecord, RemoveRecord
from assessments import scoring
from assessments.figures import day
from assessments.figures import rating as in_words
from assessments.forms.measures import OrganisationForm
from assessments.instruments import GOI
from assessments.models import OrganisationRating, Visit
from assessments.views.rated import Rated, RatedList, refuse_what_was_agreed
from assessments.wording import BANDS, ORGANISATION_SOURCE


class OrganisationRatings(RatedList):
    """The means, the latest first."""

    permission = Permission.SEE_RECORD
    title = _("Organisation")
    intro = _(
        "Whether the organisation has what it takes to keep IMR: the mean of the twelve items of the General "
        "Organizational Index, rated at the same visit as fidelity."
    )
    related = "organisation_ratings"
    name = "organisation_rating"
    order = ("-rated_on", "-pk")
    columns = (
        "rated_on",
        ("GOI", lambda rating: scoring.shown(rating.mean, GOI)),
        (_("Band"), lambda rating: BANDS[scoring.band(rating.mean, GOI)]),
    )
    add_label = _("Add a rating")
    empty_text = _("No rating of the organisation is recorded. It is done at the same visit as fidelity.")
    source = ORGANISATION_SOURCE

    def row(self, rating: OrganisationRating):
        """The day; the mean and its band."""
        facts = [
            gettext("mean %(mean)s of 5") % {"mean": in_words(rating.mean, GOI)},
            BANDS[scoring.band(rating.mean, GOI)],
        ]
        return day(rating.rated_on), facts


class AddOrganisation(Rated, AddRecord):
    """Record the mean of a visit."""

    form_class = OrganisationForm
    title = _("Rating of the organisation")
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

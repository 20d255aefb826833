"""Whether IMR is still used: what staff answered, as a mean of the whole team."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_pages import AddRecord, ChangeRecord, RemoveRecord, one_or_404
from assessments.figures import day, two_decimals, within_bounds
from assessments.forms.measures import SustainmentForm
from assessments.models import SustainmentRating
from assessments.views.rated import Rated, RatedList, bound_column, instrument_columns
from assessments.wording import KEPT_AS_LIMIT


class SustainmentRatings(RatedList):
    """The means, the latest first."""

    permission = Permission.SEE_RECORD
    title = _("Is IMR still used?")
    intro = _(
        "What staff answered on the Provider Report of Sustainment Scale, as a mean of the whole team. Nobody's single "
        "answers are kept."
    )
    related = "sustainment_ratings"
    name = "sustainment_rating"
    order = ("-rated_on", "-pk")
    instrument_key = "press"
    columns = (
        "rated_on",
        "answers",
        "minimum",
        (_("Mean"), lambda rating: two_decimals(rating.mean)),
        bound_column("total"),
        *instrument_columns("press"),
    )
    add_label = _("Add a rating by staff")
    empty_text = _("No rating by staff is recorded. Three questions to the whole team tell whether IMR is still used.")

    def records(self):
        """With the wave that each came from, if one did."""
        return super().records().select_related("wave")

    def row(self, rating: SustainmentRating):
        """The day; how many answered, and the mean."""
        count = rating.answers
        answered = ngettext("%(count)d answered", "%(count)d answered", count) % {"count": count}
        mean = gettext("mean %(mean)s of 4") % {"mean": within_bounds(rating.mean, rating.bounded.get("total", ""))}
        return day(rating.rated_on), [answered, mean, rating.get_wording_display()]

    def url_of(self, rating: SustainmentRating) -> str:
        """What was surveyed here leads to its result and never changes; what was typed in can be put right."""
        wave = getattr(rating, "wave", None)
        return reverse("wave", args=[self.service.key, wave.pk]) if wave else super().url_of(rating)


class AddSustainment(Rated, AddRecord):
    """Record the mean of a survey that was closed."""

    form_class = SustainmentForm
    title = _("Is IMR still used? Rating by staff")
    intro = _(
        "The mean of everybody who answered, from paper forms or a survey outside Holdfast. Somebody other than the "
        "leader opens the forms and works it out."
    )
    name, list_name = "sustainment_rating", "sustainment_ratings"

    def success_message(self, rating):
        """Saved."""
        return KEPT_AS_LIMIT if rating.bounded else _("Mean saved.")


class TypedSustainment:
    """In front of a page of one rating: only those that were typed in can be changed or taken out."""

    related = "sustainment_ratings"

    @cached_property
    def record(self) -> SustainmentRating:
        """The rating in the address; none that a wave came to."""
        return one_or_404(self.service.sustainment_ratings.filter(wave__isnull=True), pk=self.kwargs["record_pk"])


class ChangeSustainment(TypedSustainment, ChangeRecord, AddSustainment):
    """Put it right."""

    title = _("Change the rating by staff")


class RemoveSustainment(TypedSustainment, Rated, RemoveRecord):
    """Take it out."""

    name, list_name = "sustainment_rating", "sustainment_ratings"

"""The assessments in one place, fidelity first; one fidelity rating with its items and recommendations."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.pages import Page
from accounts.record_pages import AddRecord, ChangeRecord, RecordFormPage, RemoveRecord, one_or_404
from accounts.sheet_pages import WithSheet
from accounts.spreadsheets import Table
from assessments import scoring
from assessments.figures import rating as in_words
from assessments.forms.fidelity import FidelityForm, RecommendationForm
from assessments.instruments import Instrument, definition, stored
from assessments.models import FidelityRating, Recommendation, Visit
from assessments.views.rated import Rated, instrument_columns, note_on_result, refuse_what_was_agreed
from assessments.views.visit_shown import Advised
from assessments.visits import definitions_behind
from assessments.wording import BANDS, CHANGES, said

KEY = "imr_fidelity"


@dataclass(frozen=True)
class RatingRow:
    """One rating in the table."""

    rated_on: date
    figure: str
    band: str
    url: str


@dataclass(frozen=True)
class Other:
    """Another kind of assessment: its name, the way to it, and the day of the latest one."""

    label: str
    url: str
    last_on: date | None


# Kinds besides fidelity: (address, label, the service's manager, its day as a look-up).
OTHERS = (
    ("organisation_ratings", _("Organisation (General Organizational Index)"), "organisation_ratings", "rated_on"),
    ("leadership_ratings", _("Leadership (Implementation Leadership Scale)"), "leadership_ratings", "rated_on"),
    (
        "sustainment_ratings",
        _("Is IMR still used (Provider Report of Sustainment Scale)"),
        "sustainment_ratings",
        "rated_on",
    ),
    ("waves", _("Surveys of the staff"), "waves", "opened_at__date"),
    ("outcome_rounds", _("Patient outcomes"), "outcome_rounds", "measured_on"),
    ("domain_means", _("Sustainability tools (CSAT, PSAT)"), "domain_means", "rated_on"),
)


class Fidelity(WithSheet, Page):
    """The totals on the IMR Fidelity Scale, the latest first, and the way to the other assessments."""

    permission = Permission.SEE_RECORD
    template_name = "assessments/fidelity.html"
    title = _("Assessments")
    sheet_title = _("Fidelity ratings")
    section = "standing"

    def ratings(self):
        """The ratings, the latest first."""
        return self.service.fidelity_ratings.order_by("-rated_on", "-pk")

    def sheet(self) -> Table:
        """The ratings with their items, those of the latest version as columns, and what each was rated by."""
        items, by = definition(KEY).described, instrument_columns(KEY)
        rows = [
            [
                one.rated_on,
                scoring.shown(one.total, stored(KEY, one.version)),
                *(one.items.get(item.key) for item in items),
                *(find(one) for _heading, find in by),
            ]
            for one in self.ratings()
        ]
        headings = [_("Date"), _("Mean"), *(said(item.name) for item in items), *(heading for heading, _find in by)]
        return Table.of(headings, rows)

    def others(self) -> list[Other]:
        """The other kinds, each with its latest day."""
        return [
            Other(
                label=str(label),
                url=reverse(name, args=[self.service.key]),
                last_on=getattr(self.service, related).order_by(f"-{on}").values_list(on, flat=True).first(),
            )
            for name, label, related, on in OTHERS
        ]

    def get_context_data(self, **kwargs):
        """The ratings and the other kinds."""
        rows = [
            RatingRow(
                rated_on=one.rated_on,
                figure=in_words(one.total, stored(KEY, one.version)),
                band=BANDS[scoring.band(one.total, stored(KEY, one.version))],
                url=reverse("fidelity_rating", args=[self.service.key, one.pk]),
            )
            for one in self.ratings()
        ]
        return super().get_context_data(
            ratings=rows,
            others=self.others(),
            note=note_on_result(KEY, self.ratings().first()),
            visits_ahead=self.service.visits.ahead().order_by("planned_on"),
            visits_without_total=self.service.visits.without_total().order_by("-planned_on"),
            **kwargs,
        )


class RatingMixin(Rated):
    """Finds the rating in the address."""

    related = "fidelity_ratings"

    @cached_property
    def rating(self) -> FidelityRating:
        """The rating."""
        return one_or_404(self.service.fidelity_ratings, pk=self.kwargs["rating_pk"])

    @cached_property
    def definitions(self) -> tuple[Instrument, Instrument]:
        """What can be recommended something about."""
        return definitions_behind(self.rating)


@dataclass(frozen=True)
class ItemRow:
    """One item of the scale with its rating; None for one that was not rated."""

    name: str
    rating: int | None
    band: str


class RatingPage(RatingMixin, Page):
    """One rating: its items and what the visit recommends."""

    permission = Permission.SEE_RECORD
    template_name = "assessments/fidelity_rating.html"
    title = _("Fidelity rating")

    @cached_property
    def instrument(self) -> Instrument:
        """The scale in the version that the rating was made with, whatever came later."""
        return stored(KEY, self.rating.version)

    def items(self) -> list[ItemRow]:
        """The items in the scale's order; none when only the mean is known."""
        rated = self.rating.items
        if not rated:
            return []
        return [
            ItemRow(
                name=str(said(item.name)),
                rating=rated.get(item.key),
                band=str(BANDS[scoring.band(rated[item.key], self.instrument)]) if item.key in rated else "",
            )
            for item in self.instrument.described
        ]

    def change(self) -> str:
        """How the mean compares with that of the visit before; empty for the first."""
        before = self.service.fidelity_ratings.filter(rated_on__lt=self.rating.rated_on).order_by("-rated_on").first()
        return str(CHANGES[scoring.change(before.total, self.rating.total, self.instrument)]) if before else ""

    def recommendations(self):
        """What the visit recommends, as it was written down."""
        return self.rating.recommendations.order_by("pk")

    def get_context_data(self, **kwargs):
        """The rating."""
        return super().get_context_data(
            rating=self.rating,
            figure=in_words(self.rating.total, self.instrument),
            band=BANDS[scoring.band(self.rating.total, self.instrument)],
            change=self.change(),
            items=self.items(),
            recommendations=[Advised.of(one, self.definitions) for one in self.recommendations()],
            note=note_on_result(KEY, self.rating),
            visit=Visit.objects.filter(rating=self.rating).first(),
            **kwargs,
        )


class AddFidelity(Rated, RecordFormPage):
    """Record a fidelity visit: the mean, or the items."""

    form_class = FidelityForm
    title = _("Fidelity rating")
    intro = _("The date and the mean are enough. With the thirteen items you also see which of them to work on.")
    code = "fidelity.rated"

    def save(self, form):
        """Save it."""
        rating = form.save(commit=False)
        rating.service = self.service
        rating.save()
        self.audit(self.code, rating)
        return rating

    def success_message(self, rating):
        """Saved."""
        return _("Rating saved.")

    def success_url(self, rating):
        """To the ratings; with its items to the rating, which shows them."""
        return self.here("fidelity_rating", rating.pk) if rating.items else self.here("fidelity")

    def cancel_url(self):
        """Back to the ratings."""
        return self.here("fidelity")


class ChangeFidelity(RatingMixin, AddFidelity):
    """Put a rating right, or add its items."""

    template_name = "record_form.html"
    title = _("Change the rating")
    code = "fidelity.changed"

    def get_instance(self):
        """The rating."""
        return self.rating

    def save(self, form):
        """Save it; what two raters agreed on at a visit stands still."""
        refuse_what_was_agreed(Visit.objects.filter(rating=self.rating))
        return super().save(form)

    def success_url(self, rating):
        """Back to the rating."""
        return self.here("fidelity_rating", rating.pk)

    def cancel_url(self):
        """Back to the rating."""
        return self.here("fidelity_rating", self.rating.pk)

    def get_context_data(self, **kwargs):
        """Adds the way to take it out."""
        return super().get_context_data(remove_url=self.here("fidelity_remove", self.rating.pk), **kwargs)


class RemoveFidelity(RatingMixin, RemoveRecord):
    """Take a rating out that was written in by hand, and with it what the visit recommended."""

    intro = _("For mistakes only. What the visit recommended goes with it; actions stay.")

    def save(self, form):
        """Take it out; what two raters agreed on is taken back on the page of their visit."""
        rating = self.rating
        refuse_what_was_agreed(Visit.objects.filter(rating=rating))
        self.audit("fidelity.removed", rating)
        rating.delete()
        return rating

    def success_url(self, rating):
        """Back to the ratings."""
        return self.here("fidelity")

    def cancel_url(self):
        """Back to the rating."""
        return self.here("fidelity_change", self.rating.pk)


class AddRecommendation(RatingMixin, AddRecord):
    """Record what the visit recommends, one thing at a time."""

    form_class = RecommendationForm
    title = _("Recommendation of the visit")
    intro = _("One at a time: each can then become an action with an owner and a date.")

    def get_form_kwargs(self):
        """Adds what was rated."""
        return super().get_form_kwargs() | {"instruments": self.definitions}

    def save(self, form):
        """Keep it with its visit."""
        form.instance.rating = self.rating
        return super().save(form)

    def success_message(self, recommendation):
        """Saved."""
        return _("Recommendation saved.")

    def success_url(self, recommendation):
        """To the visit."""
        return self.here("fidelity_rating", self.rating.pk)

    def cancel_url(self):
        """To the visit."""
        return self.here("fidelity_rating", self.rating.pk)


class RecommendationMixin(Rated):
    """Finds the recommendation in the address; it is of a visit to this service."""

    name = "recommendation"

    @cached_property
    def record(self) -> Recommendation:
        """The recommendation."""
        mine = Recommendation.objects.filter(rating__service=self.service)
        return one_or_404(mine, pk=self.kwargs["record_pk"])

    def to_the_visit(self) -> str:
        """The page of its visit."""
        return self.here("fidelity_rating", self.record.rating_id)


class ChangeRecommendation(RecommendationMixin, ChangeRecord):
    """Put its words right."""

    form_class = RecommendationForm
    title = _("Change the recommendation")

    def get_form_kwargs(self):
        """Adds what was rated."""
        return super().get_form_kwargs() | {"instruments": definitions_behind(self.record.rating)}

    def success_url(self, recommendation):
        """To the visit."""
        return self.to_the_visit()

    def cancel_url(self):
        """To the visit."""
        return self.to_the_visit()


class RemoveRecommendation(RecommendationMixin, RemoveRecord):
    """Take it out."""

    def success_url(self, recommendation):
        """To the visit."""
        return self.to_the_visit()

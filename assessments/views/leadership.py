"""Leadership: what staff answered, and the leader's own rating, which is the leader's until it is shared."""

from dataclasses import dataclass
from functools import partial

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission, members_who_may
from accounts.models import Role
from accounts.record_forms import ConfirmForm
from accounts.record_pages import AddRecord, ChangeRecord, RecordFormPage, RemoveRecord, one_or_404
from assessments.figures import day, two_decimals, within_bounds
from assessments.forms.leadership import LeadershipForm, OwnRatingForm
from assessments.models import SUBSCALES, LeadershipRating, OwnLeadershipRating
from assessments.views.rated import Rated, RatedList, bound_column, instrument_columns
from assessments.wording import KEPT_AS_LIMIT


def means_of(rating: LeadershipRating | OwnLeadershipRating) -> list[str]:
    """The four means, each with its name."""
    return [f"{label_of(name)} {mean_in_words(rating, name)}" for name in SUBSCALES]


def mean_in_words(rating: LeadershipRating | OwnLeadershipRating, name: str) -> str:
    """One of the means; of a few answers near an end of the scale, the bound that is shown in its place."""
    return within_bounds(getattr(rating, name), getattr(rating, "bounded", {}).get(name, ""))


def label_of(name: str):
    """The name of a side of leading."""
    return LeadershipRating._meta.get_field(name).verbose_name


def shown_mean(rating: LeadershipRating, name: str):
    """One of the means as it is shown; none of fewer than was agreed."""
    return two_decimals(getattr(rating, name)) if rating.answers >= rating.minimum else None


@dataclass(frozen=True)
class OwnRow:
    """A leader's own rating as its reader sees it; the addresses are the leader's alone."""

    title: str
    facts: tuple[str, ...]
    private: bool
    share_url: str = ""
    remove_url: str = ""


class LeadershipRatings(RatedList):
    """What staff answered, the latest first; below it the leader's own ratings that the reader may see."""

    permission = Permission.SEE_RECORD
    template_name = "assessments/leadership_ratings.html"
    title = _("Leadership")
    intro = _(
        "What staff answered on the Implementation Leadership Scale about their leader, as means of the whole team. "
        "Nobody's single answers are kept."
    )
    related = "leadership_ratings"
    name = "leadership_rating"
    order = ("-rated_on", "-pk")
    columns = (
        "rated_on",
        "answers",
        "minimum",
        *((label_of(name), partial(shown_mean, name=name)) for name in SUBSCALES),
        *(bound_column(name, label_of(name)) for name in SUBSCALES),
        *instrument_columns("ils"),
    )
    add_label = _("Add a rating by staff")
    empty_text = _("No rating by staff is recorded. Ask the leader's whole team, so that five can answer.")
    instrument_key = "ils"

    def row(self, rating: LeadershipRating):
        """The day; how many answered, and the four means, none of fewer than was agreed."""
        count = rating.answers
        answered = ngettext("%(count)d answered", "%(count)d answered", count) % {"count": count}
        if count < rating.minimum:
            few = gettext("fewer than the %(minimum)d agreed, so no means are shown") % {"minimum": rating.minimum}
            return day(rating.rated_on), [answered, few]
        return day(rating.rated_on), [answered, *means_of(rating), rating.get_wording_display()]

    def records(self):
        """With the survey that was made here, if it was."""
        return super().records().select_related("wave")

    def url_of(self, rating: LeadershipRating) -> str:
        """What was surveyed here leads to its result and never changes; what was typed in can be put right."""
        wave = getattr(rating, "wave", None)
        return reverse("wave", args=[self.service.key, wave.pk]) if wave else super().url_of(rating)

    def own_rows(self) -> list[OwnRow]:
        """Leaders' own ratings: those that were shared, and one's own."""
        visible = self.service.own_leadership_ratings.filter(Q(shared_on__isnull=False) | Q(leader=self.member))
        return [self.own_row(rating) for rating in visible.select_related("leader").order_by("-rated_on", "-pk")]

    def own_row(self, rating: OwnLeadershipRating) -> OwnRow:
        """One of them; what can be done with it, for the leader who made it."""
        mine = rating.leader_id == self.member.pk and self.member.role == Role.LEADER
        key = self.service.key
        return OwnRow(
            title=f"{rating.leader.name}, {day(rating.rated_on)}",
            facts=tuple(means_of(rating)),
            private=rating.shared_on is None,
            share_url=reverse("own_rating_share", args=[key, rating.pk]) if mine and not rating.shared_on else "",
            remove_url=reverse("own_rating_remove", args=[key, rating.pk]) if mine else "",
        )

    def get_context_data(self, **kwargs):
        """Adds the leader's own."""
        open_wave = self.service.waves.open().first()
        return super().get_context_data(
            own_rows=self.own_rows(),
            is_leader=self.member.role == Role.LEADER,
            open_wave=open_wave,
            open_until=day(open_wave.closes_on) if open_wave else "",
            **kwargs,
        )


class AddLeadership(Rated, AddRecord):
    """Record the means of a survey that was closed."""

    form_class = LeadershipForm
    title = _("Rating by staff")
    intro = _("Means of everybody who answered, from a survey outside Holdfast.")
    name, list_name = "leadership_rating", "leadership_ratings"

    def success_message(self, rating):
        """Saved."""
        return KEPT_AS_LIMIT if rating.bounded else _("Means saved.")


class ChangeLeadership(ChangeRecord, AddLeadership):
    """Put it right."""

    title = _("Change the rating by staff")
    related = "leadership_ratings"

    @cached_property
    def record(self):
        """One that was typed in: the result of a survey made here is what it is."""
        return one_or_404(self.service.leadership_ratings.filter(wave__isnull=True), pk=self.kwargs["record_pk"])


class RemoveLeadership(Rated, RemoveRecord):
    """Take it out; of those that were typed in, as well."""

    name, list_name, related = "leadership_rating", "leadership_ratings", "leadership_ratings"
    record = ChangeLeadership.record


class OwnRatingPage(RecordFormPage):
    """A page of a leader's own rating: for leaders, each for the own one."""

    permission = Permission.EDIT_RECORD
    section = "standing"

    def is_for_member(self) -> bool:
        """A stand-in rates nothing: the scale asks about the leader."""
        return self.member.role == Role.LEADER

    @cached_property
    def rating(self) -> OwnLeadershipRating:
        """The rating in the address, if it is the leader's own."""
        return one_or_404(self.member.own_leadership_ratings, service=self.service, pk=self.kwargs["rating_pk"])

    def success_url(self, rating):
        """Back to the leadership."""
        return self.here("leadership_ratings")

    def cancel_url(self):
        """Back to the leadership."""
        return self.here("leadership_ratings")


class AddOwnRating(OwnRatingPage):
    """A leader rates the own leadership."""

    form_class = OwnRatingForm
    title = _("How do you see your own leadership?")
    intro = _(
        "The same questions that staff are asked about you: to what extent is this so of how you lead IMR? What counts "
        "is the difference: where you see more than they do, they may not see what you do."
    )

    def save(self, form):
        """Keep it, for the leader alone: the trail, which others read, knows of it once it is shared."""
        rating = form.save(commit=False)
        rating.service, rating.leader = self.service, self.member
        rating.save()
        return rating

    def success_message(self, rating):
        """Saved, and for whom."""
        return _("Saved. Only you see it.")


class ShareOwnRating(OwnRatingPage):
    """Let others see the own rating."""

    form_class = ConfirmForm
    title = _("Share your rating?")

    @cached_property
    def rating(self) -> OwnLeadershipRating:
        """One's own that is not shared yet."""
        mine = self.member.own_leadership_ratings.filter(service=self.service, shared_on__isnull=True)
        return one_or_404(mine, pk=self.kwargs["rating_pk"])

    def get_intro(self):
        """Which one, and who will see it, by name."""
        others = members_who_may(self.service, Permission.SEE_RECORD, on=self.today).exclude(pk=self.member.pk)
        names = get_text_list([str(other) for other in others], gettext("and")) or gettext("nobody yet")
        return gettext("Your rating of %(day)s. From then on these people see it: %(names)s.") % {
            "day": day(self.rating.rated_on),
            "names": names,
        }

    def save(self, form):
        """Share it from today."""
        rating = self.rating
        rating.shared_on = self.today
        rating.save(update_fields=["shared_on"])
        self.audit("own_rating.shared", rating)
        return rating

    def success_message(self, rating):
        """Shared."""
        return _("Shared.")


class RemoveOwnRating(OwnRatingPage):
    """Take the own rating out, shared or not."""

    form_class = ConfirmForm
    title = _("Take this out?")

    def get_intro(self):
        """Which one."""
        return gettext("Your rating of %(day)s is gone for you and, if you had shared it, for everybody.") % {
            "day": day(self.rating.rated_on)
        }

    def save(self, form):
        """Take it out; the trail knows of one that was shared only."""
        rating = self.rating
        if rating.shared_on:
            self.audit("own_rating.removed", rating)
        rating.delete()
        return rating

    def success_message(self, rating):
        """Taken out."""
        return _("Taken out.")

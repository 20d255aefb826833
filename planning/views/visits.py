"""Pages of fidelity visits that need the record: what it proposes to raters, and what became of recommendations."""

from collections import defaultdict

from django.db.models import Prefetch
from django.utils.functional import cached_property

from assessments.figures import day
from assessments.views import visit, visit_rating
from planning import fidelity_proposals
from planning.models import Action


class WithProposals:
    """In front of a rater's pages: what the record's counts speak for on the day of the visit."""

    @cached_property
    def _proposed(self):
        return fidelity_proposals.of_visit(self.visit)

    def proposals(self):
        """By instrument and item."""
        return self._proposed


class RateVisit(WithProposals, visit_rating.RateVisit):
    """Rate some items."""


class RateItem(WithProposals, visit_rating.RateItem):
    """One item, as the script sends it."""


class VisitPage(visit.VisitPage):
    """The visit; of each recommendation whether it was made an action, and what became of that."""

    template_name = "planning/visit.html"

    def recommendations(self):
        """With the actions that came from them."""
        actions = Action.objects.select_related("owner").order_by("opened_on", "pk")
        return super().recommendations().prefetch_related(Prefetch("actions", queryset=actions))

    def actions_in_words(self):
        """Each action as one line."""
        found = defaultdict(list)
        if self.visit.rating:
            actions = Action.objects.filter(recommendation__rating=self.visit.rating).select_related("owner")
            for action in actions.order_by("opened_on", "pk"):
                ends = action.closed_on or action.due_on
                words = [action.title, action.owner.name if action.owner else "", action.get_state_display()]
                found[action.recommendation_id].append(", ".join(filter(None, [*words, day(ends) if ends else ""])))
        return found

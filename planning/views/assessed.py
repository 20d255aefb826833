"""Pages of assessments that also show what became of them: actions, and lists that were said to be empty."""

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from assessments.views import fidelity, outcomes
from planning import empty_lists
from planning.models import Action, ConfirmedEmpty
from planning.views.record.lists import Confirmable, ConfirmableList


class Fidelity(Confirmable, fidelity.Fidelity):
    """The assessments; that no visit took place can be said."""

    template_name = "planning/fidelity.html"
    confirms = ConfirmedEmpty.List.FIDELITY
    confirm_label = _("No visit has taken place")


class FidelityRating(Confirmable, fidelity.RatingPage):
    """One rating; of each recommendation whether it was made an action, and what became of that."""

    template_name = "planning/fidelity_rating.html"
    confirms = ConfirmedEmpty.List.RECOMMENDATIONS
    confirm_label = _("Nothing was recommended")

    def recommendations(self):
        """With the actions that came from them."""
        actions = Action.objects.select_related("owner").order_by("opened_on", "pk")
        return super().recommendations().prefetch_related(Prefetch("actions", queryset=actions))

    def get_context_data(self, **kwargs):
        """That nothing was recommended is said of the latest visit, after it."""
        said = empty_lists.since(self.service, self.confirms, on=self.today)
        latest = not self.service.fidelity_ratings.filter(rated_on__gt=self.rating.rated_on).exists()
        return super().get_context_data(
            said_none=latest and said is not None and said >= self.rating.rated_on, is_latest=latest, **kwargs
        )


class OutcomeRounds(ConfirmableList, outcomes.OutcomeRounds):
    """The rounds; that there are none can be said."""

    template_name = "planning/outcome_rounds.html"
    confirms = ConfirmedEmpty.List.OUTCOMES
    confirm_label = _("Nothing was measured")

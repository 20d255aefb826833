"""What stands behind the practice from outside: support, the next level's word, money and posts."""

from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.record_pages import AddRecord, ChangeRecord, RemoveRecord, one_or_404
from planning.forms.backing import ConfirmationForm, FundingForm, SupportForm
from planning.models import Confirmation, ConfirmedEmpty, DecisionWanted, Funding, Support
from planning.views.record.lists import ConfirmableList
from planning.wording.figures import day


class Supports(ConfirmableList):
    """What was asked for outside the service, and what came of it."""

    title = _("Support from outside")
    intro = _("What you asked others for, and what came of it.")
    related = "supports"
    name = "support"
    order = ("-asked_on", "-pk")
    columns = ("wanted", "level", "asked_on", "answer", "answered_on")
    add_label = _("Record what you asked for")
    empty_text = _(
        "No support from outside is recorded. Begin with what only others can give, such as a room or hours."
    )
    confirms = ConfirmedEmpty.List.SUPPORT
    confirm_label = _("Nothing was asked for")

    def row(self, support: Support):
        """For what; who was asked, when, and the answer."""
        answer = support.get_answer_display()
        if support.answered_on:
            answer = gettext("%(answer)s on %(day)s") % {"answer": answer, "day": day(support.answered_on)}
        return support.wanted, [
            support.get_level_display(),
            gettext("asked on %(day)s") % {"day": day(support.asked_on)},
            answer,
        ]


class AddSupport(AddRecord):
    """Record what was asked for."""

    form_class = SupportForm
    title = _("Support from outside")
    name, list_name = "support", "supports"


class ChangeSupport(ChangeRecord, AddSupport):
    """Add the answer, or put it right."""

    related = "supports"


class RemoveSupport(RemoveRecord):
    """Take it out."""

    name, list_name, related = "support", "supports", "supports"


class Confirmations(ConfirmableList):
    """Whether the next level up was asked if IMR is a priority, and what it said."""

    title = _("Word of the next level up")
    intro = _("Whether the level above was asked if IMR is a priority, and what it answered.")
    related = "confirmations"
    name = "confirmation"
    order = ("-asked_on", "-pk")
    columns = ("asked_on", "confirmed", "answered_on")
    add_label = _("Record that you asked")
    empty_text = _("Nobody above is recorded as asked. One question is enough: is IMR a priority, yes or no?")
    confirms = ConfirmedEmpty.List.CONFIRMATIONS
    confirm_label = _("Nobody was asked")

    def records(self):
        """With the questions that some of them come from."""
        return super().records().select_related("question")

    def can_change(self, confirmation):
        """What waits for the answer to a question is answered there."""
        return super().can_change(confirmation) and not waits_for_an_answer(confirmation)

    def row(self, confirmation: Confirmation):
        """What was said; when it was asked and answered."""
        said = {
            True: _("IMR is confirmed as a priority"),
            False: _("IMR is not confirmed as a priority"),
            None: _("No answer yet"),
        }[confirmation.confirmed]
        facts = [gettext("asked on %(day)s") % {"day": day(confirmation.asked_on)}]
        if waits_for_an_answer(confirmation):
            facts.append(gettext("see “Decisions wanted”"))
        if confirmation.answered_on:
            facts.append(gettext("answered on %(day)s") % {"day": day(confirmation.answered_on)})
        return said, facts


def waits_for_an_answer(confirmation: Confirmation) -> bool:
    """Whether it comes from a question to the next level that is open."""
    question = getattr(confirmation, "question", None)
    return question is not None and question.is_open


class AddConfirmation(AddRecord):
    """Record that the next level was asked."""

    form_class = ConfirmationForm
    title = _("Word of the next level up")
    intro = _("Ask in a memo or in a talk, and record the answer when it comes.")
    name, list_name = "confirmation", "confirmations"


class OwnConfirmation:
    """In front of a page that changes one: those that wait for the answer to a question are changed there alone."""

    @cached_property
    def record(self) -> Confirmation:
        """The one in the address; 404 while its question is open."""
        waiting = DecisionWanted.objects.open().filter(confirmation__isnull=False).values("confirmation")
        return one_or_404(self.service.confirmations.exclude(pk__in=waiting), pk=self.kwargs["record_pk"])


class ChangeConfirmation(OwnConfirmation, ChangeRecord, AddConfirmation):
    """Add the answer, or put it right."""

    related = "confirmations"


class RemoveConfirmation(OwnConfirmation, RemoveRecord):
    """Take it out."""

    name, list_name, related = "confirmation", "confirmations", "confirmations"


class Fundings(ConfirmableList):
    """Money and posts decided for the practice."""

    title = _("Money and posts")
    intro = _("What is decided for IMR, and until when it holds.")
    related = "fundings"
    name = "funding"
    order = ("-decided_on", "-pk")
    columns = ("kind", "decided_on", "until")
    add_label = _("Record money or posts")
    empty_text = _("No money and no posts are recorded. Record the last decision, if only the start-up money.")
    confirms = ConfirmedEmpty.List.FUNDING
    confirm_label = _("Nothing is decided")

    def row(self, funding: Funding):
        """What; decided when, until when."""
        until = (
            gettext("until %(day)s") % {"day": day(funding.until)} if funding.until else gettext("until further notice")
        )
        return funding.get_kind_display(), [gettext("decided on %(day)s") % {"day": day(funding.decided_on)}, until]


class AddFunding(AddRecord):
    """Record money or posts."""

    form_class = FundingForm
    title = _("Money and posts")
    name, list_name = "funding", "fundings"


class ChangeFunding(ChangeRecord, AddFunding):
    """Put it right."""

    related = "fundings"


class RemoveFunding(RemoveRecord):
    """Take it out."""

    name, list_name, related = "funding", "fundings", "fundings"

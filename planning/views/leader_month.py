"""The leader's month: look back, choose one act, and see what was chosen before."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.pages import Page
from accounts.record_pages import RecordFormPage, one_or_404
from planning import leader_month
from planning.forms.leader_month import ChooseActForm, LookBackForm
from planning.models import Action, LeaderAct
from planning.wording import leader_acts as wording
from planning.wording.caseload import month
from planning.wording.figures import day
from planning.wording.leader_acts import BY_CODE, MEANING


class LeaderMonth(Page):
    """One act a month: how the last one went, the one of this month or three to choose from, and the earlier ones."""

    permission = Permission.EDIT_RECORD
    template_name = "planning/leader_month.html"
    title = _("The leader's month")
    section = "service_home"

    def get_intro(self):
        """What the page is for."""
        return gettext("One thing a month that you do for IMR as its leader. Done beats planned.")

    def get_context_data(self, **kwargs):
        """What is asked first: looking back; then this month."""
        earlier = leader_month.earlier_acts(self.service, on=self.today)
        return super().get_context_data(
            month=month(self.today),
            act=leader_month.act_of_month(self.service, on=self.today),
            look_back=next((act for act in reversed(earlier) if not act.helped), None),
            answers=LeaderAct.Helped.choices,
            earlier=[act for act in earlier if act.helped],
            here=self.request.path,
            **self.choosing(),
            **kwargs,
        )

    def choosing(self) -> dict:
        """Which behaviour shows least, how that is known, and three acts for it."""
        least = leader_month.least(self.service, on=self.today)
        offers = leader_month.offers(self.service, least.behaviour, on=self.today)
        return {
            "why_this_one": wording.why_this_one(least),
            "tie": wording.tie(least),
            "source": least.source,
            "figures": wording.figures(least),
            "meaning": MEANING[offers[0].behaviour],
            "offers": [(act, reverse("leader_act_choose", args=[self.service.key, act.code])) for act in offers],
        }


class InMonth:
    """A form of the leader's month leads back to it."""

    permission = Permission.EDIT_RECORD
    section = "service_home"

    def success_url(self, obj):
        """Back to the month."""
        return self.here("leader_month")

    def cancel_url(self):
        """Back to the month."""
        return self.here("leader_month")


class ChooseAct(InMonth, RecordFormPage):
    """Choose an act for the month; asked for by address, it asks first."""

    form_class = ChooseActForm
    title = _("Choose this for the month?")

    @cached_property
    def act(self):
        """The act in the address; 404 when the bank has none such."""
        try:
            return BY_CODE[self.kwargs["code"]]
        except KeyError:
            raise Http404 from None

    def get_intro(self):
        """What it is."""
        return self.act.text

    def save(self, form):
        """Choose it."""
        return leader_month.choose(self.act, by=self.member, on=self.today)

    def success_message(self, chosen):
        """Until when."""
        return gettext("Chosen. It is among your actions, by %(day)s.") % {"day": day(chosen.action.due_on)}


class LookBack(InMonth, RecordFormPage):
    """Whether an act helped."""

    form_class = LookBackForm
    title = _("Looking back: did it help?")

    @cached_property
    def act(self):
        """The act in the address."""
        return one_or_404(self.service.leader_acts.select_related("action"), pk=self.kwargs["record_pk"])

    def get_instance(self):
        """The act."""
        return self.act

    def get_intro(self):
        """Which act, of which month, and whether it was done."""
        words = {"title": self.act.action.title.rstrip("."), "month": month(self.act.month)}
        if self.act.action.state == Action.State.DONE:
            words["day"] = day(self.act.action.closed_on)
            return gettext("%(title)s. Chosen for %(month)s, done %(day)s.") % words
        return gettext("%(title)s. Chosen for %(month)s.") % words

    def save(self, form):
        """Keep the answer."""
        return leader_month.look_back(self.act, form.cleaned_data["helped"], by=self.member, on=self.today)

"""What is expected of practitioners, and who has taken note of it."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.pages import Page
from accounts.record_pages import RecordFormPage, one_or_404
from planning import empty_lists, expectations
from planning.forms.expectations import ExpectationForm, ReadForm, ToldForm
from planning.models import ConfirmedEmpty, Expectation
from planning.versions import with_differences


class Expectations(Page):
    """The text in force and its earlier versions. By name only leaders see who has taken note of it."""

    permission = Permission.SEE_RECORD
    template_name = "planning/expectations.html"
    title = _("What is expected")
    section = "plan"

    @cached_property
    def expectation(self) -> Expectation | None:
        """The text in force."""
        return expectations.in_force(self.service, on=self.today)

    def get_context_data(self, **kwargs):
        """The text; who has taken note, or whether the reader has."""
        leading = self.may(Permission.EDIT_RECORD)
        return super().get_context_data(
            expectation=self.expectation,
            versions=with_differences(self.service.expectations.in_force(self.today)),
            draft=expectations.draft_of(self.service) if leading else None,
            own_note=self.own_note(),
            **(self.for_leaders() if leading else {}),
            **kwargs,
        )

    def own_note(self):
        """The practitioner's own note of this version; None without one, and for others."""
        if self.expectation is None or not self.may(Permission.ACKNOWLEDGE):
            return None
        return expectations.note_of(self.member, self.expectation, on=self.today)

    def for_leaders(self) -> dict:
        """Who has taken note and who has not; the ways to say that there is nothing to record."""
        lists = {"empty": ConfirmedEmpty.List.EXPECTATIONS}
        if self.expectation:
            lists = {"unread": ConfirmedEmpty.List.ACKNOWLEDGEMENTS}
        found = {}
        for name, code in lists.items():
            found[f"{name}_since"] = empty_lists.since(self.service, code, on=self.today)
            found[f"{name}_url"] = reverse("record_nothing", args=[self.service.key, code])
        if self.expectation:
            notes = self.expectation.acknowledgements.select_related("member").filter(on__lte=self.today)
            found["notes"] = notes.order_by("member__name", "pk")
            found["missing"] = expectations.without_note(self.expectation, on=self.today)
        return found


class ExpectationPage(RecordFormPage):
    """What the forms share: they lead back to the text."""

    section = "plan"

    @cached_property
    def expectation(self) -> Expectation:
        """The text in force; 404 when there is none."""
        return one_or_404(self.service.expectations.in_force(self.today))

    def success_url(self, obj):
        """Back to the text."""
        return self.here("expectations")

    def cancel_url(self):
        """Back to the text."""
        return self.here("expectations")


class PublishExpectation(ExpectationPage):
    """Write a new version; keep it as a draft, or publish it."""

    permission = Permission.EDIT_RECORD
    form_class = ExpectationForm
    title = _("What is expected")
    intro = _("The study asks leaders to say outright what is expected. Each practitioner is then asked to read it.")

    def get_initial(self):
        """What is written of it; else a new version starts from the one in force."""
        expectation = expectations.draft_of(self.service) or expectations.in_force(self.service, on=self.today)
        return {"text": expectation.text} if expectation else {}

    def save(self, form):
        """Keep or publish it."""
        text = form.cleaned_data["text"]
        if form.by_second:
            return expectations.keep_draft(service=self.service, text=text, by=self.member)
        return expectations.publish(service=self.service, text=text, by=self.member, on=self.today)

    def success_message(self, expectation):
        """Which version is published, or that nobody sees it yet."""
        if expectation.published_on is None:
            return _("Draft saved. Only leaders see it until you publish it.")
        return gettext("Published, version %(version)d. The practitioners are now asked to read it.") % {
            "version": expectation.version
        }


class Acknowledge(ExpectationPage):
    """A practitioner says that they have read it: one button, and pressing it twice changes nothing."""

    permission = Permission.ACKNOWLEDGE
    template_name = "planning/expectation_read.html"
    form_class = ReadForm
    title = _("What is expected of you")

    def get_context_data(self, **kwargs):
        """The text, and the reader's note of it."""
        note = expectations.note_of(self.member, self.expectation, on=self.today)
        return super().get_context_data(expectation=self.expectation, own_note=note, **kwargs)

    def get_initial(self):
        """The version that is shown."""
        return {"version": self.expectation.version}

    def form_invalid(self, form):
        """What stands there now is what the button speaks of when it is pressed again."""
        form.show(self.expectation.version)
        return super().form_invalid(form)

    def save(self, form):
        """Note it."""
        return expectations.acknowledge(self.member, shown=form.cleaned_data["version"], on=self.today)

    def success_message(self, note):
        """Noted."""
        return _("Noted: you have read it.")


class RecordTold(ExpectationPage):
    """Somebody was told in person."""

    permission = Permission.EDIT_RECORD
    template_name = "planning/acknowledgement_add.html"
    form_class = ToldForm
    title = _("Told in person")
    intro = _("For somebody who was told what this text says, such as somebody without a login.")

    def get_context_data(self, **kwargs):
        """The text in force: 404 when there is none."""
        return super().get_context_data(expectation=self.expectation, **kwargs)

    def save(self, form):
        """Note it."""
        data = form.cleaned_data
        return expectations.record_told(data["member"], on=data["on"], by=self.member)

    def success_message(self, note):
        """Who."""
        return gettext("Recorded: %(name)s was told.") % {"name": note.member.name}

"""The form of a review while it is held: one form for the whole page, so that no button loses what stands beside it."""

from copy import deepcopy
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Role
from accounts.record_forms import RecordForm, refuse_national_ids
from planning import proposals, reviews
from planning.agendas import Agenda, Row
from planning.forms.decisions import DecisionForm
from planning.forms.record import entry_choices
from planning.models import Action, Decision, Observation, Review
from planning.wording.entries import TEXTS

DO = "do"  # the name of the buttons
DRAFT, CLOSE, DECIDE, ACT, DONE = "draft", "close", "decide", "act", "done"
ELSE = "else"  # what is said or agreed beside the agenda

# The fields of a decision in the order of the page, with what they are called in the record. What stands behind an
# expansion is asked on the decision's own page.
DECIDED = {
    "decision_kind": "kind",
    "decision_text": "text",
    "decision_by": "decided_by",
    "decision_basis": "basis",
    "decision_patients": "patients",
    "decision_look_again_on": "look_again_on",
}


def of_decision(name: str) -> forms.Field:
    """A field of the decision's own form, with its words and its checks."""
    return deepcopy(DecisionForm.base_fields[name])


@dataclass(frozen=True)
class Intent:
    """Which button was pressed: what it does, and with which row of the page."""

    what: str
    slug: str = ""

    @classmethod
    def of(cls, value: str) -> "Intent":
        """From the value that a button sends, such as "hinders:flag-own-time"; anything unknown keeps the draft."""
        what, _colon, slug = value.partition(":")
        known = {DRAFT, CLOSE, DECIDE, ACT, DONE, *Observation.Effect.values}
        return cls(what, slug) if what in known else cls(DRAFT)

    @property
    def observes(self) -> bool:
        """Whether it records an observation."""
        return self.what in Observation.Effect.values


@dataclass(frozen=True)
class RowFields:
    """A row of the agenda with what can be filled in beside it."""

    row: Row | None
    is_settled: bool
    entry: forms.BoundField | None = None  # what an observation beside the agenda is about
    text: forms.BoundField | None = None  # of an observation
    title: forms.BoundField | None = None  # of an action
    owner: forms.BoundField | None = None
    due_on: forms.BoundField | None = None

    @property
    def wrong_action(self) -> bool:
        """Whether something about the action is wrong, so that its fields have to be in view."""
        return any(field is not None and field.errors for field in (self.title, self.owner, self.due_on))


class MembersField(forms.ModelMultipleChoiceField):
    """Several members. A number too large for any database is a choice that is not there, not an error of ours."""

    def _check_values(self, value):
        try:
            return super()._check_values(value)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from None


class MeetingForm(RecordForm, forms.Form):
    """Who is there, what is dealt with, what is seen, decided and agreed, the minutes.

    Every button saves the draft and does one thing besides. What was typed for another button is never dropped: it is
    asked about first.
    """

    attendees = MembersField(
        label=_("Who is here"), queryset=Member.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )
    settled = forms.MultipleChoiceField(label=_("Dealt with"), required=False, widget=forms.CheckboxSelectMultiple)
    looked_at_outcomes = forms.BooleanField(label=_("We looked at patient outcomes"), required=False)
    minutes = forms.CharField(
        label=_("What was said and decided"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("A draft only leaders see, until the review is closed. Nothing about a patient."),
    )
    decision_kind = forms.ChoiceField(
        label=_("What was decided"), choices=[("", _("Choose")), *Decision.Kind.choices], required=False
    )
    decision_text = forms.CharField(
        label=_("In a sentence"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    decision_by = forms.ChoiceField(
        label=_("Who decided"), choices=[("", _("Not known")), *Decision.DecidedBy.choices], required=False
    )
    decision_basis = forms.ChoiceField(
        label=_("On what basis"), choices=[("", _("Not known")), *Decision.Basis.choices], required=False
    )
    decision_patients = of_decision("patients")
    decision_look_again_on = of_decision("look_again_on")
    marks_optional = False  # until the review is closed nothing has to be filled in

    def __init__(self, *args, review: Review, agenda: Agenda, **kwargs):
        self.review, self.agenda = review, agenda
        super().__init__(*args, **kwargs)
        present = self.member.service.members.present(self.today).exclude(role=Role.SPONSOR).order_by("name", "pk")
        self.fields["attendees"].queryset = present
        self.fields["settled"].choices = [(row.slug, row.title) for row in agenda.rows]
        own = {
            "attendees": list(review.attendees.values_list("pk", flat=True)) if review.pk else [],
            "settled": [row.slug for row in agenda.rows if row.settled],
            "looked_at_outcomes": review.looked_at_outcomes,
            "minutes": review.minutes,
        }
        self.initial = own | self.initial
        for name in ("minutes", *DECIDED):
            self.fields[name].widget.attrs["class"] = "control"
        self.fields["looked_at_outcomes"].widget.attrs["class"] = "choice-input"
        self._offer_rows([(str(one.pk), one.name) for one in present])

    def _offer_rows(self, owners: list[tuple[str, str]]) -> None:
        due_on = reviews.due_before_next(self.review, on=self.today)
        people = proposals.people_of(self.member.service, on=self.today)
        leading = proposals.whose_task(Role.LEADER, people)
        for row in self.agenda.rows:
            if row.kind == "flag":
                self._add(f"{row.slug}-text", sentence(Observation, "text"))
            if row.kind == "action":
                continue
            acts = TEXTS[row.entry].acts if row.entry else ()
            owner = proposals.whose_task(acts[0].owner_role, people) if acts else leading
            self._offer_action(row.slug, owners, title=str(acts[0].text) if acts else "", owner=owner, due_on=due_on)
        self._add(
            f"{ELSE}-entry",
            forms.ChoiceField(
                label=_("What it is about"), choices=[("", _("Choose one")), *entry_choices()], required=False
            ),
        )
        self._add(f"{ELSE}-text", sentence(Observation, "text"))
        self._offer_action(ELSE, owners, title="", owner=leading, due_on=due_on)

    def _offer_action(self, slug: str, owners, *, title: str, owner: Member | None, due_on) -> None:
        self._add(f"{slug}-title", sentence(Action, "title"), title)
        choices = [("", _("Choose")), *owners]
        self._add(
            f"{slug}-owner",
            forms.ChoiceField(label=_("Who does it"), choices=choices, required=False),
            str(owner.pk) if owner else "",
        )
        self._add(f"{slug}-due_on", forms.DateField(label=_("By when"), required=False), due_on)

    def _add(self, name: str, field: forms.Field, initial="") -> None:
        self.fields[name] = field
        self._prepare(name, field)
        field.widget.attrs["class"] = "control select" if isinstance(field, forms.ChoiceField) else "control"
        if isinstance(field, forms.CharField):
            field.validators.append(refuse_national_ids)
        self.initial.setdefault(name, initial)

    @property
    def intent(self) -> Intent:
        """Which button was pressed; one beside a row that is not there keeps the draft."""
        intent = Intent.of(self.data.get(DO, ""))
        needed = {ACT: "title", DONE: ""}.get(intent.what, "text" if intent.observes else None)
        if needed and f"{intent.slug}-{needed}" not in self.fields:
            return Intent(DRAFT)
        return intent

    @property
    def shown_rows(self) -> dict[str, RowFields]:
        """The rows of the agenda by their slug, with their fields."""
        settled = set(self["settled"].value() or ())
        return {row.slug: self._fields_of(row.slug, row, row.slug in settled) for row in self.agenda.rows}

    @property
    def beside(self) -> RowFields:
        """The fields for what is said or agreed beside the agenda."""
        return self._fields_of(ELSE, None, False)

    @property
    def decision_fields(self) -> list[forms.BoundField]:
        """What can be said of a decision."""
        return [self[name] for name in DECIDED]

    @property
    def wrong_decision(self) -> bool:
        """Whether something about the decision is wrong."""
        return any(field.errors for field in self.decision_fields)

    def _fields_of(self, slug: str, row: Row | None, is_settled: bool) -> RowFields:
        found = {
            part: self[f"{slug}-{part}"]
            for part in ("entry", "text", "title", "owner", "due_on")
            if f"{slug}-{part}" in self.fields
        }
        return RowFields(row, is_settled, **found)

    def clean(self):
        """What the pressed button needs is there, and nothing typed for another one would be lost."""
        data = super().clean()
        intent = self.intent
        own = set(DECIDED) if intent.what == DECIDE else set()
        if intent.observes:
            own = {f"{intent.slug}-text", f"{intent.slug}-entry"}
        elif intent.what == ACT:
            own = {f"{intent.slug}-title"}
        typed = [name for name in self.fields if name.endswith(("-text", "-title", "-entry"))]
        decided = next((name for name in DECIDED if data.get(name) not in ("", None)), None)
        for name in typed + ([decided] if decided else []):  # a decision is one thing: asked about once
            elsewhere = name not in own and name not in self.errors
            if elsewhere and data.get(name) not in ("", None) and data[name] != self.initial.get(name):
                self.add_error(name, _("This is not saved yet. Press the button beside it, or empty it."))
        for name, message in self._missing(intent, data):
            if name not in self.errors:
                self.add_error(name, message)
        return data

    def _missing(self, intent: Intent, data: dict):
        if intent.what == CLOSE:
            if not data.get("attendees"):
                yield "attendees", _("Tick who was there.")
            if not data.get("minutes"):
                yield "minutes", _("Write what was said and decided, if only in a sentence.")
        elif intent.what == DECIDE and not data.get("decision_kind"):
            yield "decision_kind", _("Choose what was decided.")
        elif intent.observes and intent.slug == ELSE and not data.get(f"{ELSE}-entry"):
            yield f"{ELSE}-entry", _("Choose what it is about.")
        elif intent.what == ACT:
            if not data.get(f"{intent.slug}-title"):
                yield f"{intent.slug}-title", _("Write what is to be done.")
            if not data.get(f"{intent.slug}-owner"):
                yield f"{intent.slug}-owner", _("Choose who does it.")
            due_on = data.get(f"{intent.slug}-due_on")
            if not due_on:
                yield f"{intent.slug}-due_on", _("Give a date by which it is done.")
            elif due_on < self.today:
                yield f"{intent.slug}-due_on", _("Give today or a later day.")

    # What the view hands to the domain

    @property
    def settled_codes(self) -> set[str]:
        """The codes of the rows that are ticked as dealt with."""
        ticked = set(self.cleaned_data["settled"])
        return {row.code for row in self.agenda.rows if row.slug in ticked}

    @property
    def row(self) -> Row | None:
        """The row whose button was pressed; None beside the agenda."""
        return next((row for row in self.agenda.rows if row.slug == self.intent.slug), None)

    @property
    def observation(self) -> Observation:
        """The observation that a button was pressed for."""
        slug = self.intent.slug
        entry = self.row.entry if self.row else self.cleaned_data[f"{ELSE}-entry"]
        return Observation(
            entry=entry,
            effect=self.intent.what,
            text=self.cleaned_data[f"{slug}-text"],
            on=self.today,
            source=Observation.Source.REVIEW,
            review=self.review,
        )

    @property
    def action(self) -> Action:
        """The action that a button was pressed for."""
        slug = self.intent.slug
        return Action(
            title=self.cleaned_data[f"{slug}-title"],
            owner_id=int(self.cleaned_data[f"{slug}-owner"]),
            due_on=self.cleaned_data[f"{slug}-due_on"],
            entry=self.row.entry if self.row else "",
            review=self.review,
        )

    @property
    def decision(self) -> Decision:
        """The decision that was made."""
        said = {part: self.cleaned_data[name] for name, part in DECIDED.items()}
        return Decision(**said, decided_on=self.today, review=self.review)


def sentence(model, name: str) -> forms.CharField:
    """A sentence in a box of two lines, where Enter begins a new line and presses no button."""
    field = model._meta.get_field(name)
    return OneLine(label=field.verbose_name, max_length=field.max_length, required=False)


class OneLine(forms.CharField):
    """A text on one line, typed in a box: line breaks become spaces."""

    widget = forms.Textarea(attrs={"rows": 2})

    def to_python(self, value):
        """The text with its line breaks as spaces."""
        return " ".join(super().to_python(value).split())

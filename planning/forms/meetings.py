"""The form of a review while it is held: one form for the whole page, so that no button loses what stands beside it."""

from copy import deepcopy
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Role
from accounts.record_forms import RecordForm, refuse_national_ids
from planning import proposals, reviews
from planning.agendas import Agenda, Row
from planning.drafts import MEANWHILE, Opened, mark_of
from planning.forms.decisions import DecisionForm
from planning.forms.record import entry_choices
from planning.models import Action, Decision, Observation, Review
from planning.wording.entries import TEXTS
from planning.wording.figures import day

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

    slug: str
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


class TicksField(forms.MultipleChoiceField):
    """Boxes beside the rows. One beside a row that is not there says nothing: there is no box to put it right at."""

    def to_python(self, value):
        """The ticks that are known."""
        return [one for one in super().to_python(value) if self.valid_value(one)]


class MeetingForm(RecordForm, forms.Form):
    """Who is there, what is dealt with, what is seen, decided and agreed, the minutes.

    Every button saves the draft and does one thing besides. What was typed for another button is never dropped: it is
    asked about first. What somebody else saved since the page was opened is not lost either: the rows that stood on
    the page then (`as_opened`) are still on `agenda`, and the draft is put together with theirs.
    """

    attendees = MembersField(
        label=_("Who is here"), queryset=Member.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )
    settled = TicksField(label=_("Dealt with"), required=False, widget=forms.CheckboxSelectMultiple)
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
    held_today = forms.BooleanField(required=False)
    opened_as = forms.Field(required=False, widget=forms.HiddenInput)
    marks_optional = False  # until the review is closed nothing has to be filled in
    saved_meanwhile: str | None = None  # the minutes of somebody else that those typed here would have replaced

    def __init__(self, *args, review: Review, agenda: Agenda, as_opened: Opened, **kwargs):
        self.review, self.agenda, self.as_opened = review, agenda, as_opened
        super().__init__(*args, **kwargs)
        ticked = list(review.attendees.values_list("pk", flat=True))
        people = self.member.service.members.exclude(role=Role.SPONSOR).order_by("name", "pk")
        were_there = people.present(review.recorded_on(self.today)) | people.filter(pk__in=ticked)
        self.fields["attendees"].queryset = were_there
        self.fields["settled"].choices = [(row.slug, row.title) for row in agenda.rows]
        settled = [row for row in agenda.rows if row.settled]
        now = Opened(
            minutes=mark_of(review.minutes),
            attendees=frozenset(ticked),
            settled=frozenset(row.code for row in settled),
            looked_at_outcomes=review.looked_at_outcomes,
            rows=tuple(row.code for row in agenda.rows),
        )
        own = {
            "attendees": ticked,
            "settled": [row.slug for row in settled],
            "looked_at_outcomes": review.looked_at_outcomes,
            "minutes": review.minutes,
            "opened_as": now.carried,
        }
        self.initial = own | self.initial
        for name in ("minutes", *DECIDED):
            self.fields[name].widget.attrs["class"] = "control"
        for name in ("looked_at_outcomes", "held_today"):
            self.fields[name].widget.attrs["class"] = "choice-input"
        if self.is_early:
            self.fields["held_today"].label = gettext("It was held today, not on %(day)s as planned") % {
                "day": day(review.on)
            }
        else:
            del self.fields["held_today"]
        self.proposed: dict[str, tuple[str, frozenset[str]]] = {}
        self._offer_rows([(str(one.pk), one.name) for one in people.present(self.today)])

    @property
    def is_early(self) -> bool:
        """Whether its day lies ahead: closing it then makes it a meeting of today, for good."""
        return self.review.on > self.today

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
            if acts:
                self.proposed[f"{row.slug}-title"] = str(acts[0].text), in_every_language(acts[0].text)
        for slug in self._gone:
            self._offer_action(slug, owners, title="", owner=leading, due_on=due_on)
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
        """Which button was pressed."""
        return Intent.of(self.data.get(DO, ""))

    @property
    def _nothing_to_press(self) -> str:
        """Why the pressed button can do nothing; empty where it can."""
        intent, row = self.intent, self.row
        if intent.what == DONE and row and isinstance(row.subject, Action):
            dropped = row.subject.state == Action.State.DROPPED
            return gettext("This action was dropped meanwhile. It was not marked as done.") if dropped else ""
        part = "text" if intent.observes else "title"
        has_fields = f"{intent.slug}-{part}" in self.fields
        if intent.what == DONE or ((intent.observes or intent.what == ACT) and not has_fields):
            return gettext("What you pressed a button for is no longer on this page. Nothing was done with it.")
        return ""

    @property
    def _gone(self) -> list[str]:
        """The rows that stood on the page and cannot be shown again, such as a topic that was taken off."""
        there = {row.code for row in self.agenda.rows}
        slugs = (code.replace(":", "-") for code in self.as_opened.rows if code not in there)
        return [slug for slug in dict.fromkeys(slugs) if not slug.startswith("action-")]

    @property
    def left_behind(self) -> list[RowFields]:
        """What was typed beside rows that are gone."""
        rows = (self._fields_of(slug, None, False) for slug in self._gone)
        return [row for row in rows if row.title.value() or row.wrong_action]

    def show_in_this_language(self) -> None:
        """Propose in the language of the page what was proposed in another one and left as it was."""
        for name, (words, everywhere) in self.proposed.items():
            if " ".join(str(self.initial[name]).split()) in everywhere:
                self.initial[name] = words

    def show_meanwhile(self, minutes: str) -> None:
        """Show the minutes that somebody else saved beside those typed here; the next press knows of both."""
        self.saved_meanwhile = minutes
        self.data = self.data.copy()
        self.data["opened_as"] = self.as_opened.having_read(minutes).carried

    @property
    def is_overtaken(self) -> bool:
        """Whether somebody else saved other minutes meanwhile."""
        return self.has_error("minutes", MEANWHILE)

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
        return RowFields(slug, row, is_settled, **found)

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
            _words, as_proposed = self.proposed.get(name, ("", ()))
            if elsewhere and data.get(name) not in ("", None, *as_proposed):
                self.add_error(name, _("This is not saved yet. Press the button below it, or empty it."))
        if problem := self._nothing_to_press:
            self.add_error(None, problem)
            return data
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
            if self.is_early and not data.get("held_today"):
                planned = {"day": day(self.review.on)}
                yield (
                    "held_today",
                    gettext("It is planned for %(day)s. Tick that it was held today, or save the draft.") % planned,
                )
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
            on=self.review.recorded_on(self.today),
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
        return Decision(**said, decided_on=self.review.recorded_on(self.today), review=self.review)


def in_every_language(text) -> frozenset[str]:
    """The words of a text in each language of the product: somebody may switch while a page is open."""
    words = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            words.add(" ".join(str(text).split()))
    return frozenset(words)


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

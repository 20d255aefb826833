"""The forms of a fidelity visit: planning it, rating some items, settling them, saying when it was told."""

import json

from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission, may
from accounts.record_forms import MemberChoice, OneOrNone, RecordForm
from assessments import visits
from assessments.figures import day
from assessments.forms.items import choices_of
from assessments.instruments import Instrument, Item
from assessments.models import FEWEST_PATIENTS, Visit
from assessments.visit_items import Given, Proposed, checked
from assessments.wording import about, named, note_on, said

NOT_RATEABLE = "not"
COUNTS = ("receiving", "eligible", "target")
LONGEST = 200  # of a note or a reason
MOST = 100_000  # patients: what a typing error could not mean


# ------------------------------------------------------------------------------------------------
# The visit itself
# ------------------------------------------------------------------------------------------------


class VisitForm(RecordForm, forms.ModelForm):
    """When, who rates, and whom the rating covers."""

    seen_with = Permission.SEE_RECORD
    submit_label = _("Save the visit")
    required_messages = {"planned_on": _("Give the date of the visit.")}
    asked_for = ("first", "second")
    first = MemberChoice(
        label=_("First rater"),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose the first rater.")},
        help_text=_("Somebody who leads or advises and gives no IMR here. They need a login: invite assessors first."),
    )
    second = MemberChoice(
        label=_("Second rater"), empty_label=_("Choose"), error_messages={"required": _("Choose the second rater.")}
    )

    class Meta:
        model = Visit
        fields = ["planned_on", "covers", "practitioners", "patients"]
        widgets = {
            "covers": forms.Textarea(attrs={"rows": 2}),
            "practitioners": forms.NumberInput(attrs={"inputmode": "numeric", "min": "0"}),
            "patients": forms.NumberInput(attrs={"inputmode": "numeric", "min": "0"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["planned_on", "first", "second", "covers", "practitioners", "patients"])
        few = 0 < (self.instance.patients or 0) < FEWEST_PATIENTS
        if few and not may(self.member, Permission.SEE_CASELOAD):
            del self.fields["patients"]  # so few that only the team may know how many
        if self.instance.pk:
            for rater in self.instance.raters.all():
                self.initial.setdefault(("first", "second")[rater.number - 1], rater.member_id)

    def clean_planned_on(self):
        """One visit a day."""
        planned = self.cleaned_data["planned_on"]
        there = self.member.service.visits.filter(planned_on=planned, cancelled_on__isnull=True)
        if there.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is a visit on that day already. Give another day."))
        return planned

    def clean(self):
        """Two different people, neither of whom gives IMR here."""
        data = super().clean()
        on = data.get("planned_on") or self.today
        there = {rater.member_id for rater in self.instance.raters.all()} if self.instance.pk else set()
        for name in ("first", "second"):
            rater = data.get(name)
            if rater is not None and rater.pk not in there and (reason := visits.why_not(rater, on=on)):
                self.add_error(name, reason)
        if data.get("first") and data.get("first") == data.get("second"):
            self.add_error("second", _("Two different people rate a visit. Choose another second rater."))
        return data

    @property
    def raters(self) -> tuple:
        """The two."""
        return self.cleaned_data["first"], self.cleaned_data["second"]


class ToldForm(RecordForm, forms.Form):
    """The day on which the service was told."""

    seen_with = Permission.SEE_RECORD
    submit_label = _("Save the day")
    told_on = forms.DateField(
        label=_("Told to the service on"),
        help_text=_("Both in words and in writing, to those who were visited."),
        error_messages={"required": _("Give the day on which they were told.")},
    )

    def __init__(self, *args, visit: Visit, **kwargs):
        self.visit = visit
        super().__init__(*args, **kwargs)

    def clean_told_on(self):
        """After the visit, and not ahead."""
        told = self.cleaned_data["told_on"]
        if told > self.today:
            raise ValidationError(_("Give today or an earlier day: they have to know it."))
        if told < self.visit.planned_on:
            raise ValidationError(
                gettext("Give a day on or after the visit, %(day)s.") % {"day": day(self.visit.planned_on)}
            )
        return told


# ------------------------------------------------------------------------------------------------
# Items
# ------------------------------------------------------------------------------------------------


def steps(item: Item, instrument: Instrument) -> list[tuple[str, str]]:
    """The ratings of an item with what each stands for, and that it cannot be rated."""
    return [*choices_of(item, instrument, anchors=True), (NOT_RATEABLE, _("Not rateable"))]


def is_computed(item: Item) -> bool:
    """Whether its rating comes from counts."""
    return item.ladder is not None and item.ladder.computed


def fields_of(item: Item, instrument: Instrument) -> dict[str, forms.Field]:
    """The questions about one item: its rating or the counts that it is computed from, and a note."""
    label = said(item.name)
    note = forms.CharField(
        label=format_lazy("{}: {}", label, _("note, or why it cannot be rated")), required=False, max_length=LONGEST
    )
    if not is_computed(item):
        rating = OneOrNone(label=label, choices=steps(item, instrument), none_label=_("Left open"))
        return {item.key: rating, f"{item.key}_note": note}
    labels = {
        "receiving": _("Patients who get IMR now"),
        "eligible": _("Patients it could be for, if that is tracked"),
        "target": _("Otherwise: all patients whom the service is meant for"),
    }
    counts = {
        f"{item.key}_{name}": forms.IntegerField(
            label=text,
            required=False,
            min_value=0,
            max_value=MOST,
            widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": "0"}),
        )
        for name, text in labels.items()
    }
    return {**counts, f"{item.key}_note": note}


def shown(given) -> dict[str, str]:
    """A kept answer (None: none yet) as the form shows it, by the end of the field's name."""
    if given is None:
        return {"": "", "note": "", **dict.fromkeys(COUNTS, "")}
    choice = NOT_RATEABLE if given.not_rateable else "" if given.rating is None else str(given.rating)
    counts = {name: str(given.counts.get(name, "")) for name in COUNTS}
    return {"": "" if any(counts.values()) else choice, "note": given.not_rateable or given.note, **counts}


class ItemsForm(RecordForm, forms.Form):
    """Some items of a visit. `chosen` afterwards: what was given to each that somebody changed on this page.

    `was` travels in the form: what each item showed when the page came. An item that still shows it was not touched,
    and what another page or a late draft has put there meanwhile stays.
    """

    seen_with = None
    was = forms.Field(required=False, widget=forms.HiddenInput)  # read back in `showed`, and never shown
    takes_all = False  # also what stands as it stood: for what is not a page

    def __init__(self, *args, items, kept, proposals=None, data_attributes=None, **kwargs):
        self.pairs: list[tuple[Instrument, Item]] = items
        self.kept, self.proposals = kept, proposals or {}
        self.data_attributes = data_attributes or {}
        # Of this form alone: what it asks depends on the items, and is worded by `PageForm` as it is made.
        self.base_fields = {"was": self.base_fields["was"]}
        for instrument, item in items:
            self.base_fields |= fields_of(item, instrument)
        super().__init__(*args, **kwargs)
        self._show_what_is_kept()

    def _name(self, item: Item, end: str) -> str:
        return f"{item.key}_{end}" if end else item.key

    def _show_what_is_kept(self) -> None:
        was = {}
        for instrument, item in self.pairs:
            showing = shown(self.kept.get(about(instrument, item)))
            for end, value in showing.items():
                self.initial.setdefault(self._name(item, end), value)
            was[item.key] = [showing[end] for end in self.ends(item)]
        self.initial.setdefault("was", json.dumps(was))

    def ends(self, item: Item) -> list[str]:
        """The ends of the names of an item's fields."""
        return [*(COUNTS if is_computed(item) else [""]), "note"]

    @cached_property
    def showed(self) -> dict[str, list[str]]:
        """What the page showed of each item when it came; as it is kept now where that was lost on the way."""
        kept = json.loads(self.initial["was"])
        try:
            told = json.loads(self.cleaned_data.get("was") or "null")
        except ValueError:
            return kept
        return kept | {item: told[item] for item in kept if isinstance(told, dict) and isinstance(told.get(item), list)}

    def clean(self):
        """What was given to each item; a sentence where that cannot be."""
        data = super().clean()
        self.chosen: list[tuple[Instrument, Item, Given]] = []
        for instrument, item in self.pairs:
            names = [self._name(item, end) for end in self.ends(item)]
            if set(names) & set(self.errors):
                continue
            typed = ["" if data.get(name) is None else str(data[name]) for name in names]
            if typed == self.showed.get(item.key) and not self.takes_all:
                continue
            self._choose(instrument, item, data)
        return data

    def _choose(self, instrument: Instrument, item: Item, data: dict) -> None:
        note = data.get(f"{item.key}_note", "")
        choice = data.get(item.key, "")
        counts = {name: data.get(f"{item.key}_{name}") for name in COUNTS} if is_computed(item) else {}
        first = self._name(item, self.ends(item)[0])
        if choice == NOT_RATEABLE and not note:
            self.add_error(
                f"{item.key}_note", gettext("Write why “%(item)s” cannot be rated.") % {"item": said(item.name)}
            )
            return
        without = choice == NOT_RATEABLE or (is_computed(item) and all(count is None for count in counts.values()))
        given = Given(
            rating=int(choice) if choice.isdecimal() else None,
            not_rateable=note if without else "",
            note="" if without else note,
            counts={name: count for name, count in counts.items() if count is not None},
        )
        try:
            given = checked(given, item, instrument)
        except ValidationError as problem:
            self.add_error(first, problem)
            return
        self.chosen.append((instrument, item, given))

    def get_layout(self) -> Layout:
        """Item by item, with what it is about and what is proposed."""
        return Layout("was", *(self._drawn(instrument, item) for instrument, item in self.pairs))

    def _drawn(self, instrument: Instrument, item: Item) -> Div:
        drawn = Div(*(self._name(item, end) for end in self.ends(item)), template="assessments/visit_item.html")
        drawn.item, drawn.key = item, about(instrument, item)
        drawn.title = named(item)
        drawn.about = said(item.about) if item.about else ""
        drawn.check = note_on(item.anchors.confidence) if item.anchors else ""
        drawn.anchors = []
        if is_computed(item) and item.anchors:
            drawn.anchors = [f"{step}: {said(text)}" for step, text in enumerate(item.anchors.texts, instrument.lowest)]
        proposed: Proposed | None = self.proposals.get((instrument.key, item.key))
        drawn.proposed = proposed
        drawn.lines = self.lines_of(instrument, item)
        return drawn

    def lines_of(self, instrument: Instrument, item: Item) -> list[str]:
        """What stands above an item besides."""
        return []

    @property
    def helper(self):
        """With what the page's script needs to know."""
        helper = super().helper
        helper.attrs |= self.data_attributes
        return helper


class RatingForm(ItemsForm):
    """A rater's items."""

    submit_label = _("Save and go on")
    second_label = _("Save and stop here")
    second_name = "stop"
    before_submit = _("Only you see this until both of you are done.")


class SettlingForm(ItemsForm):
    """What the two agree on for some items; above each stands what both gave."""

    submit_label = _("Save and go on")

    def __init__(self, *args, gave, **kwargs):
        self.gave = gave  # by item: what both gave, in words
        super().__init__(*args, **kwargs)

    def lines_of(self, instrument, item):
        """What both gave."""
        return self.gave[about(instrument, item)]

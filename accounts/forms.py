"""What every form of Holdfast shares: our words for what went wrong, and being sent only once.

A form is `class GoalForm(PageForm, forms.ModelForm)`; `{% crispy form %}` prints it whole.
"""

import uuid
from dataclasses import dataclass

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils import timezone
from django.utils.functional import cached_property, lazy
from django.utils.translation import gettext_lazy as _

from accounts.openings import OPENED, stamp

SUBMISSION = "submission"
DATE_FORMATS = ["%Y-%m-%d", "%d.%m.%Y"]  # what browsers send, and what people here type without a date picker
TIME_FORMATS = ["%H:%M", "%H.%M", "%H:%M:%S"]

# What to say when nothing was given, by the kind of field; the first that fits.
REQUIRED = (
    (forms.MultipleChoiceField, _("Choose at least one under “{label}”.")),
    (forms.ModelMultipleChoiceField, _("Choose at least one under “{label}”.")),
    (forms.ChoiceField, _("Choose an answer to “{label}”.")),
    (forms.ModelChoiceField, _("Choose an answer to “{label}”.")),
    (forms.BooleanField, _("Tick “{label}” to go on.")),
    (forms.DateField, _("Give a date for “{label}”.")),
    (forms.DateTimeField, _("Give a date and time for “{label}”.")),
    (forms.TimeField, _("Give a time for “{label}”.")),
    (forms.IntegerField, _("Give a number for “{label}”.")),
    (forms.FileField, _("Choose a file for “{label}”.")),
    (forms.Field, _("Fill in “{label}”.")),
)
INVALID = (
    (forms.DateField, _("“{label}” must be a date, as in 24.12.2026.")),
    (forms.DateTimeField, _("“{label}” must be a date and a time, as in 24.12.2026 13:00.")),
    (forms.TimeField, _("“{label}” must be a time, as in 13:00.")),
    (forms.FloatField, _("“{label}” must be a number, as in 2.5.")),
    (forms.DecimalField, _("“{label}” must be a number, as in 2.5.")),
    (forms.IntegerField, _("“{label}” must be a whole number, as in 3.")),
    (forms.EmailField, _("“{label}” must be an e-mail address, as in name@example.org.")),
)
OTHER = {
    "max_length": _("“{label}” can have at most %(limit_value)d characters; you wrote %(show_value)d. Shorten it."),
    "min_length": _("“{label}” must have at least %(limit_value)d characters; you wrote %(show_value)d."),
    "max_value": _("“{label}” can be at most %(limit_value)s."),
    "min_value": _("“{label}” must be at least %(limit_value)s."),
    "max_digits": _("“{label}” can have at most %(max)s digits."),
    "max_decimal_places": _("“{label}” can have at most %(max)s decimals."),
    "max_whole_digits": _("“{label}” can have at most %(max)s digits before the decimals."),
    "invalid_choice": _("Choose one of the answers shown for “{label}”."),
    "invalid_list": _("Choose one of the answers shown for “{label}”."),
    "invalid_pk_value": _("Choose one of the answers shown for “{label}”."),
    "null_characters_not_allowed": _("“{label}” holds a character that cannot be stored. Write it again."),
}


def _name(message, label) -> str:
    # Some of these messages are filled with % later, so a % of the label must survive that.
    doubled = "%(" in str(message)
    return str(message).replace("{label}", str(label).replace("%", "%%") if doubled else str(label))


name_field = lazy(_name, str)


def _first(table, field):
    return next((message for kind, message in table if isinstance(field, kind)), None)


def _framework_messages(field: forms.Field) -> dict:
    """What the field would say if nobody had given it words of its own."""
    found: dict = {}
    for kind in reversed(type(field).__mro__):
        found.update(getattr(kind, "default_error_messages", {}))
    return found


class SubmissionField(forms.UUIDField):
    """The id of one filling-in of a form. A missing or spoilt one counts as new: it is no error of the person."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs):
        super().__init__(required=False, initial=uuid.uuid4, label="", **kwargs)

    def clean(self, value) -> uuid.UUID:
        """The id that was sent, or a new one."""
        try:
            return super().clean(value) or uuid.uuid4()
        except forms.ValidationError:
            return uuid.uuid4()


@dataclass(frozen=True)
class SummaryLine:
    """One line of the error summary: the words beside the field, and the id of the control to go to."""

    message: str
    target: str


class PageHelper(FormHelper):
    """crispy's helper with an action that is an address as it stands; crispy would look up a name on each rendering."""

    form_action = ""


class PageForm:
    """In front of `forms.Form` or `forms.ModelForm`.

    Gives the form its words, its look and its submission id. Nothing is checked by the browser, so
    that people read our sentences, and nothing that was typed is cut off.
    """

    submit_label = _("Save")
    submit_name = ""  # for a view that tells its buttons apart
    second_label = ""  # of another button beside the main one
    second_name = ""  # by which the form then knows that it was pressed
    cancel_url: str | None = None
    asked_for: tuple = ()  # fields that may be empty in some cases only, and so are not marked as optional
    examples: dict = {}  # by field: texts to learn from, shown when asked for
    labels: dict = {}  # by field, for forms whose fields come from elsewhere
    help_texts: dict = {}
    required_messages: dict = {}  # by field: what to say when nothing was given
    before_submit = ""  # shown right above the button, for instance who will see this
    form_action = ""
    use_required_attribute = False
    template_pack = "holdfast"

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields[SUBMISSION] = SubmissionField()
        for name, field in self.fields.items():
            self._prepare(name, field)

    def _prepare(self, name: str, field: forms.Field) -> None:
        field.label = self.labels.get(name, field.label)
        field.help_text = self.help_texts.get(name, field.help_text)
        label = field.label if field.label is not None else name.replace("_", " ").capitalize()
        field.label = label
        messages = {code: name_field(message, label) for code, message in OTHER.items()}
        messages["required"] = name_field(_first(REQUIRED, field), label)
        if message := _first(INVALID, field):
            messages["invalid"] = name_field(message, label)
        unspoken = _framework_messages(field)
        for code, message in messages.items():
            if field.error_messages.get(code) is unspoken.get(code):  # else the form's author gave words
                field.error_messages[code] = message
        if name in self.required_messages:
            field.error_messages["required"] = self.required_messages[name]
        if isinstance(field, forms.DateField):
            field.input_formats = DATE_FORMATS
            if not field.widget.is_hidden:
                field.widget = forms.DateInput(attrs={**field.widget.attrs, "type": "date"}, format="%Y-%m-%d")
        elif isinstance(field, forms.TimeField):
            field.input_formats = TIME_FORMATS
            if not field.widget.is_hidden:
                field.widget = forms.TimeInput(attrs={**field.widget.attrs, "type": "time"}, format="%H:%M")
        if isinstance(field.widget, forms.Textarea) and field.widget.attrs.get("rows") == "10":
            field.widget.attrs["rows"] = 4  # Django's ten lines ask for an essay
        field.widget.attrs.pop("cols", None)
        # A limit in the browser cuts pasted text without a word; a placeholder is gone when one types.
        for attribute in ("placeholder", "maxlength", "minlength"):
            field.widget.attrs.pop(attribute, None)
        if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
            self._word_the_blank(field)

    @staticmethod
    def _word_the_blank(field: forms.Field) -> None:
        """Put words where Django puts dashes; a question that needs an answer offers no empty radio button."""
        words = _("Choose") if field.required else _("Not given")
        if isinstance(field, forms.ModelChoiceField):
            if field.empty_label == BLANK_CHOICE_DASH[0][1]:
                field.empty_label = words
            return
        if isinstance(field.widget, forms.RadioSelect) and field.required:
            field.choices = [choice for choice in field.choices if choice[0] not in ("", None)]
        elif BLANK_CHOICE_DASH[0] in list(field.choices):
            field.choices = [(value, words if value == "" else label) for value, label in field.choices]

    @property
    def by_second(self) -> bool:
        """Whether the form was sent by its other button."""
        return bool(self.second_name) and bool(self.data.get(self.second_name))

    @property
    def form_id(self) -> str:
        """The id of the form element."""
        return f"{self.prefix}-form" if self.prefix else "page-form"

    @property
    def opened(self) -> str:
        """When the form was opened, signed; one that is shown again keeps the moment. No field: nobody fills it in."""
        return self.data.get(self.add_prefix(OPENED)) or self.initial.get(OPENED) or stamp(timezone.now())

    @cached_property
    def marks_optional(self) -> bool:
        """Whether the form mixes fields that must and need not be filled in, so that the latter are marked."""
        needed = {
            field.required
            for field in self.fields.values()
            if not field.widget.is_hidden and not isinstance(field.widget, forms.CheckboxInput)
        }
        return len(needed) == 2

    def get_layout(self) -> Layout:
        """The order and grouping of the fields; override to group them with crispy's layout objects."""
        return Layout(*(name for name in self.fields if name != SUBMISSION))

    @property
    def helper(self) -> FormHelper:
        """How crispy prints the form."""
        helper = PageHelper()
        helper.template_pack = self.template_pack
        helper.layout = self.get_layout()
        helper.form_id = self.form_id
        helper.form_action = str(self.form_action)
        helper.attrs = {"novalidate": True}
        helper.include_media = False
        return helper

    @property
    def summary(self) -> list[SummaryLine]:
        """The error summary: every message once, in the order of the fields."""
        lines = [
            SummaryLine(str(message), target_of(self[name]))
            for name in self.fields
            for message in self.errors.get(name, ())
        ]
        first = next((target_of(field) for field in self.visible_fields()), self.form_id)
        return [SummaryLine(str(message), first) for message in self.non_field_errors()] + lines


def target_of(field: forms.BoundField) -> str:
    """The id of the control that a summary line leads to: of several, the first."""
    widget = field.field.widget
    several = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.MultiWidget)
    return f"{field.auto_id}_0" if several else field.auto_id

"""The forms of a wave: opening it, answering it, and what the leader says to it."""

import re
from collections.abc import Mapping
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.forms import PageForm
from accounts.models import Member
from accounts.record_forms import OneOrNone, RecordForm, refuse_national_ids
from accounts.working_days import working_day_after
from assessments import waves
from assessments.figures import day
from assessments.forms.items import item_field
from assessments.instruments import Instrument
from assessments.models import Wave
from assessments.small_numbers import USUAL_MINIMUM

PARTS = re.compile(r"[\n,;]+")


class OpenWaveForm(RecordForm, forms.Form):
    """Whom to ask, until when, and of how many something is shown."""

    submit_label = _("Open the survey")
    leader = forms.ModelChoiceField(
        label=_("About which leader"), queryset=Member.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    emails = forms.CharField(
        label=_("E-mail addresses of the team"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "One on each line, from 2 to 60. Ask everybody the leader leads who knows of IMR, not only those who give "
            "it. The leader is not asked."
        ),
    )
    language = forms.ChoiceField(
        label=_("Language of the invitation"),
        choices=[("nb", _("Norwegian Bokmål")), ("en", _("English"))],
    )
    closes_on = forms.DateField(
        label=_("Last day to answer"), help_text=_("Two weeks are enough for most. At the end of the day it closes.")
    )
    remind_on = forms.DateField(
        label=_("Remind those who have not answered on"),
        required=False,
        help_text=_("Once, by mail, without anybody seeing whom. You can also do it later with one click."),
    )
    minimum = forms.TypedChoiceField(
        label=_("Smallest number of answers that is shown"),
        choices=[(5, "5"), (4, "4"), (3, "3")],
        coerce=int,
        help_text=_(
            "With fewer, nothing is shown. Choose less than 5 only where the team is smaller than that. It stands on "
            "the form and cannot be changed once the survey is open."
        ),
    )
    required_messages = {
        "emails": _("Write the e-mail addresses of the team, one on each line."),
        "leader": _("Choose the leader whom the survey is about."),
        "closes_on": _("Give the last day on which the team can answer."),
        "language": _("Choose the language in which the invitation is written."),
        "minimum": _("Choose the smallest number of answers that is shown."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        leaders = waves.leaders(self.member.service, on=self.today)
        self.fields["leader"].queryset = Member.objects.filter(pk__in=[one.pk for one in leaders])
        self.only_leader = leaders[0] if len(leaders) == 1 else None
        if len(leaders) < 2:  # nothing to choose from
            del self.fields["leader"]
        self.initial.setdefault("language", self.member.service.language)
        self.initial.setdefault("closes_on", self.today + timedelta(days=14))
        self.initial.setdefault("minimum", USUAL_MINIMUM)

    def clean_emails(self) -> list[str]:
        """The addresses, each once; what is wrong is named."""
        found = [part.strip().strip("<>") for part in PARTS.split(self.cleaned_data["emails"]) if part.strip()]
        wrong = [one for one in found if not _is_address(one)]
        if wrong:
            raise ValidationError(
                gettext("This is not an e-mail address: %(what)s. Put it right, or take the line out.")
                % {"what": wrong[0][:80]}
            )
        seen: set[str] = set()
        for one in found:
            if one.lower() in seen:
                raise ValidationError(
                    gettext("%(address)s stands there twice. Each person is asked once: take one of the lines out.")
                    % {"address": one}
                )
            seen.add(one.lower())
        if not waves.FEWEST_INVITED <= len(found) <= waves.MOST_INVITED:
            raise ValidationError(
                gettext("Write from %(fewest)d to %(most)d addresses under “E-mail addresses of the team”.")
                % {"fewest": waves.FEWEST_INVITED, "most": waves.MOST_INVITED}
            )
        return found

    def clean_closes_on(self):
        """From the next working day, as no mail leaves before that, and within two months."""
        last, first = self.cleaned_data["closes_on"], working_day_after(self.today)
        if not first <= last <= self.today + waves.LONGEST:
            raise ValidationError(
                gettext("The last day to answer must be between %(first)s, the next working day, and %(last)s.")
                % {"first": day(first), "last": day(self.today + waves.LONGEST)}
            )
        return last

    def clean(self):
        """What depends on two answers."""
        data = super().clean()
        if self.only_leader:
            data["leader"] = self.only_leader
        emails, minimum, remind_on, last = (data.get(name) for name in ("emails", "minimum", "remind_on", "closes_on"))
        leader = data.get("leader")
        if emails and leader and leader.user and leader.user.email.lower() in map(str.lower, emails):
            self.add_error(
                "emails",
                gettext("%(address)s is the leader's own address. The survey is about the leader: take it out.")
                % {"address": leader.user.email},
            )
        elif emails and minimum and len(emails) < minimum:
            said_so = ngettext(
                "You ask %(count)d person, and nothing is shown of fewer than %(minimum)d. Ask more people.",
                "You ask %(count)d people, and nothing is shown of fewer than %(minimum)d. Ask more people, or choose "
                "a smaller number below.",
                len(emails),
            )
            self.add_error("emails", said_so % {"count": len(emails), "minimum": minimum})
        first = working_day_after(self.today)
        if remind_on and last and not first <= remind_on <= last:
            self.add_error(
                "remind_on",
                gettext("The reminder must go between %(first)s, the next working day, and the last day to answer.")
                % {"first": day(first)},
            )
        if not leader and "leader" not in self.errors and "leader" not in self.fields:
            self.add_error(None, gettext("The service has no leader in post, so there is nobody to ask about."))
        return data


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


class AnswerForm(PageForm, forms.Form):
    """The items of both instruments on one page; any of them may be left out, and a choice may be taken back."""

    submit_label = _("Send my answers")
    second_label = _("Save and go on later")
    second_name = "later"

    def __init__(self, *args, wave: Wave, **kwargs):
        self.wave = wave
        self.asked = waves.instruments(wave)
        self.base_fields = {
            f"{instrument.key}_{item}": scale_field(instrument, item, texts)
            for instrument in self.asked
            for texts in [waves.exact_words(wave, instrument, get_language())]
            for item in instrument.items
        }
        super().__init__(*args, **kwargs)

    def of_instrument(self, place: int) -> list:
        """The questions of one of the instruments, as they are printed."""
        return [self[f"{self.asked[place].key}_{item}"] for item in self.asked[place].items]

    @cached_property
    def about_leading(self) -> list:
        """The questions about the leader."""
        return self.of_instrument(0)

    @cached_property
    def about_keeping(self) -> list:
        """The questions about the practice."""
        return self.of_instrument(1)

    def given(self, place: int) -> dict[str, int]:
        """What was answered on one of the instruments, by item."""
        key = self.asked[place].key
        return {
            item: int(self.cleaned_data[f"{key}_{item}"])
            for item in self.asked[place].items
            if self.cleaned_data.get(f"{key}_{item}")
        }

    def clean(self):
        """Not quite empty: a link is used once."""
        data = super().clean()
        if not self.errors and not any(self.given(place) for place in range(len(self.asked))):
            raise ValidationError(_("Answer at least one question before you send, or save and go on later."))
        return data


def scale_field(instrument: Instrument, item: str, texts: Mapping[str, str]) -> OneOrNone:
    """A question of an instrument with the steps of its scale; in the exact words where there are some."""
    return item_field(
        instrument.by_key[item],
        instrument,
        official_text=texts.get(item, ""),
        to_check=False,
        none_label=_("Skip this one"),
    )


class ReplyForm(RecordForm, forms.Form):
    """What the leader says to those who were asked."""

    seen_with = Permission.SEE_RECORD
    submit_label = _("Send it")
    reply = forms.CharField(
        label=_("What will come of it"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What you heard, what you will do, and by when. Nothing about a patient, nobody's name."),
        validators=[refuse_national_ids],
    )
    required_messages = {"reply": _("Write in a sentence or two what will come of it.")}


class WaveConfirmForm(RecordForm, forms.Form):
    """Nothing but the button."""

    submit_label = _("Yes")

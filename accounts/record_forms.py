"""What several forms of the record share."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum.no import fodselsnummer

from accounts.access import Permission, members_who_may
from accounts.forms import PageForm
from accounts.models import Member, Role


class RecordForm(PageForm):
    """A form of a service's record: it knows who fills it in, and what day it is.

    No text of it takes a national identity number. Practitioners read above the button who will see
    what they save, if `seen_with` names what one must be allowed to do for that (quality point F13).
    """

    seen_with: Permission | None = None

    def __init__(self, *args, member: Member, today, **kwargs):
        self.member, self.today = member, today
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, MemberChoice):
                field.offer(member, on=today)
            elif isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField):
                field.validators.append(refuse_national_ids)

    @property
    def before_submit(self) -> str:
        """Who will see what is saved, by name."""
        if self.seen_with is None or self.member.role != Role.PRACTITIONER:
            return ""
        names = self.others_who_may(self.seen_with)
        if not names:
            return gettext("Nobody else can sign in to this service yet.")
        return gettext("Seen by %(names)s.") % {"names": names}

    def others_who_may(self, permission: Permission) -> str:
        """The names of everybody else here whom it is allowed to, as a list in a sentence; empty for nobody."""
        others = members_who_may(self.member.service, permission, on=self.today).exclude(pk=self.member.pk)
        return get_text_list([str(other) for other in others], gettext("and")) if others else ""


class MemberChoice(forms.ModelChoiceField):
    """One of the people who can act in the service; nobody is chosen beforehand."""

    def __init__(self, **kwargs):
        kwargs.setdefault("empty_label", _("Nobody yet"))
        super().__init__(queryset=Member.objects.none(), **kwargs)

    def offer(self, member: Member, *, on) -> None:
        """Offer those who are in the member's service on that day and can do something there."""
        self.queryset = (
            Member.objects.filter(service=member.service)
            .present(on)
            .exclude(role__in=[Role.SPONSOR])
            .order_by("name", "pk")
        )


# Eleven digits as people write a national identity number: whole, or in groups. Not part of a longer number.
ELEVEN_DIGITS = re.compile(r"(?<!\d)\d\d[ .\-]?\d\d[ .\-]?\d\d[ .\-:]?\d{3} ?\d\d(?!\d)")


def refuse_national_ids(text: str) -> None:
    """Raise ValidationError when a number with the check digits of a Norwegian national identity number is in it.

    Nothing about a single patient enters the product (quality point F12). The date in the number is
    not looked at: numbers for people without one, and those made for tests, are refused as well.
    """
    for found in ELEVEN_DIGITS.findall(text):
        digits = "".join(character for character in found if character.isdigit())
        checks = fodselsnummer.calc_check_digit1(digits), fodselsnummer.calc_check_digit2(digits)
        if (digits[9], digits[10]) == checks:
            raise ValidationError(
                _("This looks like a national identity number. Take it out: nothing about a patient belongs here."),
                code="national_id",
            )


class OneOrNone(forms.ChoiceField):
    """One answer or none. Nothing is chosen beforehand; the last choice takes an earlier answer back."""

    NONE = "none"

    def __init__(self, *, choices, none_label, **kwargs):
        super().__init__(
            choices=[*choices, (self.NONE, none_label)], required=False, widget=forms.RadioSelect, **kwargs
        )

    def clean(self, value):
        """The code that was chosen; empty for none."""
        chosen = super().clean(value)
        return "" if chosen == self.NONE else chosen


class YesNo(OneOrNone):
    """A question with yes or no; without an answer nobody has said, and it is None."""

    def __init__(self, **kwargs):
        kwargs.setdefault("none_label", _("Not known"))
        super().__init__(choices=[(True, _("Yes")), (False, _("No"))], **kwargs)

    def clean(self, value) -> bool | None:
        """True, False or None."""
        return {"True": True, "False": False}.get(super().clean(value))


class WithdrawForm(RecordForm, forms.Form):
    """Nothing but the button: somebody confirms."""

    submit_label = _("Withdraw the entry")


class ConfirmForm(RecordForm, forms.Form):
    """Nothing but the button: somebody says yes."""

    seen_with = Permission.SEE_RECORD
    submit_label = _("Yes")

"""What several forms of the record share."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NotANumber
from stdnum.no import fodselsnummer

from accounts.forms import PageForm
from accounts.models import Member, Role


class RecordForm(PageForm):
    """A form of a service's record: it knows who fills it in, and what day it is."""

    def __init__(self, *args, member: Member, today, **kwargs):
        self.member, self.today = member, today
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, MemberChoice):
                field.offer(member, on=today)


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


def refuse_national_ids(text: str) -> str:
    """The text, unless a run of eleven digits in it is a valid Norwegian national identity number.

    Raises ValidationError: nothing about a single patient enters the product (quality point F12).
    """
    digits = "".join(character if character.isdigit() else " " for character in text.replace(" ", "").replace(".", ""))
    for run in digits.split():
        for start in range(len(run) - 10):
            try:
                fodselsnummer.validate(run[start : start + 11])
            except NotANumber:
                continue
            raise ValidationError(
                _("This looks like a national identity number. Take it out: nothing about a patient belongs here."),
                code="national_id",
            )
    return text


class NoteField(forms.CharField):
    """Free text in which no national identity number is accepted."""

    def clean(self, value):
        """The text; raises ValidationError when a national identity number is in it."""
        return refuse_national_ids(super().clean(value))


class WithdrawForm(RecordForm, forms.Form):
    """Nothing but the button: somebody confirms."""

    submit_label = _("Withdraw the entry")


class ConfirmForm(RecordForm, forms.Form):
    """Nothing but the button: somebody says yes."""

    submit_label = _("Yes")

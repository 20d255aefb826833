"""Issuing documents."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.record_forms import RecordForm
from planning.models import Document


class IssuePlanForm(RecordForm, forms.Form):
    """In which language the plan is written."""

    submit_label = _("Issue the plan")
    language = forms.ChoiceField(
        label=_("Language of the plan"), choices=Document._meta.get_field("language").choices, widget=forms.Select
    )


class IssueForm(RecordForm, forms.Form):
    """In which language a document is written."""

    submit_label = _("Issue it")
    language = forms.ChoiceField(
        label=_("Language of the document"), choices=Document._meta.get_field("language").choices, widget=forms.Select
    )

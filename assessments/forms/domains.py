"""The forms of the domain means of sustainability tools that were filled in elsewhere, one for each tool."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.domains import DOMAINS, HIGHEST, LOWEST
from assessments.forms.dated import DatedForm
from assessments.models import DomainMeans
from assessments.wording import said


def domain_fields(tool: str) -> dict[str, forms.Field]:
    """A field for each domain of a tool: its mean."""
    return {
        domain: forms.DecimalField(
            label=said(name),
            min_value=LOWEST,
            max_value=HIGHEST,
            max_digits=4,
            decimal_places=3,
            widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
        )
        for domain, name in DOMAINS[tool].items()
    }


class DomainMeansForm(DatedForm):
    """The mean of each domain of one tool, as the tool's own report gives it."""

    submit_label = _("Save the means")
    required_messages = {"rated_on": _("Give the date of the report.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for domain, mean in self.instance.means.items():
            self.initial.setdefault(domain, mean)

    def same_day(self, day):
        """The means of this tool on that day, of which there can be one."""
        return super().same_day(day).filter(tool=self.instance.tool)

    def save(self, commit=True):
        """The means as text, as written."""
        self.instance.means = {domain: f"{self.cleaned_data[domain]:f}" for domain in DOMAINS[self.instance.tool]}
        return super().save(commit)


def form_of(tool: str) -> type[DomainMeansForm]:
    """The form of one tool."""
    meta = type("Meta", (), {"model": DomainMeans, "fields": ["rated_on"]})
    return type(forms.ModelForm)(f"{tool.capitalize()}Form", (DomainMeansForm,), {"Meta": meta, **domain_fields(tool)})


FORMS = {tool: form_of(tool) for tool in DomainMeans.Tool.values}

"""What the pages of the record share."""

from django.http import Http404
from django.urls import reverse

from accounts import audit
from accounts.pages import FormPage


class RecordFormPage(FormPage):
    """A form of the record: it is told who fills it in and what day it is."""

    def get_form_kwargs(self):
        """Adds `member` and `today`."""
        return super().get_form_kwargs() | {"member": self.member, "today": self.today}

    def here(self, name: str, *args) -> str:
        """The address of another page of this service."""
        return reverse(name, args=[self.service.key, *args])

    def audit(self, code: str, obj, **details) -> None:
        """Note in the trail what this page did, in the transaction of the change."""
        audit.record(code=code, by=self.request.user, service=self.service, obj=obj, **details)


def one_or_404(queryset, **lookup):
    """The one object of a set that is already limited to the service; 404 when it has none such."""
    obj = queryset.filter(**lookup).first()
    if obj is None:
        raise Http404
    return obj

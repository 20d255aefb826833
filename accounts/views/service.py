"""The service's own settings."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.access import Permission
from accounts.models import Service
from accounts.pages import FormPage
from accounts.service_forms import ServiceForm


class ServiceSettings(FormPage):
    """Its name, its setting, when IMR began and its project ends, the language of its documents."""

    permission = Permission.MANAGE_PEOPLE
    form_class = ServiceForm
    title = _("The service")
    section = "people"

    def get_instance(self):
        """A fresh copy: the header must not show what was not saved."""
        return Service.objects.get(pk=self.service.pk)

    def get_form_kwargs(self):
        """Adds the day."""
        return super().get_form_kwargs() | {"today": self.today}

    def save(self, form):
        """Save what changed."""
        service = form.save()
        audit.record(code="service.changed", by=self.request.user, service=service, obj=service)
        return service

    def success_url(self, service):
        """The people, from where one came."""
        return reverse("people", kwargs={"service_key": service.key})

    def cancel_url(self):
        """The people, from where one came."""
        return reverse("people", kwargs={"service_key": self.service.key})

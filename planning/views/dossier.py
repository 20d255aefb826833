"""A service's whole record as a file, for its leaders. It is taken out here, and brought in by a command alone.

Asking for it is a form: it leaves a line in the trail. The file then lies for a quarter of an hour at an address that
only the person who asked can open; opening it changes nothing.
"""

from datetime import timedelta
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts.access import Permission, ServiceMixin
from accounts.record_pages import RecordFormPage
from planning.dossiers import exporting
from planning.forms.dossier import WITH, TakeOutForm

LIES_READY = timedelta(minutes=15)
SALT = "planning.dossier"


class TakeOut(RecordFormPage):
    """What leaves and what does not; with names or without."""

    permission = Permission.EXPORT_DOSSIER
    fresh = True
    form_class = TakeOutForm
    template_name = "planning/dossier.html"
    title = _("Take the record out")
    intro = _(
        "You get the whole record of the service, as it is today, as one file. Another Holdfast can take it in: "
        "there it gives the same flags and, with names, the same plan."
    )
    section = "documents"

    def save(self, form):
        """Note in the trail that it leaves, and with what."""
        with_names = form.cleaned_data["names"] == WITH
        exporting.note(self.service, with_names=with_names, by=self.request.user)
        return with_names

    def success_message(self, with_names):
        """None: what comes is the file."""
        return ""

    def success_url(self, with_names):
        """The file, for this person and a while."""
        asked = [self.service.pk, self.request.user.pk, with_names]
        return f"{self.here('dossier_file')}?{urlencode({'asked': signing.dumps(asked, salt=SALT)})}"

    def cancel_url(self):
        """Back to the documents."""
        return self.here("documents")


class DossierFile(ServiceMixin, View):
    """The file that was asked for."""

    permission = Permission.EXPORT_DOSSIER
    fresh = True

    def get(self, request, *args, **kwargs):
        """The file; the page to ask for it when this person has not, or too long ago."""
        try:
            *whose, with_names = signing.loads(request.GET.get("asked", ""), salt=SALT, max_age=LIES_READY)
        except (signing.BadSignature, ValueError):
            whose, with_names = [], False
        if whose != [self.service.pk, request.user.pk]:
            return redirect("dossier", self.service.key)
        text = exporting.export_dossier(self.service, as_of=self.today, with_names=with_names)
        name = f"holdfast-{self.service.key}-{self.today.isoformat()}.json"
        return HttpResponse(
            text,
            content_type="application/json",
            headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
        )

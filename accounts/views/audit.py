"""What was done in a service, by whom and when."""

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit_words
from accounts.access import Permission
from accounts.models import AuditEvent
from accounts.pages import Page

EVENTS_A_PAGE = 50


class Audit(Page):
    """The service's events in words, newest first."""

    permission = Permission.SEE_AUDIT
    template_name = "accounts/audit.html"
    title = _("What was done")
    intro = _("Changes to the record, by whom and when. Lines can be neither changed nor removed here.")
    section = "people"

    def get_context_data(self, **kwargs):
        """One page of events.

        Entries without a name are dated by the Monday of their release, and no earlier shown; of several
        with the same moment the order tells nothing, as their ids are random (quality point F14). Of an entry
        that its author took back nothing is shown, not even that it was taken back.
        """
        events = AuditEvent.objects.filter(service_key=self.service.key, at__lte=timezone.now())
        withdrawn = AuditEvent.objects.filter(service_key=self.service.key, code="conflict.withdrawn")
        events = events.exclude(object_kind="priorityconflict", object_id__in=withdrawn.values("object_id"))
        page = Paginator(events.order_by("-at", "code", "object_id", "pk"), EVENTS_A_PAGE).get_page(
            self.request.GET.get("page")
        )
        return super().get_context_data(
            page=page, lines=audit_words.lines(list(page.object_list), service=self.service), **kwargs
        )

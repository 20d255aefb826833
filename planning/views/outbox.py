"""What mail went to whom; sending it again when a person says so; stopping it by its link."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from accounts.access import Permission, ServiceMixin
from accounts.pages import Page
from accounts.record_forms import ConfirmForm
from accounts.record_pages import RecordFormPage, one_or_404
from planning import addresses, link_only, mailing, opt_outs, outbox, reminders
from planning.mail_ahead import DAYS_AHEAD, mail_ahead
from planning.models import Message
from planning.wording.mail import STOPPING

PER_PAGE = 50


class Outbox(Page):
    """Every message of the service, the latest first."""

    permission = Permission.SEE_OUTBOX
    template_name = "planning/outbox.html"
    title = _("Messages")
    section = "outbox"

    def get_context_data(self, **kwargs):
        """One page of messages, and how many need somebody to look at them."""
        rows = (
            self.service.messages.for_outbox()
            .select_related("recipient", "document", "review", "service")
            .order_by("-created_at", "-pk")
        )
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("page"))
        now = timezone.now()
        stuck = self.service.messages.for_outbox().filter(state__in=[Message.State.FAILED, Message.State.UNCERTAIN])
        return super().get_context_data(
            lines=outbox.lines(page, at=now),
            unreached=addresses.unreached(self.service, on=self.today),
            link_only=link_only.is_chosen(self.service),
            page_obj=page,
            stuck=stuck.count(),
            **kwargs,
        )


class MessageMixin:
    """Finds the message in the address."""

    permission = Permission.SEE_OUTBOX
    section = "outbox"

    @cached_property
    def message(self) -> Message:
        """A message of this service."""
        rows = self.service.messages.for_outbox().select_related("recipient__user", "document", "review", "service")
        return one_or_404(rows, pk=self.kwargs["message_pk"])

    @cached_property
    def mail(self) -> outbox.Opened:
        """The message itself, where it lies in our own folder; 404 where a mail server has it."""
        found = outbox.opened_message(self.message) if settings.EMBEDDED else None
        if found is None:
            raise Http404
        return found


class OutboxMessage(MessageMixin, Page):
    """One message, opened. Only on one's own machine: elsewhere we keep none."""

    template_name = "planning/outbox_message.html"

    def get_title(self):
        """Its subject."""
        return self.mail.subject

    def get_context_data(self, **kwargs):
        """The message as its reader gets it."""
        return super().get_context_data(
            mail=self.mail, line=outbox.lines([self.message], at=timezone.now())[0], **kwargs
        )


class OutboxAttachment(MessageMixin, ServiceMixin, View):
    """A file that came with a message, to keep."""

    def get(self, request, *args, **kwargs):
        """The file; never shown within a page of ours."""
        try:
            attachment = self.mail.attachments[self.kwargs["position"]]
        except IndexError:
            raise Http404 from None
        return HttpResponse(
            attachment.content,
            content_type=attachment.content_type,
            headers={"Content-Disposition": f'attachment; filename="{attachment.name}"'},
        )


class SendAgain(MessageMixin, RecordFormPage):
    """A person decides that a failed or uncertain message goes once more."""

    form_class = ConfirmForm
    title = _("Send it again?")

    def get_intro(self):
        """What may come of it."""
        if self.message.state == Message.State.UNCERTAIN:
            return _("Nobody knows whether it arrived. If it did, %(name)s gets it twice.") % {
                "name": self.message.recipient.name
            }
        return _("It goes to %(name)s within a minute or two, or on the next working morning.") % {
            "name": self.message.recipient.name
        }

    def save(self, form):
        """Plan it once more."""
        try:
            mailing.send_again(self.message, by=self.member, at=timezone.now())
        except mailing.CannotSendAgain:
            raise ValidationError(_("It is on its way, has arrived, or its time is over.")) from None
        return self.message

    def success_message(self, message):
        """On its way."""
        return _("It goes out within a minute or two, or on the next working morning.")

    def success_url(self, message):
        """Back to the messages."""
        return self.here("outbox")

    def cancel_url(self):
        """Back to the messages."""
        return self.here("outbox")


class MailAhead(Page):
    """What will be sent in the next thirty days, if nothing changes."""

    permission = Permission.SEE_OUTBOX
    template_name = "planning/mail_ahead.html"
    title = _("What will be sent")
    section = "outbox"

    def get_context_data(self, **kwargs):
        """What is to come, by the day, and whom it does not reach."""
        now = timezone.now()
        return super().get_context_data(
            ahead=mail_ahead(self.service, at=now),
            days=DAYS_AHEAD,
            unreached=[member.name for member in addresses.unreached(self.service, on=timezone.localdate(now))],
            link_only=link_only.is_chosen(self.service),
            **kwargs,
        )


class AttachPlan(RecordFormPage):
    """Choose whether the plan on a page comes with mail, or only the link: the address says which."""

    permission = Permission.SEE_OUTBOX
    form_class = ConfirmForm
    section = "outbox"

    @property
    def attach(self) -> bool:
        """Which of the two."""
        return self.kwargs["switch"] == "on"

    def get_title(self):
        """The question."""
        return _("Attach the plan on a page?") if self.attach else _("Send only the link to the plan?")

    def get_intro(self):
        """What changes."""
        if self.attach:
            return _("News of a plan and reminders of a review come with the plan on a page. It tells of no conflict.")
        return _("Mail carries no plan any more, only the link to it. Reading it takes signing in.")

    def save(self, form):
        """Switch it; twice does no harm."""
        link_only.choose(self.service, attach=self.attach, by=self.member)
        return self.attach

    def success_message(self, attach):
        """What is so now."""
        return _("Mail comes with the plan on a page.") if attach else _("Mail comes with the link alone.")

    def success_url(self, attach):
        """Back to the messages."""
        return self.here("outbox")

    def cancel_url(self):
        """Back to the messages."""
        return self.here("outbox")


class AddressWorks(RecordFormPage):
    """A leader knows that somebody's address works, so mail goes there again."""

    permission = Permission.SEE_OUTBOX
    form_class = ConfirmForm
    section = "outbox"
    title = _("Does the address work again?")

    @cached_property
    def unreached(self):
        """Somebody of this service whose address refuses mail."""
        found = {one.pk: one for one in addresses.unreached(self.service, on=self.today)}
        if self.kwargs["member_pk"] not in found:
            raise Http404
        return found[self.kwargs["member_pk"]]

    def get_intro(self):
        """What happens then."""
        return _("Mail goes to %(name)s again. If the address still refuses it, you are told again.") % {
            "name": self.unreached.name
        }

    def save(self, form):
        """Mail goes there again."""
        addresses.works_again(self.unreached.user, by=self.request.user, at=timezone.now(), service=self.service)
        return self.unreached

    def success_message(self, member):
        """What is so now."""
        return _("Mail goes to %(name)s again.") % {"name": member.name}

    def success_url(self, member):
        """Back to the messages."""
        return self.here("outbox")

    def cancel_url(self):
        """Back to the messages."""
        return self.here("outbox")


@method_decorator([never_cache, csrf_exempt], name="dispatch")
class Unsubscribe(View):
    """Stop one kind of mail by its link, signed for one person and one kind.

    Opening the page changes nothing, as mail scanners open every link. Stopping is a POST, which mail
    programs send themselves, without cookies (RFC 8058); so the link is the only proof there is.
    """

    def dispatch(self, request, *args, **kwargs):
        """Find whom the link is about and speak their language."""
        found = opt_outs.read(kwargs["token"])
        if found is None:
            raise Http404
        self.member, self.kind = found
        with translation.override(self.member.user.language):
            return super().dispatch(request, *args, **kwargs)

    def get(self, request, **_kwargs):
        """The page with the button."""
        return self.page(request)

    def post(self, request, **_kwargs):
        """Stop, or start again if the button that says so was pressed; as often as one likes."""
        if "start_again" in request.POST:
            opt_outs.start_again(self.member, kind=self.kind)
        else:
            opt_outs.stop(self.member, kind=self.kind)
        return self.page(request)

    def page(self, request):
        """What is so now, and the way to change it."""
        words, named = STOPPING[self.kind], {"service": self.member.service.name}
        stopped = reminders.opted_out(self.member, kind=self.kind)
        context = {
            "title": words.title,
            "stopped": stopped,
            "sentence": str(words.stopped if stopped else words.comes) % named,
            "stop_label": words.stop,
        }
        return render(request, "planning/unsubscribe.html", context)

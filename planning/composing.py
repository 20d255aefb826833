"""What a mail says and carries: the facts of ledger rows, in the language of whoever gets them.

As few facts as it takes; everything else stays behind the link (quality point M14).
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import formats, timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.mail import AUTOMATIC
from assessments import waves
from planning import calendar_mail, digest, link_only, opt_outs, reminders, unanswered, visits_due
from planning.ledger import OSLO, day_in_oslo
from planning.links import link
from planning.models import Document, DocumentFile, Message
from planning.wording.mail import STOPPING
from planning.wording.mail_lines import also_line, digest_sentences

LARGEST_MAIL = 2_000_000  # bytes of the whole message as sent; a larger one goes without its attachment
READING_PAGES = {"vision": "vision_acknowledge", "expectation": "expectation_acknowledge"}
# The kinds that carry the plan in force; the news of a plan carries that plan.
WITH_THE_PLAN = (Message.Kind.REVIEW_SOON, Message.Kind.REVIEW_TOMORROW, Message.Kind.RESTART_DUE)


def compose(message: Message, *more: Message, at: datetime) -> EmailMultiAlternatives:
    """The mail of ledger rows to one person, in their language; with the plan on a page while it stays small.

    The first row gives the subject, the one main action and the headers; of the others it tells in a line each.
    """
    if message.kind in WITH_THE_PLAN and message.state != Message.State.HANDED_OVER:  # else it keeps what it carried
        message.document = Document.objects.plans().filter(service=message.service_id).in_force()
    page = _page_one(message.document) if message.document else None
    mail = _compose(message, more, page=page, at=at)
    if page and len(mail.message().as_bytes(linesep="\r\n")) > LARGEST_MAIL:
        mail = _compose(message, more, page=None, at=at)
    return mail


def _page_one(plan: Document) -> bytes | None:
    """The bytes of the plan on a page, without loading the whole document; none where a service wants links alone."""
    if not plan.is_plan or link_only.is_chosen(plan.service):
        return None
    found = DocumentFile.objects.filter(document=plan).values_list("page_one", flat=True).first()
    return bytes(found) if found else None


def _compose(message: Message, more: Iterable[Message], *, page: bytes | None, at: datetime) -> EmailMultiAlternatives:
    address, language = _reader(message)
    with translation.override(language):
        context = _context(message, attached=page is not None, at=at)
        context["also"] = [also_line(row.kind, _context(row, attached=False, at=at)) for row in more]
        name = f"emails/{message.kind}"
        mail = EmailMultiAlternatives(
            subject=" ".join(render_to_string(f"{name}.subject.txt", context).split()),
            body=render_to_string(f"{name}.txt", context),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[address],
            headers=_headers(message, context),
        )
        mail.attach_alternative(render_to_string(f"{name}.html", context), "text/html")
        if message.kind == Message.Kind.REVIEW_INVITATION:
            calendar_mail.attach(mail, message)
        if page is not None:
            # ASCII whatever the language: not every mail program reads anything else in a file name.
            name = slugify(_("action plan"))
            mail.attach(f"{name}-{message.service.key}-{message.document.number}.pdf", page, "application/pdf")
    return mail


def _reader(message: Message) -> tuple[str, str]:
    """The address and the language of whoever gets it: a member, or somebody who was asked in a survey."""
    if message.invitation:
        return message.invitation.email, message.invitation.language
    return message.recipient.user.email, message.recipient.user.language


def _context(message: Message, *, attached: bool, at: datetime) -> dict:
    """The few facts a mail tells; everything else stays behind the link."""
    service, plan, review = message.service, message.document, message.review
    context = {
        "service": service,
        "plan": plan,
        "attached": attached,
        "role": message.recipient.get_role_display() if message.recipient else "",
        "language": translation.get_language(),
        "today": day_in_oslo(at),
        "stop_url": "",
    }
    if plan:
        context["url"] = link("document", service_key=service.key, kind=plan.kind, number=plan.number)
        context["issued_on"] = in_words(day_in_oslo(plan.issued_at))
    if review:
        starts_at = timezone.localtime(calendar_mail.moment_of(message), OSLO)
        context |= {
            "review": review,
            "review_day": in_words(starts_at.date()),
            "review_day_short": formats.date_format(starts_at, _("l j F")),
            "review_time": f"{starts_at:%H:%M}",
            "url": link("review", service_key=service.key, review_pk=review.pk),
        }
    if find := FACTS.get(message.kind):
        context |= find(message, on=context["today"])
    if message.kind in Message.OPTIONAL:
        context["stop_label"] = STOPPING[message.kind].stop
        context["stop_url"] = link("unsubscribe", token=opt_outs.token(message.recipient, kind=message.kind))
    return context


def _of_restart(message: Message, *, on: date) -> dict:
    day = reminders.restart_day(message)
    return {
        "restart_on": day,
        "restart_day": in_words(day),
        "restart_day_short": formats.date_format(day, _("l j F")),
        "url": link("pauses", service_key=message.service.key),
    }


def _of_week(message: Message, *, on: date) -> dict:
    return {"week": reminders.week_of(message), "url": link("week_check_in_add", service_key=message.service.key)}


def _of_conflicts(message: Message, *, on: date) -> dict:
    count, since = unanswered.waiting(message.service_id, on=on)
    return {"count": count, "since": since, "url": link("conflicts", service_key=message.service.key)}


def _of_wave(message: Message, *, on: date) -> dict:
    """Who asks, about whose team, until when; and the reader's own link."""
    wave = message.invitation.wave
    return {
        "wave": wave,
        "asked_by": wave.opened_by.name if wave.opened_by else "",
        "leader": wave.leader.name,
        "closes_on": in_words(wave.closes_on),
        "url": link("wave_answer", token=waves.token(message.invitation)),
    }


def _to_read(message: Message, *, on: date) -> dict:
    """What there is to read, and the one page to read it on."""
    unread = reminders.still_unread(message, on=on)
    page = READING_PAGES[unread[0]] if len(unread) == 1 else "plan"
    return {"unread": unread, "url": link(page, service_key=message.service.key)}


def _of_visit(message: Message, *, on: date) -> dict:
    due_on = visits_due.due_day(message)
    return {"due_day": in_words(due_on), "url": link("fidelity", service_key=message.service.key)}


def _of_digest(message: Message, *, on: date) -> dict:
    """What is due to the member in the week, as sentences without names or titles."""
    facts = digest.facts_of([message.recipient], on=on)[message.recipient_id]
    return {"sentences": digest_sentences(facts), "url": link("service_home", service_key=message.service.key)}


def _of_invitation(message: Message, *, on: date) -> dict:
    return calendar_mail.context(message)


# What a mail tells besides, by its kind; `on` is the day in Oslo.
FACTS: dict[str, Callable[..., dict]] = {
    Message.Kind.RESTART_DUE: _of_restart,
    Message.Kind.WEEK_DUE: _of_week,
    Message.Kind.TO_READ: _to_read,
    Message.Kind.CONFLICTS_WAITING: _of_conflicts,
    Message.Kind.VISIT_DUE: _of_visit,
    Message.Kind.DIGEST: _of_digest,
    Message.Kind.REVIEW_INVITATION: _of_invitation,
    **dict.fromkeys(Message.OF_WAVES, _of_wave),
}


def in_words(day) -> str:
    """A whole date in the active language: "Tuesday 1 December 2026"."""
    # Translators: a whole date in words, in the letters of Django's date filter.
    return formats.date_format(day, _("l j F Y"))


def _headers(message: Message, context: dict) -> dict[str, str]:
    headers = {"Message-ID": message_id(message), **AUTOMATIC}
    if context["stop_url"]:
        # One click in the mail program, without cookies (RFC 8058).
        headers["List-Unsubscribe"] = f"<{context['stop_url']}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def message_id(message: Message) -> str:
    """The same for every attempt at a row, so that even a mail sent twice by hand is known as one."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ")
    return f"<{message.kind}.{message.pk}.{message.created_at:%Y%m%d%H%M%S}@{domain}>"

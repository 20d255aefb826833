"""What the templates of all apps use: navigation, dates in words, small looks at a form field."""

import uuid
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.forms import DateField
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import navigation, phones, sessions
from accounts.access import Scope
from accounts.forms import SUBMISSION
from accounts.openings import OPENED, stamp

register = template.Library()


@register.simple_tag(takes_context=True)
def service_navigation(context):
    """The navigation of the service that the page belongs to; an empty list on other pages."""
    service, request = context.get("service"), context.get("request")
    if not service or "may" not in context or request is None:
        return []
    match = request.resolver_match
    return navigation.entries(
        service_key=service.key,
        may=context["may"],
        section=getattr(context.get("view"), "section", ""),
        url_name=match.url_name if match else "",
    )


@register.simple_tag(takes_context=True)
def session_ends(context):
    """How long the reader's session lasts and whose it is, for the script that warns; None where none can end."""
    request = context.get("request")
    if request is None or getattr(request, "session_scope", Scope.FULL) is not Scope.FULL:
        return None
    if not request.user.is_authenticated:
        return None
    return {
        "left": sessions.left_of(request.session),
        "warned": sessions.WARNED.total_seconds(),
        "whose": sessions.mark_of(request.user),
    }


@register.simple_tag(takes_context=True)
def remembered_phone(context):
    """The phone that this browser is remembered as for logging, if it is the reader's."""
    request = context["request"]
    phone = getattr(request, "remembered_phone", None) or phones.find(request, at=timezone.now())
    return phone if phone and phone.user == request.user else None


@register.simple_tag
def one_sending() -> str:
    """What a form of nothing but a button carries, so that it takes effect once: its id, and when it was opened."""
    return format_html(
        '<input type="hidden" name="{}" value="{}"><input type="hidden" name="{}" value="{}">',
        SUBMISSION,
        uuid.uuid4(),
        OPENED,
        stamp(timezone.now()),
    )


def _day(value) -> date | None:
    if isinstance(value, datetime):
        return timezone.localdate(value) if timezone.is_aware(value) else value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


@register.filter
def day(value, today=None) -> str:
    """A day as people say it: "Tue 1 Dec", with the year unless it is that of `today`."""
    found = _day(value)
    if found is None:
        return ""
    this_year = today is not None and found.year == _day(today).year
    # Translators: date format of a day within this year, in the letters of Django's date filter.
    short = _("D j M")
    # Translators: date format of a day in another year.
    long = _("D j M Y")
    return formats.date_format(found, short if this_year else long)


@register.filter
def short_day(value, today=None) -> str:
    """A day without its weekday: "3 Sep", with the year unless it is that of `today`."""
    found = _day(value)
    if found is None:
        return ""
    # Translators: date format of a day without its weekday, within this year and in another.
    short, long = _("j M"), _("j M Y")
    return formats.date_format(found, short if today and found.year == _day(today).year else long)


@register.filter
def week(value, today) -> str:
    """The week of a day in a sentence: "week 48", with the year unless it is that of `today`'s week.

    Years are those of ISO 8601: week 53 of 2026 ends on 3 January 2027.
    """
    found = _day(value)
    if found is None:
        return ""
    found = found.isocalendar()
    if found.year == _day(today).isocalendar().year:
        return _("week %(week)d") % {"week": found.week}
    return _("week %(week)d of %(year)d") % {"week": found.week, "year": found.year}


@register.filter
def distance(value, today) -> str:
    """How far a day is from `today`: "in 6 days", "6 days ago", "today"."""
    days = (_day(value) - _day(today)).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days == -1:
        return _("yesterday")
    if days > 0:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return ngettext("%(days)d day ago", "%(days)d days ago", -days) % {"days": -days}


@register.filter
def iso(value) -> str:
    """The day for the `datetime` attribute."""
    found = _day(value)
    return found.isoformat() if found else ""


@register.filter
def figure(value) -> str:
    """A number without noughts at its end, with the language's decimal sign: "1.5", "2"; empty for none."""
    if value is None:
        return ""
    return formats.number_format(f"{Decimal(value).normalize():f}")


@register.filter
def date_in_words(field) -> str:
    """The date a field now holds, in words, so that day and month are not mistaken; else empty."""
    if not isinstance(field.field, DateField):
        return ""
    found = _day(field.value())
    # Translators: a whole date in words, in the letters of Django's date filter.
    return formats.date_format(found, _("l j F Y")) if found else ""


@register.filter
def examples(field) -> tuple:
    """Texts to learn from for what is written in the field."""
    return getattr(field.form, "examples", {}).get(field.name, ())


@register.filter
def optional(field) -> bool:
    """Whether the field's label is to say that it may be left empty."""
    form = field.form
    asked_for = field.field.required or field.name in getattr(form, "asked_for", ())
    return not asked_for and getattr(form, "marks_optional", False)


@register.filter
def names(people) -> str:
    """Names as people write them in a sentence: "Asta, Arve and Ann"."""
    return get_text_list([person.name for person in people], _("and"))

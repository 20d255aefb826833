"""What the product itself costs: every saved form is counted for its day, never for a person.

With practitioners' forms a count would tell who has logged, so only what leaders save is counted for their service;
all the rest for all services together.
"""

from datetime import date

from django.db import transaction

from accounts.forms import PageForm
from accounts.models import LEADING_ROLES, Service
from accounts.pages import AFTER_SAVING, FormPage
from planning.effort_figures import FormEffort, bucket_of, minutes, together
from planning.models import EffortOfDay
from planning.risks.months import add_months


def note(page: FormPage, form: PageForm, seconds: int) -> None:
    """Count a form that was just saved, in the transaction of the saving."""
    leading = page.member.role in LEADING_ROLES
    count(
        page.request.resolver_match.url_name,
        service=page.service if leading else None,
        fields=len(form.visible_fields()),
        seconds=seconds,
        on=page.today,
    )


AFTER_SAVING.append(note)  # every form page of a service says when it has saved


@transaction.atomic
def count(form: str, *, service: Service | None, fields: int, seconds: int, on: date) -> EffortOfDay:
    """Count one saving. Two at the same time wait for each other's row, so that none is lost."""
    which = {"day": on, "service": service, "form": form}
    EffortOfDay.objects.get_or_create(**which)
    row = EffortOfDay.objects.select_for_update().get(**which)
    bucket = bucket_of(seconds)
    row.saved += 1
    row.fields = fields
    row.seconds[bucket] = row.seconds.get(bucket, 0) + 1
    row.save(update_fields=["saved", "fields", "seconds"])
    return row


def of_service(service: Service, *, month: date) -> list[FormEffort]:
    """What the service's leaders saved in a month, what cost most first."""
    return _by_form(EffortOfDay.objects.filter(service=service), month)


def of_month(month: date) -> list[FormEffort]:
    """What was saved in all services in a month, what cost most first."""
    return _by_form(EffortOfDay.objects.all(), month)


def _by_form(rows, month: date) -> list[FormEffort]:
    first = month.replace(day=1)
    found: dict[str, list[EffortOfDay]] = {}
    for row in rows.filter(day__gte=first, day__lt=add_months(first, 1)).order_by("form", "day", "pk"):
        found.setdefault(row.form, []).append(row)
    efforts = [
        FormEffort(
            form=form,
            saved=sum(row.saved for row in of_form),
            fields=max(row.fields for row in of_form),
            buckets=together(row.seconds for row in of_form),
        )
        for form, of_form in found.items()
    ]
    return sorted(efforts, key=lambda effort: (-effort.seconds, effort.form))


def minutes_of(service: Service, *, on: date) -> int | None:
    """About how many minutes the forms took the service's leaders in the month; None when nothing was counted."""
    efforts = of_service(service, month=on)
    return minutes(efforts) if efforts else None


def month_before(on: date) -> date:
    """A day of the month before."""
    return add_months(on.replace(day=1), -1)

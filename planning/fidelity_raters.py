"""Who may not rate fidelity because they deliver IMR in the service themselves, as the record tells it."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import Member
from assessments.visits import ALSO_DELIVERS
from planning.models import Allocation, Work

# Hours for these are hours with patients. Supervision and monitoring are work for IMR too, but not of giving it.
GIVING = (Work.SESSION, Work.PREPARATION)


def hours_with_patients(member: Member, on: date) -> str:
    """That somebody who is no practitioner has hours for sessions all the same; empty if not."""
    if not Allocation.objects.in_force(on).filter(member=member, work__in=GIVING).exists():
        return ""
    return _("%(name)s has hours set aside for IMR sessions here, and nobody rates their own work. Choose another.") % {
        "name": member.name
    }


ALSO_DELIVERS.append(hours_with_patients)  # whoever plans a visit asks; `planning.apps` sees to it that it is there

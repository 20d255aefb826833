"""Time for IMR: the four figures in one view; hours set aside by kind of work, for those who set them by person."""

from collections import defaultdict
from decimal import Decimal

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.pages import Page
from accounts.record_pages import RecordFormPage, one_or_404
from accounts.sheet_pages import WithSheet
from planning import allocations, hours_in_view, tables
from planning.forms.record import AllocationForm
from planning.models import Allocation, Work
from planning.wording.hours import shown


def hours_by_work(allocations) -> list[tuple[str, object]]:
    """(label of the kind of work, hours a week) in the order of `Work`, every kind shown; then the sum."""
    hours = defaultdict(int)
    for allocation in allocations:
        hours[allocation.work] += allocation.hours_per_week
    return [(work.label, hours[work.value]) for work in Work]


class Time(WithSheet, Page):
    """Hours a week: needed, set aside, kept, displaced."""

    permission = Permission.SEE_RECORD
    template_name = "planning/time.html"
    title = _("Time for IMR")
    section = "time"

    def sheet(self):
        """Single people's hours for those who may see them, the service's by kind of work for others."""
        return tables.allocations(self.member, on=self.today)

    def get_context_data(self, **kwargs):
        """The four figures; by kind of work; single people's hours for those who may see them, and one's own."""
        in_force = self.service.allocations.in_force(self.today).select_related("member")
        in_force = list(in_force.order_by("member__name", "work", "pk"))
        by_person = in_force if self.may(Permission.SEE_ALLOCATIONS) else []
        later = self.service.allocations.filter(starts_on__gt=self.today).select_related("member")
        view = hours_in_view.hours_in_view(self.member, self.today)
        total = sum(allocation.hours_per_week for allocation in in_force)
        used = Decimal(view.promised.numerator) / view.promised.denominator
        return super().get_context_data(
            view=shown(view),
            cleared=allocations.cleared(self.service, on=self.today),
            hours=hours_by_work(in_force),
            total=total,
            unused=total - used,  # of people who have left or stopped
            by_person=by_person,
            later=later.order_by("starts_on", "pk") if self.may(Permission.SEE_ALLOCATIONS) else [],
            own=[allocation for allocation in in_force if allocation.member_id == self.member.pk],
            **kwargs,
        )


class SetTimeAside(RecordFormPage):
    """Set hours a week aside for one person and one kind of work."""

    permission = Permission.EDIT_RECORD
    form_class = AllocationForm
    title = _("Set time aside")
    section = "time"

    def save(self, form):
        """Save it."""
        return allocations.set_aside(form.save(commit=False), by=self.member)

    def success_message(self, allocation):
        """Saved."""
        return _("Time set aside.")

    def success_url(self, allocation):
        """Back to the time."""
        return self.here("time")

    def cancel_url(self):
        """Back to the time."""
        return self.here("time")


class ChangeTime(SetTimeAside):
    """Change what was set aside, or end it."""

    title = _("Change the time set aside")

    @cached_property
    def allocation(self) -> Allocation:
        """The allocation in the address."""
        return one_or_404(self.service.allocations, pk=self.kwargs["allocation_pk"])

    def get_instance(self):
        """The allocation."""
        return self.allocation

    def success_message(self, allocation):
        """Changed."""
        return _("Time changed.")

"""How many hours a week IMR needs, beside those set aside; every figure behind it, with its source."""

from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts import records
from accounts.access import Permission
from accounts.pages import Page
from accounts.record_pages import RecordFormPage
from planning import capacity, needs
from planning.forms.capacity import CapacityForm
from planning.models import CapacityParameter, Work
from planning.wording import capacity as words
from planning.wording.caseload import month
from planning.wording.figures import FEWEST_SHOWN, few


@dataclass(frozen=True)
class PartRow:
    """A part of the need with what is set aside for it; empty where there is no such kind of time."""

    label: str
    low: str
    typical: str
    high: str
    set_aside: str


@dataclass(frozen=True)
class FigureRow:
    """One figure of the computation: the default with its source, and the service's own if it has one."""

    name: str
    label: str
    default: str
    source: str
    own: str
    own_source: str


def own_figures(service) -> dict[str, CapacityParameter]:
    """The service's own figures by name."""
    return {one.name: one for one in service.capacity_parameters.all()}


class Need(Page):
    """The need for hours today, and what it is computed from."""

    permission = Permission.SEE_RECORD
    template_name = "planning/need.html"
    title = _("How many hours IMR needs")
    section = "time"

    @cached_property
    def hours(self) -> needs.HoursToday:
        """What is needed and set aside today."""
        return needs.hours_today(self.service, self.today)

    def get_context_data(self, **kwargs):
        """The sentence, the parts, the figures."""
        need = self.hours.need
        return super().get_context_data(
            sentence=words.need_sentence(self.hours.low, self.hours.high, self.hours.together),
            basis=self.basis() if need else "",
            parts=self.parts() if need and self.shows_parts else [],
            parts_hidden=bool(need) and not self.shows_parts,
            hints=hints(own_figures(self.service)),
            figures=self.figures(),
            **kwargs,
        )

    @property
    def shows_parts(self) -> bool:
        """Whether the hours by part may be shown: who may not know a small count cannot be let work it out of them."""
        return self.may(Permission.SEE_CASELOAD) or not 0 < self.hours.need.individual < FEWEST_SHOWN

    def basis(self) -> str:
        """What the need is computed for."""
        need, exact = self.hours.need, self.may(Permission.SEE_CASELOAD)
        counts = {"individual": need.individual if exact else few(need.individual), "groups": need.groups}
        return " · ".join(
            (
                gettext("Computed for %(month)s") % {"month": month(need.month)},
                ngettext("%(individual)s patient one by one", "%(individual)s patients one by one", need.individual)
                % counts,
                ngettext("%(groups)s group", "%(groups)s groups", need.groups) % counts,
                ngettext("%(count)d practitioner", "%(count)d practitioners", need.practitioners)
                % {"count": need.practitioners},
                *([gettext("%(count)d of them new") % {"count": need.new}] if need.new else []),
            )
        )

    def parts(self) -> list[PartRow]:
        """Hours a week by part, then together."""
        need, kinds = self.hours.need, set(Work.values)
        rows = [
            PartRow(
                label=str(words.PARTS[part]),
                low=words.hours(need.low.weekly(part)),
                typical=words.hours(need.typical.weekly(part)),
                high=words.hours(need.high.weekly(part)),
                set_aside=words.hours(self.hours.set_aside.get(part, 0)) if part in kinds else "",
            )
            for part in capacity.PARTS
            if part in kinds or need.high.weekly(part)
        ]
        together = PartRow(
            label=gettext("Together"),
            low=words.hours(need.low.week),
            typical=words.hours(need.typical.week),
            high=words.hours(need.high.week),
            set_aside=words.hours(self.hours.together),
        )
        return [*rows, together]

    def figures(self) -> list[FigureRow]:
        """Every figure of the computation."""
        own = own_figures(self.service)
        return [figure_row(parameter, own.get(parameter.name)) for parameter in capacity.PARAMETERS.values()]


def figure_row(parameter: capacity.Parameter, own: CapacityParameter | None) -> FigureRow:
    """One figure in words."""
    return FigureRow(
        name=parameter.name,
        label=str(words.NAMES[parameter.name]),
        default=words.default(parameter),
        source=words.source(parameter),
        own=words.quantity(own.value, parameter.unit) if own else "",
        own_source=own.source if own else "",
    )


def hints(own: dict[str, CapacityParameter]) -> list[str]:
    """What the figures say besides: when a group pays off, how many are left of it, how many to ask."""
    values = {name: one.value for name, one in own.items()}
    size = int(capacity.figure("group_size", own=values))
    said = []
    if pays_off_from := capacity.group_pays_off_from(values):
        said.append(
            gettext("From %(count)d patients who come each time, a group takes fewer hours than seeing each alone.")
            % {"count": pays_off_from}
        )
    left = [capacity.left_after_drop_out(size, scenario, values) for scenario in ("high", "low")]
    said.append(
        gettext("Of %(size)d patients who start, %(few)d to %(many)d are left at the end.")
        % {"size": size, "few": left[0], "many": left[1]}
        if left[0] != left[1]
        else gettext("Of %(size)d patients who start, %(left)d are left at the end.") % {"size": size, "left": left[0]}
    )
    said.append(
        gettext("For %(size)d patients to start, ask %(asked)d.")
        % {"size": size, "asked": capacity.to_be_asked(size, values)}
    )
    return said


class ChangeCapacity(RecordFormPage):
    """The service's own figure in place of a default, or the way back to it."""

    permission = Permission.EDIT_RECORD
    form_class = CapacityForm
    section = "time"

    @property
    def parameter(self) -> capacity.Parameter:
        """The figure in the address."""
        return capacity.PARAMETERS[self.kwargs["name"]]

    def get_title(self):
        """Which figure."""
        return words.NAMES[self.parameter.name]

    def get_intro(self):
        """The default and where it comes from."""
        return gettext("Default: %(default)s. %(source)s") % {
            "default": words.default(self.parameter),
            "source": words.source(self.parameter),
        }

    def get_instance(self):
        """The figure there is, or a new one."""
        name = self.parameter.name
        recorded = self.service.capacity_parameters.filter(name=name).first()
        return recorded or CapacityParameter(service=self.service, name=name)

    def save(self, form):
        """Keep the figure; without one, take out the figure there was."""
        if form.cleaned_data["value"] is None:
            if form.instance.pk:
                records.remove(form.instance, by=self.member)
            return None
        return records.keep(form.save(commit=False), by=self.member)

    def success_message(self, own):
        """What counts from now on."""
        if own is None:
            return gettext("The default counts: %(default)s.") % {"default": words.default(self.parameter)}
        return gettext("Your figure counts: %(figure)s.") % {"figure": words.quantity(own.value, self.parameter.unit)}

    def success_url(self, own):
        """Back to the need."""
        return self.here("need")

    def cancel_url(self):
        """Back to the need."""
        return self.here("need")

"""The vision: its versions and who has read it, writing, publishing, reading, looking at it again."""

from dateutil.relativedelta import relativedelta
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.pages import Page
from accounts.record_forms import ConfirmForm
from accounts.record_pages import RecordFormPage, one_or_404
from planning import visions
from planning.forms.expectations import ReadForm
from planning.forms.visions import VisionForm
from planning.models import Vision
from planning.versions import with_differences


class Visions(Page):
    """The vision in force, who has read it, and every version with what it changed. Names are for leaders."""

    permission = Permission.SEE_RECORD
    template_name = "planning/visions.html"
    title = _("Vision")
    section = "plan"

    @cached_property
    def vision(self) -> Vision | None:
        """The vision in force."""
        return visions.in_force(self.service, on=self.today)

    def get_context_data(self, **kwargs):
        """The versions; who has read the one in force, or how many have; the draft for those who write it."""
        leading = self.may(Permission.EDIT_RECORD)
        published = self.service.visions.in_force(self.today)
        return super().get_context_data(
            vision=self.vision,
            horizon=visions.horizon(self.vision, on=self.today) if self.vision else "",
            versions=with_differences(published),
            draft=visions.draft_of(self.service) if leading else None,
            **(self.who_has_read(self.vision) if self.vision else {}),
            **kwargs,
        )

    def who_has_read(self, vision: Vision) -> dict:
        """One's own note; by name for leaders, a count for others."""
        found = {}
        if self.may(Permission.ACKNOWLEDGE):
            found["own_note"] = visions.note_of(self.member, vision, on=self.today)
        if self.may(Permission.EDIT_RECORD):
            notes = vision.acknowledgements.select_related("member").filter(on__lte=self.today)
            found["notes"] = notes.order_by("member__name", "pk")
            found["missing"] = visions.without_note(vision, on=self.today)
        else:
            found["readers"] = visions.readers(vision, on=self.today)
        return found


class VisionPage(RecordFormPage):
    """What the forms share: they lead back to the plan."""

    section = "plan"

    def success_url(self, obj):
        """Back to the plan."""
        return self.here("plan")

    def cancel_url(self):
        """Back to the plan."""
        return self.here("plan")


class PublishVision(VisionPage):
    """Write a new version of the vision; keep it as a draft, or publish it."""

    permission = Permission.EDIT_RECORD
    form_class = VisionForm
    title = _("Vision")
    intro = _("Most services in the study had none. Two sentences and a date are a vision.")

    def get_initial(self):
        """What is written of it, or the version in force; the first one is offered a day two years ahead."""
        vision = visions.draft_of(self.service) or visions.in_force(self.service, on=self.today)
        if vision is None:
            return {"horizon_on": self.today + relativedelta(years=visions.HORIZON_YEARS)}
        return {"text": vision.text, "horizon_on": vision.horizon_on}

    def save(self, form):
        """Keep or publish it."""
        data = {"text": form.cleaned_data["text"], "horizon_on": form.cleaned_data["horizon_on"]}
        if form.by_second:
            return visions.keep_draft(service=self.service, by=self.member, **data)
        return visions.publish(service=self.service, by=self.member, on=self.today, **data)

    def success_message(self, vision):
        """Which version is published, or that nobody sees it yet."""
        if vision.published_on is None:
            return _("Draft saved. Only leaders see it until you publish it.")
        return gettext("Vision published, version %(version)d.") % {"version": vision.version}


class ReadVision(VisionPage):
    """A practitioner says that they have read it: one button, and pressing it twice changes nothing."""

    permission = Permission.ACKNOWLEDGE
    template_name = "planning/vision_read.html"
    form_class = ReadForm
    title = _("Where we are going")

    @cached_property
    def vision(self) -> Vision:
        """The vision in force; 404 when there is none."""
        return one_or_404(self.service.visions.in_force(self.today))

    def get_context_data(self, **kwargs):
        """The vision, and the reader's note of it."""
        note = visions.note_of(self.member, self.vision, on=self.today)
        return super().get_context_data(vision=self.vision, own_note=note, **kwargs)

    def get_initial(self):
        """The version that is shown."""
        return {"version": self.vision.version}

    def form_invalid(self, form):
        """What stands there now is what the button speaks of when it is pressed again."""
        form.show(self.vision.version)
        return super().form_invalid(form)

    def save(self, form):
        """Note it."""
        return visions.acknowledge(self.member, shown=form.cleaned_data["version"], on=self.today)

    def success_message(self, note):
        """Noted."""
        return _("Noted: you have read it.")


class ConfirmVision(VisionPage):
    """Look at the vision again and say that it still holds."""

    permission = Permission.EDIT_RECORD
    template_name = "planning/vision_confirm.html"
    form_class = ConfirmForm
    title = _("Does the vision still hold?")

    @cached_property
    def vision(self):
        """The vision in force; 404 when there is none."""
        return one_or_404(self.service.visions.in_force(self.today))

    def get_context_data(self, **kwargs):
        """The vision."""
        return super().get_context_data(vision=self.vision, **kwargs)

    def save(self, form):
        """Note that it was looked at."""
        return visions.confirm(self.vision, by=self.member, on=self.today)

    def success_message(self, vision):
        """Noted."""
        return _("Noted: the vision still holds.")

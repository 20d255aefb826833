"""The instruments: what each is for, who answers, where it is from; and their exact words, which a service enters."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.pages import Page
from accounts.record_pages import RecordFormPage
from assessments import instrument_notes, official_texts
from assessments.forms.official_texts import OfficialTextsForm
from assessments.instruments import Instrument, definition, latest
from assessments.paper import paper_form
from assessments.wording import said

QUESTIONNAIRE = "questionnaire"


@dataclass(frozen=True)
class InstrumentRow:
    """An instrument in the list."""

    name: str
    url: str
    purpose: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Way:
    """Somewhere to go, in words."""

    label: str
    url: str
    note: str = ""


class Instruments(Page):
    """Every instrument there is, made from the definitions alone."""

    permission = Permission.SEE_RECORD
    section = "standing"
    template_name = "assessments/instruments.html"
    title = _("Instruments")
    intro = _("What we can measure with, who answers, and how long it takes. Each has a form for paper.")

    def rows(self) -> list[InstrumentRow]:
        """A line for each."""
        return [
            InstrumentRow(
                name=str(said(one.name)),
                url=reverse("instrument", args=[self.service.key, one.key]),
                purpose=instrument_notes.purpose(one),
                facts=(
                    gettext("answered by %(who)s") % {"who": instrument_notes.who_answers(one)},
                    gettext("%(count)d items") % {"count": len(one.items)},
                    instrument_notes.how_long(one).rstrip("."),
                    gettext("version %(version)s") % {"version": one.version},
                ),
            )
            for one in latest()
        ]

    def get_context_data(self, **kwargs):
        """The lines."""
        return super().get_context_data(rows=self.rows(), **kwargs)


class InstrumentMixin:
    """Finds the instrument in the address, in its latest version."""

    section = "standing"

    @cached_property
    def instrument(self) -> Instrument:
        """The instrument."""
        try:
            return definition(self.kwargs["instrument_key"])
        except LookupError:
            raise Http404 from None

    def get_title(self) -> str:
        """Its name."""
        return str(said(self.instrument.name))


class InstrumentPage(InstrumentMixin, Page):
    """One instrument: all that is known of it, and the way to its paper forms and its exact words."""

    permission = Permission.SEE_RECORD
    template_name = "assessments/instrument.html"

    def papers(self) -> list[Way]:
        """A paper form for each who answers."""
        one = self.instrument
        return [
            Way(
                label=gettext("Paper form, filled in by %(who)s") % {"who": instrument_notes.INFORMANTS[who]},
                url=reverse("paper_form", args=[self.service.key, one.key, who]),
            )
            for who in one.informants
        ]

    def wordings(self) -> list[Way]:
        """The languages in which the exact words can be entered, and how far that has come."""
        one = self.instrument
        if one.kind != QUESTIONNAIRE:
            return []
        return [
            Way(
                label=str(name),
                url=reverse("official_texts", args=[self.service.key, one.key, language]),
                note=self.how_far(language),
            )
            for language, name in settings.LANGUAGES
        ]

    def how_far(self, language: str) -> str:
        """How many items have their exact words, and whether they are used."""
        entered, needed = (
            len(official_texts.texts_of(self.service, self.instrument, language)),
            len(self.instrument.items),
        )
        if entered == needed:
            return gettext("entered, and used")
        if entered:
            return gettext("%(entered)d of %(needed)d items entered: used once all are there") % {
                "entered": entered,
                "needed": needed,
            }
        return gettext("not entered")

    def get_context_data(self, **kwargs):
        """What there is to say."""
        one = self.instrument
        return super().get_context_data(
            instrument=one,
            revision=said(one.revision),
            purpose=instrument_notes.purpose(one),
            who=instrument_notes.who_answers(one),
            how_long=instrument_notes.how_long(one),
            scale=instrument_notes.scale(one),
            scored=instrument_notes.how_scored(one),
            meaning=instrument_notes.meaning(one),
            unconfirmed=instrument_notes.unconfirmed(one),
            items=instrument_notes.item_lines(one),
            papers=self.papers(),
            wordings=self.wordings(),
            licence=said(one.licence),
            citation=said(one.citation),
            **kwargs,
        )


class OfficialTexts(InstrumentMixin, RecordFormPage):
    """Enter the exact words of a questionnaire in one language."""

    permission = Permission.EDIT_RECORD
    form_class = OfficialTextsForm
    template_name = "assessments/official_texts.html"
    title = _("The official wording")

    @cached_property
    def instrument(self) -> Instrument:
        """A questionnaire: only what people answer here has to be asked in its exact words."""
        found = super().instrument
        if found.kind != QUESTIONNAIRE:
            raise Http404
        return found

    @cached_property
    def language(self) -> str:
        """The language in the address."""
        if self.kwargs["language"] not in official_texts.LANGUAGES:
            raise Http404
        return self.kwargs["language"]

    def get_title(self) -> str:
        """Of which instrument, in which language."""
        return gettext("The official wording: %(instrument)s, %(language)s") % {
            "instrument": said(self.instrument.name),
            "language": dict(settings.LANGUAGES)[self.language],
        }

    def get_form_kwargs(self):
        """Adds the instrument, and what was entered before."""
        kept = official_texts.texts_of(self.service, self.instrument, self.language)
        return super().get_form_kwargs() | {"instrument": self.instrument, "initial": kept | {"allowed": bool(kept)}}

    def save(self, form):
        """Keep them."""
        official_texts.keep(self.instrument, self.language, form.texts, by=self.member)
        return form.texts

    def success_message(self, texts):
        """Whether they are used from now on."""
        if len(texts) == len(self.instrument.items):
            return _("Wording saved. It is used from the next survey on.")
        return _("Wording saved. It is used once every item has its text.")

    def success_url(self, texts):
        """Back to the instrument."""
        return self.here("instrument", self.instrument.key)

    def cancel_url(self):
        """Back to the instrument."""
        return self.here("instrument", self.instrument.key)

    def get_context_data(self, **kwargs):
        """Adds what the licence allows, and what changes."""
        return super().get_context_data(
            licence=said(self.instrument.licence),
            citation=said(self.instrument.citation),
            version=self.instrument.version,
            has_norms=bool(self.instrument.norms),
            **kwargs,
        )


class PaperForm(InstrumentMixin, Page):
    """A form of an instrument for paper, in the reader's language."""

    permission = Permission.SEE_RECORD
    template_name = "assessments/paper_form.html"

    @cached_property
    def informant(self) -> str:
        """Who fills it in."""
        if self.kwargs["informant"] not in self.instrument.informants:
            raise Http404
        return self.kwargs["informant"]

    def get_context_data(self, **kwargs):
        """The form."""
        texts = official_texts.texts_of(self.service, self.instrument, get_language())
        paper = paper_form(self.instrument, self.informant, official_texts=texts)
        typed_in = reverse(paper.typed_in, args=[self.service.key]) if paper.typed_in else ""
        return super().get_context_data(
            paper=paper,
            typed_in_url=self.request.build_absolute_uri(typed_in) if typed_in else "",
            back_url=reverse("instrument", args=[self.service.key, self.instrument.key]),
            **kwargs,
        )

"""The forms of what trained assessors rated: a mean, or the items, of which the mean is then worked out."""

from crispy_forms.layout import Div, Layout
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments import scoring
from assessments.figures import rating
from assessments.forms.dated import DatedForm
from assessments.forms.items import ItemsMixin, item_layout
from assessments.instruments import Answer, Instrument, definition, stored

OR_THE_MEAN = _("Or rate none of them, and write the mean.")


class ScoredForm(DatedForm, ItemsMixin):
    """A rating by its mean, or by the items; where both are given they have to agree, and the items decide.

    `key`: of the instrument; `figure`: the model's field for the mean. The model has `items` and `version` besides.
    A rating that was made by its items keeps the version that it was made with.
    """

    key = ""
    figure = ""
    nothing_given = ""  # what to say where there is neither

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[self.figure].required = False
        if self.instance.items:  # worked out from them, and shown as the page shows it
            self.initial[self.figure] = scoring.shown(getattr(self.instance, self.figure), self.instrument)

    def get_instrument(self) -> Instrument:
        """The version that the items were rated by; for a new rating the latest."""
        return stored(self.key, self.instance.version) if self.instance.items else definition(self.key)

    def get_answers(self) -> dict[str, Answer]:
        """The items as they were rated."""
        return self.instance.items

    @cached_property
    def shows_items(self) -> bool:
        """Whether the items stand open: some are rated, or something is wrong with them."""
        steps = {str(step) for step in range(self.instrument.lowest, self.instrument.highest + 1)}
        return any(self[item].errors or self[item].value() in steps for item in self.item_names)

    def get_layout(self) -> Layout:
        """The mean is one number; the items are there for those who have them."""
        folded = Div(*item_layout(self.item_names), template="assessments/items.html")
        folded.open, folded.count, folded.fewest = (
            self.shows_items,
            len(self.item_names),
            self.instrument.total.fewest,
        )
        return Layout(*self._meta.fields, folded)

    def clean(self):
        """The mean as given or worked out; with both, the one must be the other, rounded."""
        data = super().clean()
        if {self.figure, *self.item_names} & set(self.errors):
            return data
        self.rated = self.answers()
        typed = data.get(self.figure)
        if not self.rated:
            if typed is None:
                self.add_error(self.figure, self.nothing_given)
            return data
        mean = scoring.mean(self.rated, self.instrument)
        if mean is None:
            self.refuse_too_few(OR_THE_MEAN)
        elif typed is not None and not scoring.agrees(typed, mean):
            self.add_error(
                self.figure,
                gettext(
                    "The items you rated have the mean %(mean)s. Put right the one or the other, or leave this empty."
                )
                % {"mean": rating(mean, self.instrument)},
            )
        else:
            data[self.figure] = mean
        return data

    def save(self, commit=True):
        """The rating with its items and their version, if they were rated."""
        self.instance.items = self.rated
        self.instance.version = self.instrument.version if self.rated else ""
        return super().save(commit)

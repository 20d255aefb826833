"""One field of a dossier and the attributes of a row it stands for, both ways.

`to_row` is asked only for fields that the file has; what it leaves out keeps the model's own "not known". `to_file`
gives None for what is left out of the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone

from assessments.scoring import KEPT_PLACES, kept
from planning.clock import moment
from planning.dossiers.errors import DossierError, Place, shown

NOON = time(12)
PLACES_OF_A_MEAN = KEPT_PLACES


@dataclass
class Context:
    """What reading or writing one dossier needs besides the field: the language of texts, and who is called what."""

    language: str = "en"
    with_names: bool = True
    refs: dict[str, dict] = field(default_factory=dict)  # list -> ref to key (reading) or key to ref (writing)
    rows: dict[str, list] = field(default_factory=dict)  # list -> what was made of it (reading)


@dataclass(frozen=True)
class Field:
    """A field that is kept as it stands: a code, a count, yes or no."""

    name: str
    attr: str = ""

    @property
    def attribute(self) -> str:
        """Of the model."""
        return self.attr or self.name

    def to_row(self, value, place: Place, context: Context) -> Mapping[str, object]:
        """Attributes of the row. Raises DossierError for a value that cannot be kept."""
        return {self.attribute: value}

    def to_file(self, row, context: Context):
        """The value in the file; None to leave it out."""
        value = getattr(row, self.attribute)
        return None if value == "" else value


@dataclass(frozen=True)
class Text(Field):
    """Something people wrote; in a file perhaps in both languages."""

    def to_row(self, value, place, context):
        return {self.attribute: value if isinstance(value, str) else value[context.language]}


@dataclass(frozen=True)
class Name(Text):
    """A text that names somebody: left out when names are to stay."""

    def to_file(self, row, context):
        return super().to_file(row, context) if context.with_names else None


@dataclass(frozen=True)
class Flag(Field):
    """Yes, or not said: the model cannot tell no from not said, so only yes leaves."""

    def to_file(self, row, context):
        return True if getattr(row, self.attribute) else None


@dataclass(frozen=True)
class Number(Field):
    """A number with at most so many decimals."""

    places: int = 2

    def to_row(self, value, place, context):
        return {self.attribute: number_of(value, place, places=self.places)}

    def to_file(self, row, context):
        return plain(getattr(row, self.attribute))


def number_of(value, place: Place, *, places: int) -> Decimal:
    """The number in the file. Raises DossierError for one with more decimals than are kept."""
    number = Decimal(value)
    if round(number, places) != number:
        raise DossierError(place, f"{shown(value)} has more than {places} decimals; round it.")
    return number


def plain(number: Decimal | None) -> int | float | None:
    """A figure as JSON has it, without needless noughts. Figures of up to 15 digits come through unchanged."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


@dataclass(frozen=True)
class Day(Field):
    """A day."""

    def to_row(self, value, place, context):
        return {self.attribute: date.fromisoformat(value)}

    def to_file(self, row, context):
        day = getattr(row, self.attribute)
        return day.isoformat() if day else None


@dataclass(frozen=True)
class Month(Field):
    """A month, kept as its first day."""

    def to_row(self, value, place, context):
        return {self.attribute: date.fromisoformat(f"{value}-01")}

    def to_file(self, row, context):
        return f"{getattr(row, self.attribute):%Y-%m}"


@dataclass(frozen=True)
class Moment(Field):
    """A day and time on the wall in Oslo, to the minute."""

    def to_row(self, value, place, context):
        return {self.attribute: at_wall_clock(value)}

    def to_file(self, row, context):
        at = getattr(row, self.attribute)
        return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}" if at else None


def at_wall_clock(text: str) -> datetime:
    """The moment; a day alone means its noon."""
    day, _, clock = text.partition("T")
    return moment(date.fromisoformat(day), time.fromisoformat(clock) if clock else NOON)


@dataclass(frozen=True)
class DayOfMoment(Field):
    """A moment of which only the day matters; read, it is that day's noon."""

    def to_row(self, value, place, context):
        return {self.attribute: moment(date.fromisoformat(value), NOON)}

    def to_file(self, row, context):
        at = getattr(row, self.attribute)
        return timezone.localdate(at).isoformat() if at else None


@dataclass(frozen=True)
class Ref(Field):
    """Another thing of the same dossier, by the name it has there."""

    to: str = "members"

    @property
    def attribute(self) -> str:
        """The column of the key."""
        return f"{super().attribute}_id"

    def to_row(self, value, place, context):
        return {self.attribute: context.refs[self.to][value]}

    def to_file(self, row, context):
        key = getattr(row, self.attribute)
        return context.refs[self.to][key] if key else None


# What is known of a rating besides its mean


@dataclass(frozen=True)
class Known(Field):
    """Something said item by item, or mean by mean; left out when nothing is known."""

    def to_file(self, row, context):
        return getattr(row, self.attribute) or None


@dataclass(frozen=True)
class MeansByName(Field):
    """Means by their names: numbers in a file, texts in the row, so that none is changed on its way."""

    def to_row(self, value, place, context):
        means = {name: _as_text(mean, (*place, name)) for name, mean in value.items()}
        return {self.attribute: means}

    def to_file(self, row, context):
        return {name: plain(Decimal(mean)) for name, mean in getattr(row, self.attribute).items()}


@dataclass(frozen=True)
class ReachedOf(Known):
    """How many are reached, of how many: that one is a number in a file and a text in the row."""

    def to_row(self, value, place, context):
        return {self.attribute: value | {"against": _as_text(value["against"], (*place, "against"))}}

    def to_file(self, row, context):
        reached = super().to_file(row, context)
        return reached and reached | {"against": plain(kept(Fraction(reached["against"])))}


def _as_text(number, place: Place) -> str:
    """A number of the file as a row keeps it in a text: "4.25", "20"."""
    return f"{number_of(number, place, places=PLACES_OF_A_MEAN).normalize():f}"

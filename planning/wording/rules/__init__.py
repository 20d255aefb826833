"""The rule of each entry in words, with its numbers taken from the rules' own constants."""

from collections.abc import Callable

from .fidelity import RULES as FIDELITY
from .leadership import RULES as LEADERSHIP
from .long_term import RULES as LONG_TERM
from .priorities import RULES as PRIORITIES
from .published import RULES as PUBLISHED
from .reception import RULES as RECEPTION

RULES: dict[str, Callable[[], str]] = PRIORITIES | LEADERSHIP | LONG_TERM | RECEPTION | FIDELITY | PUBLISHED

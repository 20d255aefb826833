"""Several steps of work, each for itself: one in trouble is told to the log and does not silence the others."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

logger = logging.getLogger(__name__)

Step = Callable[[datetime], Any]


def name_of(step: Step) -> str:
    """What a step is called in the log."""
    return f"{step.__module__}.{step.__name__}"


def each(steps: Iterable[Step], at: datetime) -> dict[str, Any]:
    """Do every step; what each gave back, by its name. One in trouble is not among them: it is tried next time."""
    done = {}
    for step in steps:
        try:
            done[name_of(step)] = step(at)
        except Exception:
            logger.exception("A step failed: %s", name_of(step))
    return done

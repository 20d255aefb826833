"""The risk catalogue: pure rules over a frozen snapshot of one service's record.

Nothing in here knows a database, a request, a language or the time of day. `assess` gives the same
answers for the same snapshot, whatever order its records are in.
"""

from .catalogue import CATALOGUE_VERSION, ENTRIES, Entry, assess

__all__ = ["CATALOGUE_VERSION", "ENTRIES", "Entry", "assess"]

"""Where the sentences of measured evidence are kept, by code."""

from collections.abc import Callable

from planning.risks.answer import Evidence, Value

Writer = Callable[[dict[str, Value]], str]
SENTENCES: dict[str, Callable[[Evidence], str]] = {}


def says(code: str) -> Callable[[Writer], Writer]:
    """Register a function as the sentence of a code: it gets the evidence's values and writes them out."""

    def register(write: Writer) -> Writer:
        SENTENCES[code] = lambda evidence: write(dict(evidence.values))
        return write

    return register

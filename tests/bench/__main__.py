"""`./holdfast bench NAME`: measure something and print what came out."""

import sys

from tests.bench import pdf

BENCHES = {"pdf": pdf.main}

HELP = """\
Usage: ./holdfast bench pdf [quick]

  pdf   time and memory of each document, in a new process and in one that has rendered before, beside the same
        HTML printed by headless Chromium; with the word "quick" the plan alone, once
"""


def main(words: list[str]) -> int:
    """Returns the exit code: 2 for wrong words."""
    if not words or words[0] not in BENCHES or words[1:] not in ([], ["quick"]):
        print(HELP, file=sys.stderr)
        return 2
    return BENCHES[words[0]](quick=words[1:] == ["quick"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

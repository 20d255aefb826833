"""Instruments that are not shipped yet, as files: what the engine has to take as data."""

from pathlib import Path

from assessments.definitions import files
from assessments.instruments import read

SECOND_WAVE = Path(__file__).parent
ICS, NHS, WCQ = (read(path) for path in files(SECOND_WAVE))

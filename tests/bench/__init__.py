"""Measuring, for people: what `./holdfast bench` runs. Nothing here is a test, as figures depend on the machine."""

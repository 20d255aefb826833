"""What tests have measured, told at the end of a run: what they print themselves is lost where several processes run.

A test tells it by `record_property(FIGURE, "what was measured")`.
"""

FIGURE = "figure"


def tell(terminalreporter) -> None:
    """Print each figure once, in the order in which they came."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    figures = [
        value for report in reports if report.when == "call" for name, value in report.user_properties if name == FIGURE
    ]
    if figures:
        terminalreporter.section("figures")
        for figure in figures:
            terminalreporter.line(figure)

"""What the paper reports of each service, and which answer of the catalogue that asks for.

Taken from the paper (Egeland and others 2019, doi 10.1007/s10597-019-00430-8) and kept apart from the dossiers, so
that the two can be held against each other: the dossiers say what is fed in, this says what should come out. The
same people wrote both. The sentences are ours. A report without an expected answer is listed as well: the catalogue
has no place for it.
"""

from dataclasses import dataclass

from planning.risks.answer import Status

PRIORITIES = "Results, Prioritization Dilemmas Despite High Autonomy"
LEADERS = "Results, Leader Engagement"
LONG_TERM = "Results, Uncertainty About Long-Term Priorities"
RECEPTION = "Results, Guided by Patient Reception"
METHODS = "Methods"
DISCUSSION = "Discussion"


@dataclass(frozen=True)
class Report:
    """One thing the paper says of a service; `expects` names the entries it bears on and what they should answer."""

    says: str
    section: str
    expects: tuple[tuple[str, Status], ...] = ()


def _flags(*keys: str) -> tuple[tuple[str, Status], ...]:
    return tuple((key, Status.FLAGGED) for key in keys)


def _strengths(*keys: str) -> tuple[tuple[str, Status], ...]:
    return tuple((key, Status.CLEAR) for key in keys)


def _rated(mean: str) -> Report:
    return Report(f"Fidelity after twelve months: {mean}.", "Table 1", _strengths("fidelity-low", "fidelity-unknown"))


HIDES = Report(
    "Its score is high and its trouble is not about fidelity: a high score was not the same as a success.",
    DISCUSSION,
    _flags("false-security"),
)

OF_SERVICES: dict[str, tuple[Report, ...]] = {
    "A": (
        _rated("4.69"),
        Report("Told that IMR would be expanded, without details.", LONG_TERM, _flags("expansion-without-plan")),
        Report(
            "Named as an example of goals and visions that were missing.", LONG_TERM, _flags("no-vision", "no-goals")
        ),
        Report(
            "One practitioner was tired of evaluations that nobody had resources for.",
            RECEPTION,
            _flags("monitoring-fatigue"),
        ),
        Report("Patients took ownership and became more hopeful.", RECEPTION),
        HIDES,
    ),
    "B": (
        _rated("4.77"),
        Report("The department leader was positive to IMR.", LEADERS, _strengths("leader-unconvinced")),
        Report("There were too many other duties.", PRIORITIES, _flags("crowded-out")),
        Report(
            "Allowance was made at first and less later; preparing lost some of its structure.",
            PRIORITIES,
            _flags("fading-time"),
        ),
        Report(
            "Neither who could get IMR nor the capacity for a year of weekly sessions had been thought through.",
            LONG_TERM,
            _flags("unprepared-start"),
        ),
        Report("One practitioner thought of using parts of the programme.", RECEPTION, _flags("unplanned-adaptation")),
        Report("The organisational manager was positive as far as he understood it.", LEADERS),
        HIDES,
    ),
    "C": (
        _rated("4.69"),
        Report(
            "A priority from the first day: time was given, and the staff had settled who does what.",
            PRIORITIES,
            _strengths("unprotected-time", "crowded-out"),
        ),
        Report(
            "The leader stood behind IMR, listened, came back to it regularly and took part in choosing people.",
            LEADERS,
            _strengths("leader-unconvinced", "passive-support", "unanswered-conflicts", "no-leader"),
        ),
        Report(
            "Practitioners were chosen together, by willingness and by what suited the service.",
            LONG_TERM,
            _strengths("picked-in-passing"),
        ),
        Report("The aim was from the start that IMR should last.", LONG_TERM, _strengths("no-vision", "no-goals")),
        Report("Barriers and progress were taken up at regular meetings.", LONG_TERM, _strengths("no-regular-review")),
        Report(
            "They met about how to get support from several levels of the municipality.",
            LONG_TERM,
            _strengths("alone-in-the-system"),
        ),
        Report("IMR was in use and talked about all the time.", LONG_TERM, _strengths("use-stopping")),
        Report(
            "Two practitioners saw little lasting change and thought it perhaps too demanding for some.",
            RECEPTION,
            _flags("programme-burden"),
        ),
        Report(
            "It stood out as the good example, with the same score as others: here the score hides nothing.",
            DISCUSSION,
            (("false-security", Status.UNKNOWN),),
        ),
    ),
    "D": (
        _rated("4.77"),
        Report(
            "Working from below all the time was tiring; somebody at the top who wants it was missed.",
            LEADERS,
            _flags("bottom-up"),
        ),
        Report("A strategy plan was missed.", LEADERS, _flags("no-goals")),
        Report(
            "The example of selection in passing; the one concerned was soon to retire.",
            LONG_TERM,
            _flags("picked-in-passing", "leaving-soon"),
        ),
        Report("One practitioner refused to use spare time.", PRIORITIES),
        Report("Pessimistic about going on.", LONG_TERM),
        HIDES,
    ),
    "E": (
        Report("No patients could be recruited.", METHODS, _flags("no-recruitment")),
        Report("Supervision was left after seven months.", METHODS, _flags("supervision-lapsed")),
        Report("No fidelity is reported.", "Table 1", _flags("fidelity-unknown")),
        Report(
            "A practitioner did not feel properly backed up; the leader was not there to discuss IMR.",
            LEADERS,
            _flags("leader-unconvinced", "unanswered-conflicts"),
        ),
    ),
    "F": (
        _rated("4.62"),
        Report(
            "Leaders arranged the training, handed over the responsibility, and that was all there was to say.",
            LEADERS,
            _flags("passive-support"),
        ),
        Report("The manual was read at home, as working hours could not be used.", PRIORITIES, _flags("own-time")),
        Report(
            "Told that IMR would be expanded, without details; it was to be offered to everybody, without a plan.",
            LONG_TERM,
            _flags("expansion-without-plan", "unprepared-start"),
        ),
        Report(
            "Named as an example of goals and visions that were missing.", LONG_TERM, _flags("no-vision", "no-goals")
        ),
        Report("Own observations decided whom to recruit.", RECEPTION, _flags("judged-by-few")),
        HIDES,
    ),
    "G": (
        _rated("4.62"),
        Report(
            "The leader was not very positive, trusted the practitioners, and IMR had to be justified.",
            LEADERS,
            _flags("leader-unconvinced"),
        ),
        Report(
            "Support was lacking: the leader was not there to discuss IMR or what made it hard.",
            LEADERS,
            _flags("unanswered-conflicts"),
        ),
        Report("They waited for a word on whether they might go on.", LONG_TERM, _flags("undecided-future")),
        Report("The progress of patients inspired them.", RECEPTION),
        HIDES,
    ),
    "H": (
        _rated("4.46"),
        Report(
            "There was no leader for most of the time; by the interview a new one was there.",
            LEADERS,
            _strengths("no-leader"),
        ),
        Report("One practitioner was champion and motivator for the others.", LEADERS, _flags("lone-champion")),
        Report("The new leader was seen as positive.", LEADERS, _strengths("leader-unconvinced")),
        Report("One practitioner had no trouble with priorities.", PRIORITIES),
    ),
    "I": (_rated("4.23"),),
}

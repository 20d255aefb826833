"""Three fidelity reports as frozen content: the least there may be, a usual one, and the largest.

The scales are made from the definitions as the report makes them, so that a new version of one is in the samples.
"""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import translation

from accounts.models import Role
from assessments.instruments import GOI, IMR_FIDELITY, Instrument
from assessments.visit_report import Earlier, GivenItem, ReportedScale, VisitReport, reported_scale
from assessments.wording import CONVERSATION, OURS, named
from planning.documents import fidelity_content
from planning.models import Action
from tests.planning.plan_samples import long_text

VISITED = date(2026, 10, 14)
AS_OF = date(2026, 11, 20)

WORDS = {
    "en": {
        "covers": "Four practitioners who give IMR in groups or one to one, and the patients they have now",
        "why_not": "Nobody had begun with it when we came.",
        "settled": "The second rater had not seen the minutes; both then gave what they show.",
        "note": "Written down in nearly every chart that was looked at.",
        "advice": "Go back to the goals in every third session, and note how far each has come.",
        "whole": "Look at these results together at the next review.",
        "action": "Put the goals on the agenda of supervision",
    },
    "nb": {
        "covers": "Fire behandlere som gir IMR i grupper eller én til én, og pasientene de har nå",
        "why_not": "Ingen hadde begynt med det da vi kom.",
        "settled": "Den andre hadde ikke sett referatene; begge ga så det de viser.",
        "note": "Skrevet ned i nesten alle journalene vi så på.",
        "advice": "Gå tilbake til målene i hver tredje samtale, og skriv ned hvor langt hvert av dem er kommet.",
        "whole": "Se på disse resultatene sammen på neste gjennomgang.",
        "action": "Sett målene på dagsordenen for veiledningen",
    },
}


def empty(language: str = "en") -> dict:
    """A visit with too few rated items for a total, of which nothing more is recorded; as a draft."""
    with translation.override(language):
        report = report_of(
            scale(IMR_FIDELITY, agreed={}), scale(GOI, agreed={}), covers="", practitioners=None, patients=None
        )
        return {
            **shared(report, language),
            "issue": {"number": None, "issued_on": "2026-11-22", "owner": "", "verify": ""},
            "service": {"key": "ny", "name": "Ny tjeneste", "practice": "IMR", "setting": "", "described": False},
            "leader": "",
            "visit": visit_of(report, told_on=None),
            "raters": [],
            "recommendations": [],
            "next": {"planned_on": None, "months": 6, "due_on": "2027-04-14"},
        }


def typical(language: str = "en") -> dict:
    """A visit like those of the study: high on fidelity, lower on the organisation, with the visit before beside it."""
    words = WORDS[language]
    with translation.override(language):
        fidelity = dict(zip(IMR_FIDELITY.items, (5, 5, 5, 5, 3, 5, 4, 5, 5, 4, 4, 3, 4), strict=True))
        organisation = dict(zip(GOI.items, (4, 4, 3, 4, 3, 4, 3, 4, 2, 1, 2, 4), strict=True))
        report = report_of(
            scale(
                IMR_FIDELITY,
                agreed=rated(fidelity) | {"goal_followup": GivenItem(rating=4, note=words["settled"])},
                first=rated(fidelity),
                second=rated({**fidelity, "goal_followup": 2, "cbt": 5}),
                earlier=[Earlier(date(2025, 10, 20), Decimal("4.1538461538"))],
                profiles=[(date(2025, 10, 20), {**fidelity, "significant_others": 2, "cbt": 3, "goal_followup": 3})],
            ),
            scale(
                GOI,
                agreed=rated(organisation) | {"quality_assurance": GivenItem(not_rateable=words["why_not"])},
                first=rated(organisation),
                second=rated(organisation),
            ),
            covers=words["covers"],
            practitioners=4,
            patients=17,
        )
        return {
            **shared(report, language),
            "issue": {
                "number": 2,
                "issued_on": "2026-11-22",
                "owner": "Marit Øverland",
                "verify": "https://holdfast.example.org/services/f/verify/fidelity/2/",
            },
            "service": {"key": "f", "name": "Service F", "practice": "IMR", "setting": "", "described": True},
            "leader": "Åse Bjørnstad",
            "visit": visit_of(report, told_on="2026-10-28", practitioners="4", patients="17"),
            "raters": [rater("Marit Øverland", Role.ADVISER), rater("Åse Bjørnstad", Role.LEADER)],
            "recommendations": [
                advised(
                    IMR_FIDELITY,
                    "goal_followup",
                    words["advice"],
                    action(words["action"], "Åse Bjørnstad", days=24),
                    action(words["action"], "Øyvind Sæther", days=-30, closed_on="2026-11-02"),
                ),
                advised(GOI, "outcome_monitoring", words["whole"], action(words["action"], "", days=-10, late=True)),
                {"about": "", "text": words["whole"], "actions": []},
            ],
            "next": {"planned_on": "2027-10-12", "months": 12, "due_on": "2027-10-14"},
        }


def largest(language: str = "en") -> dict:
    """Every item two steps apart with the longest texts, two profiles before it, 50 recommendations, 100 actions."""
    words = WORDS[language]
    name = long_text("Marie-Therese Bjørnstad Sæther ", 100)
    with translation.override(language):
        scales = [
            scale(
                instrument,
                agreed={item: GivenItem(rating=3, note=long_text(words["settled"], 200)) for item in instrument.items},
                first=rated(dict.fromkeys(instrument.items, 2)),
                second=rated(dict.fromkeys(instrument.items, 4)),
                earlier=[Earlier(date(2014 + year, 10, 20), Decimal("3.9960000000")) for year in range(12)],
                profiles=[(date(2025, 10, 20), dict.fromkeys(instrument.items, 4)), (date(2024, 10, 20), {})],
            )
            for instrument in (IMR_FIDELITY, GOI)
        ]
        report = report_of(*scales, covers=long_text(words["covers"], 300), practitioners=30, patients=3)
        keys = [(instrument, item) for instrument in (IMR_FIDELITY, GOI) for item in instrument.items] * 2
        return {
            **typical(language),
            **shared(report, language),
            "issue": {
                "number": 112,
                "issued_on": "2026-11-22",
                "owner": name,
                "verify": "https://holdfast.innlandet-fylkeskommune.example.org/services/"
                "distriktspsykiatrisk-senter-og-oppfolgin/verify/fidelity/112/",
            },
            "service": {
                "key": "distriktspsykiatrisk-senter-og-oppfolgin",
                "name": long_text("Distriktspsykiatrisk senter og oppfølgingstjeneste ", 100),
                "practice": "IMR",
                "setting": "",
                "described": False,
            },
            "visit": visit_of(report, told_on="2026-10-28", practitioners="30", patients="<5"),
            "raters": [rater(name, Role.ADVISER), rater(name, Role.STAND_IN)],
            "recommendations": [
                advised(
                    instrument,
                    item,
                    long_text(words["advice"], 300),
                    action(long_text(words["action"], 200), name, days=place),
                    action(long_text(words["action"], 200), name, days=-place - 4, late=True),
                )
                for place, (instrument, item) in enumerate(keys)
            ],
            "recommendations_left_out": 3,
            "next": {"planned_on": "2027-04-12", "months": 6, "due_on": "2027-04-14"},
        }


SAMPLES = {"empty": empty, "typical": typical, "largest": largest}


def rated(ratings: dict[str, int]) -> dict[str, GivenItem]:
    """Nothing but ratings."""
    return {item: GivenItem(rating=rating) for item, rating in ratings.items()}


def scale(instrument: Instrument, *, agreed: dict, first=None, second=None, **more) -> ReportedScale:
    """An instrument as a visit has it; without what each gave when only the result is known."""
    return reported_scale(instrument, first or {}, second or {}, agreed, **more)


def report_of(fidelity: ReportedScale, organisation: ReportedScale, **fields) -> VisitReport:
    """A visit of October that was agreed on two days later."""
    return VisitReport(
        on=VISITED,
        raters=("", ""),
        fidelity=fidelity,
        organisation=organisation,
        agreed_on=VISITED + timedelta(days=2),
        **fields,
    )


def shared(report: VisitReport, language: str) -> dict:
    """What the report says of its scales, and of every visit."""
    return {
        "content": fidelity_content.CONTENT_VERSION,
        "language": language,
        "as_of_on": AS_OF.isoformat(),
        "sources": fidelity_content.sources_of(report),
        "scales": [fidelity_content.scale_content(one, report) for one in report.scales],
        "recommendations_left_out": 0,
        "does_not_keep": str(fidelity_content.DOES_NOT_KEEP),
        "conversation": str(CONVERSATION),
        "ours": str(OURS),
    }


def visit_of(report: VisitReport, *, told_on: str | None, practitioners: str = "", patients: str = "") -> dict:
    """The visit itself."""
    return {
        "visited_on": report.on.isoformat(),
        "agreed_on": report.agreed_on.isoformat(),
        "covers": report.covers,
        "practitioners": practitioners,
        "patients": patients,
        "reached": "",
        "told_on": told_on,
    }


def rater(name: str, role: Role) -> dict:
    """One of the two."""
    return {"name": name, "relation": str(role.label)}


def advised(instrument: Instrument, item: str, text: str, *actions: dict) -> dict:
    """A recommendation about an item."""
    return {"about": named(instrument.by_key[item]), "text": text, "actions": list(actions)}


def action(title: str, owner: str, *, days: int, late: bool = False, closed_on: str | None = None) -> dict:
    """What somebody took on, due so many days after the day of the record."""
    return {
        "title": title,
        "owner": owner,
        "due_on": (AS_OF + timedelta(days=days)).isoformat(),
        "late": late,
        "state": str((Action.State.DONE if closed_on else Action.State.OPEN).label),
        "closed_on": closed_on,
    }

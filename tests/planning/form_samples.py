"""The form pages of the record, found in the URL configuration, and what a person would fill in on each."""

from accounts.access import PERMISSIONS
from accounts.models import Role
from accounts.pages import FormPage
from assessments.domains import DOMAINS
from assessments.instruments import IMR_FIDELITY
from assessments.views.visit_rating import RateVisit
from assessments.views.visit_settling import SettleItems
from planning.views.conflicts import OwnConflict
from planning.views.document_issuing import IssueDocument
from planning.views.documents import ChangeDocumentMixin
from planning.views.meetings import HoldReview
from planning.views.outcome_uploads import ImportOutcomes
from planning.views.reviews import RemoveTopic
from planning.views.sheets import ImportSheet
from tests.factories import LEADERSHIP
from tests.planning.site import Site, service_addresses

SOON = "2026-12-09"  # seen from 25 November 2026

FORM_PAGES = {
    address.name: address.view
    for address in service_addresses()
    if issubclass(address.view, FormPage)
    and address.view.__module__.split(".")[0] in ("planning", "assessments")
    and not issubclass(address.view, ImportSheet)  # of two steps: test_sheet_pages.py asks the same of them
    and address.view is not ImportOutcomes  # takes a file: test_outcome_uploads.py asks the same of it
    and not issubclass(address.view, IssueDocument)  # by kind: test_document_issuing.py asks the same of them
    and address.view is not HoldReview  # of many buttons: test_meetings.py asks the same of it
    and not issubclass(address.view, RateVisit | SettleItems)  # all may stay open: test_visits_pages.py asks it of them
}


def nobody_asked(site: Site) -> None:
    """No survey of the staff is open, so that one can be opened."""
    site.service.waves.open().delete()


# What a person would fill in, by the name of the address; `site` gives the objects.
GOOD = {
    "record_nothing": lambda site: {},
    "decision_add": lambda site: {"kind": "continue", "decided_on": "2026-11-20", "basis": "impressions"},
    "decision_change": lambda site: {"kind": "expand", "decided_on": "2026-11-20", "goals_behind": "True"},
    "decision_remove": lambda site: {},
    "decision_wanted_add": lambda site: {
        "subject": "money",
        "question": "Will there be half a post?",
        "asked_of": site.sponsor.pk,
        "wanted_by": SOON,
    },
    "decision_wanted_record": lambda site: {"answer": "yes", "answered_on": "2026-11-24", "words": "Said in a talk"},
    "decision_wanted_take_back": lambda site: {},
    "decision_wanted_stop": lambda site: {},
    "decision_wanted_answer": lambda site: {"answer": "yes", "words": "Until 2028"},
    "support_add": lambda site: {"level": "hospital", "wanted": "A post", "asked_on": "2026-11-20", "answer": "none"},
    "support_change": lambda site: {
        "level": "hospital",
        "wanted": "Half a post",
        "asked_on": "2026-11-02",
        "answer": "agreed",
        "answered_on": "2026-11-20",
    },
    "support_remove": lambda site: {},
    "confirmation_add": lambda site: {"asked_on": "2026-11-20"},
    "confirmation_change": lambda site: {
        "asked_on": "2026-11-02",
        "confirmed": "False",
        "answered_on": "2026-11-20",
    },
    "confirmation_remove": lambda site: {},
    "funding_add": lambda site: {"kind": "start_up", "decided_on": "2026-11-20", "until": "2027-12-31"},
    "funding_change": lambda site: {"kind": "posts", "decided_on": "2026-11-20"},
    "funding_remove": lambda site: {},
    "expectation_publish": lambda site: {"text": "Two patients each. Tuesdays are kept free."},
    "expectation_acknowledge": lambda site: {"version": "1"},
    "acknowledgement_add": lambda site: {"member": site.without_login.pk, "on": "2026-11-24"},
    "adaptation_add": lambda site: {"what": "No home assignments", "in_use_from": "2026-09-01"},
    "adaptation_change": lambda site: {
        "what": "No home assignments",
        "in_use_from": "2026-09-01",
        "reason": "They were not done",
        "evidence": "Outcomes of the spring",
        "decided_on": "2026-11-20",
        "look_again_on": "2027-05-20",
    },
    "adaptation_remove": lambda site: {},
    "supervision_add": lambda site: {"held_on": "2026-11-24"},
    "supervision_change": lambda site: {"held_on": "2026-11-17"},
    "supervision_remove": lambda site: {},
    "readiness_add": lambda site: {"eligible": "True", "briefing": "False", "on": "2026-11-24"},
    "pause_add": lambda site: {"paused_on": "2026-11-25", "restart_planned_on": "2027-01-11"},
    "pause_change": lambda site: {"paused_on": "2026-01-05", "restarted_on": "2026-02-09"},
    "pause_remove": lambda site: {},
    "pause_end": lambda site: {"restarted_on": "2026-02-02"},
    "acceptance_add": lambda site: {"reason": "Two of us are on leave until the new year.", "until": "2027-01-31"},
    "acceptance_end": lambda site: {},
    "action_take_up": lambda site: {},
    "recommendation_take_up": lambda site: {},
    "leader_act_choose": lambda site: {},
    "leader_act_look_back": lambda site: {"helped": "partly"},
    "observation_add": lambda site: {
        "entry": "own-time",
        "effect": "hinders",
        "text": "We read at home",
        "on": "2026-11-24",
        "source": "supervision",
    },
    "vision_publish": lambda site: {"text": "IMR for everybody who can use it.", "horizon_on": "2028-12-31"},
    "vision_acknowledge": lambda site: {"version": "2"},
    "first_plan_put_away": lambda site: {},
    "vision_confirm": lambda site: {},
    "goal_add": lambda site: {
        "outcome": "Two groups run",
        "doing_measure": "Groups",
        "owner": site.leader.pk,
        "due_on": "2027-06-01",
    },
    "goal_change": lambda site: {
        "outcome": "Three groups run",
        "result_measure": "Patients who finish",
        "owner": site.leader.pk,
        "due_on": "2027-06-01",
    },
    "goal_check_in": lambda site: {"progress": "slow", "value": "2.5", "note": "Two are ill"},
    "goal_end": lambda site: {},
    "week_check_in_add": lambda site: {"kept": "3", "own_time_hours": "1.5"},
    "week_reminder": lambda site: {},
    "hours_shown": lambda site: {},
    "clearance_add": lambda site: {"cleared_on": "2026-11-24", "agreed": "The day team covers Tuesdays"},
    "clearance_change": lambda site: {"cleared_on": "2026-11-17"},
    "clearance_remove": lambda site: {},
    "allocation_add": lambda site: {
        "member": site.practitioner.pk,
        "work": "supervision",
        "hours_per_week": "1.5",
        "starts_on": "2026-12-01",
    },
    "allocation_change": lambda site: {
        "member": site.practitioner.pk,
        "work": "session",
        "hours_per_week": "3",
        "starts_on": "2026-12-01",
        "ends_on": "2027-12-01",
    },
    "caseload_add": lambda site: {"month": "2026-09-01", "individual_patients": "4", "groups": "0"},
    "caseload_change": lambda site: {"month": "2026-10-01", "individual_patients": "5", "dropped_out": "1"},
    "caseload_remove": lambda site: {},
    "capacity_change": lambda site: {"value": "36", "source": "Counted in the diary"},
    "agreement": lambda site: {
        "purpose": "To make room for IMR",
        "ground": "public_task",
        "discussed_on": "2026-11-20",
        "discussed_with": "Shop steward",
        "information": "For planning only",
        "keep_months": "12",
        "evaluate_on": "2027-11-25",
    },
    "conflict_log": lambda site: {"reason": "meeting", "named": ""},
    "conflict_saved": lambda site: {"displaced": "preparation"},
    "conflict_detail": lambda site: {
        "happened_on": "2026-11-24",
        "displaced": "none",
        "hours": "1.5",
        "wanted_help": "talk",
        "note": "Twice",
        "show_note": "on",
        "named": "True",
    },
    "conflict_withdraw": lambda site: {},
    "conflict_answer": lambda site: {"state": "not_now", "text": "After the summer"},
    "review_rhythm": lambda site: {"rhythm": "weekly_2", "day": "2026-12-01", "time": "13:00"},
    "review_move": lambda site: {"day": "2026-12-03", "time": "14:30"},
    "review_observe": lambda site: {"entry": "no-goals", "effect": "helps", "text": "We have one"},
    "review_add": lambda site: {"day": "2026-12-08", "time": "09:00"},
    "review_skip": lambda site: {"because": "Half of us are away"},
    "review_again": lambda site: {},
    "topic_add": lambda site: {"text": "The room on Tuesdays"},
    "topic_remove": lambda site: {},
    "action_add": lambda site: {"title": "Call the next level", "owner": site.leader.pk, "due_on": SOON},
    "action_change": lambda site: {"title": "Call them twice", "owner": site.leader.pk, "due_on": SOON},
    "action_state": lambda site: {},
    "plan_check": lambda site: {"language": "nb"},
    "dossier": lambda site: {"names": "without"},
    "document_retry": lambda site: {},
    "document_cancel": lambda site: {},
    "outbox_send_again": lambda site: {},
    "attach_plan": lambda site: {},
    "address_works": lambda site: {},
    "fidelity_add": lambda site: {"rated_on": "2026-11-20", "total": "4.38"},
    "fidelity_change": lambda site: {"rated_on": "2026-11-20", **dict.fromkeys(IMR_FIDELITY.items, "4")},
    "fidelity_remove": lambda site: {},
    "visit_add": lambda site: {
        "planned_on": "2026-12-10",
        "first": site.leader.pk,
        "second": site.adviser.pk,
        "covers": "The four on Tuesdays",
        "practitioners": "4",
        "patients": "12",
    },
    "visit_change": lambda site: {"planned_on": SOON, "first": site.leader.pk, "second": site.adviser.pk},
    "visit_cancel": lambda site: {},
    "visit_done": lambda site: {},
    "visit_agree": lambda site: {},
    "visit_advise": lambda site: {"about": "imr_fidelity:cbt", "text": "Practise role play in supervision"},
    "visit_tell": lambda site: {"told_on": "2026-11-24"},
    "visit_take_back": lambda site: {},
    "recommendation_add": lambda site: {"text": "Look at the goals in every third session"},
    "recommendation_change": lambda site: {"text": "Look at the goals in every second session"},
    "recommendation_remove": lambda site: {},
    "organisation_rating_add": lambda site: {"rated_on": "2026-11-20", "mean": "3.25"},
    "organisation_rating_change": lambda site: {"rated_on": "2026-11-19", "mean": "3.5"},
    "organisation_rating_remove": lambda site: {},
    "leadership_rating_add": lambda site: {"rated_on": "2026-11-20", "minimum": "5", "answers": "9", **LEADERSHIP},
    "leadership_rating_change": lambda site: {"rated_on": "2026-11-19", "minimum": "3", "answers": "3", **LEADERSHIP},
    "leadership_rating_remove": lambda site: {},
    "own_rating_add": lambda site: {"rated_on": "2026-11-20", **LEADERSHIP},
    "own_rating_share": lambda site: {},
    "own_rating_remove": lambda site: {},
    "sustainment_rating_add": lambda site: {
        "rated_on": "2026-11-20",
        "minimum": "5",
        "answers": "9",
        "mean": "2.5",
        "wording": "official",
    },
    "sustainment_rating_change": lambda site: {
        "rated_on": "2026-11-19",
        "minimum": "3",
        "answers": "3",
        "mean": "2",
    },
    "sustainment_rating_remove": lambda site: {},
    "official_texts": lambda site: {"plan": "The first item, word for word", "allowed": "on"},
    "wave_add": lambda site: (
        nobody_asked(site)
        or {
            "emails": "\n".join(f"team{number}@example.org" for number in range(5)),
            "language": "nb",
            "closes_on": SOON,
            "minimum": "5",
        }
    ),
    "wave_remind": lambda site: {},
    "wave_close": lambda site: {},
    "wave_take_back": lambda site: {},
    "wave_invite_again": lambda site: {},
    "wave_reply": lambda site: {"reply": "We start with the rota. More in March."},
    "outcome_round_add": lambda site: {"measured_on": "2026-11-20", "form": "patient", "patients": "3"},
    "outcome_round_change": lambda site: {
        "measured_on": "2026-11-20",
        "form": "practitioner",
        "patients": "14",
        "mean": "3.2",
        "fed_back_on": "2026-11-24",
    },
    "outcome_round_remove": lambda site: {},
    "domain_means_add": lambda site: {"rated_on": "2026-11-20", **dict.fromkeys(DOMAINS["psat"], "4.5")},
    "domain_means_change": lambda site: {"rated_on": "2026-11-20", **dict.fromkeys(DOMAINS["csat"], "5")},
    "domain_means_remove": lambda site: {},
}
LANGUAGES = {
    "en": {"error": "Error: ", "summary": "There is a problem", "optional": "(optional)"},
    "nb": {
        "error": "Feil: ",
        "summary": "For å gå videre må du rette opp følgende feil",
        "optional": "Valgfritt",
    },
}


def who_fills_in(site: Site, name: str):
    """Somebody who may send the form: the leader, unless it is the practitioner's or the sponsor's own."""
    view = FORM_PAGES[name]
    if issubclass(view, ChangeDocumentMixin):  # each kind of document says who
        return site.leader
    needed = {view.permission, view.write_permission or view.permission}
    if needed <= PERMISSIONS[Role.SPONSOR]:
        return site.sponsor
    leading = needed <= PERMISSIONS[Role.LEADER] and not issubclass(view, OwnConflict | RemoveTopic)
    return site.leader if leading else site.practitioner

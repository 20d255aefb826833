"""S01: every address × every role × own or other service gives the answer that the table below says.

A new page needs one line in `TABLE`, by the name of its address. The failure message of a page that has
none proposes it. A page with an object in its address needs that object in `OBJECTS` besides, once for
each name (`goal_pk`): what is made there belongs to the service it is given.
"""

import copy
import re
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts import phones
from accounts.access import roles_with
from accounts.models import Role
from assessments import visits, waves
from config.mail import FolderBackend
from planning import addresses as mailed_to
from planning import calendar_feeds, opt_outs
from planning.documents import issuing
from planning.documents.kinds import KINDS
from planning.mailing import message_id
from planning.models import AgendaItem, Document, DocumentFile, Message
from tests import factories

pytestmark = pytest.mark.once

LEADERS = frozenset({Role.LEADER, Role.STAND_IN})
PRACTITIONERS = frozenset({Role.PRACTITIONER})
TEAM = LEADERS | PRACTITIONERS
ADVISERS = frozenset({Role.ADVISER})
READERS = TEAM | ADVISERS
SPONSORS = frozenset({Role.SPONSOR})
EVERYBODY = frozenset(Role)
GROUPS = {
    name: group
    for name, group in globals().items()
    if name in ("LEADERS", "PRACTITIONERS", "TEAM", "ADVISERS", "READERS", "SPONSORS", "EVERYBODY")
}

SIGN_IN = "sign-in"
OK, REDIRECT, NO_METHOD = frozenset({200}), frozenset({302}), frozenset({405})
DONE = frozenset({200, 302})  # a form that was taken, or shown again with what is missing


@dataclass(frozen=True)
class Rule:
    """A page of a service. `get` and `post` are the roles that get through; None: there is no such method.

    `missing` are roles that may come in but find nothing there (404), as with somebody else's entry.
    """

    get: frozenset | None
    post: frozenset | None
    missing: frozenset = frozenset()
    found: frozenset = OK
    words: dict = field(default_factory=dict)

    def expected(self, role: str, method: str) -> frozenset:
        """The answers that are right for a member of the service."""
        mine, other = (self.post, self.get) if method == "POST" else (self.get, self.post)
        if role in self.missing:
            return frozenset({404})
        if mine is not None:
            if role not in mine:
                return frozenset({403})
            return DONE if method == "POST" else self.found
        return NO_METHOD if role in (other or ()) else frozenset({403})


@dataclass(frozen=True)
class Open:
    """A page of no service: the answers to somebody not signed in, and to anybody who is."""

    nobody: frozenset | str
    signed_in: frozenset
    post_nobody: frozenset | str = NO_METHOD
    post_signed_in: frozenset = NO_METHOD
    words: dict = field(default_factory=dict)


def rule(*, get=None, post=None, missing=frozenset(), found=OK, **words) -> Rule:
    """A page of a service; `words` are parts of its address that are no objects."""
    return Rule(get, post, missing, found, words)


def signed_in(found=OK, post=NO_METHOD, **words) -> Open:
    """A page of no service for everybody who is signed in."""
    return Open(SIGN_IN, found, SIGN_IN, post, words)


def anybody(nobody=OK, found=OK, post=NO_METHOD, post_signed_in=None, **words) -> Open:
    """A page for people who are not signed in, too."""
    return Open(nobody, found, post, post_signed_in or post, words)


# ------------------------------------------------------------------------------------------------
# One line for each name of an address
# ------------------------------------------------------------------------------------------------

LEADER_ALONE = frozenset({Role.LEADER})  # a rating of the own leadership
RATERS = LEADER_ALONE | ADVISERS  # of the visits that are made here
RATED = rule(get=LEADERS | ADVISERS, post=LEADERS | ADVISERS)


def issuing_of(issued: str, **words) -> Rule:
    """Who issues documents of a kind; as long as none of it are made, nobody finds the page."""
    if issued not in KINDS:
        return rule(get=LEADERS, post=LEADERS, missing=EVERYBODY, **words)
    who = frozenset(roles_with(KINDS[issued].issue))
    return rule(get=who, post=who, **words)


TABLE = {
    # Coming in, and oneself
    "home": signed_in(found=DONE),
    "overview": signed_in(),
    "overview_documents": signed_in(found=NO_METHOD, post=OK),
    "overview_csv": signed_in(found=NO_METHOD, post=OK),
    "own_settings": signed_in(post=DONE),
    "own_devices": signed_in(post=REDIRECT),
    "own_mail": signed_in(post=REDIRECT),
    "operator_messages": signed_in(found=frozenset({404}), post=frozenset({404})),  # unless the settings name them
    "own_calendar": signed_in(post=DONE),
    "calendar_feed": anybody(),
    "session_left": signed_in(post=OK),
    "phone_forget": anybody(nobody=NO_METHOD, found=NO_METHOD, post=REDIRECT),
    "invitation": anybody(post=DONE),
    "healthz": anybody(),
    "readyz": anybody(nobody=frozenset({503}), found=frozenset({503})),  # no tick was ever heard of in a test
    "set_language": anybody(nobody=REDIRECT, found=REDIRECT, post=REDIRECT),
    "gallery": signed_in(),
    # allauth's
    "account_login": anybody(found=REDIRECT, post=OK, post_signed_in=REDIRECT),
    "account_logout": anybody(nobody=REDIRECT, post=REDIRECT),
    "account_signup": anybody(found=REDIRECT, post=OK, post_signed_in=REDIRECT),
    "account_inactive": anybody(),
    "account_reauthenticate": signed_in(post=OK),
    "account_email": signed_in(post=REDIRECT),
    "account_email_verification_sent": anybody(),
    "account_confirm_email": anybody(post=frozenset({404}), key="no-such-key"),
    "account_change_password": signed_in(post=OK),
    "account_set_password": signed_in(found=REDIRECT, post=REDIRECT),
    "account_reset_password": anybody(post=OK),
    "account_reset_password_done": anybody(),
    "account_reset_password_from_key": anybody(post=OK, uidb36="1", key="no-such-key"),
    "account_reset_password_from_key_done": anybody(),
    "account_confirm_login_code": anybody(nobody=REDIRECT, found=REDIRECT, post=REDIRECT),
    # People and the trail
    "people": rule(get=TEAM),
    "people_csv": rule(post=TEAM),
    "member_add": rule(get=LEADERS, post=LEADERS),
    "member_change": rule(get=LEADERS, post=LEADERS),
    "member_invite": rule(get=LEADERS, post=LEADERS),
    "service_settings": rule(get=LEADERS, post=LEADERS),
    "phone_remember": rule(get=PRACTITIONERS, post=PRACTITIONERS),
    "audit": rule(get=LEADERS),
    # How it stands
    "service_home": rule(get=EVERYBODY),
    "standing": rule(get=READERS),
    "theme": rule(get=READERS, number=1),
    "entry": rule(get=READERS, entry_key="crowded-out"),
    "acceptance_add": rule(get=LEADERS, post=LEADERS, entry_key="no-goals"),
    "action_take_up": rule(get=LEADERS, post=LEADERS, entry_key="no-goals", number=0),
    "recommendation_take_up": rule(get=LEADERS, post=LEADERS),
    "acceptance_end": rule(get=LEADERS, post=LEADERS),
    "catalogue": rule(get=EVERYBODY),
    # The record
    "record": rule(get=READERS),
    "record_nothing": rule(get=LEADERS, post=LEADERS, list="supervision"),
    "decisions": rule(get=READERS),
    "decision_add": rule(get=LEADERS, post=LEADERS),
    "decision_change": rule(get=LEADERS, post=LEADERS),
    "decision_remove": rule(get=LEADERS, post=LEADERS),
    "decisions_wanted": rule(get=READERS),
    "decision_wanted_add": rule(get=LEADERS, post=LEADERS),
    "decision_wanted_record": rule(get=LEADERS, post=LEADERS),
    "decision_wanted_take_back": rule(get=LEADERS, post=LEADERS),
    "decision_wanted_stop": rule(get=LEADERS, post=LEADERS),
    "decision_wanted_answer": rule(get=SPONSORS, post=SPONSORS),
    "supports": rule(get=READERS),
    "support_add": rule(get=LEADERS, post=LEADERS),
    "support_change": rule(get=LEADERS, post=LEADERS),
    "support_remove": rule(get=LEADERS, post=LEADERS),
    "confirmations": rule(get=READERS),
    "confirmation_add": rule(get=LEADERS, post=LEADERS),
    "confirmation_change": rule(get=LEADERS, post=LEADERS),
    "confirmation_remove": rule(get=LEADERS, post=LEADERS),
    "fundings": rule(get=READERS),
    "funding_add": rule(get=LEADERS, post=LEADERS),
    "funding_change": rule(get=LEADERS, post=LEADERS),
    "funding_remove": rule(get=LEADERS, post=LEADERS),
    "plan": rule(get=READERS),
    "vision_publish": rule(get=LEADERS, post=LEADERS),
    "visions": rule(get=READERS),
    "vision_acknowledge": rule(get=PRACTITIONERS, post=PRACTITIONERS),
    "first_plan": rule(get=LEADERS),
    "first_plan_put_away": rule(get=LEADERS, post=LEADERS),
    "vision_confirm": rule(get=LEADERS, post=LEADERS),
    "expectations": rule(get=READERS),
    "expectation_publish": rule(get=LEADERS, post=LEADERS),
    "expectation_acknowledge": rule(get=PRACTITIONERS, post=PRACTITIONERS),
    "acknowledgement_add": rule(get=LEADERS, post=LEADERS),
    "adaptations": rule(get=READERS),
    "adaptation_add": rule(get=LEADERS, post=LEADERS),
    "adaptation_change": rule(get=LEADERS, post=LEADERS),
    "adaptation_remove": rule(get=LEADERS, post=LEADERS),
    "supervisions": rule(get=READERS),
    "supervision_add": rule(get=TEAM, post=TEAM),
    "supervision_change": rule(get=LEADERS, post=LEADERS),
    "supervision_remove": rule(get=LEADERS, post=LEADERS),
    "readiness": rule(get=READERS),
    "readiness_add": rule(get=LEADERS, post=LEADERS),
    "pauses": rule(get=READERS),
    "pause_add": rule(get=LEADERS, post=LEADERS),
    "pause_change": rule(get=LEADERS, post=LEADERS),
    "pause_remove": rule(get=LEADERS, post=LEADERS),
    "pause_end": rule(get=LEADERS, post=LEADERS),
    "goal": rule(get=READERS),
    "goal_add": rule(get=LEADERS, post=LEADERS),
    "goal_change": rule(get=LEADERS, post=LEADERS),
    "goal_check_in": rule(get=TEAM, post=TEAM),
    "goal_end": rule(get=LEADERS, post=LEADERS, state="reached"),
    "time": rule(get=READERS),
    "week_check_in": rule(get=PRACTITIONERS),
    "week_check_in_add": rule(get=PRACTITIONERS, post=PRACTITIONERS),
    "week_reminder": rule(get=PRACTITIONERS, post=PRACTITIONERS, switch="on"),
    "hours_shown": rule(get=PRACTITIONERS, post=PRACTITIONERS, switch="on"),
    "what_if": rule(get=LEADERS),
    "clearances": rule(get=READERS),
    "clearance_add": rule(get=LEADERS, post=LEADERS),
    "clearance_change": rule(get=LEADERS, post=LEADERS),
    "clearance_remove": rule(get=LEADERS, post=LEADERS),
    "allocation_add": rule(get=LEADERS, post=LEADERS),
    "allocation_change": rule(get=LEADERS, post=LEADERS),
    "allocation_import": rule(get=LEADERS, post=LEADERS),
    "allocation_template": rule(get=LEADERS, format="csv"),
    "caseload": rule(get=TEAM),
    "caseload_add": rule(get=LEADERS, post=LEADERS),
    "caseload_change": rule(get=LEADERS, post=LEADERS),
    "caseload_remove": rule(get=LEADERS, post=LEADERS),
    "caseload_import": rule(get=LEADERS, post=LEADERS),
    "caseload_template": rule(get=LEADERS, format="xlsx"),
    "need": rule(get=READERS),
    "capacity_change": rule(get=LEADERS, post=LEADERS, name="sessions"),
    "observation_add": rule(get=READERS, post=READERS),
    "observations": rule(get=READERS),
    "fidelity": rule(get=READERS),
    "fidelity_rating": rule(get=READERS),
    "fidelity_add": RATED,
    "fidelity_change": RATED,
    "fidelity_remove": RATED,
    "visit": rule(get=READERS),
    "visit_add": RATED,
    "visit_change": RATED,
    "visit_cancel": RATED,
    "visit_rate": rule(get=RATERS, post=RATERS, part=1),  # the two of that visit alone
    "visit_item": rule(post=RATERS),
    "visit_done": rule(get=RATERS, post=RATERS),
    "visit_settle": rule(get=RATERS, post=RATERS, part=1),
    "visit_agree": rule(get=RATERS, post=RATERS),
    "visit_advise": RATED,
    "visit_tell": RATED,
    "visit_take_back": RATED,
    "recommendation_add": RATED,
    "recommendation_change": RATED,
    "recommendation_remove": RATED,
    "organisation_ratings": rule(get=READERS),
    "organisation_rating_add": RATED,
    "organisation_rating_change": RATED,
    "organisation_rating_remove": RATED,
    "leadership_ratings": rule(get=READERS),
    "leadership_rating_add": RATED,
    "leadership_rating_change": RATED,
    "leadership_rating_remove": RATED,
    "own_rating_add": rule(get=LEADER_ALONE, post=LEADER_ALONE),
    "own_rating_share": rule(get=LEADER_ALONE, post=LEADER_ALONE),
    "own_rating_remove": rule(get=LEADER_ALONE, post=LEADER_ALONE),
    "outcome_import": RATED,
    "outcome_sheet": rule(get=LEADERS | ADVISERS),
    "domain_means": rule(get=READERS),
    "domain_means_add": rule(get=LEADERS | ADVISERS, post=LEADERS | ADVISERS, tool="csat"),
    "domain_means_change": RATED,
    "domain_means_remove": RATED,
    "data_said": rule(get=READERS),
    "sustainment_ratings": rule(get=READERS),
    "sustainment_rating_add": RATED,
    "sustainment_rating_change": RATED,
    "sustainment_rating_remove": RATED,
    "instruments": rule(get=READERS),
    "instrument": rule(get=READERS, instrument_key="press"),
    "official_texts": rule(get=LEADERS, post=LEADERS, instrument_key="ils", language="nb"),
    "paper_form": rule(get=READERS, instrument_key="ils", informant="self"),
    "all_results": rule(get=READERS),
    "waves": rule(get=READERS),
    "wave_add": RATED,
    "wave": rule(get=READERS),
    "wave_remind": RATED,
    "wave_close": RATED,
    "wave_take_back": RATED,
    "wave_invite_again": RATED,
    "wave_reply": rule(get=LEADERS, post=LEADERS),
    "wave_answer": anybody(post=DONE),
    "outcome_rounds": rule(get=READERS),
    "outcome_round_add": RATED,
    "outcome_round_change": RATED,
    "outcome_round_remove": RATED,
    # Conflicts: the practitioner is the author
    "conflicts": rule(get=READERS),
    "conflicts_csv": rule(post=READERS),
    "conflict_patterns": rule(get=LEADERS),
    "agreement": rule(get=TEAM, post=LEADERS),
    "conflict_log": rule(get=PRACTITIONERS, post=PRACTITIONERS),
    "conflict_saved": rule(get=PRACTITIONERS, post=PRACTITIONERS),
    "conflict_detail": rule(get=PRACTITIONERS, post=PRACTITIONERS),
    "conflict_withdraw": rule(get=PRACTITIONERS, post=PRACTITIONERS, missing=LEADERS),
    "conflict_answer": rule(get=LEADERS, post=LEADERS),
    # The log on the home screen, and what a phone keeps of it
    "quick_log": Open(SIGN_IN, DONE),
    "quick_shell": anybody(language="en"),
    "quick_worker": anybody(language="nb"),
    "quick_manifest": anybody(language="nb"),
    # Reviews and actions
    "reviews": rule(get=READERS),
    "review": rule(get=READERS),
    "review_calendar": rule(get=READERS),
    "review_rhythm": rule(get=LEADERS, post=LEADERS),
    "review_move": rule(get=LEADERS, post=LEADERS),
    "review_observe": rule(get=LEADERS, post=LEADERS),
    "review_hold": rule(get=LEADERS, post=LEADERS),
    "review_add": rule(get=LEADERS, post=LEADERS),
    "review_skip": rule(get=LEADERS, post=LEADERS),
    "review_again": rule(get=LEADERS, post=LEADERS),
    "topic_add": rule(get=TEAM, post=TEAM),
    "topic_remove": rule(get=PRACTITIONERS, post=PRACTITIONERS, missing=LEADERS),  # one's own alone
    "actions": rule(get=READERS),
    "action_add": rule(get=LEADERS, post=LEADERS),
    "action_change": rule(get=LEADERS, post=LEADERS),
    "action_state": rule(get=TEAM, post=TEAM, state="done"),
    # The leader's month
    "leader_month": rule(get=LEADERS),
    "leader_act_choose": rule(get=LEADERS, post=LEADERS, code="rota"),
    "leader_act_look_back": rule(get=LEADERS, post=LEADERS),
    "effort": rule(get=LEADERS),
    # Documents
    "documents": rule(get=EVERYBODY),
    "plan_check": rule(get=LEADERS, post=LEADERS),
    "plan_draft": rule(get=LEADERS),
    "document_new": issuing_of(Document.Kind.MEMO, kind=Document.Kind.MEMO),
    "report_new": issuing_of(Document.Kind.FIDELITY_REPORT),
    "document_text": rule(get=EVERYBODY, kind="plan"),
    "document": rule(get=EVERYBODY, kind="plan"),
    "document_pdf": rule(get=EVERYBODY, kind="plan"),
    "document_retry": rule(get=LEADERS, post=LEADERS, kind="plan"),
    "document_cancel": rule(get=LEADERS, post=LEADERS, kind="plan"),
    "document_verify": rule(get=EVERYBODY, kind="plan"),
    "plan_verify": rule(get=EVERYBODY, found=REDIRECT),
    "dossier": rule(get=LEADERS, post=LEADERS),
    "dossier_file": rule(get=LEADERS, found=REDIRECT),
    # Mail
    "outbox": rule(get=LEADERS),
    "outbox_message": rule(get=LEADERS),
    "outbox_attachment": rule(get=LEADERS, position=0),
    "outbox_send_again": rule(get=LEADERS, post=LEADERS),
    "mail_ahead": rule(get=LEADERS),
    "attach_plan": rule(get=LEADERS, post=LEADERS, switch="off"),
    "address_works": rule(get=LEADERS, post=LEADERS),
    "unsubscribe": anybody(post=OK),
}


# What a remembered phone opens besides what anybody may see: the log and, for ten minutes, an own entry (S05).
QUICK = {
    "conflict_log": rule(get=PRACTITIONERS, post=PRACTITIONERS),
    "conflict_saved": rule(get=PRACTITIONERS, post=PRACTITIONERS),
    "conflict_withdraw": rule(get=PRACTITIONERS, post=PRACTITIONERS),
}
QUICK_START = "quick_log"  # the address on the home screen, which names no service and leads to the log


def practitioner_of(service):
    return service.members.get(role=Role.PRACTITIONER)


def leader_of(service):
    return service.members.present(timezone.localdate()).get(role=Role.LEADER)


def issued_plan(service) -> Document:
    """A plan with its document."""
    plan = issuing.issue(service=service, by=leader_of(service), language="en", as_of=timezone.localdate())
    DocumentFile.objects.create(document=plan, pdf=b"%PDF-1.7", page_one=b"%PDF-1.7", sha256="0" * 64, pages=1)
    Document.objects.filter(pk=plan.pk).update(state=Document.State.READY, made_at=timezone.now())
    return plan


def sent_message(service) -> Message:
    """A message about a plan, as it lies in the mail folder."""
    message = Message.objects.create(
        service=service,
        kind=Message.Kind.PLAN_READY,
        recipient=leader_of(service),
        period="plan:1",
        document=issued_plan(service),
        expires_at=timezone.now() + timedelta(days=1),
    )
    mail = EmailMultiAlternatives("Ready", "It is ready.", to=["kari@example.org"])
    mail.extra_headers["Message-ID"] = message_id(message)
    mail.attach("plan.pdf", b"%PDF-1.7", "application/pdf")
    FolderBackend().send_messages([mail])
    return message


def unreached_member(service):
    """Somebody whose address refuses mail."""
    member = practitioner_of(service)
    mailed_to.refused(member.user, message_id="<1@example.org>", said="550 no", at=timezone.now())
    return member


def invitation_token(service) -> str:
    """The end of a link that still works."""
    factories.make_invitation(token=f"token-{service.key}")
    return f"token-{service.key}"


def said_no(service):
    """The next level does not want IMR to go on."""
    return factories.make_decision_wanted(service, subject="continue", answer="no", answered_on=timezone.localdate())


def wave_of(service):
    """The open survey of the staff: there can be one."""
    return service.waves.open().first() or factories.make_wave(service)


def invitation_of(service):
    """An invitation to it that was not taken back."""
    return wave_of(service).invitations.filter(withdrawn_on__isnull=True).order_by("pk").first()


def record_of(name: str, make) -> dict:
    """What makes a record of one noun, for the addresses that change it and take it out."""
    return {(f"{name}_{page}", "record_pk"): lambda service: make(service).pk for page in ("change", "remove")}


def visit_of(service, *, make=factories.make_visit):
    """A visit that the service's leader and adviser rate."""
    adviser = service.members.filter(role=Role.ADVISER).first()
    day = timezone.localdate() - timedelta(days=1 + service.visits.count())
    return make(service, raters=(leader_of(service), adviser), planned_on=day)


def rated_visit_of(service):
    """One that both have rated."""
    return visit_of(service, make=factories.make_rated_visit)


def agreed_visit_of(service):
    """One on which both have agreed."""
    return visits.agree(rated_visit_of(service), by=leader_of(service), on=timezone.localdate())


# What stands in an address for an object of a service.
def topic_of(service):
    """What the practitioner put on the agenda of a review."""
    topic = AgendaItem.objects.filter(review__service=service).first()
    return topic or factories.make_topic(factories.make_review(service), by=practitioner_of(service))


OBJECTS = {
    **record_of("decision", factories.make_decision),
    **{
        (f"decision_wanted_{page}", "record_pk"): lambda service: factories.make_decision_wanted(service).pk
        for page in ("record", "take_back", "answer")
    },
    ("decision_wanted_stop", "record_pk"): lambda service: said_no(service).pk,
    **record_of("caseload", factories.make_caseload_month),
    **record_of("support", factories.make_support),
    **record_of("confirmation", factories.make_confirmation),
    **record_of("funding", factories.make_funding),
    **record_of("recommendation", lambda service: factories.make_recommendation(factories.make_rating(service))),
    **record_of("organisation_rating", factories.make_organisation_rating),
    **record_of("leadership_rating", factories.make_leadership_rating),
    **record_of("sustainment_rating", factories.make_sustainment_rating),
    **record_of("outcome_round", factories.make_outcome_round),
    **record_of("domain_means", factories.make_domain_means),
    **{
        (f"own_rating_{page}", "rating_pk"): lambda service: factories.make_own_leadership_rating(leader_of(service)).pk
        for page in ("share", "remove")
    },
    "wave_pk": lambda service: wave_of(service).pk,
    ("wave_reply", "wave_pk"): lambda service: factories.make_closed_wave(service, 2, 2, 2, 2, 2).pk,
    "invitation_pk": lambda service: invitation_of(service).pk,
    ("wave_invite_again", "invitation_pk"): lambda service: factories.make_lost_invitation(wave_of(service)).pk,
    ("wave_answer", "token"): lambda service: waves.token(invitation_of(service)),
    "visit_pk": lambda service: visit_of(service).pk,
    **{(f"visit_{page}", "visit_pk"): lambda service: rated_visit_of(service).pk for page in ("settle", "agree")},
    ("report_new", "visit_pk"): lambda service: agreed_visit_of(service).pk,
    "rating_pk": lambda service: factories.make_rating(service).pk,
    **record_of("clearance", factories.make_clearance),
    **record_of("adaptation", factories.make_adaptation),
    **record_of("supervision", factories.make_supervision),
    **record_of("pause", factories.make_pause),
    ("acceptance_end", "record_pk"): lambda service: factories.make_acceptance(service).pk,
    ("recommendation_take_up", "record_pk"): lambda service: (
        factories.make_recommendation(factories.make_rating(service)).pk
    ),
    ("leader_act_look_back", "record_pk"): lambda service: factories.make_leader_act(service).pk,
    ("pause_end", "record_pk"): lambda service: factories.make_pause(service).pk,
    "member_pk": lambda service: practitioner_of(service).pk,
    "goal_pk": lambda service: factories.make_goal(service).pk,
    "allocation_pk": lambda service: factories.make_allocation(practitioner_of(service)).pk,
    "conflict_pk": lambda service: (
        factories.make_conflict(practitioner_of(service), released_on=timezone.localdate()).pk
    ),
    "review_pk": lambda service: factories.make_review(service).pk,
    ("topic_remove", "review_pk"): lambda service: topic_of(service).review_id,
    ("topic_remove", "item_pk"): lambda service: topic_of(service).pk,
    ("review_again", "review_pk"): lambda service: (
        factories.make_review(service, state="cancelled", cancelled_because="Holiday").pk
    ),
    "action_pk": lambda service: factories.make_action(service, owner=practitioner_of(service)).pk,
    "number": lambda service: issued_plan(service).number,
    "message_pk": lambda service: sent_message(service).pk,
    ("address_works", "member_pk"): lambda service: unreached_member(service).pk,
    ("invitation", "token"): invitation_token,
    ("calendar_feed", "token"): lambda service: calendar_feeds.make(leader_of(service).user, at=timezone.now()),
    ("unsubscribe", "token"): lambda service: opt_outs.token(leader_of(service), kind=Message.Kind.REVIEW_SOON),
}


# ------------------------------------------------------------------------------------------------


def addresses(resolver=None, prefix="") -> dict[str, URLPattern]:
    """Every address of the site by its name; one without a name goes by its pattern."""
    found = {}
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            found |= addresses(entry, prefix + str(entry.pattern))
        else:
            entry.whole = prefix + str(entry.pattern)
            found.setdefault(entry.name or entry.whole, entry)
    return found


ADDRESSES = addresses()


def sheets() -> dict[str, Rule]:
    """The addresses that hand out the list of a page: for those who may read the page, if nothing else is said."""
    pages = {getattr(entry.callback, "view_class", None): name for name, entry in ADDRESSES.items()}
    found = {}
    for name, entry in ADDRESSES.items():
        page = getattr(getattr(entry.callback, "view_class", None), "page", None)
        if page and pages.get(page) in TABLE:
            found[name] = rule(post=TABLE[pages[page]].get)
    return found


TABLE = sheets() | TABLE
CLASSED = sorted(set(ADDRESSES) & set(TABLE))
OF_SERVICES = [name for name in CLASSED if isinstance(TABLE[name], Rule)]
OF_NO_SERVICE = [name for name in CLASSED if isinstance(TABLE[name], Open)]


def parts_of(name: str) -> set[str]:
    """The named parts of an address."""
    return set(re.findall(r"<(?:\w+:)?(\w+)>", ADDRESSES[name].whole))


def objects_of(name: str) -> set[str]:
    """The named parts that stand for objects."""
    return parts_of(name) - {"service_key"} - set(TABLE[name].words)


def maker(name: str, part: str):
    """What makes the object; None when nothing is said. Pages with the same part may have makers of their own."""
    return OBJECTS.get((name, part)) or OBJECTS.get(part)


def proposal(name: str) -> str:
    """The line that the table lacks, as far as it can be told from the view."""
    view = getattr(ADDRESSES[name].callback, "view_class", None)
    if "service_key" not in parts_of(name):
        return f'"{name}": signed_in(),  # or anybody()'
    roles = [roles_with(p) for p in (getattr(view, "permission", None), getattr(view, "write_permission", None)) if p]
    readers = frozenset(roles[0]) if roles else EVERYBODY
    named = {group: group_name for group_name, group in GROUPS.items()}
    words = [f"get={named.get(readers, sorted(readers))}"] if hasattr(view, "get") else []
    if hasattr(view, "post"):
        writers = readers & frozenset(roles[-1]) if roles else readers
        words.append(f"post={named.get(writers, sorted(writers))}")
    return f'"{name}": rule({", ".join(words)}),'


def test_s01_every_address_is_classed():
    unclassed = sorted(set(ADDRESSES) - set(TABLE))

    assert not unclassed, (
        "These addresses have no line in TABLE in tests/test_access_matrix.py. If this is whom they are for, add:\n    "
        + "\n    ".join(proposal(name) for name in unclassed)
    )


def test_s01_the_table_names_no_address_that_is_gone():
    assert not sorted(set(TABLE) - set(ADDRESSES))


def test_s01_every_object_in_an_address_can_be_made():
    unknown = sorted({part for name in CLASSED for part in objects_of(name) if not maker(name, part)})

    assert not unknown, f"Say in OBJECTS of tests/test_access_matrix.py how to make: {', '.join(unknown)}"


def test_s01_every_address_of_a_service_is_classed_as_one():
    wrong = [name for name in CLASSED if ("service_key" in parts_of(name)) != isinstance(TABLE[name], Rule)]

    assert not wrong, "Pages below /services/<key>/ take rule(...), others signed_in() or anybody()."


class World:
    """Two services with everybody in them, and somebody who is nobody."""

    def __init__(self):
        self.own, self.other = factories.make_service("own"), factories.make_service("other")
        self.people = {
            service: {role: factories.make_member(service, role=role) for role in Role.values}
            for service in (self.own, self.other)
        }
        for service in (self.own, self.other):
            factories.make_agreement(service)
            factories.make_vision(service)
            factories.make_expectation(service)
        self.gone = factories.make_former(self.own)

    def sign_in(self) -> None:
        """Everybody signs in now: a session that is older is noted as in use, which is no change of the record."""
        self.clients = {
            service: {role: self.session(member) for role, member in people.items()}
            for service, people in self.people.items()
        }
        self.former = self.session(self.gone)

    def session(self, member) -> str:
        """A signed-in person's session key."""
        client = Client()
        client.force_login(member.user)
        return client.cookies["sessionid"].value

    def outsiders(self) -> dict:
        """Who has nothing to do with the service `own`, though they have a login."""
        return {"former member": self.former} | {
            f"{role} of another service": session for role, session in self.clients[self.other].items()
        }


@pytest.fixture(scope="module")
def world_of_module(django_db_setup, django_db_blocker):
    """Made once: the tests that follow run in savepoints of their own."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = World()
        with django_db_blocker.block():
            yield made
        transaction.set_rollback(True)


@pytest.fixture
def world(world_of_module, db, settings, tmp_path):
    settings.MAIL_FOLDER = tmp_path
    world = copy.deepcopy(world_of_module)
    world.sign_in()
    return world


def url_of(name: str, service, of=None) -> str:
    """The address in a service, with objects of that service or of the one given."""
    values = dict(TABLE[name].words)
    values |= {part: maker(name, part)(of or service) for part in objects_of(name)}
    if "service_key" in parts_of(name):
        values["service_key"] = service.key
    return reverse(name, kwargs=values)


def ask(method: str, url: str, session: str | None, *, phone: str | None = None) -> frozenset | str:
    """The status, or SIGN_IN; whatever the request changed is taken back."""
    client = Client()
    if session:
        client.cookies["sessionid"] = session
    if phone:
        client.cookies[settings.REMEMBERED_PHONE_COOKIE] = phone
    with transaction.atomic():
        response = client.generic(method, url)
        transaction.set_rollback(True)
    to_sign_in = response.status_code == 302 and response.url.startswith(reverse("account_login") + "?next=")
    return SIGN_IN if to_sign_in else response.status_code


def compare(name: str, url: str, asked: list) -> None:
    """Ask as each visitor and hold the answers against what is expected; all differences at once."""
    wrong = []
    for visitor, session, method, expected in asked:
        answer = ask(method, url, session)
        if answer != expected and (isinstance(expected, str) or answer not in expected):
            right = expected if isinstance(expected, str) else " or ".join(map(str, sorted(expected)))
            wrong.append(f"{method} as {visitor}: {answer}, expected {right}")

    assert not wrong, f"{name} ({url})\n  " + "\n  ".join(wrong)


@pytest.mark.parametrize("name", OF_SERVICES)
def test_s01_own_service(name, world):
    table = TABLE[name]
    asked = [
        (role, session, method, table.expected(role, method))
        for role, session in world.clients[world.own].items()
        for method in ("GET", "HEAD", "POST")
    ]
    asked += [("nobody", None, method, SIGN_IN) for method in ("GET", "HEAD", "POST")]

    compare(name, url_of(name, world.own), asked)


@pytest.mark.parametrize("name", OF_SERVICES)
def test_s01_other_service(name, world):
    asked = [
        (outsider, session, method, frozenset({404}))
        for outsider, session in world.outsiders().items()
        for method in ("GET", "POST")
    ]

    compare(name, url_of(name, world.own), asked)


@pytest.mark.parametrize("name", [name for name in OF_SERVICES if objects_of(name)])
def test_s01_objects_of_another_service(name, world):
    table = TABLE[name]
    asked = [
        (role, session, method, frozenset({404}))
        for role, session in world.clients[world.own].items()
        for method in ("GET", "POST")
        if role in ((table.post if method == "POST" else table.get) or ())
    ]

    compare(name, url_of(name, world.own, of=world.other), asked)


@pytest.mark.parametrize("name", OF_NO_SERVICE)
def test_s01_pages_of_no_service(name, world):
    table = TABLE[name]
    asked = [("nobody", None, "GET", table.nobody), ("nobody", None, "POST", table.post_nobody)]
    for who, session in {**world.clients[world.own], "former member": world.former}.items():
        asked += [(who, session, "GET", table.signed_in), (who, session, "POST", table.post_signed_in)]

    compare(name, url_of(name, world.own), asked)


@pytest.mark.parametrize("name", CLASSED)
def test_s05_a_remembered_phone_opens_the_log_and_is_nobody_elsewhere(name, world):
    member, table = practitioner_of(world.own), TABLE[name]
    _row, phone = phones.remember(member.user, device="", at=timezone.now())
    url = url_of(name, world.own)
    wrong = []
    for method in ("GET", "HEAD", "POST"):
        if name in QUICK:
            expected = QUICK[name].expected(Role.PRACTITIONER, method)
        elif name == QUICK_START:
            expected = NO_METHOD if method == "POST" else DONE
        elif isinstance(table, Open):
            expected = table.post_nobody if method == "POST" else table.nobody
        else:
            expected = SIGN_IN
        answer = ask(method, url, None, phone=phone)
        if answer != expected and (isinstance(expected, str) or answer not in expected):
            wrong.append(f"{method}: {answer}, expected {expected}")

    assert not wrong, f"{name} ({url})\n  " + "\n  ".join(wrong)


@pytest.mark.parametrize("name", QUICK)
def test_s05_a_remembered_phone_opens_nothing_of_another_service(name, world):
    _row, phone = phones.remember(practitioner_of(world.own).user, device="", at=timezone.now())
    url = url_of(name, world.other)

    assert [ask(method, url, None, phone=phone) for method in ("GET", "POST")] == [SIGN_IN, SIGN_IN]


def test_s05_no_view_but_these_is_open_to_remembered_phones():
    views = {name: getattr(entry.callback, "view_class", None) for name, entry in ADDRESSES.items()}

    assert {name for name, view in views.items() if getattr(view, "quick", False)} == {*QUICK, QUICK_START}


@pytest.mark.parametrize("name", QUICK)
def test_m09_reading_on_a_remembered_phone_changes_nothing(name, world):
    _row, phone = phones.remember(practitioner_of(world.own).user, device="", at=timezone.now())
    url = url_of(name, world.own)

    with CaptureQueriesContext(connection) as queries:
        answers = [ask(method, url, None, phone=phone) for method in ("HEAD", "GET")]

    assert answers == [200, 200]
    assert not [query for query in queries if re.match(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", query["sql"], re.I)]


@pytest.mark.parametrize("name", CLASSED)
def test_m09_get_and_head_change_nothing(name, world):
    url = url_of(name, world.own)
    changes = []
    for visitor, session in {**world.clients[world.own], "nobody": None}.items():
        for method in ("HEAD", "GET"):
            with CaptureQueriesContext(connection) as queries:
                ask(method, url, session)
            changes += [
                f"{method} as {visitor}: {query['sql'][:200]}"
                for query in queries
                if re.match(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", query["sql"], re.IGNORECASE)
            ]

    assert not changes, f"{name}\n  " + "\n  ".join(changes)

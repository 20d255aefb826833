"""A service with one of everything and somebody in every role, and all addresses below it."""

import re
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from lxml import html

from accounts.models import Member, Service
from assessments import visits
from assessments.instruments import IMR_FIDELITY
from planning import addresses, effort, reviews
from planning.documents import issuing
from planning.models import Document, Message
from planning.reviews import start_series
from planning.risks.months import add_months
from tests.factories import (
    at_noon,
    make_acceptance,
    make_action,
    make_adaptation,
    make_adviser,
    make_agreement,
    make_allocation,
    make_answer,
    make_capacity_parameter,
    make_caseload_month,
    make_check_in,
    make_clearance,
    make_closed_wave,
    make_confirmation,
    make_conflict,
    make_decision,
    make_decision_wanted,
    make_domain_means,
    make_expectation,
    make_funding,
    make_goal,
    make_hours_of_week,
    make_leader,
    make_leader_act,
    make_leadership_rating,
    make_lost_invitation,
    make_member,
    make_observation,
    make_organisation_rating,
    make_outcome_round,
    make_own_leadership_rating,
    make_pause,
    make_practitioner,
    make_rated_visit,
    make_rating,
    make_recommendation,
    make_review,
    make_service,
    make_sponsor,
    make_stand_in,
    make_supervision,
    make_support,
    make_sustainment_rating,
    make_topic,
    make_vision,
    make_visit,
    make_wave,
    make_week_check_in,
    rate_all,
)

DAY = timezone.timedelta(days=1)


@dataclass(frozen=True)
class Address:
    """One address of the URL configuration below a service, with the view that answers it."""

    name: str
    view: type
    parameters: tuple[str, ...]


@dataclass
class Site:
    """A service and what is in it; `pieces` fills the parameters of addresses, `special` those of one by its name."""

    service: Service
    people: dict[str, Member]
    pieces: dict[str, object] = field(default_factory=dict)
    special: dict[str, dict] = field(
        default_factory=lambda: {
            "goal_end": {"state": "reached"},
            "action_take_up": {"entry_key": "no-goals", "number": 0},
            "document_new": {"kind": Document.Kind.MEMO},
            "leader_act_choose": {"code": "rota"},
            "action_state": {"state": "done"},
            "record_nothing": {"list": "supervision"},
            "caseload_template": {"format": "xlsx"},
            "allocation_template": {"format": "csv"},
            "capacity_change": {"name": "sessions"},
            "week_reminder": {"switch": "on"},
            "hours_shown": {"switch": "on"},
            "attach_plan": {"switch": "off"},
            "instrument": {"instrument_key": "goi"},
            "official_texts": {"instrument_key": "ils", "language": "nb"},
            "paper_form": {"instrument_key": "imr_fidelity", "informant": "assessor"},
        }
    )

    def url(self, name: str, **pieces) -> str:
        """The address of a page of the service; its parameters come from `pieces`, here or of the site."""
        address = next(one for one in service_addresses() if one.name == name)
        known = {"service_key": self.service.key} | self.pieces | self.special.get(name, {}) | pieces
        return reverse(name, kwargs={parameter: known[parameter] for parameter in address.parameters})

    def has_record(self, name: str, record) -> None:
        """The record that the addresses `<name>_change` and `<name>_remove` of its noun lead to."""
        for page in ("change", "remove"):
            self.special[f"{name}_{page}"] = {"record_pk": record.pk}

    def __getattr__(self, role: str) -> Member:
        try:
            return vars(self)["people"][role]  # a copy has no people yet when it is asked for its own methods
        except KeyError:
            raise AttributeError(role) from None


def service_addresses() -> list[Address]:
    """Every address below /services/<key>/, by the name it has in the URL configuration."""
    found = []

    def walk(patterns, parameters, prefix):
        for pattern in patterns:
            here = prefix + str(pattern.pattern)
            below = (*parameters, *pattern.pattern.converters)
            if not isinstance(pattern, URLPattern):
                walk(pattern.url_patterns, below, here)
            elif here.startswith("services/<"):
                found.append(Address(pattern.name, pattern.callback.view_class, below))

    walk(get_resolver().url_patterns, (), "")
    return found


def make_people(service: Service) -> dict[str, Member]:
    """Somebody in every role; Per writes the entries, Asta is his colleague."""
    return {
        "leader": make_leader(service),
        "stand_in": make_stand_in(service),
        "practitioner": make_practitioner(service),
        "colleague": make_practitioner(service, name="Asta Ro"),
        "third": make_practitioner(service, name="Odd Vang"),
        "without_login": make_member(service, name="Ingen Konto", login=False),
        "adviser": make_adviser(service),
        "sponsor": make_sponsor(service),
    }


def empty_site(key: str | None = None, **fields) -> Site:
    """A service with its people and nothing else."""
    service = make_service(key, **fields)
    return Site(service, make_people(service), pieces=nothing())


def nothing() -> dict:
    """Parameters of addresses that lead to nothing; the catalogue and the themes are always there."""
    return {
        "entry_key": "no-vision",
        "tool": "psat",
        "number": 1,
        "kind": Document.Kind.ACTION_PLAN,
        "part": 1,
        "conflict_pk": uuid.UUID(int=0),
        "position": 0,
        **dict.fromkeys(
            (
                "goal_pk",
                "rating_pk",
                "visit_pk",
                "allocation_pk",
                "review_pk",
                "action_pk",
                "message_pk",
                "member_pk",
                "record_pk",
                "item_pk",
                "wave_pk",
                "invitation_pk",
            ),
            0,
        ),
    }


def full_site(key: str | None = None, **fields) -> Site:
    """A service with something on every page: late and done, answered and unanswered, held and planned."""
    site = empty_site(key, **fields)
    service, leader, practitioner = site.service, site.leader, site.practitioner
    today = timezone.localdate()
    make_agreement(service)
    make_vision(service, published_on=today - 400 * DAY, version=1)
    make_vision(service, version=2, text="Everybody who can use IMR is offered it.\nTwo of us lead a group.")
    goal = make_goal(service, owner=practitioner, if_obstacle="a colleague is ill", then_plan="the day team takes over")
    make_check_in(goal, by=practitioner, value=3, note="Going well")
    make_goal(service, outcome="A goal that is late", owner=leader, due_on=today - 5 * DAY)
    make_goal(service, outcome="A goal not yet decided", state="draft", due_on=None)
    make_goal(service, outcome="A goal that was reached", state="reached", ended_on=today - DAY)
    allocation = make_allocation(practitioner)
    make_week_check_in(practitioner, set_aside_hours=2, own_time_hours="1.5")
    make_hours_of_week(service, own_time_hours="2.5")
    make_allocation(site.colleague, work="preparation", hours_per_week="1.5", starts_on=today + 5 * DAY)
    start_series(
        service=service, rhythm="weekly_4", starts_at=at_noon(today + 7 * DAY), by=leader, at=at_noon(today - 80 * DAY)
    )
    held = make_review(service, closed_at=at_noon(today - 40 * DAY))
    held.attendees.set([leader, practitioner])
    make_observation(service, review=held)
    make_observation(service, entry="no-vision", effect="helps", source="supervision")
    action = make_action(service, owner=practitioner, entry="crowded-out", review=held, behaviour="perseverant")
    make_action(service, title="Late and nobody's", due_on=today - 5 * DAY)
    make_action(service, title="Done long ago", state="done", closed_on=today - DAY)
    rating = make_rating(service, rated_on=today - 400 * DAY, total="4.10")
    recommendation = make_recommendation(rating, text="Meet every week")
    make_action(service, title="Meet on Tuesdays", owner=leader, recommendation=recommendation)
    site.has_record("recommendation", make_recommendation(rating))
    site.special["recommendation_take_up"] = {"record_pk": make_recommendation(rating, text="Show the figures").pk}
    look_back = make_leader_act(service)
    make_leader_act(
        service, month=add_months(look_back.month, -1), code="ask-each", helped="partly", looked_at_on=look_back.month
    )
    site.special["leader_act_look_back"] = {"record_pk": look_back.pk}
    effort.count("action_add", service=service, fields=4, seconds=75, on=today)
    put_visits(site, today)
    make_rating(service, total="4.0833333333", items=dict.fromkeys(IMR_FIDELITY.items[1:], 4) | {"cbt": 5})
    site.has_record("organisation_rating", make_organisation_rating(service))
    site.has_record("leadership_rating", make_leadership_rating(service))
    site.has_record("sustainment_rating", make_sustainment_rating(service))
    own = make_own_leadership_rating(leader)
    make_own_leadership_rating(leader, rated_on=today - 300 * DAY, shared_on=today - 299 * DAY)
    make_outcome_round(service, patients=3, mean=None, fed_back_on=None, form="practitioner")
    site.has_record("outcome_round", make_outcome_round(service))
    site.has_record("domain_means", make_domain_means(service))
    site.special |= {"own_rating_share": {"rating_pk": own.pk}, "own_rating_remove": {"rating_pk": own.pk}}
    asked = make_closed_wave(service, at=timezone.now() - 200 * DAY, closes_on=today - 190 * DAY)
    open_wave = make_wave(service, remind_on=today + 5 * DAY)
    site.special["wave_reply"] = {"wave_pk": asked.pk}
    site.special["wave_invite_again"] = {"invitation_pk": make_lost_invitation(open_wave).pk}
    weeks_ago = timezone.now() - 21 * DAY
    make_conflict(site.colleague, logged_at=weeks_ago, named=True, hours="1.5", wanted_help="cover", note="Twice now")
    answered = make_conflict(practitioner, logged_at=weeks_ago, displaced="session", note="Shown", show_note=True)
    make_answer(answered, state="planned", text="We swap with the day team", action=action, by=leader)
    conflict = make_conflict(practitioner, named=True, hours=2)
    make_caseload_month(service, month=today.replace(day=1), individual_patients=3, groups=None, eligible=40)
    site.has_record("caseload", make_caseload_month(service))
    make_capacity_parameter(service)
    site.has_record("decision", make_decision(service, look_again_on=today + 90 * DAY))
    wanted = make_decision_wanted(service, asked_of=site.sponsor, asked_by=leader)
    make_decision_wanted(service, subject="other", question="May Tuesdays be kept free?", wanted_by=today - 9 * DAY)
    make_decision_wanted(service, subject="other", question="Asked too early", withdrawn_on=today - DAY)
    said_no = make_decision_wanted(
        service,
        subject="continue",
        question="May IMR go on after the project?",
        answer="no",
        words="Not with the money we have",
        answered_on=today - DAY,
        answered_by=site.sponsor,
    )
    site.special |= {
        f"decision_wanted_{page}": {"record_pk": wanted.pk} for page in ("record", "take_back", "answer")
    } | {"decision_wanted_stop": {"record_pk": said_no.pk}}
    make_support(service, answer="agreed", answered_on=today - 30 * DAY)
    site.has_record("support", make_support(service))
    make_confirmation(service, asked_on=today - 90 * DAY, confirmed=True, answered_on=today - 80 * DAY)
    site.has_record("confirmation", make_confirmation(service))
    make_funding(service, kind="posts", until=None)
    site.has_record("funding", make_funding(service))
    make_expectation(service)
    site.has_record("adaptation", make_adaptation(service))
    site.has_record("clearance", make_clearance(service))
    site.has_record("supervision", make_supervision(service))
    pause = make_pause(service, paused_on=today - 300 * DAY, restarted_on=today - 280 * DAY)
    site.has_record("pause", pause)
    site.special["pause_end"] = {"record_pk": pause.pk}
    acceptance = make_acceptance(service, entry="unanswered-conflicts", severity=10)
    site.special["acceptance_end"] = {"record_pk": acceptance.pk}
    site.special["acceptance_add"] = {"entry_key": "crowded-out"}
    topic = make_topic(reviews.next_review(service, at=timezone.now()), by=practitioner)
    site.special["topic_remove"] = {"item_pk": topic.pk}
    left_out = make_review(service, starts_at=at_noon(today + 20 * DAY), state="cancelled", cancelled_because="Holiday")
    site.special["review_again"] = {"review_pk": left_out.pk}
    message = Message.objects.create(
        service=service,
        kind=Message.Kind.REVIEW_SOON,
        recipient=leader,
        period="review:7",
        review=reviews.next_review(service, at=timezone.now()),
        state=Message.State.FAILED,
        expires_at=timezone.now() + DAY,
    )
    addresses.refused(practitioner.user, message_id="<1@example.org>", said="550 no such person", at=timezone.now())
    site.special["address_works"] = {"member_pk": practitioner.pk}
    plan = issuing.issue(service=service, by=leader, language="en", as_of=today)
    failed = Document.objects.create(
        service=service,
        number=plan.number + 1,
        language="en",
        as_of=today,
        template_version=plan.template_version,
        content=plan.content,
        state=Document.State.FAILED,
        reference="abcd1234",
    )
    site.pieces |= {
        "goal_pk": goal.pk,
        "rating_pk": rating.pk,
        "allocation_pk": allocation.pk,
        "conflict_pk": conflict.pk,
        "review_pk": reviews.next_review(service, at=timezone.now()).pk,
        "action_pk": action.pk,
        "member_pk": practitioner.pk,
        "message_pk": message.pk,
        "wave_pk": open_wave.pk,
        "invitation_pk": open_wave.invitations.first().pk,
        "number": plan.number,
        "kind": plan.kind,
    }
    site.special |= {"document_retry": {"number": failed.number}}
    return site


def put_visits(site: Site, today) -> None:
    """A visit at each of its stations: planned, rated, rated by both, agreed on with a recommendation."""
    raters = (site.leader, site.adviser)

    def visit(days: int, make=make_visit, **fields):
        return make(site.service, raters=raters, planned_on=today - days * DAY, **fields)

    site.pieces["visit_pk"] = visit(-14, covers="The four on Tuesdays", practitioners=4, patients=3).pk
    finished = visit(3)
    for rater in finished.raters.all():
        rate_all(rater, done=False)
    rated, alike = visit(4), visit(5, make=make_rated_visit)
    for rater, step in zip(rated.raters.order_by("number"), (2, 4), strict=True):
        rate_all(rater, cbt=step, education=step + 1)
    agreed = visits.agree(visit(200, make=make_rated_visit), by=site.leader, on=today - 199 * DAY)
    make_recommendation(agreed.rating, about="imr_fidelity:cbt", text="Practise role play")
    site.special |= {
        "visit_done": {"visit_pk": finished.pk},
        "visit_settle": {"visit_pk": rated.pk},
        "visit_agree": {"visit_pk": alike.pk},
        **{
            name: {"visit_pk": agreed.pk}
            for name in ("visit", "report_new", "visit_advise", "visit_tell", "visit_take_back")
        },
    }


def client_of(member: Member, *, language: str | None = None) -> Client:
    """The browser of somebody who has signed in; `language` as if it had been switched there."""
    client = Client()
    client.force_login(member.user)
    if language:
        client.cookies["django_language"] = language
    return client


RANDOM = re.compile(r'(name="(?:csrfmiddlewaretoken|submission|opened)" value="|<strong class="reference">)[^"<]*')


def page(response) -> str:
    """The text of a response, without what is drawn anew each time."""
    return RANDOM.sub(r"\1", response.content.decode(errors="replace"))


def document(response):
    """A page as a tree."""
    return html.document_fromstring(response.content.decode())


def main_text(response) -> str:
    """What is read in the main part of a page, on one line."""
    return " ".join(document(response).xpath("//main")[0].text_content().split())


def oslo(text: str) -> datetime:
    """That wall-clock time in Oslo."""
    return timezone.make_aware(datetime.fromisoformat(text))


def tap(client: Client, key: str, reason: str = "meeting", *, named: bool = False, **data):
    """One tap on a reason of the log, as its page would send it."""
    address = f"/services/{key}/conflicts/new/?named={int(named)}"
    opened = document(client.get(address)).get_element_by_id("page-form")
    sent = {one.get("name"): one.get("value") for one in opened.xpath(".//input")}
    return client.post(address, sent | {"reason": reason} | data)

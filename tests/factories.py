"""What tests are about, made in one line each; name only what the test is about.

Three people recur: a leader, a practitioner of the same service, a stranger.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count

from django.utils import timezone

from accounts.logins import make_login
from accounts.models import Invitation, Member, Role, Service, User
from assessments import waves
from assessments.domains import DOMAINS
from assessments.instruments import GOI, ILS, IMR_FIDELITY, PRESS
from assessments.models import (
    AgreedItem,
    DomainMeans,
    FidelityRating,
    LeadershipRating,
    OfficialText,
    OrganisationRating,
    OutcomeRound,
    OwnLeadershipRating,
    Rater,
    RaterItem,
    Recommendation,
    SustainmentRating,
    Visit,
    Wave,
    WaveAnswer,
    WaveInvitation,
)
from assessments.visits import definitions_of
from planning.clock import monday_of
from planning.conflicts import release_day
from planning.models import (
    Acceptance,
    Acknowledgement,
    Action,
    Adaptation,
    AgendaItem,
    Allocation,
    CapacityParameter,
    CaseloadMonth,
    Clearance,
    Confirmation,
    ConfirmedEmpty,
    ConflictAnswer,
    ConflictsOfWeek,
    Decision,
    DecisionWanted,
    Expectation,
    Funding,
    Goal,
    GoalCheckIn,
    HoursOfWeek,
    HoursShown,
    LeaderAct,
    LoggingAgreement,
    Message,
    Observation,
    Pause,
    PriorityConflict,
    ReadinessCheck,
    Review,
    ReviewSeries,
    Supervision,
    Support,
    Vision,
    WeekCheckIn,
    Work,
)
from planning.risks.months import add_months

PASSWORD = "a word and another one"
_number = count(1)


# Accounts


def make_user(email: str | None = None, *, password: str = PASSWORD, **fields) -> User:
    """Somebody who can sign in with PASSWORD."""
    number = next(_number)
    fields = {"name": f"Person {number}", "language": "en"} | fields
    is_active = fields.pop("is_active", True)
    user = make_login(email=email or f"person{number}@example.org", password=password, **fields)
    if not is_active:
        User.objects.filter(pk=user.pk).update(is_active=False)
        user.refresh_from_db()
    return user


def make_service(key: str | None = None, **fields) -> Service:
    """A service that began three years ago, with English documents."""
    key = key or f"s{next(_number)}"
    joined_on = timezone.localdate() - timedelta(days=3 * 365)
    return Service.objects.create(
        key=key, **{"name": f"Service {key}", "language": "en", "joined_on": joined_on} | fields
    )


def make_member(
    service: Service | None = None, *, role: str = Role.PRACTITIONER, login: bool = True, **fields
) -> Member:
    """A person of the service, who can sign in unless told otherwise."""
    name = fields.pop("name", None) or f"Person {next(_number)}"
    if login and "user" not in fields:
        fields["user"] = make_user(name=name)
    return Member.objects.create(service=service or make_service(), role=role, name=name, **fields)


def make_leader(service: Service | None = None, **fields) -> Member:
    """The leader, Kari Nes."""
    return make_member(service, role=Role.LEADER, **{"name": "Kari Nes"} | fields)


def make_stand_in(service: Service | None = None, **fields) -> Member:
    """The stand-in, Svein Lie."""
    return make_member(service, role=Role.STAND_IN, **{"name": "Svein Lie"} | fields)


def make_practitioner(service: Service | None = None, **fields) -> Member:
    """A practitioner, Per Dahl."""
    return make_member(service, role=Role.PRACTITIONER, **{"name": "Per Dahl"} | fields)


def make_adviser(service: Service | None = None, **fields) -> Member:
    """An adviser, Ada Vik."""
    return make_member(service, role=Role.ADVISER, **{"name": "Ada Vik"} | fields)


def make_sponsor(service: Service | None = None, **fields) -> Member:
    """The sponsor, Siri Moe."""
    return make_member(service, role=Role.SPONSOR, **{"name": "Siri Moe"} | fields)


def make_stranger() -> Member:
    """The leader of another service, Tor Berg."""
    return make_leader(make_service(), name="Tor Berg")


def make_former(service: Service | None = None, **fields) -> Member:
    """A leader whose last day was yesterday, Finn Bakke."""
    return make_leader(
        service, **{"name": "Finn Bakke", "leaves_on": timezone.localdate() - timedelta(days=1)} | fields
    )


def make_invitation(member: Member | None = None, *, token: str = "the-token", **fields) -> Invitation:
    """An open invitation whose link ends in `token`."""
    now = timezone.now()
    fields = {"email": "invited@example.org", "expires_at": now + timedelta(days=14), "sent_at": now} | fields
    return Invitation.objects.create(
        member=member or make_member(login=False), token_hash=Invitation.hash_of(token), **fields
    )


# The record


def make_agreement(service: Service, **fields) -> LoggingAgreement:
    """What the log of this service is for, recorded a month ago: conflicts can be logged."""
    today = timezone.localdate()
    fields = {
        "purpose": "To see what takes the time from IMR.",
        "ground": LoggingAgreement.Ground.LEGITIMATE_INTEREST,
        "discussed_on": today - timedelta(days=35),
        "discussed_with": "Shop steward",
        "information": "Entries are for planning, not for judging anybody.",
        "keep_months": 24,
        "evaluate_on": today + timedelta(days=300),
        "recorded_at": timezone.now() - timedelta(days=30),
    } | fields
    return LoggingAgreement.objects.create(service=service, **fields)


def make_conflict(author: Member | None = None, **fields) -> PriorityConflict:
    """An acute patient took the time today; logged now, without a name unless told otherwise."""
    author = author or make_practitioner()
    logged_at = fields.pop("logged_at", timezone.now())
    logged_on = timezone.localdate(logged_at)
    named = fields.pop("named", False)
    fields = {
        "reason": PriorityConflict.Reason.ACUTE,
        "happened_on": logged_on,
        "released_on": release_day(named=named, logged_on=logged_on),
    } | fields
    return PriorityConflict.objects.create(
        service=author.service, author=author, named=named, logged_at=logged_at, **fields
    )


def make_answer(conflict: PriorityConflict, **fields) -> ConflictAnswer:
    """The leader has seen it."""
    fields = {"state": ConflictAnswer.State.SEEN, "answered_on": timezone.localdate()} | fields
    return ConflictAnswer.objects.create(conflict=conflict, **fields)


def make_vision(service: Service | None = None, **fields) -> Vision:
    """A vision published two months ago, for the next two years."""
    today = timezone.localdate()
    published_on = fields.pop("published_on", today - timedelta(days=60))
    fields = {
        "version": 1,
        "text": "IMR is offered to everybody who can use it.",
        "horizon_on": today + timedelta(days=730),
        "looked_at_on": published_on,
    } | fields
    return Vision.objects.create(service=service or make_service(), published_on=published_on, **fields)


def make_goal(service: Service | None = None, **fields) -> Goal:
    """An active goal with a measure and a date half a year ahead, stated a month ago; nobody owns it."""
    today = timezone.localdate()
    fields = {
        "outcome": "Every new patient is offered IMR",
        "doing_measure": "Offers made each month",
        "due_on": today + timedelta(days=180),
        "state": Goal.State.ACTIVE,
        "stated_on": today - timedelta(days=30),
    } | fields
    return Goal.objects.create(service=service or make_service(), **fields)


def make_check_in(goal: Goal, **fields) -> GoalCheckIn:
    """The goal is on track today."""
    fields = {"on": timezone.localdate(), "progress": GoalCheckIn.Progress.ON_TRACK} | fields
    return GoalCheckIn.objects.create(goal=goal, **fields)


def make_allocation(member: Member | None = None, **fields) -> Allocation:
    """Two hours of sessions a week since last month."""
    member = member or make_practitioner()
    fields = {
        "work": Work.SESSION,
        "hours_per_week": Decimal(2),
        "starts_on": timezone.localdate() - timedelta(days=30),
    } | fields
    return Allocation.objects.create(service=member.service, member=member, **fields)


def make_clearance(service: Service | None = None, **fields) -> Clearance:
    """The hours were gone through with the staff."""
    fields.setdefault("cleared_on", timezone.localdate() - timedelta(days=10))
    return Clearance.objects.create(service=service or make_service(), **fields)


def make_hours_shown(member: Member, **fields) -> HoursShown:
    """Somebody agreed that the hours are shown."""
    fields.setdefault("since", timezone.localdate() - timedelta(days=10))
    return HoursShown.objects.create(member=member, **fields)


def make_action(service: Service | None = None, **fields) -> Action:
    """An open action, due in two weeks, that nobody owns."""
    today = timezone.localdate()
    fields = {
        "title": "Agree on cover with the day team",
        "due_on": today + timedelta(days=14),
        "opened_on": today - timedelta(days=7),
    } | fields
    return Action.objects.create(service=service or make_service(), **fields)


def make_leader_act(service: Service | None = None, **fields) -> LeaderAct:
    """What the leader chose last month and did, by her word; nobody has looked back on it."""
    service = service or make_service()
    month = fields.pop("month", None) or add_months(timezone.localdate().replace(day=1), -1)
    action = fields.pop("action", None) or make_action(
        service,
        title="Put the IMR hours into the rota",
        behaviour="proactive",
        opened_on=month,
        due_on=month + timedelta(days=14),
        state="done",
        closed_on=month + timedelta(days=9),
    )
    return LeaderAct.objects.create(service=service, month=month, action=action, **{"code": "rota"} | fields)


def make_series(service: Service | None = None, **fields) -> ReviewSeries:
    """A meeting every fourth week, the first one in a week at 13:00; none of them planned yet."""
    today = timezone.localdate()
    fields = {
        "rule": "FREQ=WEEKLY;INTERVAL=4",
        "starts_at": at_noon(today + timedelta(days=7)) + timedelta(hours=1),
        "created_on": today,
    } | fields
    return ReviewSeries.objects.create(service=service or make_service(), **fields)


def make_review(service: Service | None = None, **fields) -> Review:
    """A review in a week; one with `closed_at` was held then."""
    if closed_at := fields.get("closed_at"):
        fields = {"state": Review.State.HELD, "starts_at": closed_at, "minutes": "We went through the flags."} | fields
    fields = {"starts_at": at_noon(timezone.localdate() + timedelta(days=7))} | fields
    return Review.objects.create(service=service or make_service(), **fields)


def make_topic(review: Review, *, by: Member, **fields) -> AgendaItem:
    """Something that somebody wants to talk about."""
    fields = {"code": "topic:1", "text": "The room on Tuesdays", "first_on": review.on} | fields
    return AgendaItem.objects.create(review=review, added_by=by, **fields)


def make_observation(service: Service | None = None, **fields) -> Observation:
    """Somebody saw this week that IMR is crowded out."""
    fields = {
        "entry": "crowded-out",
        "effect": Observation.Effect.HINDERS,
        "text": "Meetings are laid over the sessions.",
        "on": timezone.localdate(),
        "source": Observation.Source.REVIEW,
    } | fields
    return Observation.objects.create(service=service or make_service(), **fields)


def make_rating(service: Service | None = None, **fields) -> FidelityRating:
    """A fidelity of 4.38, rated a month ago."""
    fields = {"rated_on": timezone.localdate() - timedelta(days=30), "total": Decimal("4.38")} | fields
    return FidelityRating.objects.create(service=service or make_service(), **fields)


# The whole record


def make_expectation(service: Service | None = None, **fields) -> Expectation:
    """What is expected, published two months ago; nobody has taken note of it."""
    fields = {
        "version": 1,
        "text": "Two patients each, Tuesdays are kept free.",
        "published_on": timezone.localdate() - timedelta(days=60),
    } | fields
    return Expectation.objects.create(service=service or make_service(), **fields)


def make_acknowledgement(expectation: Expectation, member: Member, **fields) -> Acknowledgement:
    """The member read it here today."""
    fields = {"how": Acknowledgement.How.READ, "on": timezone.localdate()} | fields
    return Acknowledgement.objects.create(expectation=expectation, member=member, **fields)


def make_week_check_in(member: Member, **fields) -> WeekCheckIn:
    """Last week three quarters of four hours were kept, and nothing was done in own time. In no total of the week."""
    week = monday_of(timezone.localdate()) - timedelta(days=7)
    fields = {"week": week, "set_aside_hours": Decimal(4), "kept": WeekCheckIn.Kept.MOST, "own_time_hours": 0} | fields
    return WeekCheckIn.objects.create(service=member.service, member=member, **fields)


def make_hours_of_week(service: Service | None = None, **fields) -> HoursOfWeek:
    """Last week four people kept ten of twelve hours."""
    week = monday_of(timezone.localdate()) - timedelta(days=7)
    fields = {
        "week": week,
        "reported": 4,
        "set_aside_hours": Decimal(12),
        "kept_hours": Decimal(10),
        "own_time_hours": 0,
    } | fields
    return HoursOfWeek.objects.create(service=service or make_service(), **fields)


def make_conflicts_of_week(service: Service | None = None, **fields) -> ConflictsOfWeek:
    """This Monday two meetings were released, nobody has answered."""
    fields = {"released_on": monday_of(timezone.localdate()), "reasons": {"meeting": 2}} | fields
    return ConflictsOfWeek.objects.create(service=service or make_service(), **fields)


def make_decision(service: Service | None = None, **fields) -> Decision:
    """Leader and practitioners decided a month ago to continue, on the outcomes of twelve patients."""
    fields = {
        "kind": Decision.Kind.CONTINUE,
        "decided_on": timezone.localdate() - timedelta(days=30),
        "decided_by": Decision.DecidedBy.TOGETHER,
        "basis": Decision.Basis.OUTCOMES,
        "patients": 12,
    } | fields
    return Decision.objects.create(service=service or make_service(), **fields)


def make_decision_wanted(service: Service | None = None, **fields) -> DecisionWanted:
    """Two weeks ago the leader asked nobody in particular for more money, until the end of next week."""
    today = timezone.localdate()
    fields = {
        "subject": DecisionWanted.Subject.MONEY,
        "question": "Will the half post be paid for another year?",
        "asked_on": today - timedelta(days=14),
        "wanted_by": today + timedelta(days=9),
    } | fields
    return DecisionWanted.objects.create(service=service or make_service(), **fields)


def make_acceptance(service: Service | None = None, **fields) -> Acceptance:
    """Since last week the leader lives with IMR being crowded out, for two months."""
    today = timezone.localdate()
    fields = {
        "entry": "crowded-out",
        "reason": "Two of us are on leave until the new year.",
        "accepted_on": today - timedelta(days=7),
        "until": today + timedelta(days=60),
        "status": "flagged",
        "severity": Decimal(3),
    } | fields
    return Acceptance.objects.create(service=service or make_service(), **fields)


def make_adaptation(service: Service | None = None, **fields) -> Adaptation:
    """Home assignments are done in the session, since two months; nothing more is written down."""
    fields = {
        "what": "Home assignments are done in the session",
        "in_use_from": timezone.localdate() - timedelta(days=60),
    } | fields
    return Adaptation.objects.create(service=service or make_service(), **fields)


def make_support(service: Service | None = None, **fields) -> Support:
    """The municipality was asked for a room two months ago, and has not answered."""
    fields = {
        "level": Support.Level.MUNICIPALITY,
        "wanted": "A room for the group",
        "asked_on": timezone.localdate() - timedelta(days=60),
    } | fields
    return Support.objects.create(service=service or make_service(), **fields)


def make_confirmation(service: Service | None = None, **fields) -> Confirmation:
    """The next level was asked two months ago, and has not answered."""
    fields = {"asked_on": timezone.localdate() - timedelta(days=60)} | fields
    return Confirmation.objects.create(service=service or make_service(), **fields)


def make_funding(service: Service | None = None, **fields) -> Funding:
    """Money decided for the next two years."""
    today = timezone.localdate()
    fields = {
        "kind": Funding.Kind.MONEY,
        "decided_on": today - timedelta(days=60),
        "until": today + timedelta(days=730),
    } | fields
    return Funding.objects.create(service=service or make_service(), **fields)


def make_supervision(service: Service | None = None, **fields) -> Supervision:
    """Supervision a week ago."""
    fields = {"held_on": timezone.localdate() - timedelta(days=7)} | fields
    return Supervision.objects.create(service=service or make_service(), **fields)


def make_readiness_check(service: Service | None = None, **fields) -> ReadinessCheck:
    """Two years ago the practitioners were briefed."""
    fields = {
        "item": ReadinessCheck.Item.BRIEFING,
        "done": True,
        "on": timezone.localdate() - timedelta(days=730),
    } | fields
    return ReadinessCheck.objects.create(service=service or make_service(), **fields)


def make_caseload_month(service: Service | None = None, **fields) -> CaseloadMonth:
    """Last month: four patients one by one, one group, ten sessions."""
    this_month = timezone.localdate().replace(day=1)
    last_month = (this_month - timedelta(days=1)).replace(day=1)
    fields = {"month": last_month, "individual_patients": 4, "groups": 1, "sessions_held": 10} | fields
    return CaseloadMonth.objects.create(service=service or make_service(), **fields)


def make_capacity_parameter(service: Service | None = None, **fields) -> CapacityParameter:
    """The service counted 36 sessions in the whole programme."""
    fields = {"name": "sessions", "value": Decimal(36), "source": "Counted over two years"} | fields
    return CapacityParameter.objects.create(service=service or make_service(), **fields)


def make_pause(service: Service | None = None, **fields) -> Pause:
    """Paused a month ago, and not yet started again."""
    fields = {"paused_on": timezone.localdate() - timedelta(days=30)} | fields
    return Pause.objects.create(service=service or make_service(), **fields)


def make_confirmed_empty(service: Service | None = None, **fields) -> ConfirmedEmpty:
    """A week ago somebody said that there is no supervision to record."""
    fields = {"list": ConfirmedEmpty.List.SUPERVISION, "on": timezone.localdate() - timedelta(days=7)} | fields
    return ConfirmedEmpty.objects.create(service=service or make_service(), **fields)


def make_recommendation(rating: FidelityRating | None = None, **fields) -> Recommendation:
    """The visit advised to follow up patients' goals."""
    fields = {"text": "Go back to the goals in every third session"} | fields
    return Recommendation.objects.create(rating=rating or make_rating(), **fields)


def make_organisation_rating(service: Service | None = None, **fields) -> OrganisationRating:
    """A General Organizational Index of 3.5, rated a month ago."""
    fields = {"rated_on": timezone.localdate() - timedelta(days=30), "mean": Decimal("3.5")} | fields
    return OrganisationRating.objects.create(service=service or make_service(), **fields)


def make_visit(service: Service | None = None, *, raters: tuple[Member, Member] | None = None, **fields) -> Visit:
    """A visit of yesterday by a leader and an adviser of the service, who have not begun."""
    service = service or make_service()
    first, second = raters or (make_leader(service), make_adviser(service))
    fields = {
        "planned_on": timezone.localdate() - timedelta(days=1),
        "fidelity_version": IMR_FIDELITY.version,
        "organisation_version": GOI.version,
    } | fields
    visit = Visit.objects.create(service=service, **fields)
    Rater.objects.create(visit=visit, number=1, member=first)
    Rater.objects.create(visit=visit, number=2, member=second)
    return visit


def rate_all(rater: Rater, *, done: bool = True, **ratings: int) -> Rater:
    """Both instruments by one rater: 4 everywhere but where it is said; 13 of 20 eligible patients reached."""
    now = timezone.now()
    rated = []
    for instrument in definitions_of(rater.visit):
        for item in instrument.described:
            given = {"rating": ratings.get(item.key, 4)}
            if item.key == "penetration":
                given = {"rating": 4, "counts": {"receiving": 13, "eligible": 20}}
            rated.append(RaterItem(rater=rater, instrument=instrument.key, item=item.key, chosen_at=now, **given))
    RaterItem.objects.bulk_create(rated)
    if done:
        rater.done_at = now
        rater.save()
    return rater


def make_rated_visit(service: Service | None = None, **fields) -> Visit:
    """A visit that both have rated alike and are done with."""
    visit = make_visit(service, **fields)
    for rater in visit.raters.all():
        rate_all(rater)
    return visit


LEADERSHIP = {"proactive": "2.1", "knowledgeable": "2.4", "supportive": "3.2", "perseverant": "2.3"}


def make_leadership_rating(service: Service | None = None, **fields) -> LeadershipRating:
    """Nine of the staff answered a month ago."""
    means = {name: Decimal(value) for name, value in LEADERSHIP.items()}
    fields = {"rated_on": timezone.localdate() - timedelta(days=30), "answers": 9, **means} | fields
    return LeadershipRating.objects.create(service=service or make_service(), **fields)


def make_sustainment_rating(service: Service | None = None, **fields) -> SustainmentRating:
    """Nine of the staff answered a month ago on whether IMR is still used."""
    fields = {"rated_on": timezone.localdate() - timedelta(days=30), "answers": 9, "mean": Decimal("2.5")} | fields
    return SustainmentRating.objects.create(service=service or make_service(), **fields)


def make_own_leadership_rating(leader: Member | None = None, **fields) -> OwnLeadershipRating:
    """The leader's own rating of a month ago, not shared."""
    leader = leader or make_leader()
    means = {name: Decimal(value) for name, value in LEADERSHIP.items()}
    fields = {"rated_on": timezone.localdate() - timedelta(days=30), **means} | fields
    return OwnLeadershipRating.objects.create(service=leader.service, leader=leader, **fields)


def make_wave(service: Service | None = None, *, people: int = 6, **fields) -> Wave:
    """An open wave about the leader, to which six people were invited just now; nobody has answered."""
    service = service or make_service()
    leader = service.members.filter(role=Role.LEADER).order_by("pk").first() or make_leader(service)
    fields = {
        "about": leader,
        "emails": [f"asked{next(_number)}@example.org" for _person in range(people)],
        "language": "en",
        "closes_on": timezone.localdate() + timedelta(days=14),
        "remind_on": None,
        "minimum": 5,
        "by": leader,
        "at": timezone.now(),
    } | fields
    return waves.open_wave(**fields)


def make_answers(wave: Wave, *steps: int | dict, at=None) -> list[WaveInvitation]:
    """The next people of the wave answer: each one step on every item, or steps by sub-scale and "press"."""
    unused = wave.invitations.filter(answered=False, withdrawn_on__isnull=True).order_by("pk")[: len(steps)]
    for invitation, given in zip(unused, steps, strict=True):
        by_part = given if isinstance(given, dict) else {}
        step = 2 if by_part else given
        leadership = {item: by_part.get(part.key, step) for part in ILS.subscales for item in part.items}
        sustainment = dict.fromkeys(PRESS.items, by_part.get("press", step))
        assert waves.answer(invitation, leadership=leadership, sustainment=sustainment, at=at or timezone.now())
    return list(unused)


def make_lost_invitation(wave: Wave) -> WaveInvitation:
    """The last invitation to an open wave, refused by the mail server."""
    invitation = wave.invitations.order_by("pk").last()
    Message.objects.update_or_create(
        invitation=invitation,
        kind=Message.Kind.WAVE_OPEN,
        defaults={
            "service": wave.service,
            "period": f"wave:{wave.pk}",
            "state": Message.State.FAILED,
            "expires_at": timezone.now() + timedelta(days=14),
            "trouble": "550 no such person",
        },
    )
    return invitation


def make_closed_wave(service: Service | None = None, *steps: int | dict, **fields) -> Wave:
    """A wave that was answered by these people, by seven if not said, and closed just now, or `at` another moment."""
    steps = steps or (1, 2, 2, 3, 2, 3, 1)
    wave = make_wave(service, **{"people": len(steps)} | fields)
    at = fields.get("at") or timezone.now()
    make_answers(wave, *steps, at=at)
    waves.close(wave, at=at)
    wave.refresh_from_db()
    return wave


def make_outcome_round(service: Service | None = None, **fields) -> OutcomeRound:
    """Twelve patients answered two months ago; it was shown to the practitioners a week later."""
    measured_on = fields.pop("measured_on", timezone.localdate() - timedelta(days=60))
    fields = {
        "form": OutcomeRound.Form.PATIENT,
        "patients": 12,
        "mean": Decimal("3.4"),
        "fed_back_on": measured_on + timedelta(days=7),
    } | fields
    return OutcomeRound.objects.create(service=service or make_service(), measured_on=measured_on, **fields)


def make_domain_means(service: Service | None = None, **fields) -> DomainMeans:
    """A CSAT filled in elsewhere a month ago: 4.25 in each domain."""
    fields = {"rated_on": timezone.localdate() - timedelta(days=30), "tool": DomainMeans.Tool.CSAT} | fields
    fields.setdefault("means", dict.fromkeys(DOMAINS[fields["tool"]], "4.25"))
    return DomainMeans.objects.create(service=service or make_service(), **fields)


def make_official_text(service: Service | None = None, **fields) -> OfficialText:
    """What a service entered in English for one item of the Implementation Leadership Scale."""
    fields = {
        "instrument": ILS.key,
        "version": ILS.version,
        "language": "en",
        "item": "plan",
        "text": "The words of the form",
    } | fields
    return OfficialText.objects.create(service=service or make_service(), **fields)


# How results come about


def make_visit_row(service: Service | None = None, **fields) -> Visit:
    """A visit of today as nothing but its row: nobody is to rate it."""
    fields = {
        "planned_on": timezone.localdate(),
        "fidelity_version": IMR_FIDELITY.version,
        "organisation_version": GOI.version,
    } | fields
    return Visit.objects.create(service=service or make_service(), **fields)


def make_rater(visit: Visit | None = None, member: Member | None = None, **fields) -> Rater:
    """An adviser of the service as the first who rates, not done yet."""
    visit = visit or make_visit_row()
    return Rater.objects.create(visit=visit, member=member or make_adviser(visit.service), **{"number": 1} | fields)


def make_rater_item(rater: Rater | None = None, **fields) -> RaterItem:
    """The rater gave coping skills a 4."""
    chosen = {"instrument": IMR_FIDELITY.key, "item": "coping_skills", "rating": 4, "chosen_at": timezone.now()}
    return RaterItem.objects.create(rater=rater or make_rater(), **chosen | fields)


def make_agreed_item(visit: Visit | None = None, **fields) -> AgreedItem:
    """The two agreed on a 4 for coping skills."""
    fields = {"instrument": IMR_FIDELITY.key, "item": "coping_skills", "rating": 4} | fields
    return AgreedItem.objects.create(visit=visit or make_visit_row(), **fields)


def make_wave_row(leader: Member | None = None, *, addresses: int = 0, **fields) -> Wave:
    """A survey of today as nothing but its row: eight are said to be asked, and nobody is. `addresses`: of so many."""
    leader = leader or make_leader()
    fields = {
        "opened_by": leader,
        "closes_on": timezone.localdate() + timedelta(days=14),
        "invited": addresses or 8,
        "leadership_version": ILS.version,
        "sustainment_version": PRESS.version,
    } | fields
    wave = Wave.objects.create(service=leader.service, leader=leader, **fields)
    for _ in range(addresses):
        make_wave_invitation(wave)
    return wave


def make_wave_invitation(wave: Wave | None = None, **fields) -> WaveInvitation:
    """Somebody was asked, in Norwegian, and has not answered."""
    fields = {"email": f"asked{next(_number)}@example.org", "language": "nb"} | fields
    return WaveInvitation.objects.create(wave=wave or make_wave_row(), **fields)


def make_wave_answer(wave: Wave | None = None, *, leadership: int = 3, sustainment: int = 2, **fields) -> WaveAnswer:
    """Somebody answered every item of each form alike: `leadership` and `sustainment`, 0 to 4."""
    fields = {
        "leadership": dict.fromkeys(ILS.items, leadership),
        "sustainment": dict.fromkeys(PRESS.items, sustainment),
    } | fields
    return WaveAnswer.objects.create(wave=wave or make_wave_row(), **fields)


def at_noon(day: date) -> datetime:
    """Twelve o'clock of that day in Oslo."""
    return timezone.make_aware(datetime.combine(day, time(12)))

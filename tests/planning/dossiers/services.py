"""Services as they might have lived: rows of every kind at random; a seed gives the same service again."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from accounts.models import Member, Role, Service
from assessments import scoring
from assessments.domains import DOMAINS
from assessments.instruments import GOI, ILS, IMR_FIDELITY, IMRS, PRESS, Instrument
from assessments.models import SUBSCALES
from planning import weeks
from planning.capacity import PARAMETERS
from planning.clock import monday_of
from planning.models import ConfirmedEmpty, PriorityConflict, Work
from planning.risks import ENTRIES
from tests import factories

DAY = timedelta(days=1)
WORDS = (
    "Tirsdager holdes fri",
    "Two patients each",
    "Ærlig talt – “ja”",
    "«Øst»\nog vest",
    "a \\ b / c \t d",
    "100 % 🙂",
)


class Life:
    """One service in the making; `random` decides everything, so that a seed gives the same service again."""

    def __init__(self, seed: int, today: date):
        self.random, self.today = Random(seed), today
        self.service = self.make_service(seed)
        self.people = [self.make_member() for _ in range(self.random.randint(1, 8))]
        self.reviews: list = []
        self.recommendations: list = []

    # Choices

    def maybe(self, value, chance: float = 0.5):
        """The value, or None."""
        return value if self.random.random() < chance else None

    def day(self, earliest: int = -700, latest: int = 0) -> date:
        """A day so many days from today."""
        return self.today + self.random.randint(earliest, latest) * DAY

    def after(self, day: date, most: int = 300) -> date:
        """That day or a later one."""
        return day + self.random.randint(0, most) * DAY

    def somebody(self, chance: float = 0.8) -> Member | None:
        return self.maybe(self.random.choice(self.people), chance)

    def text(self) -> str:
        return self.random.choice(WORDS)

    def entry(self) -> str:
        return self.random.choice(ENTRIES).key

    def count(self) -> int | None:
        return self.maybe(self.random.randint(0, 20))

    def mean(self, low: int, high: int) -> Decimal:
        return round(Decimal(self.random.uniform(low, high)), self.random.choice((0, 1, 2, 10)))

    def moment(self, day: date) -> datetime:
        return timezone.make_aware(datetime.combine(day, time(self.random.randint(0, 23), self.random.randint(0, 59))))

    def times(self, most: int) -> range:
        return range(self.random.choice((0, 1, most)))

    def different_days(self, most: int) -> list[date]:
        return sorted({self.day() for _ in self.times(most)}, key=lambda _: self.random.random())

    # What there is

    def make_service(self, seed: int) -> Service:
        return factories.make_service(
            f"life-{seed}",
            name=" ".join(self.text().split()),
            joined_on=self.maybe(self.day()),
            started_on=self.maybe(self.day()),
            project_ends_on=self.maybe(self.day(-100, 400)),
            setting=self.random.choice(("", "primary", "specialised")),
            language=self.random.choice(("en", "nb")),
            described=self.random.random() < 0.1,
        )

    def make_member(self) -> Member:
        began = self.maybe(self.day())
        away = self.maybe(self.day(), 0.2)
        return factories.make_member(
            self.service,
            role=self.random.choice([*Role.values, Role.PRACTITIONER, Role.PRACTITIONER, Role.LEADER]),
            login=False,
            guest=self.random.random() < 0.1,
            supervises=self.random.random() < 0.3,
            discipline=self.random.choice(("", *Member.Discipline.values)),
            how_chosen=self.random.choice(("", *Member.HowChosen.values)),
            experience_years=self.count(),
            trained_on=self.maybe(self.day()),
            started_on=began,
            leaves_on=self.maybe(self.after(began or self.day()), 0.3),
            handed_over_on=self.maybe(self.day(), 0.2),
            stopped_on=self.maybe(self.day(), 0.2),
            away_from=away,
            away_until=self.maybe(self.after(away)) if away else None,
        )

    def link_people(self) -> None:
        for member in self.people:
            heir = self.random.choice(self.people)
            if heir != member and self.random.random() < 0.3:
                member.successor = heir
                member.save(update_fields=["successor"])

    def make_plan(self) -> None:
        for version in self.times(3):
            published_on = self.maybe(self.day(), 0.8)
            looked_at_on = self.after(published_on) if published_on else None
            vision = factories.make_vision(
                self.service,
                version=version + 1,
                text=self.text(),
                horizon_on=self.day(-100, 900) if published_on else self.maybe(self.day(-100, 900)),
                published_on=published_on,
                looked_at_on=looked_at_on,
                published_by=self.somebody(),
            )
            for member in self.random.sample(self.people, self.random.randint(0, len(self.people))):
                vision.acknowledgements.create(member=member, on=self.day())
        for version in self.times(3):
            expectation = factories.make_expectation(
                self.service, version=version + 1, text=self.text(), published_on=self.day()
            )
            for member in self.random.sample(self.people, self.random.randint(0, len(self.people))):
                factories.make_acknowledgement(
                    expectation,
                    member,
                    how=self.random.choice(("read", "told")),
                    on=self.after(expectation.published_on),
                )
        for _ in self.times(4):
            self.make_goal()
        for _ in self.times(3):
            self.make_decision()
        for entry in self.random.sample([one.key for one in ENTRIES], self.random.randint(0, 3)):
            accepted_on = self.day(-300)
            factories.make_acceptance(
                self.service,
                entry=entry,
                accepted_on=accepted_on,
                until=accepted_on + self.random.randint(1, 180) * DAY,
                status=self.random.choice(("flagged", "watch")),
                severity=self.maybe(round(Decimal(self.random.uniform(0, 300)), 6)),
                ended_on=self.maybe(self.after(accepted_on)),
                by=self.somebody(),
            )
        for _ in self.times(3):
            began = self.day()
            factories.make_adaptation(
                self.service,
                in_use_from=began,
                in_use_until=self.maybe(self.after(began)),
                reason=self.maybe(self.text()) or "",
                evidence=self.maybe(self.text()) or "",
                decided_on=self.maybe(self.day()),
                look_again_on=self.maybe(self.day(-100, 300)),
            )

    def make_goal(self) -> None:
        stated_on = self.day()
        state = self.random.choice(("draft", "active", "active", "reached", "dropped"))
        goal = factories.make_goal(
            self.service,
            state=state,
            stated_on=stated_on,
            ended_on=self.after(stated_on) if state in ("reached", "dropped") else None,
            owner=self.somebody(),
            doing_measure=self.maybe(self.text()) or "",
            if_obstacle=self.maybe(self.text()) or "",
            due_on=self.maybe(self.day(-200, 300)),
        )
        for on in self.different_days(3):
            value = self.maybe(Decimal(self.random.randint(-9999, 9999)) / 100)
            factories.make_check_in(goal, on=on, value=value, by=self.somebody())
            factories.make_check_in(goal, on=on, note=self.text(), by=None)

    def make_decision(self) -> None:
        kind = self.random.choice(("continue", "expand", "adapt", "stop"))
        behind = {
            f"{name}_behind": self.random.choice((True, False, None)) if kind == "expand" else None
            for name in ("goals", "hours", "training")
        }
        factories.make_decision(
            self.service,
            kind=kind,
            decided_on=self.day(),
            decided_by=self.random.choice(("", "leader", "practitioners")),
            basis=self.random.choice(("", "outcomes", "impressions", "resources")),
            patients=self.count(),
            **behind,
        )

    def make_question(self) -> None:
        asked_on = self.day()
        answer = self.random.choice(("", "yes", "no", "talk"))
        loose = {"confirmation": "confirmations", "decision": "decisions"}  # that no question has led to
        factories.make_decision_wanted(
            self.service,
            subject=self.random.choice(("priority", "continue", "money", "other")),
            question=self.text(),
            asked_of=self.somebody(),
            asked_on=asked_on,
            asked_by=self.somebody(),
            wanted_by=self.after(asked_on),
            answer=answer,
            words=self.maybe(self.text()) or "",
            answered_on=self.after(asked_on) if answer else None,
            answered_by=self.somebody() if answer else None,
            withdrawn_on=None if answer in ("yes", "no") else self.maybe(self.after(asked_on)),
            **{
                name: self.maybe(getattr(self.service, related).filter(question=None).order_by("pk").first())
                for name, related in loose.items()
            },
        )

    def make_time(self) -> None:
        for _ in self.times(6):
            starts_on = self.day()
            factories.make_allocation(
                self.random.choice(self.people),
                work=self.random.choice(Work.values),
                hours_per_week=Decimal(self.random.randint(1, 40)) / 4,
                starts_on=starts_on,
                ends_on=self.maybe(self.after(starts_on)),
            )
        for _ in self.times(2):
            self.service.clearances.create(cleared_on=self.day(), agreed=self.maybe(self.text()) or "")
        for name in self.random.sample(sorted(PARAMETERS), self.random.randint(0, 2)):
            self.service.capacity_parameters.create(
                name=name, value=Decimal(self.random.randint(1, 900)) / 10, source=self.maybe(self.text()) or ""
            )
        for month in {self.day().replace(day=1) for _ in self.times(8)}:
            factories.make_caseload_month(
                self.service,
                month=month,
                **{
                    name: self.count()
                    for name in ("individual_patients", "groups", "sessions_held", "started", "eligible")
                },
            )
        practitioners = [one for one in self.people if one.role == Role.PRACTITIONER and not one.guest]
        for back in self.times(6):
            week = monday_of(self.today) - 7 * back * DAY  # the running one included, which nobody may know
            for member in practitioners:
                if self.random.random() < 0.8:
                    own_time = Decimal(self.random.randint(0, 6)) / 4
                    weeks.save(member, week=week, kept=self.random.randint(0, 4), own_time_hours=own_time, on=week)
        for number in self.times(4):
            factories.make_hours_of_week(self.service, week=monday_of(self.today) - (60 + 7 * number) // 7 * 7 * DAY)

    def make_conflicts(self) -> None:
        for _ in self.times(2):
            factories.make_agreement(
                self.service,
                recorded_at=self.moment(self.day(-500)),
                evaluate_on=self.day(-100, 300),
                recorded_by=self.somebody(),
            )
        for _ in self.times(12):
            logged_at = self.moment(self.day(-100))
            conflict = factories.make_conflict(
                self.random.choice(self.people),
                logged_at=logged_at,
                named=self.random.random() < 0.4,
                reason=self.random.choice(PriorityConflict.Reason.values),
                note="Nobody else's business",
            )
            if self.random.random() < 0.6:
                answered_on = min(self.after(conflict.released_on, 20), self.today)
                if answered_on >= conflict.released_on:
                    factories.make_answer(conflict, state="planned", answered_on=answered_on, text="Not for export")
        for released_on in {monday_of(self.day(-150, -60)) for _ in self.times(2)}:
            factories.make_conflicts_of_week(
                self.service, released_on=released_on, answers=[{"on": released_on.isoformat(), "state": "done"}]
            )

    def make_meetings(self) -> None:
        series = None
        for running in self.random.choice(((), (False,), (False, True), (True,))):
            created_on = self.day()
            series = factories.make_series(
                self.service,
                rule=self.random.choice(("FREQ=WEEKLY;INTERVAL=4", "FREQ=MONTHLY;BYDAY=-1FR")),
                starts_at=self.moment(created_on),
                created_on=created_on,
                ended_on=None if running else self.after(created_on),
            )
        for _ in self.times(5):
            state = self.random.choice(("planned", "held", "held", "cancelled"))
            starts_at = self.moment(self.day(-300, 60 if state != "held" else 0))
            closed_at = starts_at + self.random.choice((0, 0, 3)) * DAY if state == "held" else None
            slot_at = self.moment(self.day(-300, 60)) if series and self.random.random() < 0.5 else None
            review = factories.make_review(
                self.service,
                starts_at=starts_at,
                state=state,
                closed_at=closed_at,
                minutes=self.maybe(self.text()) or "",
                looked_at_outcomes=self.random.random() < 0.3,
                series=series if slot_at else None,
                slot_at=slot_at,
            )
            review.attendees.set(self.random.sample(self.people, self.random.randint(0, len(self.people))))
            self.reviews.append(review)
        for _ in self.times(6):
            factories.make_observation(
                self.service,
                entry=self.entry(),
                effect=self.random.choice(("hinders", "helps")),
                on=self.day(-300),
                of_group=self.random.random() < 0.2,
                passage=self.maybe("Results, Leader Engagement") or "",
                review=self.maybe(self.random.choice(self.reviews)) if self.reviews else None,
                by=self.somebody(),
            )

    def make_measures(self) -> None:
        for rated_on in self.different_days(3):
            rating = factories.make_rating(
                self.service,
                rated_on=rated_on,
                total=self.mean(1, 5),
                items=self.random.choice(({}, {"cbt": 2, "curriculum": 5})),
                version=self.version(IMR_FIDELITY),
            )
            self.recommendations += [
                factories.make_recommendation(rating, about=self.random.choice(("", "goi:training")))
                for _ in self.times(2)
            ]
        for rated_on in self.different_days(2):
            self.make_whole_visit(rated_on)
        for rated_on in self.different_days(2):
            factories.make_own_leadership_rating(
                self.random.choice(self.people),
                rated_on=rated_on,
                shared_on=self.maybe(self.after(rated_on)),
                version=self.version(ILS),
                wording=self.wording(),
            )
        self.make_surveys()
        self.make_outcomes()

    def version(self, instrument: Instrument) -> str:
        return self.maybe(instrument.version) or ""

    def wording(self) -> str:
        return self.random.choice(("", "official", "paraphrase"))

    def make_whole_visit(self, rated_on: date) -> None:
        items = {item: self.random.randint(1, 5) for item in GOI.items}
        del items[self.random.choice(GOI.items)]
        against = self.random.choice(("20", "33.6", "84/5"))
        factories.make_organisation_rating(
            self.service,
            rated_on=rated_on,
            mean=scoring.mean(items, GOI),
            items=items,
            version=self.version(GOI),
            reached=self.maybe({"receiving": 9, "against": against, "estimated": self.random.random() < 0.5}) or {},
        )

    def make_surveys(self) -> None:
        for rated_on in self.different_days(2):
            means = {name: self.mean(0, 4) for name in SUBSCALES}
            factories.make_leadership_rating(
                self.service,
                rated_on=rated_on,
                answers=self.random.randint(1, 9),
                minimum=4,
                version=self.version(ILS),
                wording=self.wording(),
                invited=self.maybe(14),
                bounded=self.random.choice(({}, {"perseverant": "least", "supportive": "most"})),
                differs=self.random.choice((True, False, None)),
                **means,
            )
        for rated_on in self.different_days(2):
            factories.make_sustainment_rating(
                self.service,
                rated_on=rated_on,
                answers=self.random.randint(4, 9),
                minimum=self.random.choice((3, 4)),
                mean=self.mean(0, 4),
                version=self.version(PRESS),
                wording=self.wording(),
                invited=self.maybe(9),
                bounded=self.random.choice(({}, {"total": "most"})),
            )
        for language in ("nb", "en"):
            for item in self.random.sample(ILS.items, self.random.randint(0, 3)):
                factories.make_official_text(self.service, language=language, item=item, text=self.text())

    def make_outcomes(self) -> None:
        for measured_on in self.different_days(3):
            patients = self.random.randint(0, 12)
            mean = self.mean(1, 5) if patients >= 5 else None
            changed = {"better": 2, "same": 3, "worse": 0} if patients >= 5 and self.random.random() < 0.5 else {}
            factories.make_outcome_round(
                self.service,
                measured_on=measured_on,
                patients=patients,
                mean=mean,
                sd=self.maybe(self.mean(0, 2)) if mean else None,
                missing=self.count(),
                version=self.version(IMRS),
                fed_back_on=self.maybe(self.after(measured_on)),
                **changed,
            )
        for rated_on in self.different_days(2):
            tool = self.random.choice(("csat", "psat"))
            domains = self.random.sample(list(DOMAINS[tool]), self.random.randint(1, 7))
            means = {domain: self.random.choice(("1", "4.0", "4.25", "6.2857142857")) for domain in domains}
            factories.make_domain_means(self.service, rated_on=rated_on, tool=tool, means=means)

    def make_backing(self) -> None:
        for _ in self.times(3):
            asked_on = self.day()
            answer = self.random.choice(("open", "agreed", "refused"))
            factories.make_support(
                self.service,
                asked_on=asked_on,
                answer=answer,
                answered_on=self.after(asked_on) if answer != "open" else None,
            )
        for _ in self.times(2):
            asked_on = self.day()
            confirmed = self.random.choice((True, False, None))
            factories.make_confirmation(
                self.service,
                asked_on=asked_on,
                confirmed=confirmed,
                answered_on=None if confirmed is None else self.after(asked_on),
            )
        for _ in self.times(3):
            self.make_question()
        for _ in self.times(3):
            decided_on = self.day()
            until = self.maybe(self.after(decided_on, 900))
            kind = self.random.choice(("money", "posts", "start_up")) if until else "posts"
            factories.make_funding(self.service, kind=kind, decided_on=decided_on, until=until)
        for held_on in self.different_days(4):
            factories.make_supervision(self.service, held_on=held_on)
        for item in ("eligible", "capacity", "briefing"):
            for on in self.different_days(2):
                factories.make_readiness_check(self.service, item=item, done=self.random.random() < 0.5, on=on)
        for paused_on in self.different_days(1):
            restarted_on = self.maybe(self.after(paused_on) + DAY, 0.8)
            factories.make_pause(self.service, paused_on=paused_on, restarted_on=restarted_on)
        for name in self.random.sample(ConfirmedEmpty.List.values, self.random.randint(0, 3)):
            factories.make_confirmed_empty(self.service, list=name, on=self.day(), by=self.somebody())

    def make_actions(self) -> None:
        for _ in self.times(6):
            opened_on = self.day(-300)
            state = self.random.choice(("open", "open", "done", "dropped"))
            moved_on = self.maybe(self.day(-200))
            factories.make_action(
                self.service,
                owner=self.somebody(),
                due_on=self.maybe(self.day(-100, 100)),
                entry=self.maybe(self.entry()) or "",
                behaviour=self.random.choice(("", "proactive", "perseverant")),
                review=self.maybe(self.random.choice(self.reviews)) if self.reviews else None,
                recommendation=self.maybe(self.random.choice(self.recommendations)) if self.recommendations else None,
                state=state,
                opened_on=opened_on,
                closed_on=self.after(opened_on, 60) if state != "open" else None,
                moved_on=moved_on,
                moved_by=self.somebody() if moved_on else None,
            )


def lived(seed: int, today: date) -> Service:
    """A service with a record of its own, the same for the same seed."""
    life = Life(seed, today)
    life.link_people()
    life.make_plan()
    life.make_time()
    life.make_conflicts()
    life.make_meetings()
    life.make_measures()
    life.make_backing()
    life.make_actions()
    return life.service

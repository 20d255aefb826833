"""Hands for the made-up service that do everything in the pages: open the form, fill it in, send it."""

from datetime import date, datetime

import time_machine
from django.forms import model_to_dict
from django.test import Client
from django.urls import resolve, reverse
from lxml import html

from accounts.models import Member, Service
from planning.made_up.hands import Hands
from planning.models import Adaptation, CaseloadMonth, Decision, PriorityConflict, Supervision
from tests.planning.site import oslo

ADD_PAGES = {
    Adaptation: "adaptation_add",
    CaseloadMonth: "caseload_add",
    Decision: "decision_add",
    Supervision: "supervision_add",
}


class PageHands(Hands):
    """As somebody in a browser would, at the hour at which it happens. `sent` counts the forms by their page."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.sent: dict[str, int] = {}

    def send(self, name: str, by: Member, at: datetime, *pieces, query: str = "", **said) -> str:
        """Open the page as this person, fill in its form, send it; the address that it leads to."""
        with time_machine.travel(at, tick=False):
            client = Client()
            client.force_login(by.user)
            url = reverse(name, args=[self.service.key, *pieces]) + query
            opened = client.get(url)
            assert opened.status_code == 200, f"{url} as {by}: {opened.status_code}"
            form = next(
                one
                for one in html.document_fromstring(opened.content.decode()).xpath("//main//form")
                if one.xpath(".//*[@name='submission']")
            )
            filled = {name: value for name, value in form.form_values() if name not in said}
            unknown = set(said) - {field.name for field in form.inputs if field.name} - buttons_of(form)
            assert not unknown, f"{url} has no field {unknown}"
            answer = client.post(address_of(form, url), filled | said)
            if answer.status_code != 302:
                problems = answer.context["form"].errors if answer.context else answer.content
                raise AssertionError(f"{url} as {by}, {said}: {problems}")
        self.sent[name] = self.sent.get(name, 0) + 1
        return answer.url

    # What is done

    def keep(self, row, *, by, day):
        """The noun's own form."""
        page = ADD_PAGES[type(row)]
        values = {name: typed(value) for name, value in model_to_dict(row).items() if value not in (None, "")}
        fields = set(page_fields(page))
        self.send(page, by, noon(day), **{name: value for name, value in values.items() if name in fields})
        return type(row).objects.filter(service=self.service).latest("pk")

    def says_nothing_to_record(self, name, *, by, day):
        """The button under the list."""
        self.send("record_nothing", by, noon(day), name)

    def publishes_what_is_expected(self, text, *, by, day):
        """The form of a new version."""
        self.send("expectation_publish", by, noon(day), text=text)

    def reads_what_is_expected(self, member, *, day):
        """The button below the text."""
        self.send("expectation_acknowledge", member, noon(day))

    def asks_for_a_decision(self, question, *, by, day):
        """The form of a question."""
        self.send(
            "decision_wanted_add",
            by,
            noon(day),
            subject=str(question.subject),
            question=question.question,
            wanted_by=question.wanted_by.isoformat(),
        )

    def checks_in(self, member, *, kept, own_time, day):
        """The week's form."""
        self.send("week_check_in_add", member, noon(day), kept=str(int(kept)), own_time_hours=str(own_time))

    def logs(self, author, reason, *, named, at):
        """One tap on a reason."""
        self.send("conflict_log", author, at, query=f"?named={int(named)}", reason=str(reason))
        return PriorityConflict.objects.filter(author=author).latest("logged_at")

    def says_what_was_displaced(self, conflict, displaced, *, at):
        """One more tap."""
        self.send("conflict_saved", conflict.author, at, conflict.pk, displaced=displaced)

    def answers(self, conflict, state, text, *, by, day, what="", until=None):
        """The answer's form, with what will be done."""
        action = {"action_title": what, "action_due_on": until.isoformat(), "action_owner": str(by.pk)} if what else {}
        self.send("conflict_answer", by, noon(day), conflict.pk, state=str(state), text=text, **action)
        return PriorityConflict.objects.get(pk=conflict.pk).answer

    def opens(self, action, *, by, day):
        """The form of a new action, opened from the flag and the review it comes from."""
        query = f"?entry={action.entry}" + (f"&review={action.review.pk}" if action.review else "")
        self.send(
            "action_add",
            by,
            noon(day),
            query=query,
            title=action.title,
            owner=str(action.owner.pk),
            due_on=action.due_on.isoformat(),
            behaviour=str(action.behaviour),
        )
        return self.service.actions.latest("pk")

    def closes(self, action, state, *, by, day):
        """Marked by whoever owns it."""
        self.send("action_state", by, noon(day), action.pk, str(state))
        action.refresh_from_db()

    def observes(self, observation, *, by):
        """The form of the meeting."""
        self.send(
            "review_observe",
            by,
            noon(observation.on),
            observation.review.pk,
            entry=observation.entry,
            effect=str(observation.effect),
            text=observation.text,
        )

    def looks_at(self, goal, answer, *, by, day):
        """The goal's check-in."""
        self.send("goal_check_in", by, noon(day), goal.pk, progress=str(answer.progress), value=str(answer.value))

    def ends(self, goal, how, *, by, day):
        """Reached, or dropped."""
        self.send("goal_end", by, noon(day), goal.pk, str(how))
        goal.refresh_from_db()

    def closes_review(self, review, *, minutes, attendees, by, at):
        """The minutes, and who was there."""
        self.send(
            "review_close", by, at, review.pk, minutes=minutes, attendees=[str(member.pk) for member in attendees]
        )


def noon(day: date) -> datetime:
    """Twelve o'clock of that day in Oslo."""
    return oslo(f"{day}T12:00")


def typed(value) -> str:
    """A value as a person types it into a form."""
    return value.isoformat() if isinstance(value, date) else str(value)


def page_fields(name: str) -> list[str]:
    """The fields of the form of a page of the record."""
    return list(resolve(reverse(name, args=["any"])).func.view_class.form_class.base_fields)


def buttons_of(form) -> set[str]:
    """The names that the buttons of a form send."""
    return {button.get("name") for button in form.xpath(".//button[@name]")}


def address_of(form, page: str) -> str:
    """Where a form is sent: its own address, seen from the page."""
    action = form.get("action") or page
    return page.partition("?")[0] + action if action.startswith("?") else action

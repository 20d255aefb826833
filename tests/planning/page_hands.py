"""Hands for the made-up service that do everything in the pages: open the form, fill it in, send it."""

from datetime import date, datetime

import time_machine
from django.forms import model_to_dict
from django.test import Client
from django.urls import resolve, reverse
from lxml import html

from accounts.models import Member, Service
from planning.forms.meetings import DECIDED, ELSE
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
    """As somebody in a browser would, at the hour at which it happens.

    `sent` counts the forms by their page, and those of a meeting by their button, too.
    """

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
            filled: dict[str, list] = {}
            for name_of_field, value in form.form_values():
                if name_of_field not in said:
                    filled.setdefault(name_of_field, []).append(value)
            unknown = set(said) - {field.name for field in form.inputs if field.name} - buttons_of(form)
            assert not unknown, f"{url} has no field {unknown}"
            answer = client.post(address_of(form, url), filled | said)
            if answer.status_code != 302:
                problems = answer.context["form"].errors if answer.context else answer.content
                raise AssertionError(f"{url} as {by}, {said}: {problems}")
        done = f"{name}:{said['do'].partition(':')[0]}" if "do" in said else name
        self.sent[done] = self.sent.get(done, 0) + 1
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

    def closes(self, action, state, *, by, day):
        """Marked by whoever owns it."""
        self.send("action_state", by, noon(day), action.pk, str(state))
        action.refresh_from_db()

    def says_how_it_leads(self, action, behaviour, *, by, day):
        """The action's own form."""
        self.send("action_change", by, noon(day), action.pk, behaviour=str(behaviour))
        action.refresh_from_db()

    def looks_at(self, goal, answer, *, by, day):
        """The goal's check-in."""
        self.send("goal_check_in", by, noon(day), goal.pk, progress=str(answer.progress), value=str(answer.value))

    def ends(self, goal, how, *, by, day):
        """Reached, or dropped."""
        self.send("goal_end", by, noon(day), goal.pk, str(how))
        goal.refresh_from_db()

    # The meeting

    def puts_on_the_agenda(self, review, text, *, by, day):
        """The form of a topic."""
        self.send("topic_add", by, noon(day), review.pk, text=text)

    def presses(self, button, review, by, at, **said):
        """One of the buttons of the meeting's page."""
        self.send("review_hold", by, at, review.pk, do=button, **said)

    def sits_down(self, review, attendees, *, by, day):
        """Ticks who is here, and saves the draft."""
        self.presses("draft", review, by, noon(day), attendees=numbers_of(attendees))

    def observes(self, observation, *, by):
        """At its flag, or beside the agenda where it is none."""
        review = observation.review
        slug = slug_of(observation.entry, review)
        said = {f"{slug}-text": observation.text}
        if slug == ELSE:
            said |= {f"{ELSE}-entry": observation.entry}
        self.presses(f"{observation.effect}:{slug}", review, by, noon(observation.on), **said)

    def agrees(self, action, *, by, day):
        """At the flag that it is to clear, or beside the agenda."""
        slug = slug_of(action.entry, action.review)
        said = {"title": action.title, "owner": str(action.owner.pk), "due_on": typed(action.due_on)}
        said = {f"{slug}-{name}": value for name, value in said.items()}
        self.presses(f"act:{slug}", action.review, by, noon(day), **said)
        return self.service.actions.latest("pk")

    def decides(self, decision, *, by):
        """What is known of the decision."""
        said = {name: getattr(decision, part) for name, part in DECIDED.items()}
        said = {name: typed(value) for name, value in said.items() if value not in (None, "")}
        self.presses("decide", decision.review, by, noon(decision.decided_on), **said)

    def marks_dealt_with(self, review, shown, settled, *, by, day):
        """Ticks at the topics."""
        ticked = [code.replace(":", "-") for code in shown if code in settled]
        self.presses("draft", review, by, noon(day), settled=ticked)

    def closes_review(self, review, *, minutes, attendees, by, at):
        """The minutes, and the last button."""
        self.presses("close", review, by, at, minutes=minutes, attendees=numbers_of(attendees))


def slug_of(entry: str, review) -> str:
    """The row of the agenda that is about an entry, or what stands beside the agenda."""
    flagged = review.agenda_items.filter(code=f"flag:{entry}").exists()
    return f"flag-{entry}" if flagged else ELSE


def numbers_of(members: list[Member]) -> list[str]:
    """What the boxes of these people send."""
    return [str(member.pk) for member in members]


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

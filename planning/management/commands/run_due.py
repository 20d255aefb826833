"""What the scheduler rings each minute, done here and now: without a broker, without a worker."""

import json
import logging
from collections import Counter
from datetime import datetime

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from planning import heartbeats, mailing, reminders, standstill, steps, tasks
from planning.documents import making
from planning.management.arguments import moment_of
from planning.models import Document, Message

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Make the plans that wait, plan and send the mail that is due. Running it twice sends nothing twice."

    def add_arguments(self, parser):
        parser.add_argument(
            "--as-of",
            metavar="MOMENT",
            help="do what is due at YYYY-MM-DDTHH:MM in Oslo (default: now); a day alone means its end",
        )

    def handle(self, *, as_of, **options):
        at = moment_of(as_of)
        self.in_trouble = 0
        self.do_each(tasks.to_forget(), at=timezone.now())
        done = self.do_each(tasks.to_do(), at=at)
        made, failed = self.make_plans()
        states = self.send_messages(at)
        standstill.note_tick(timezone.now(), others=(heartbeats.BEAT,), detail="run_due")
        if states[Message.State.HANDED_OVER]:
            standstill.note_handed_over(timezone.now())
        summary = {
            "as_of": timezone.localtime(at).isoformat(timespec="seconds"),
            "plans": {"made": made, "failed": failed},
            "reminders_planned": done.get(steps.name_of(reminders.plan_due), 0),
            "messages": {
                "handed_over": states["handed_over"],
                "to_be_tried_again": states["planned"],
                "failed": states["failed"],
                "expired": states["expired"] + done.get(steps.name_of(mailing.expire), 0),
                "uncertain": states["claimed"] + done.get(steps.name_of(mailing.mark_uncertain), 0),
            },
        }
        self.stdout.write(json.dumps(summary, indent=2))
        if self.in_trouble:
            raise CommandError("Not everything could be done. The log says what; the next run tries it again.")

    def do_each(self, to_do: tuple[steps.Step, ...], *, at: datetime) -> dict:
        """Do every step, also after one in trouble; what each gave back, by its name."""
        done = steps.each(to_do, at)
        self.in_trouble += len(to_do) - len(done)
        return done

    def attempt(self, work, key: int, *, at: datetime):
        """Make or send one; whatever becomes of it, the others are tried as well."""
        try:
            return work(key, at=at)
        except Exception:
            self.in_trouble += 1
            logger.exception("%s failed for no. %s", steps.name_of(work), key)
            return None

    def send_messages(self, at: datetime) -> Counter:
        """Send what is due, each settled before the next one is begun; how many messages are in each state."""
        keys = self.do_each((mailing.due,), at=at).get(steps.name_of(mailing.due), [])
        states = (self.attempt(mailing.send, key, at=at) for key in keys)
        return Counter(str(state) for state in states if state)

    def make_plans(self) -> tuple[int, int]:
        """Make every plan that waits; how many were made, and how many are given up.

        A plan does not wait for a day, so this goes by the real clock whatever moment was asked for.
        """
        waiting = list(Document.objects.waiting().order_by("issued_at", "pk").values_list("pk", flat=True))
        self.do_each((making.sweep,), at=timezone.now())
        made = sum(bool(self.attempt(making.make, key, at=timezone.now())) for key in waiting)
        return made, Document.objects.filter(pk__in=waiting, state=Document.State.FAILED).count()

"""What the scheduler rings each minute, done here and now: without a broker, without a worker."""

import json
from collections import Counter

from django.core.management import BaseCommand
from django.utils import timezone

from accounts import phones, sessions
from accounts.submissions import forget_submissions
from planning import heartbeats, mailing, reminders, reviews, standstill
from planning.documents import making
from planning.management.arguments import moment_of
from planning.models import Document, Message


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
        for forget in (forget_submissions, sessions.forget_ended, phones.forget_expired):
            forget(timezone.now())
        expired = mailing.expire(at)
        uncertain = mailing.mark_uncertain(at)
        made, failed = self.make_plans()
        reviews.keep_ahead(at)
        planned = reminders.plan_due(at)
        # Message by message, each settled before the next one is begun.
        states = Counter(str(state) for key in mailing.due(at) if (state := mailing.send(key, at=at)))
        standstill.note_tick(timezone.now(), others=(heartbeats.BEAT,), detail="run_due")
        if states[Message.State.HANDED_OVER]:
            standstill.note_handed_over(timezone.now())
        summary = {
            "as_of": timezone.localtime(at).isoformat(timespec="seconds"),
            "plans": {"made": made, "failed": failed},
            "reminders_planned": planned,
            "messages": {
                "handed_over": states["handed_over"],
                "to_be_tried_again": states["planned"],
                "failed": states["failed"],
                "expired": states["expired"] + expired,
                "uncertain": states["claimed"] + uncertain,
            },
        }
        self.stdout.write(json.dumps(summary, indent=2))

    def make_plans(self) -> tuple[int, int]:
        """Make every plan that waits; how many were made, and how many are given up.

        A plan does not wait for a day, so this goes by the real clock whatever moment was asked for.
        """
        waiting = list(Document.objects.waiting().order_by("issued_at", "pk").values_list("pk", flat=True))
        making.sweep(timezone.now())
        made = sum(making.make(key, at=timezone.now()) for key in waiting)
        return made, Document.objects.filter(pk__in=waiting, state=Document.State.FAILED).count()

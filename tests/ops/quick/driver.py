"""A web process without pages: asks for plans as the page does, and tells how everything stands.

Reads one JSON object a line and answers with one, so that a test need not start Django for each question.
"""

import json
import sys
import time
import uuid

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import Member, Role, Service, User  # noqa: E402
from config.celery import app  # noqa: E402
from planning import mailing, standstill, tasks  # noqa: E402
from planning.models import Document, Message  # noqa: E402


def prepare() -> dict:
    """The tables."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    return {}


def ask(plans: int, content: dict, times: int = 1, old: bool = False) -> dict:
    """Issue plans of new services with two people each; returns how long the slowest bell took, in seconds.

    `times`: the bell is rung so often; `old`: as the version before wrote it.
    """
    slowest = 0.0
    for _plan in range(plans):
        name = uuid.uuid4().hex[:8]
        with transaction.atomic():
            service = Service.objects.create(key=name, name=name, joined_on=timezone.localdate())
            for role in (Role.LEADER, Role.PRACTITIONER):
                user = User.objects.create_user(f"{role}-{name}@example.org", name=name, language="en")
                Member.objects.create(service=service, user=user, name=name, role=role)
            plan = Document.objects.create(
                service=service,
                number=1,
                language="en",
                as_of=timezone.localdate(),
                template_version="1",
                content=content,
                issued_at=timezone.now(),
            )
        begin = time.monotonic()
        if old:
            app.send_task("planning.tasks.make_plan", kwargs={"plan_id": plan.pk, "of_an_older_version": True})
        else:
            for _time in range(times):
                tasks._ring(plan.pk)
        slowest = max(slowest, time.monotonic() - begin)
    return {"slowest_bell": slowest}


def double() -> dict:
    """Ring once more for every message there is, whatever became of it."""
    keys = list(Message.objects.values_list("pk", flat=True))
    for key in keys:
        tasks.send_message.apply_async(kwargs={"message_pk": key})
    return {"rung": len(keys)}


def stand() -> dict:
    """How every document and message stands, and when each heart was last heard of."""
    return {
        "documents": [
            {"pk": pk, "state": state, "attempts": attempts, "has_file": has_file is not None}
            for pk, state, attempts, has_file in Document.objects.values_list("pk", "state", "attempts", "file")
        ],
        "messages": [
            {"pk": row.pk, "state": row.state, "attempts": row.attempts, "id": mailing.message_id(row)}
            for row in Message.objects.all()
        ],
        "hearts": {name: at.isoformat() for name, at in standstill.read().heard.items()},
    }


COMMANDS = {command.__name__: command for command in (prepare, ask, double, stand)}


def main() -> None:
    """Answer until nobody asks any more."""
    for line in sys.stdin:
        words = json.loads(line)
        try:
            answer = COMMANDS[words.pop("do")](**words)
        except Exception as trouble:
            answer = {"trouble": f"{type(trouble).__name__}: {trouble}"}
        finally:
            connections.close_all()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()

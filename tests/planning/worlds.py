"""Two worlds that differ only in what must not show: they look the same to everybody who may not know."""

import json
import re
from io import BytesIO, StringIO
from zipfile import ZipFile

from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.access import may
from planning.documents import issuing
from tests.planning.site import Site, client_of, page, service_addresses

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
OTHERS = (
    "leader",
    "third",
    "adviser",
    "sponsor",
)  # not Per and Asta, who write


# The tables in which worlds differ: entries, weeks, and what the pages that write them leave behind.
DIFFERS = re.compile(
    r'FROM "(planning_(priorityconflict|conflict|hours|week|message|action|optin|loggingagreement)'
    r"|accounts_(audit|submission))"
)
SAME_IN_EVERY_WORLD: set[tuple[str, str]] = set()


class AnotherWorld:
    """What happens within is undone at its end."""

    def __enter__(self):
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    def __exit__(self, *problem):
        transaction.set_rollback(True)
        self.transaction.__exit__(*problem)


def what_others_see(site: Site) -> dict[tuple[str, str], str]:
    """Every page of the service for everybody who may not know, and what the commands and the plan say.

    What a page says follows from what it reads. So the first world shows which pages read of what worlds differ in,
    and from then on the others, which cannot tell worlds apart, are left out.
    """
    seen = what_documents_say(site.service)
    for role in OTHERS:
        member = site.people[role]
        client = client_of(member)
        for address in service_addresses():
            where = role, address.name
            # Without the permission one gets 403, whatever there is.
            if not may(member, address.view.permission) or where in SAME_IN_EVERY_WORLD:
                continue
            with CaptureQueriesContext(connection) as queries:
                response = client.get(site.url(address.name))
            seen[where] = f"{response.status_code} {UUID.sub('', text_of(response))}"
            if not any(DIFFERS.search(query["sql"]) for query in queries):
                SAME_IN_EVERY_WORLD.add(where)
    assert len(seen) > 40
    return seen


def text_of(response) -> str:
    """What a page or a file says; of a spreadsheet without the moment at which it was made."""
    if not response.content.startswith(b"PK"):
        return page(response)
    with ZipFile(BytesIO(response.content)) as sheet:
        parts = sorted(name for name in sheet.namelist() if not name.startswith("docProps/"))
        return "".join(sheet.read(name).decode() for name in parts)


def what_documents_say(service, language: str = "en") -> dict[tuple[str, str], str]:
    """What the commands and the plan say of a service."""
    seen = {}
    for form in ("json", "text"):
        printed = StringIO()
        call_command("risks", service.key, "--format", form, "--language", language, stdout=printed)
        seen["command", f"risks {form}"] = printed.getvalue()
    today = timezone.localdate()
    plan = issuing.draft_content(service, as_of=today, language=language, on=today)
    seen["plan", language] = json.dumps(plan, default=str)
    return seen


def differing(one: dict, other: dict) -> list:
    """Where two worlds can be told apart."""
    return [where for where in one if where in other and one[where] != other[where]]

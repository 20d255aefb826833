"""The documents of several services as one ZIP file, for a steering meeting; written while it is sent.

One document's bytes are in memory at a time, however many services there are. PDFs are compressed already, so they
are stored as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.access import Permission, may, memberships_of
from accounts.models import Service, User
from planning.documents.kinds import KINDS
from planning.models import Document, DocumentFile
from planning.wording import documents as document_words


@dataclass(frozen=True)
class Held:
    """A service, and the document of it that is in force; None when it has none."""

    service: Service
    document: Document | None


def in_force(user: User, *, kind: str, on) -> list[Held]:
    """The services that somebody compares and whose documents of that kind they read, by name, each with its latest."""
    services = [
        member.service
        for member in memberships_of(user, on=on)
        if may(member, Permission.COMPARE_SERVICES) and may(member, KINDS[kind].read)
    ]
    ready = Document.objects.of_kind(kind).ready().filter(service__in=services)
    latest: dict[int, Document] = {}
    for document in ready.select_related("service", "visit").defer("content").order_by("-number"):
        latest.setdefault(document.service_id, document)
    return [Held(service, latest.get(service.pk)) for service in services]


def as_zip(held: list[Held], *, kind: str, on, language: str) -> Iterator[bytes]:
    """The ZIP file in parts: each document, then a list of contents in `language`, which so tells what has come along.

    It is read after the request's language is no longer the active one.
    """
    sent = _Outgoing()
    lines = []
    with ZipFile(sent, "w", ZIP_STORED) as archive:
        for one in held:
            file = DocumentFile.objects.filter(document=one.document).first() if one.document else None
            if file is not None:
                archive.writestr(_entry(f"{document_words.file_name(one.document)}.pdf", one.document), bytes(file.pdf))
            with translation.override(language):
                lines.append(_line(one, file))
            del file  # one at a time
            yield sent.taken()
        with translation.override(language):
            archive.writestr(_("contents.txt"), _contents(lines, kind=kind, on=on))
    yield sent.taken()


def _entry(name: str, document: Document) -> ZipInfo:
    """The head of a file in the archive, dated when the document was issued."""
    return ZipInfo(name, timezone.localtime(document.issued_at).timetuple()[:6])


def _line(one: Held, file: DocumentFile | None) -> str:
    """What the list says of one service."""
    if file is None:
        return _("%(service)s: none in force") % {"service": one.service.name}
    issued = timezone.localdate(one.document.issued_at).isoformat()
    number = _("no. %(number)s") % {"number": one.document.number}
    name = document_words.file_name(one.document)
    return f"{one.service.name}: {number}, {issued}, {name}.pdf\n  SHA-256 {file.sha256}"


def _contents(lines: list[str], *, kind: str, on) -> str:
    """The list: what it is of, of which day, and a paragraph for each service."""
    head = _("%(kind)s: the latest in force of each service, %(day)s") % {
        "kind": Document.Kind(kind).label,
        "day": on.isoformat(),
    }
    return "\r\n".join([head, "", *(line.replace("\n", "\r\n") for line in lines), ""])


class _Outgoing:
    """What a ZIP file writes into: it cannot be gone back in, and gives away what has been written."""

    def __init__(self):
        self._written: list[bytes] = []

    def write(self, part: bytes) -> int:
        """Take the next part."""
        self._written.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """Nothing waits here."""

    def taken(self) -> bytes:
        """All that was written since the last time."""
        parts, self._written = self._written, []
        return b"".join(parts)

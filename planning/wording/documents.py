"""What documents are called, on pages, in mail and as files."""

from django.utils.text import slugify
from django.utils.translation import gettext

from planning.models import Document


def name(document: Document) -> str:
    """A document's kind and number in the active language: "Action plan no. 3"."""
    return gettext("%(kind)s no. %(number)s") % {"kind": document.get_kind_display(), "number": document.number}


def file_name(document: Document) -> str:
    """The name of its file without an ending, in ASCII whatever the language: "imr-nordvik-plan-3"."""
    practice = slugify(document.service.practice) or "practice"
    return f"{practice}-{document.service.key}-{document.kind}-{document.number}"

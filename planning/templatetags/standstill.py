"""What a page says when the background work stands still."""

from django import template
from django.utils import timezone

from planning.standstill import as_known_to

register = template.Library()


@register.simple_tag
def standing_still(member) -> dict:
    """What stands still and since when, by what came with the membership: `worker`, `messages` or both."""
    return as_known_to(member, at=timezone.now())

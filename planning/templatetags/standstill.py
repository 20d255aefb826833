"""What a page says when the background work stands still, or mail comes back."""

from django import template
from django.utils import timezone

from planning import addresses
from planning.standstill import as_known_to

register = template.Library()


@register.simple_tag
def standing_still(member) -> dict:
    """What stands still and since when, `worker`, `messages` or both."""
    return as_known_to(member, at=timezone.now())


@register.simple_tag
def mail_coming_back(member, today) -> dict:
    """Whether mail to the member comes back (`own`), and mail to somebody else of the service (`others`)."""
    found = addresses.paused_around(member, on=today) if member.an_address_is_paused else set()
    return {"own": member.user_id in found, "others": bool(found - {member.user_id})}

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
    if not member.an_address_is_paused:
        return {}
    return {"own": addresses.is_paused(member.user), "others": addresses.others_are_paused(member, on=today)}

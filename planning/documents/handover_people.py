"""Who is who in a handover pack: who leads, delivers, stands beside the service; who leaves and who takes over."""

from collections import defaultdict
from datetime import date

from accounts.models import LEADING_ROLES, Member, Role, Service
from planning.documents.plan_time import plain

LEFT_DAYS = 365  # for which it is still told that somebody left without having handed over


def people(service: Service, as_of: date) -> dict[str, list[dict]]:
    """Everybody of the service on that day by what they are, and those who left without having handed over."""
    known = list(service.members.select_related("successor").order_by("name", "pk"))
    there = [one for one in known if one.is_present(as_of)]
    return {
        "leading": [_person(one, as_of) for one in there if one.role in LEADING_ROLES],
        "practitioners": [_person(one, as_of) for one in there if one.role == Role.PRACTITIONER],
        "beside": [_person(one, as_of) for one in there if one.role in (Role.ADVISER, Role.SPONSOR)],
        "left_open": [_left(one) for one in known if not one.is_present(as_of) and _is_open(one, as_of)],
    }


def _person(one: Member, as_of: date) -> dict:
    """One person as their leader knows them from the page of people."""
    return {
        "name": one.name,
        "role": str(one.get_role_display()),
        "discipline": str(one.get_discipline_display()) if one.discipline else "",
        "since_on": _iso(one.started_on),
        "trained_on": _iso(one.trained_on),
        "supervises": one.supervises,
        "stopped_on": _iso(one.stopped_on if one.stopped_on and one.stopped_on <= as_of else None),
        "away_from_on": _iso(one.away_from if _is_away(one, as_of) else None),
        "away_until_on": _iso(one.away_until if _is_away(one, as_of) else None),
        "leaves_on": _iso(one.leaves_on),
        "successor": one.successor.name if one.successor else "",
        "told_on": _iso(one.successor.handed_over_on if one.successor else None),
    }


def _is_away(one: Member, as_of: date) -> bool:
    """Whether somebody is away on that day, or will be."""
    return one.away_from is not None and (one.away_until is None or one.away_until >= as_of)


def _is_open(one: Member, as_of: date) -> bool:
    """Whether somebody who delivered or led left lately, and nobody is recorded as told what was open."""
    if one.guest or one.role not in (*LEADING_ROLES, Role.PRACTITIONER) or (as_of - one.leaves_on).days > LEFT_DAYS:
        return False
    return one.successor is None or one.successor.handed_over_on is None


def _left(one: Member) -> dict:
    return {
        "name": one.name,
        "role": str(one.get_role_display()),
        "left_on": one.leaves_on.isoformat(),
        "successor": one.successor.name if one.successor else "",
    }


def set_aside(service: Service, as_of: date) -> list[dict]:
    """The hours a week that each person was promised, by name, with what for and until when.

    For leaders, who see the same on the page of time; nothing here is of hours kept or displaced.
    """
    by_person: dict[Member, list] = defaultdict(list)
    promised = service.allocations.filter(ends_on__gte=as_of) | service.allocations.filter(ends_on__isnull=True)
    for one in promised.select_related("member").order_by("member__name", "member__pk", "starts_on", "pk"):
        if one.member.is_present(as_of):
            by_person[one.member].append(
                {
                    "work": str(one.get_work_display()),
                    "hours": plain(one.hours_per_week),
                    "from_on": _iso(one.starts_on if one.starts_on > as_of else None),
                    "until_on": _iso(one.ends_on),
                }
            )
    return [{"name": member.name, "hours": hours} for member, hours in by_person.items()]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

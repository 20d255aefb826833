"""Fidelity visits: planned, rated by two on their own, agreed on once, told.

Until both raters are done nobody but a rater sees anything of that rater's ratings, counts of them included; the
trail, which leaders read, therefore knows of a rating only when it is finished.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from accounts import audit
from accounts.access import Permission, may
from accounts.models import Member, Role
from assessments import agreement, scoring
from assessments.figures import day
from assessments.instruments import GOI, IMR_FIDELITY, Instrument, Item, definition, stored
from assessments.models import AgreedItem, FidelityRating, OrganisationRating, Rater, RaterItem, Visit
from assessments.visit_items import Given, checked, columns
from assessments.wording import said

FIRST, SECOND = 1, 2
MOST_NAMED = 5  # items that a sentence lists by name

# What apps above this one know of who delivers the practice: a sentence why the member does on that day, or empty.
ALSO_DELIVERS: list[Callable[[Member, date], str]] = []


# ------------------------------------------------------------------------------------------------
# Planning
# ------------------------------------------------------------------------------------------------


def why_not(member: Member, *, on: date) -> str:
    """Why somebody may not rate a visit of that day in their service; empty for those who may."""
    if member.role == Role.PRACTITIONER:
        return _("%(name)s gives IMR here, and nobody rates their own work. Choose somebody else.") % {
            "name": member.name
        }
    if not may(member, Permission.RATE_FIDELITY):
        return _("%(name)s may not rate fidelity here. Choose a leader or an adviser.") % {"name": member.name}
    if member.user is None or not member.user.is_active or not member.is_present(on):
        return _("%(name)s cannot sign in here on that day. Choose somebody who can.") % {"name": member.name}
    return next(filter(None, (reason(member, on) for reason in ALSO_DELIVERS)), "")


def definitions_of(visit: Visit) -> tuple[Instrument, Instrument]:
    """The two instruments of a visit, in the versions that its raters see."""
    return definition(IMR_FIDELITY.key, visit.fidelity_version), definition(GOI.key, visit.organisation_version)


def definitions_behind(rating: FidelityRating) -> tuple[Instrument, Instrument]:
    """The two instruments of the visit behind a rating, also of one that was written in by hand."""
    visit = Visit.objects.filter(rating=rating).first()
    return definitions_of(visit) if visit else (stored(IMR_FIDELITY.key, rating.version), stored(GOI.key, ""))


@transaction.atomic
def plan(visit: Visit, raters: tuple[Member, Member], *, by: Member) -> Visit:
    """Keep a new visit with its two raters. ValidationError if one of them may not rate it."""
    visit.service = by.service
    visit.fidelity_version, visit.organisation_version = IMR_FIDELITY.version, GOI.version
    _refuse_raters(raters, on=visit.planned_on)
    visit.save()
    for number, member in enumerate(raters, start=FIRST):
        Rater.objects.create(visit=visit, number=number, member=member)
    audit.record(code="visit.planned", by=by.user, service=by.service, obj=visit)
    return visit


@transaction.atomic
def change(visit: Visit, raters: tuple[Member, Member], *, by: Member) -> Visit:
    """Another day, another description, other raters as long as they have not begun. Raises as `plan` does."""
    _open(visit)
    for number, member in enumerate(raters, start=FIRST):
        rater = visit.raters.select_for_update().get(number=number)
        if rater.member_id == member.pk:
            continue
        if rater.items.exists() or rater.done_at:
            raise ValidationError(
                _("%(name)s has begun to rate and stays. Cancel the visit if somebody else is to rate it.")
                % {"name": rater.member.name}
            )
        _refuse_raters((member,), on=visit.planned_on)
    _refuse_the_same(raters)
    visit.save(update_fields=["planned_on", "covers", "practitioners", "patients"])
    _put_raters(visit, raters)
    audit.record(code="visit.changed", by=by.user, service=by.service, obj=visit)
    return visit


def _put_raters(visit: Visit, raters: tuple[Member, Member]) -> None:
    """In two steps, as the two may change places."""
    there = {rater.number: rater.member_id for rater in visit.raters.all()}
    changed = [(number, one) for number, one in enumerate(raters, start=FIRST) if there[number] != one.pk]
    visit.raters.filter(number__in=[number for number, _one in changed]).delete()
    for number, member in changed:
        Rater.objects.create(visit=visit, number=number, member=member)


def _refuse_raters(raters, *, on: date) -> None:
    _refuse_the_same(raters)
    for member in raters:
        if reason := why_not(member, on=on):
            raise ValidationError(reason)


def _refuse_the_same(raters) -> None:
    if len({member.pk for member in raters}) < len(raters):
        raise ValidationError(_("Two different people rate a visit. Choose another second rater."))


@transaction.atomic
def cancel(visit: Visit, *, by: Member, on: date) -> Visit:
    """It does not take place; what was rated stays unseen."""
    _open(visit)
    visit.cancelled_on = on
    visit.save(update_fields=["cancelled_on"])
    audit.record(code="visit.cancelled", by=by.user, service=by.service, obj=visit)
    return visit


def _open(visit: Visit) -> Visit:
    """Lock the visit, if it is still open; ValidationError otherwise. Others wait until the transaction is over."""
    there = Visit.objects.select_for_update().get(pk=visit.pk)
    if there.cancelled_on:
        raise ValidationError(_("The visit was cancelled. Plan a new one."))
    if there.agreed_on:
        raise ValidationError(_("The visit is agreed on and stands still."))
    return there


# ------------------------------------------------------------------------------------------------
# Rating, each on their own
# ------------------------------------------------------------------------------------------------


@transaction.atomic
def rate(
    rater: Rater, item: Item, given: Given, *, at: datetime, now: datetime, proposed: int | None = None
) -> RaterItem | None:
    """Keep what a rater chose for an item at a moment; None if something newer stands there, which then stays.

    Sent again it changes nothing. ValidationError once the rater is done, or if it is no rating of the item.
    """
    visit = _open(rater.visit)
    if Rater.objects.select_for_update().get(pk=rater.pk).done_at:
        raise ValidationError(_("You have said that you are done: your ratings stand still."))
    instrument = instrument_of(visit, item)
    if not rater.items.exists() and (reason := why_not(rater.member, on=visit.planned_on)):
        raise ValidationError(reason)
    given = checked(given, item, instrument)
    at = min(at, now)
    which = {"rater": rater, "instrument": instrument.key, "item": item.key}
    there = RaterItem.objects.filter(**which).first()
    if there is not None and there.chosen_at > at:
        return None
    kept, _new = RaterItem.objects.update_or_create(
        **which, defaults={**columns(given), "proposed": proposed, "chosen_at": at}
    )
    return kept


def instrument_of(visit: Visit, item: Item) -> Instrument:
    """Which of the two instruments of the visit has the item."""
    return next(one for one in definitions_of(visit) if one.by_key.get(item.key) == item)


def given_by(rater: Rater, instrument: Instrument) -> dict[str, RaterItem]:
    """What a rater gave the items of one instrument so far."""
    return {one.item: one for one in rater.items.filter(instrument=instrument.key)}


def left_open(rater: Rater) -> list[Item]:
    """The items that a rater neither rated nor said not to be rateable."""
    found = []
    for instrument in definitions_of(rater.visit):
        given = given_by(rater, instrument)
        found += [item for item in instrument.described if not _is_settled(given.get(item.key))]
    return found


def unexplained(rater: Rater) -> list[Item]:
    """The items that a rater rated otherwise than was proposed, without saying why."""
    found = []
    for instrument in definitions_of(rater.visit):
        given = given_by(rater, instrument)
        found += [item for item in instrument.described if item.key in given and _overrules(given[item.key])]
    return found


def _overrules(given: RaterItem) -> bool:
    return None not in (given.proposed, given.rating) and given.rating != given.proposed and not given.note


def _is_settled(given: RaterItem | AgreedItem | None) -> bool:
    return given is not None and (given.rating is not None or bool(given.not_rateable))


@transaction.atomic
def finish(rater: Rater, *, by: Member, at: datetime, on: date) -> Rater:
    """The rater is done; from then on the ratings stand still. ValidationError while something is missing."""
    visit = _open(rater.visit)
    mine = Rater.objects.select_for_update().get(pk=rater.pk)
    if mine.done_at:
        raise ValidationError(_("You have said that you are done: your ratings stand still."))
    if missing := what_is_missing(mine, on=on):
        raise ValidationError(missing)
    mine.done_at = at
    mine.save(update_fields=["done_at"])
    audit.record(code="visit.rated", by=by.user, service=by.service, obj=visit)
    return mine


def what_is_missing(rater: Rater, *, on: date) -> list[str]:
    """What still keeps a rater from being done, a sentence each."""
    found, visit = [], rater.visit
    if visit.planned_on > on:
        found.append(_still_ahead(visit))
    if missing := left_open(rater):
        found.append(
            _("Still to be rated, or to be said not to be rateable: %(items)s.") % {"items": names_of(missing)}
        )
    if silent := unexplained(rater):
        found.append(
            _("You rated otherwise than the record's counts say. Write why in the note of: %(items)s.")
            % {"items": names_of(silent)}
        )
    return found


def _still_ahead(visit: Visit) -> str:
    return _("The visit is planned for %(day)s. Change its date if it took place earlier.") % {
        "day": day(visit.planned_on)
    }


def names_of(items: list[Item]) -> str:
    """Items by their numbers and names in a sentence; of many the first ones, and how many more."""
    names = [f"{item.number} {said(item.name)}" for item in items[:MOST_NAMED]]
    if len(items) > MOST_NAMED:
        names.append(_("%(count)d more") % {"count": len(items) - MOST_NAMED})
    return get_text_list(names, _("and"))


def both_are_done(visit: Visit) -> bool:
    """Whether both raters are, so that they may see each other's ratings."""
    done = [rater.done_at for rater in visit.raters.all()]
    return len(done) == SECOND and all(done)


# ------------------------------------------------------------------------------------------------
# Agreeing
# ------------------------------------------------------------------------------------------------


def both_gave(visit: Visit, instrument: Instrument) -> dict[str, tuple[RaterItem, RaterItem]]:
    """What the two gave each item, once both are done. ValidationError before that."""
    if not both_are_done(visit):
        raise ValidationError(_("Both have to be done before the two ratings are laid side by side."))
    first, second = (given_by(rater, instrument) for rater in visit.raters.order_by("number"))
    return {item: (first[item], second[item]) for item in instrument.items}


def alike(first: RaterItem, second: RaterItem) -> bool:
    """Whether the two gave the same rating, from the same counts, so that there is nothing to settle."""
    return first.rating is not None and (first.rating, first.counts) == (second.rating, second.counts)


@transaction.atomic
def settle(visit: Visit, item: Item, given: Given, *, by: Member) -> AgreedItem:
    """Keep what the two agree on for an item. Outside what both rated it needs a note, and so does no rating."""
    visit = _open(visit)
    instrument = instrument_of(visit, item)
    first, second = both_gave(visit, instrument)[item.key]
    given = checked(given, item, instrument)
    if not given.is_settled:
        raise ValidationError(
            _("Rate “%(item)s”, or write why it cannot be rated.") % {"item": said(item.name)},
        )
    rated = [one.rating for one in (first, second) if one.rating is not None]
    unexplained = given.rating is not None and rated and not given.note
    if unexplained and agreement.needs_note(given.rating, rated[0], rated[-1]):
        raise ValidationError(
            _("“%(item)s”: %(rating)d lies outside what the two of you rated. Write why.")
            % {"item": said(item.name), "rating": given.rating}
        )
    kept, _new = AgreedItem.objects.update_or_create(
        visit=visit, instrument=instrument.key, item=item.key, defaults=columns(given)
    )
    return kept


def unsettled(visit: Visit) -> list[Item]:
    """The items on which the two still have to agree."""
    settled = set(visit.agreed_items.values_list("instrument", "item"))
    return [
        instrument.by_key[item]
        for instrument in definitions_of(visit)
        for item, pair in both_gave(visit, instrument).items()
        if not alike(*pair) and (instrument.key, item) not in settled
    ]


def first_agree_on(items: list[Item]) -> str:
    """That the two still have to agree on these."""
    return _("Agree first on: %(items)s.") % {"items": names_of(items)}


@transaction.atomic
def agree(visit: Visit, *, by: Member, on: date) -> Visit:
    """Make what was agreed the service's ratings, once. ValidationError while items are open or when it is done.

    With fewer items than an instrument needs for a total there is none, and the visit shows its items only.
    """
    visit = _open(visit)
    if missing := unsettled(visit):
        raise ValidationError(first_agree_on(missing))
    if visit.planned_on > on:  # moved after both were done
        raise ValidationError(_still_ahead(visit))
    fidelity, organisation = definitions_of(visit)
    for instrument in (fidelity, organisation):
        _keep_what_was_alike(visit, instrument)
    _refuse_a_second_rating(visit)
    visit.rating = _fidelity(visit, fidelity)
    visit.organisation = _organisation(visit, organisation)
    visit.agreed_on = on
    visit.save(update_fields=["rating", "organisation", "agreed_on"])
    audit.record(code="visit.agreed", by=by.user, service=by.service, obj=visit)
    return visit


def _keep_what_was_alike(visit: Visit, instrument: Instrument) -> None:
    """What the two rated alike is agreed on without a word, unless they have settled it otherwise."""
    same = [
        AgreedItem(visit=visit, instrument=instrument.key, item=item, rating=first.rating, counts=first.counts)
        for item, (first, second) in both_gave(visit, instrument).items()
        if alike(first, second)
    ]
    AgreedItem.objects.bulk_create(same, ignore_conflicts=True)


def _refuse_a_second_rating(visit: Visit) -> None:
    for model in (FidelityRating, OrganisationRating):
        if model.objects.filter(service=visit.service_id, rated_on=visit.planned_on).exists():
            raise ValidationError(
                _(
                    "A rating of %(day)s was written in by hand already. Take it out, or change the date of the visit, "
                    "and then agree."
                )
                % {"day": day(visit.planned_on)}
            )


def _agreed(visit: Visit, instrument: Instrument) -> dict[str, int]:
    """The agreed ratings, in the order of the form."""
    rated = {one.item: one.rating for one in visit.agreed_items.filter(instrument=instrument.key)}
    return {item: rated[item] for item in instrument.items if rated.get(item) is not None}


def _fidelity(visit: Visit, instrument: Instrument) -> FidelityRating | None:
    items = _agreed(visit, instrument)
    total = scoring.mean(items, instrument)
    if total is None:
        return None
    return FidelityRating.objects.create(
        service=visit.service, rated_on=visit.planned_on, total=total, items=items, version=instrument.version
    )


def _organisation(visit: Visit, instrument: Instrument) -> OrganisationRating | None:
    items = _agreed(visit, instrument)
    mean = scoring.mean(items, instrument)
    if mean is None:
        return None
    return OrganisationRating.objects.create(
        service=visit.service,
        rated_on=visit.planned_on,
        mean=mean,
        items=items,
        version=instrument.version,
        reached=reached_in(visit, instrument),
    )


def reached_in(visit: Visit, instrument: Instrument) -> dict:
    """What the share of those reached was counted against, as it is kept; empty where it was not rated."""
    for item in instrument.described:
        if item.ladder is not None and item.ladder.computed:
            agreed = visit.agreed_items.filter(instrument=instrument.key, item=item.key).first()
            if agreed is not None and agreed.counts:
                counts = agreed.counts
                found = scoring.reached(
                    counts["receiving"], item, eligible=counts.get("eligible"), target=counts.get("target")
                )
                against = f"{scoring.kept(found.eligible).normalize():f}"
                return {"receiving": counts["receiving"], "against": against, "estimated": found.estimated}
    return {}


@transaction.atomic
def take_back(visit: Visit, *, by: Member) -> Visit:
    """Take the result back, as it was a mistake: the ratings that it became go, and the two can agree anew.

    What was recommended hangs on the rating and goes with it; the ratings of each and what they settled stay.
    """
    there = Visit.objects.select_for_update().get(pk=visit.pk)
    if there.agreed_on is None:
        raise ValidationError(_("There is no result that could be taken back."))
    became = [rating for rating in (there.rating, there.organisation) if rating is not None]
    there.agreed_on = there.feedback_on = there.rating = there.organisation = None
    there.save(update_fields=["agreed_on", "feedback_on", "rating", "organisation"])
    for rating in became:
        rating.delete()
    audit.record(code="visit.taken_back", by=by.user, service=by.service, obj=there)
    return there


@transaction.atomic
def tell(visit: Visit, *, by: Member, on: date) -> Visit:
    """Note the day on which the service was told of the result."""
    there = Visit.objects.select_for_update().get(pk=visit.pk)
    if there.agreed_on is None:
        raise ValidationError(_("Agree on the result first."))
    if on < there.planned_on:
        raise ValidationError(_("Give a day on or after the visit."))
    there.feedback_on = on
    there.save(update_fields=["feedback_on"])
    audit.record(code="visit.told", by=by.user, service=by.service, obj=there)
    return there

"""What the example services have besides their people: a conflict log that is open."""

from datetime import date, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Role, Service
from planning import conflicts
from planning.models import LoggingAgreement

EVALUATE_AFTER_DAYS = 300


def open_example_logs(*, today: date) -> int:
    """Fill in what the log is for in every service whose leader is an example person; returns how many.

    A service that has recorded it is left alone.
    """
    services = Service.objects.filter(
        logging_agreements__isnull=True, members__user__is_example=True, members__role=Role.LEADER
    )
    services = list(services.distinct().order_by("key"))
    for service in services:
        leader = service.members.filter(user__is_example=True, role=Role.LEADER).order_by("pk").first()
        with translation.override(service.language):
            agreement = LoggingAgreement(
                purpose=_("An example: to see what takes the time from IMR, so that the leader can act on it."),
                ground=LoggingAgreement.Ground.LEGITIMATE_INTEREST,
                discussed_on=today - timedelta(days=1),
                discussed_with=_("An example: the safety representative and the practitioners"),
                information=_(
                    "An example: you choose at each entry whether your leader sees your name. Entries are not used "
                    "to judge anybody's work. You can withdraw yours at any time."
                ),
                keep_months=12,
                evaluate_on=today + timedelta(days=EVALUATE_AFTER_DAYS),
            )
        conflicts.record_agreement(agreement, by=leader)
    return len(services)

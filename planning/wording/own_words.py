"""Texts to learn from, for whoever writes a first plan. Written by us, of no service; to learn from, not to take over.

Each is short enough to be written on a phone, and says what somebody outside could see.
"""

from django.utils.translation import gettext_lazy as _

VISION = (
    _(
        "Everybody here who can use IMR is offered it within three months. Patients know their own warning signs and "
        "what to do about them, and we do not lose the practice when one of us leaves."
    ),
    _(
        "Two IMR groups run every year, and each of us leads one. Patients say that they steer more of their own "
        "days. The time for it stands in the rota like any other treatment."
    ),
)
EXPECTED = (
    _(
        "Each of you has two patients in IMR, or one group together with a colleague. "
        "Three hours a week are yours for it: sessions, preparation and supervision. They are working hours. "
        "When something has to wait, it is not the session. Tell me when that cannot be kept: then I change something."
    ),
    _(
        "We follow the manual, home assignments included, and change nothing on our own. "
        "Supervision every second week is part of the job. New referrals can wait a week; an emergency cannot."
    ),
)
GOAL = {
    "outcome": (_("Every new patient who can use IMR is offered it"), _("Two groups run at the same time by summer")),
    "doing_measure": (_("Offers of IMR made each month"), _("Sessions held each month")),
    "result_measure": (_("Patients who finish the whole programme"), _("Share of patients with a goal of their own")),
    "first_step": (_("Put the offer on the form for the first conversation"),),
    "if_obstacle": (_("somebody is ill on the day of the group"),),
    "then_plan": (_("the day team takes the phones, and the colleague leads alone"),),
}
LOG_INFORMATION = (
    _(
        "You choose at each entry whether your leader sees your name. Entries are used to make room for IMR, never to "
        "judge anybody's work. You can withdraw yours at any time."
    ),
)

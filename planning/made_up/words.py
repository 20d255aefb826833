"""What people say in the made-up service. Invented, and about nobody."""

from django.utils.translation import gettext_lazy as _

NAME = _("Nordvik (made up)")
VISION = _(
    "Everybody in Nordvik who can use IMR is offered it within three months. Two of us lead a group each term, and "
    "a patient who moves between us meets the same programme."
)
EXPECTED = _(
    "Each of you sees two patients or leads one group. Tuesday mornings are kept free for sessions, preparing "
    "included. Supervision goes before other meetings. If an acute duty takes the time, log it, and we look at it "
    "together."
)
EXPECTED_LATER = _(
    "Each of you sees two patients or leads one group. Tuesday mornings are kept free for sessions, preparing "
    "included, also when we are short of staff: the day team covers. Supervision goes before other meetings."
)

AGREEMENT = {
    "purpose": _("To see what takes the time from IMR, so that the leader can act on it."),
    "discussed_with": _("The safety representative and the practitioners"),
    "information": _(
        "You choose at each entry whether your leader sees your name. Entries are for planning, not for judging "
        "anybody. You can withdraw yours at any time."
    ),
}

# (outcome, doing measure, result measure, baseline, target, first step, obstacle, plan, months to reach it)
GOALS = (
    (
        _("Two groups run each term"),
        _("Group sessions held each month"),
        _("Patients who finish a group"),
        _("One group"),
        _("Two groups"),
        _("Book the big room for Tuesdays"),
        _("one of the two leaders is ill"),
        _("a third practitioner steps in, and the group goes on"),
        9,
    ),
    (
        _("Every new patient is asked about IMR"),
        _("Patients asked each month"),
        _("Patients who start"),
        _("About a third are asked"),
        _("All are asked"),
        _("Put the question into the first conversation"),
        _("the first conversation is about something acute"),
        _("we ask in the third one, and note that we have to"),
        12,
    ),
    (
        _("Supervision every second week, whoever is away"),
        _("Meetings of supervision each month"),
        "",
        _("Now and then"),
        _("Two a month"),
        _("Agree on dates until summer"),
        _("the supervisor is away"),
        _("we meet anyway, and bring one case"),
        6,
    ),
)

ACTIONS = (
    (_("Agree with the day team on cover for Tuesday mornings"), "crowded-out", "proactive", 21),
    (_("Put preparing into the rota next to each session"), "own-time", "supportive", 14),
    (_("Ask the head of health services what happens after the project"), "undecided-future", "proactive", 30),
    (_("Find a second leader for the spring group"), "lone-champion", "perseverant", 30),
    (_("Go through the last outcomes with the practitioners"), "no-outcome-monitoring", "knowledgeable", 21),
    (_("Invite a patient who has finished to the next information meeting"), "no-recruitment", "proactive", 45),
)

# (entry, effect, text) as somebody says it in a review.
HINDERS = (
    ("crowded-out", _("Two sessions were moved for ward rounds this month.")),
    ("own-time", _("Handouts were printed and read at home in the evening.")),
    ("no-recruitment", _("Nobody had time for the first conversation about IMR.")),
    ("programme-burden", _("The workbook felt too long for one of the groups.")),
)
HELPS = (
    ("use-stopping", _("IMR is talked about in the morning meeting now.")),
    ("alone-in-the-system", _("The other team in the municipality lent us a room.")),
    ("crowded-out", _("The day team took the telephone on Tuesdays, and it worked.")),
)

# What somebody of the team puts on the agenda of a review beforehand.
TOPICS = (
    _("The room on Tuesdays is double-booked"),
    _("How do we ask patients who said no once?"),
    _("Who takes the group when one of us is ill?"),
    _("The workbook is hard to read for some: what do others do?"),
)
DECISION_IN_REVIEW = _("Home assignments are begun in the session from now on.")
MINUTES = _(
    "We went through the flags, the open actions and what had displaced IMR. The guide's questions took a quarter of "
    "an hour."
)
ANSWERS = {
    "planned": _("I talk to the day team about cover."),
    "done": _("The meeting has been moved."),
    "not_now": _("Not before the new rota in spring."),
}
PLANNED = _("Talk to the day team about cover")
COVERED = _("The four who give IMR, and everybody who has begun with one of them")
REPLY = _("I go through the rota with you in the next review, and take the question of cover to the day team.")
# (item of the IMR Fidelity Scale, what the visit advises)
RECOMMENDATIONS = (
    ("goal_followup", _("Go back to each patient's goal at least every third session.")),
    ("significant_others", _("Involve a relative or friend early, and note it.")),
    ("coping_skills", _("Practise coping skills in the session, not only talk of them.")),
)
SUPPORT = _("A room for the second group")
ADAPTATION = {
    "what": _("Home assignments are begun in the session"),
    "reason": _("Many come back without having started."),
    "evidence": _("The group of last spring finished twice as many."),
}
DECISION = _("IMR goes on after the project, with two groups a year.")
QUESTION = _("Will the half post for IMR be paid for another two years?")

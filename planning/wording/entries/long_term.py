"""Theme 3, long-term priorities: direction, decisions, and the people and habits that carry IMR on."""

from django.utils.translation import gettext_lazy as _

from .shape import Act, EntryText, Strength
from .sources import BOND_2014, SALYERS_2009, STUDY_LONG_TERM, STUDY_METHODS

DIRECTION: dict[str, EntryText] = {
    "no-vision": EntryText(
        title=_("IMR lacks a vision for the time ahead"),
        title_clear=_("IMR has a vision for the time ahead"),
        title_unknown=_("The vision for IMR"),
        why=_(
            "The study found that most services had no vision for IMR, and that practitioners were unsure how much "
            "to put into it. The authors ask leaders for goals and visions. A few sentences will do, when people "
            "know them."
        ),
        passage=STUDY_LONG_TERM,
        strength=Strength.STUDY,
        limits=_("The study did not compare services with and without a written vision. The dates are ours."),
        clears=_(
            "A vision is published, reaches more than three months ahead, and has been looked at within 12 months."
        ),
        record=_("Publish a vision for IMR, with the date it reaches to. Look at it once a year."),
        record_page="vision",
        acts=(
            Act(
                _("Write three sentences: why IMR here, for whom, and where you want to be in two years."),
                "leader",
                21,
                "proactive",
            ),
            Act(
                _("Take the draft to the practitioners, change what does not ring true, and publish it."),
                "leader",
                30,
                "supportive",
            ),
            Act(_("Say whether the vision fits what the next level wants."), "sponsor", 45),
        ),
    ),
    "no-goals": EntryText(
        title=_("IMR lacks goals to steer by"),
        title_clear=_("IMR has goals to steer by"),
        title_unknown=_("Goals for IMR"),
        why=_(
            "Most services in the study had no goals for IMR, and one practitioner asked for a strategy plan. Unsure "
            "what was wanted, many waited to be told. A goal that can be measured, with somebody who owns it and a "
            "date, says what to work towards."
        ),
        passage=STUDY_LONG_TERM,
        strength=Strength.STUDY,
        limits=_("The study does not say what a good goal looks like. Measure, owner and date are our demand."),
        clears=_(
            "At least one active goal has a measure, an owner and a date, and fewer than a third of the goals are "
            "overdue."
        ),
        record=_("Write down one goal for IMR: what you want, how it is measured, who owns it, and by when."),
        record_page="goals",
        acts=(
            Act(
                _("Agree with the practitioners on one IMR goal for the next six months, with owner and date."),
                "leader",
                21,
                "proactive",
            ),
            Act(_("Go through the overdue goals: give each a new date, or drop it."), "leader", 14, "perseverant"),
        ),
    ),
    "undecided-future": EntryText(
        title=_("Whether IMR goes on is not settled"),
        title_clear=_("It is decided that IMR goes on"),
        title_unknown=_("The decision on IMR's future"),
        why=_(
            "In one service of the study practitioners waited to hear whether they might go on; in several it was "
            "left to them to decide. Many held back in the meantime. A clear decision ends the waiting, "
            "whatever it says."
        ),
        passage=STUDY_LONG_TERM,
        strength=Strength.STUDY,
        limits=_("The interviews were held after 12 months. The study does not know what was decided later."),
        clears=_(
            "It is recorded that IMR goes on, by a decision of the leader, of the next level, or of leader and "
            "practitioners together."
        ),
        record=_("Record what is decided about IMR's future and who decided, and when the project period ends."),
        record_page="decisions",
        acts=(
            Act(
                _("Settle with your own leader whether IMR goes on, on what terms, and when you look at it again."),
                "leader",
                30,
                "proactive",
            ),
            Act(
                _("Tell the practitioners what is decided, or on which date it will be."),
                "leader",
                14,
                "supportive",
            ),
            Act(_("Give a written answer on whether IMR goes on after the project."), "sponsor", 30),
        ),
    ),
    "expansion-without-plan": EntryText(
        title=_("IMR is to grow without a plan behind it"),
        title_clear=_("IMR's growth has a plan behind it"),
        title_unknown=_("Plans to expand IMR"),
        why=_(
            "Two services in the study had heard that IMR would be expanded, and knew nothing more. In one of them "
            "every patient was to be offered it, and nobody had planned how. News without details leaves people "
            "guessing."
        ),
        passage=STUDY_LONG_TERM,
        strength=Strength.STUDY,
        limits=_("The study tells what practitioners knew. There may have been plans they had not heard of."),
        clears=_("The decision to expand is recorded, with goals, hours and training behind it."),
        record=_("Record the decision to expand, and whether goals, hours and training are behind it."),
        record_page="decisions",
        acts=(
            Act(
                _("Write down what the expansion means: how many patients, which hours, who is trained and when."),
                "leader",
                30,
                "proactive",
            ),
            Act(
                _("Tell the practitioners what is known, what is not, and when you will know more."),
                "leader",
                14,
                "supportive",
            ),
            Act(_("Say what the expansion may cost, and from when there is money for it."), "sponsor", 30),
        ),
    ),
}

PEOPLE: dict[str, EntryText] = {
    "picked-in-passing": EntryText(
        title=_("Practitioners were not chosen together"),
        title_clear=_("Practitioners were chosen together"),
        title_unknown=_("How practitioners were chosen"),
        why=_(
            "In eight of the nine services, most practitioners in the study were picked by chance, often with a word "
            "in passing. In the ninth, leader and practitioners chose together: who wanted to, and how it suited the "
            "service."
        ),
        passage=STUDY_LONG_TERM,
        strength=Strength.STUDY,
        limits=_(
            "Nearly all had still said yes of their own will. The study cannot say what another choice would have "
            "changed."
        ),
        clears=_("More than half of the active practitioners were chosen jointly or came forward themselves."),
        record=_(
            "Register for each practitioner how they came to IMR: chosen jointly, volunteered, asked in passing or "
            "appointed."
        ),
        record_page="people",
        acts=(
            Act(
                _("Ask each practitioner in private: do you want to do IMR, and do you have room for it?"),
                "leader",
                21,
                "supportive",
            ),
            Act(
                _("Choose the next practitioners together with the team, by willingness and capacity."),
                "leader",
                60,
                "proactive",
            ),
        ),
    ),
    "leaving-soon": EntryText(
        title=_("Somebody is leaving and nobody takes over"),
        title_clear=_("Nobody leaves without a successor"),
        title_unknown=_("Who takes over when somebody leaves"),
        why=_(
            "One practitioner in the study took the training with retirement close ahead. Trouble with staffing is "
            "among the reasons that US leaders gave for stopping a practice (Bond and others 2014). A successor "
            "named in time can learn while there is somebody to learn from."
        ),
        passage=STUDY_LONG_TERM,
        strength=Strength.STUDY_AND_OTHERS,
        limits=_("The study names one such practitioner, and not what came after. The twelve months are ours."),
        clears=_("For everyone trained, and for the leader: nobody leaves within 12 months, or a successor is named."),
        record=_("Register when people leave, also the leader, and who takes over."),
        record_page="people",
        acts=(
            Act(_("Name who takes over, and ask that person first."), "leader", 30, "proactive"),
            Act(_("Book the successor's IMR training and supervision."), "leader", 60, "supportive"),
            Act(_("Take the successor along to sessions before you leave."), "practitioner", 60),
        ),
        others=(BOND_2014,),
    ),
    "unprepared-start": EntryText(
        title=_("The start of IMR was not fully prepared"),
        title_clear=_("The start of IMR was prepared"),
        title_unknown=_("How the start of IMR was prepared"),
        why=_(
            "One service in the study had not looked into whether there were suitable patients, or room for weekly "
            "sessions for a year. Many practitioners were little briefed, and to some the work came as a shock. What "
            "was skipped then can still be done now."
        ),
        passage=STUDY_LONG_TERM,
        strength=Strength.STUDY,
        limits=_(
            "The study does not show what a better start would have changed. That only doing it clears this flag is "
            "our choice."
        ),
        clears=_(
            "Three things are checked: there are eligible patients, there is weekly capacity for a year, and everyone "
            "is briefed."
        ),
        record=_(
            "Record for each of the three whether it is checked: eligible patients, weekly capacity for a year, and "
            "briefing."
        ),
        record_page="readiness",
        acts=(
            Act(
                _("Count how many of today's patients IMR could suit. Write down the number, not the names."),
                "practitioner",
                21,
            ),
            Act(
                _("Work out the weekly hours for a whole year before the next patient or group starts."),
                "leader",
                21,
                "proactive",
            ),
            Act(
                _("Brief everyone involved for an hour: what IMR is, what it asks, what they can expect from you."),
                "leader",
                30,
                "knowledgeable",
            ),
        ),
    ),
    "no-recruitment": EntryText(
        title=_("Too few patients start IMR"),
        title_clear=_("Patients start IMR as planned"),
        title_unknown=_("Patients starting IMR"),
        why=_(
            "One service in the study could not recruit patients. It left supervision as well, and has no fidelity "
            "score. Without patients, practitioners cannot use what they have learned."
        ),
        passage=STUDY_METHODS,
        strength=Strength.STUDY,
        limits=_("One service had this trouble, and the study does not say why. The limits in the rule are ours."),
        clears=_(
            "Somebody was in the programme in the latest month recorded, and more than half of the planned number "
            "have started."
        ),
        record=_(
            "Record the caseload each month: patients and groups, how many were to start, and how many did. Numbers "
            "only, nothing about anybody."
        ),
        record_page="caseload",
        acts=(
            Act(
                _("Ask the practitioners what makes it hard to recruit, and clear the first barrier yourself."),
                "leader",
                14,
                "proactive",
            ),
            Act(
                _("Go through today's patients together, and ask those whom IMR could suit."),
                "practitioner",
                21,
            ),
            Act(
                _("Tell colleagues and those who refer patients whom IMR is for, and how to ask for it."),
                "leader",
                30,
                "proactive",
            ),
        ),
    ),
}

HABITS: dict[str, EntryText] = {
    "no-regular-review": EntryText(
        title=_("Barriers are not looked at regularly"),
        title_clear=_("Barriers are looked at regularly"),
        title_unknown=_("Regular reviews of IMR"),
        why=_(
            "Many services in the study brought IMR up at staff meetings, but did not go through its difficulties "
            "regularly and with a plan. The one that stood out met regularly about barriers, progress and support. "
            "Half an hour with an agenda is enough to begin with."
        ),
        passage=STUDY_LONG_TERM,
        strength=Strength.STUDY,
        limits=_("One service met in this way. The study cannot tell what the meetings alone did."),
        clears=_(
            "Reviews have a schedule, the last one was held no more than one and a half intervals ago, and at least "
            "one of the last two examined a barrier."
        ),
        record=_("Set up a schedule of reviews, and write down each one that is held."),
        record_page="reviews",
        acts=(
            Act(_("Set the dates of the IMR reviews for the coming half-year."), "leader", 14, "perseverant"),
            Act(
                _("Hold the next review with one barrier on the agenda, and end with who does what by when."),
                "leader",
                30,
                "perseverant",
            ),
        ),
    ),
    "alone-in-the-system": EntryText(
        title=_("The service stands alone with IMR"),
        title_clear=_("IMR has support from outside"),
        title_unknown=_("Support from outside the service"),
        why=_(
            "The service that stood out in the study discussed how to win support at several levels of the "
            "municipality. A service that stands alone has only its own hours and money to draw on."
        ),
        passage=STUDY_LONG_TERM,
        strength=Strength.STUDY,
        limits=_("This is reported of one service, and the study does not say what it led to."),
        clears=_("Support from outside the service has been asked for or agreed within the last 12 months."),
        record=_("Record whom outside the service you have asked for support, and what they answered."),
        record_page="supports",
        acts=(
            Act(
                _("Ask one level outside the service for one concrete thing: money, rooms, referrals or time."),
                "leader",
                30,
                "proactive",
            ),
            Act(_("Say what the next level can offer IMR this year, and what it cannot."), "sponsor", 45),
            Act(_("Bring services that practise IMR together for half a day."), "adviser", 60),
        ),
    ),
    "supervision-lapsed": EntryText(
        title=_("Supervision or training is missing"),
        title_clear=_("Supervision runs and everyone is trained"),
        title_unknown=_("Supervision and training"),
        why=_(
            "One service in the study left supervision after seven months. In a US survey, weekly supervision was "
            "more common where IMR was used in full (Salyers and others 2009). Research on which US sites kept their "
            "practice points the same way (Bond and others 2014)."
        ),
        passage=STUDY_METHODS,
        strength=Strength.STUDY_AND_OTHERS,
        limits=_("The study does not say why the service left supervision, or what came of it."),
        clears=_("Supervision has been held within the last 60 days, and every active practitioner is trained."),
        record=_("Record each supervision that takes place, and when each practitioner was trained."),
        record_page="supervision",
        acts=(
            Act(
                _("Book supervision for the next three months, and keep the hours free for it."),
                "leader",
                14,
                "supportive",
            ),
            Act(_("Find a supervisor who knows IMR. Telephone or video will do."), "adviser", 21),
            Act(
                _("Book IMR training for those who practise without it."),
                "leader",
                45,
                "supportive",
            ),
        ),
        others=(SALYERS_2009, BOND_2014),
    ),
}

LONG_TERM: dict[str, EntryText] = DIRECTION | PEOPLE | HABITS

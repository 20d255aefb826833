"""Theme 1, priorities: what IMR competes with in the working week."""

from django.utils.translation import gettext_lazy as _

from .shape import Act, EntryText, Strength
from .sources import BOND_2014, STUDY_IMPLICATIONS, STUDY_PRIORITIES

PRIORITIES: dict[str, EntryText] = {
    "unprotected-time": EntryText(
        title=_("Too little time is set aside for IMR"),
        title_clear=_("Enough time is set aside for IMR"),
        title_unknown=_("Time set aside for IMR"),
        why=_(
            "The study found most practitioners caught between IMR and everything else they had to do. In the one "
            "service that stood out, IMR had its time and colleagues knew who did what. Sessions are only a part of "
            "it: preparation and supervision need hours too."
        ),
        passage=STUDY_PRIORITIES,
        strength=Strength.STUDY,
        limits=_(
            "The study measured no hours. How much time IMR needs is worked out from other sources and from our own "
            "starting values."
        ),
        clears=_("The hours set aside each week cover all that today's patients and groups need."),
        record=_(
            "Enter the weekly hours set aside, by kind of work, and each month how many patients and groups there are."
        ),
        record_page="caseload",
        acts=(
            Act(
                _("Set aside weekly hours for sessions, preparation and supervision, and put them in the rota."),
                "leader",
                14,
                "proactive",
            ),
            Act(
                _("Go through with the whole staff who takes which duties while colleagues do IMR."),
                "leader",
                21,
                "proactive",
            ),
            Act(_("Decide which duties may wait when there is not time for everything."), "sponsor", 30),
        ),
    ),
    "own-time": EntryText(
        title=_("Preparation happens in people's own time"),
        title_clear=_("IMR fits into working hours"),
        title_unknown=_("Time to prepare"),
        why=_(
            "Some practitioners in the study saw reading and preparing as something for their spare time, and one "
            "read the manual at home because the working day left no room for it. Others refused. When preparation "
            "rests on goodwill, nobody can count on it."
        ),
        passage=STUDY_PRIORITIES,
        strength=Strength.STUDY,
        limits=_("These are single voices from the interviews. The study does not say how common it was."),
        clears=_(
            "Everyone with hours for sessions has hours for preparation too, and no weekly check-in of the last three "
            "months tells of IMR work in people's own time."
        ),
        record=_(
            "Enter hours for preparation beside the hours for sessions. Ask the practitioners to check in each week: "
            "from three people on, it tells whether IMR work falls in their own time."
        ),
        record_page="time",
        acts=(
            Act(_("Put preparation in the rota, next to each IMR session."), "leader", 14, "proactive"),
            Act(
                _("Say plainly that reading and preparing for IMR is working time, and that it may take time."),
                "leader",
                7,
                "supportive",
            ),
        ),
    ),
    "crowded-out": EntryText(
        title=_("Other duties crowd out IMR"),
        title_clear=_("IMR keeps its place in the week"),
        title_unknown=_("IMR and other duties"),
        why=_(
            "The study found that IMR was often what gave way on a busy day, even where practitioners followed the "
            "method closely. Leaders of US sites that stopped a practice also named lack of priority as a reason "
            "(Bond and others 2014)."
        ),
        passage=STUDY_PRIORITIES,
        strength=Strength.STUDY_AND_OTHERS,
        limits=_("Nobody counted how often IMR gave way in the study. The limits in the rule are ours."),
        clears=_(
            "At most one priority conflict in 30 days, and less than a tenth of the set-aside hours lost in four weeks."
        ),
        record=_(
            "Open the conflict log, and let practitioners log it with one tap when something displaces IMR. Ask them "
            "to check in each week."
        ),
        record_page="conflicts",
        acts=(
            Act(
                _("Go through the latest conflicts with the practitioners, and decide what gives way next time."),
                "leader",
                7,
                "proactive",
            ),
            Act(
                _("Move one recurring duty out of the hours set aside for IMR, or give it to somebody else."),
                "leader",
                14,
                "proactive",
            ),
            Act(_("Log it when something displaces IMR, so that the pattern can be seen."), "practitioner", 14),
        ),
        others=(BOND_2014,),
    ),
    "fading-time": EntryText(
        title=_("Less and less of the set-aside time is kept"),
        title_clear=_("The set-aside time holds"),
        title_unknown=_("Whether set-aside time is kept"),
        why=_(
            "One service in the study began with time to prepare and a leader who made allowance for IMR. Later "
            "there was less of both, and the preparation lost some of its structure. A slow slide is hard to see "
            "from week to week."
        ),
        passage=STUDY_PRIORITIES,
        strength=Strength.STUDY,
        limits=_("This rests on what one practitioner said. The study did not follow how time was used."),
        clears=_(
            "The share of set-aside time that is kept has not fallen by 15 percentage points or more from one "
            "eight-week period to the next."
        ),
        record=_(
            "Ask the practitioners to check in each week. It takes 16 weeks, some of them with three people or more, "
            "to see whether the set-aside time holds."
        ),
        record_page="week",
        acts=(
            Act(
                _("Find out with the practitioners what takes the time now, and win the hours back."),
                "leader",
                14,
                "perseverant",
            ),
            Act(_("Put the set-aside time on the agenda of every review."), "leader", 30, "perseverant"),
        ),
    ),
    "expectations-unspoken": EntryText(
        title=_("What is expected has not reached everyone"),
        title_clear=_("Everyone knows what is expected"),
        title_unknown=_("What is expected of practitioners"),
        why=_(
            "The authors advise leaders to say outright what they expect of those who practise IMR. In the study "
            "practitioners had to weigh it against other duties by themselves, and mixed signals made many wait."
        ),
        passage=STUDY_IMPLICATIONS,
        strength=Strength.STUDY,
        limits=_("That clear expectations spare people such dilemmas is the authors' conclusion. It was not tested."),
        clears=_("What is expected is written down, and every active practitioner has read it or been told in person."),
        record=_(
            "Write down what you expect of the practitioners. They can say here that they have read it, or you note "
            "whom you told in person."
        ),
        record_page="expectations",
        acts=(
            Act(
                _("Write half a page on what you expect: how many patients, how many hours, what may wait."),
                "leader",
                14,
                "proactive",
            ),
            Act(
                _("Go through it with every practitioner, and ask what stands in the way."),
                "leader",
                21,
                "supportive",
            ),
        ),
    ),
}

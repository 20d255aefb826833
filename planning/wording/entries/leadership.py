"""Theme 2, leader engagement: who leads IMR, and how it is felt."""

from django.utils.translation import gettext_lazy as _

from .shape import Act, EntryText, Strength
from .sources import AARONS_2017, BOND_2014, SALYERS_2009, STUDY_LEADERS, in_abstract

LEADERSHIP: dict[str, EntryText] = {
    "no-leader": EntryText(
        title=_("Nobody is leading IMR right now"),
        title_clear=_("IMR has a leader or a stand-in"),
        title_unknown=_("Who leads IMR"),
        why=_(
            "For much of the project one service in the study had no leader, and a practitioner stepped in to keep "
            "the others going. With nobody in post, nobody can clear time or settle what comes first."
        ),
        passage=STUDY_LEADERS,
        strength=Strength.STUDY,
        limits=_("One service was without a leader, and the study does not say how it went there afterwards."),
        clears=_("A leader is in post and present, or a stand-in covers the absence."),
        record=_("Register who leads IMR and since when, when the leader is away, and who stands in."),
        record_page="people",
        acts=(
            Act(
                _("Name somebody who leads IMR for the time being, with the power to set priorities."),
                "sponsor",
                14,
            ),
            Act(
                _("Take over the waiting priority conflicts and the next review."),
                "stand_in",
                14,
                "perseverant",
            ),
            Act(
                _("Name a stand-in before a long absence, and hand over goals and open actions."),
                "leader",
                14,
                "proactive",
            ),
        ),
    ),
    "leader-unconvinced": EntryText(
        title=_("Practitioners miss the leader's support"),
        title_clear=_("Practitioners feel backed by the leader"),
        title_unknown=_("The leader's support"),
        why=_(
            "In two services of the study practitioners lacked support: one felt without proper backing, another had "
            "to argue for IMR. In a US survey, clinicians who used the whole programme reported more support from "
            "their leaders (Salyers and others 2009)."
        ),
        passage=STUDY_LEADERS,
        strength=Strength.STUDY_AND_OTHERS,
        limits=_("This is how practitioners saw it. The interviews did not hear the leaders' side."),
        clears=_("Staff rate the leader's support at 2.0 or more out of 4, in a rating from the last 13 months."),
        record=_(
            "Press “Ask the team” under Leadership, or enter the means of a survey made elsewhere. Or ask the "
            "practitioners at a review what they think of the support, and note it as an observation."
        ),
        record_page="leadership",
        acts=(
            Act(
                _("Ask each practitioner which support would help most, and choose one thing to do."),
                "leader",
                14,
                "supportive",
            ),
            Act(
                _("Sit in on IMR supervision once, to see what the method asks of the practitioners."),
                "leader",
                30,
                "knowledgeable",
            ),
            Act(
                _("Offer the leader an hour on IMR: what it is for, what it takes, what a leader can do."),
                "adviser",
                30,
            ),
        ),
        others=(SALYERS_2009,),
    ),
    "passive-support": EntryText(
        title=_("IMR is left without active follow-up"),
        title_clear=_("The leader follows IMR up actively"),
        title_unknown=_("The leader's follow-up of IMR"),
        why=_(
            "Most practitioners in the study felt supported, yet saw few signs that leaders took part: clearing "
            "barriers, taking responsibility, following up. Goodwill lets a leader step aside; taking part ties the "
            "leader to the work. Other research also points to leaders who stay active all the way."
        ),
        passage=STUDY_LEADERS,
        strength=Strength.STUDY_AND_OTHERS,
        limits=_(
            "That support needs engagement beside it is the authors' hypothesis. How engaged the leaders really were "
            "is not known."
        ),
        clears=_(
            "In the last 60 days the leader has answered a conflict, held a review or moved an action. Where ratings "
            "exist, proactive and perseverant are both 2.0 or more out of 4."
        ),
        record=_("Answer conflicts, hold reviews and keep your actions up to date, so that the follow-up shows."),
        record_page="reviews",
        acts=(
            Act(
                _("Answer the conflicts that wait. “Not now” is an answer too, when it comes with a reason."),
                "leader",
                7,
                "perseverant",
            ),
            Act(_("Set the date of the next IMR review, and lead it yourself."), "leader", 14, "perseverant"),
            Act(
                _("Pick one barrier that the practitioners have named, and clear it yourself."),
                "leader",
                21,
                "proactive",
            ),
        ),
        others=(BOND_2014, SALYERS_2009),
    ),
    "leader-knows-little": EntryText(
        title=_("IMR is little known to its leader"),
        title_clear=_("The leader knows IMR well enough to lead it"),
        title_unknown=_("The leader's knowledge of IMR"),
        why=_(
            "In the study one organisational manager was positive, as far as the content was clear to him. Knowing "
            "what a session takes makes it easier to answer questions and to set fair priorities."
        ),
        passage=STUDY_LEADERS,
        strength=Strength.STUDY,
        limits=_("The study has a single remark about a single manager. The limit on the scale is ours."),
        clears=_(
            "Staff rate the leader's knowledge of IMR at 2.0 or more out of 4, in a rating from the last 13 months."
        ),
        record=_(
            "Press “Ask the team” under Leadership, or enter the means of a survey made elsewhere. Or ask at a review "
            "whether questions about IMR get answers, and note it as an observation."
        ),
        record_page="leadership",
        acts=(
            Act(
                _("Let a practitioner take you through one module of the IMR workbook."),
                "leader",
                30,
                "knowledgeable",
            ),
            Act(
                _("Join one hour of IMR supervision, and ask what is hard just now."),
                "leader",
                45,
                "knowledgeable",
            ),
        ),
    ),
    "unanswered-conflicts": EntryText(
        title=_("Priority conflicts wait for an answer"),
        title_clear=_("Priority conflicts get an answer"),
        title_unknown=_("Answers to priority conflicts"),
        why=_(
            "The study found that practitioners in most services dealt with the barriers themselves, and did not ask "
            "what the leader's part might be. An answer shows that somebody shares the load, even when it is a no."
        ),
        passage=STUDY_LEADERS,
        strength=Strength.STUDY,
        limits=_("The study is about barriers in general. It had no conflict log, and the waiting times are ours."),
        clears=_("Conflicts are logged, and every one that has waited a week has the leader's answer."),
        record=_("Open the conflict log, let practitioners log what displaces IMR, and answer each entry."),
        record_page="conflicts",
        acts=(
            Act(
                _("Answer the oldest conflict first: what you will do, or why not now."),
                "leader",
                7,
                "perseverant",
            ),
            Act(
                _("Where several conflicts have the same cause, open one action that meets the cause."),
                "leader",
                14,
                "proactive",
            ),
        ),
    ),
    "self-image-gap": EntryText(
        title=_("Leader and practitioners see the leadership differently"),
        title_clear=_("Leader and practitioners see the leadership alike"),
        title_unknown=_("How the leadership is seen"),
        why=_(
            "The study did not compare the two views; doing so is our choice. In US mental health teams, the working "
            "culture was poorer where leaders rated themselves above their staff's rating (Aarons and others 2017). "
            "Each side sees a part, so the gap is worth a talk."
        ),
        passage=in_abstract(AARONS_2017),
        strength=Strength.PRODUCT,
        limits=_("That work is about leadership in general, not IMR, and cannot say which came first."),
        clears=_(
            "On the leadership scale, the leader's own mean is less than 1.0 above that of staff, and both are from "
            "the last 13 months."
        ),
        record=_(
            "Press “Ask the team” under Leadership, or enter the means of a survey made elsewhere, and add the "
            "leader's own rating. Others see the comparison once the leader shares it."
        ),
        record_page="leadership",
        acts=(
            Act(
                _("Share how you see your own leadership of IMR, and ask for two examples of what is missed."),
                "leader",
                14,
                "supportive",
            ),
            Act(
                _("Agree with the practitioners on one thing you will do differently until the next review."),
                "leader",
                30,
                "proactive",
            ),
            Act(_("Offer to lead the talk, so that nobody has to defend a number."), "adviser", 30),
        ),
    ),
    "bottom-up": EntryText(
        title=_("IMR is carried from below"),
        title_clear=_("Leader and practitioners carry IMR together"),
        title_unknown=_("Who carries IMR"),
        why=_(
            "Practitioners in the study ran most of the work of putting IMR in place, and some found it wearing to "
            "push from below. One missed a strategy and somebody at the top who wanted it. When the leader owns a "
            "part, the load is shared."
        ),
        passage=STUDY_LEADERS,
        strength=Strength.STUDY,
        limits=_(
            "The project itself worked from below, with volunteers. Where a practice is required, it may look "
            "different. The limits in the rule are ours."
        ),
        clears=_(
            "The leader owns at least one open goal or action, and practitioners own less than 80 percent of them."
        ),
        record=_("Give every goal and every action an owner."),
        record_page="actions",
        acts=(
            Act(
                _("Take over one goal or action that needs a leader's authority."),
                "leader",
                14,
                "proactive",
            ),
            Act(
                _("Go through the open IMR actions with the practitioners, and share them out anew."),
                "leader",
                30,
                "perseverant",
            ),
        ),
    ),
    "lone-champion": EntryText(
        title=_("IMR hangs on one person"),
        title_clear=_("IMR rests on several people"),
        title_unknown=_("How many people IMR rests on"),
        why=_(
            "In one service of the study, a practitioner was champion and motivator for the others while there was "
            "no leader. Such drive is worth a lot, and it is fragile: when that person is away, so is the drive."
        ),
        passage=STUDY_LEADERS,
        strength=Strength.STUDY,
        limits=_("The study tells of one champion, and does not call it a risk. That is our reading."),
        clears=_(
            "At least two active practitioners are trained, and nobody holds 60 percent or more of the set-aside hours."
        ),
        record=_("Register who is trained in IMR, and enter the hours set aside for each person."),
        record_page="people",
        acts=(
            Act(
                _("Share the set-aside hours between at least two trained practitioners."),
                "leader",
                30,
                "proactive",
            ),
            Act(_("Book IMR training for one more practitioner."), "leader", 60, "supportive"),
            Act(_("Invite a colleague along to an IMR session and to supervision."), "practitioner", 30),
        ),
    ),
}

"""The five entries that rest on other published work, and say so."""

from django.utils.translation import gettext_lazy as _

from .shape import Act, EntryText, Strength
from .sources import (
    BOND_2014,
    HEIERVANG_2020,
    JONES_2014,
    PETERSON_2014,
    SALYERS_2009,
    STUDY_LONG_TERM,
    STUDY_RECEPTION,
    in_abstract,
)

PUBLISHED: dict[str, EntryText] = {
    "money-undecided": EntryText(
        title=_("Money for IMR is not decided far enough ahead"),
        title_clear=_("Money for IMR is decided for a year ahead"),
        title_unknown=_("Money for IMR"),
        why=_(
            "Researchers went back to 49 US sites six years after the practice was in place. Where it had been given "
            "up, leaders named too little money among the reasons. The sooner the question is raised, the more ways "
            "out are open."
        ),
        passage=in_abstract(BOND_2014),
        strength=Strength.PUBLISHED,
        limits=_(
            "Services are paid for differently in the US and in Norway. Reasons given afterwards need not be causes."
        ),
        clears=_(
            "Money or posts for IMR are decided for at least the next 12 months, and last longer than any start-up "
            "money."
        ),
        record=_("Enter which money and posts are decided for IMR and until when. Say which of it is start-up money."),
        record_page="funding",
        acts=(
            Act(
                _("Write down what IMR costs a year in hours and money, and take it to your own leader."),
                "leader",
                30,
                "proactive",
            ),
            Act(_("Decide money or posts for IMR for at least the next 12 months."), "sponsor", 60),
        ),
    ),
    "hands-lost": EntryText(
        title=_("People changed and IMR was not handed over"),
        title_clear=_("People stayed, or IMR was handed over"),
        title_unknown=_("Handover when people change"),
        why=_(
            "US programmes were followed for eight years. A change of supervisor along the way was one of the few "
            "things tied to which programmes survived. Leaders of sites that stopped also named trouble with "
            "staffing (Bond and others 2014)."
        ),
        passage=in_abstract(PETERSON_2014),
        strength=Strength.PUBLISHED,
        limits=_(
            "Most of what that study looked at was tied to nothing, so read it with care. It was about several "
            "practices, not only IMR."
        ),
        clears=_(
            "There was no such change in the last 12 months, or everybody who took over is trained or has had IMR "
            "handed over."
        ),
        record=_(
            "Register who left, who takes over, when they began and trained, and when IMR was handed over to them. Or "
            "say that there were no changes of staff."
        ),
        record_page="people",
        acts=(
            Act(
                _("Hand over in person: vision, goals, open actions, supervision dates and materials."),
                "leader",
                14,
                "proactive",
            ),
            Act(_("Book IMR training and supervision for those who are new."), "leader", 45, "supportive"),
            Act(_("Give a new leader an hour on IMR within the first month."), "sponsor", 30),
        ),
        others=(BOND_2014,),
    ),
    "low-reach": EntryText(
        title=_("IMR is offered to few of those it is meant for"),
        title_clear=_("At least half of those IMR is for are offered it"),
        title_unknown=_("How many are offered IMR"),
        why=_(
            "The General Organizational Index asks how many of the eligible patients get the practice. If few are "
            "offered IMR, it stays a sideline, and few patients can say what it is worth."
        ),
        passage=HEIERVANG_2020,
        strength=Strength.PUBLISHED,
        limits=_("The index counts reach; it does not say how much is enough for IMR to last. The limits are ours."),
        clears=_("A year after the start, at least half of the eligible patients have been offered IMR."),
        record=_(
            "Enter for each month how many patients were asked and how many IMR could be for, and when IMR started. "
            "Numbers only."
        ),
        record_page="caseload",
        acts=(
            Act(
                _("Go through today's patients by the criteria, and count who has been offered IMR."),
                "practitioner",
                30,
            ),
            Act(
                _("Agree when in a patient's course IMR is offered, and by whom."),
                "leader",
                30,
                "proactive",
            ),
        ),
    ),
    "leader-unbacked": EntryText(
        title=_("The leader stands alone with the priority"),
        title_clear=_("The next level stands behind IMR"),
        title_unknown=_("Backing from the next level"),
        why=_(
            "State leaders in the US were asked about 49 programmes, six years on. Steady money, and training and "
            "expertise from the state, seemed to be what counted. In the Norwegian study, the service that stood out "
            "worked on support from several levels."
        ),
        passage=in_abstract(JONES_2014),
        strength=Strength.PUBLISHED,
        limits=_("US states are not Norwegian municipalities, and nobody asked the next level in the Norwegian study."),
        clears=_(
            "The leader's own leader has confirmed the priority within 12 months, has not said no since, and the last "
            "memo has not waited that long for an answer."
        ),
        record=_("Enter when you asked your own leader whether IMR has priority, and what the answer was."),
        record_page="confirmations",
        acts=(
            Act(
                _("Send your own leader the action plan, with one clear question."),
                "leader",
                21,
                "proactive",
            ),
            Act(_("Confirm in writing that IMR has priority, or say what comes before it."), "sponsor", 30),
        ),
        others=(STUDY_LONG_TERM,),
    ),
    "programme-burden": EntryText(
        title=_("The programme is felt to be too much"),
        title_clear=_("The programme is felt to be manageable"),
        title_unknown=_("How demanding the programme is felt to be"),
        why=_(
            "Most practitioners in the study found IMR extensive and slow to get through. To some that was its "
            "strength; to a few it took away the wish to go on. In a US survey a quarter of trained clinicians used "
            "only parts of IMR (Salyers and others 2009)."
        ),
        passage=STUDY_RECEPTION,
        strength=Strength.STUDY_AND_OTHERS,
        limits=_(
            "The survey figures do not say why only parts were used. The study heard practitioners, not patients."
        ),
        clears=_("An observation from the last six months says that the programme feels manageable now."),
        record=_("Ask at a review how demanding the workbook and the programme feel, and note it as an observation."),
        record_page="observations",
        acts=(
            Act(
                _("Ask the practitioners which parts of IMR feel heaviest, and for whom."),
                "leader",
                14,
                "supportive",
            ),
            Act(
                _("Take up in supervision how the pace can be fitted to the patient, before anything is left out."),
                "practitioner",
                30,
            ),
            Act(_("Show how others use the workbook with patients who find it demanding."), "adviser", 30),
        ),
        others=(SALYERS_2009,),
    ),
}

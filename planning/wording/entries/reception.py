"""Theme 4, patient reception: what decisions about IMR rest on."""

from django.utils.translation import gettext_lazy as _

from .shape import Act, EntryText, Strength
from .sources import (
    AARONS_2012,
    BOND_2009,
    GREENHALGH_2004,
    SALYERS_2009,
    STEWART_2007,
    STUDY_DISCUSSION,
    STUDY_RECEPTION,
)

RECEPTION: dict[str, EntryText] = {
    "no-outcome-monitoring": EntryText(
        title=_("IMR is steered without patient outcomes"),
        title_clear=_("Patient outcomes are followed and used"),
        title_unknown=_("Following patient outcomes"),
        why=_(
            "Practitioners in the study were given systematic evaluations, but none of them saw these as a tool for "
            "steering IMR. In US services, few took to following fidelity that way, and those few kept the practice "
            "more often (Bond and others 2009)."
        ),
        passage=STUDY_RECEPTION,
        strength=Strength.STUDY_AND_OTHERS,
        limits=_(
            "The US work is about fidelity, not patient outcomes. Neither shows that measuring alone keeps a practice."
        ),
        clears=_(
            "Patient outcomes have been measured systematically, and used in a decision or a review, both within the "
            "last four months."
        ),
        record=_(
            "Note when patient outcomes were measured, and of how many patients. Say at a review, or in a decision, "
            "that you looked at them. Group figures only."
        ),
        record_page="outcomes",
        acts=(
            Act(
                _("Choose one simple outcome measure for the IMR patients, and fixed dates for it."),
                "leader",
                30,
                "proactive",
            ),
            Act(
                _("Show the practitioners the group figures at a review, and decide one thing from them."),
                "leader",
                45,
                "perseverant",
            ),
            Act(_("Help with the first group summary, never for fewer than five patients."), "adviser", 30),
        ),
        others=(BOND_2009,),
    ),
    "judged-by-few": EntryText(
        title=_("IMR is judged by impressions or a few patients"),
        title_clear=_("Decisions on IMR rest on enough patients"),
        title_unknown=_("What decisions on IMR rest on"),
        why=_(
            "Many practitioners in the study judged IMR by how it had gone with their first few patients, and those "
            "who saw little change grew more reserved. Earlier studies, too, find that patients' response matters for"
            " whether a method is used. Few patients can mislead, both ways."
        ),
        passage=STUDY_DISCUSSION,
        strength=Strength.STUDY_AND_OTHERS,
        limits=_("That a good method may be dropped this way is the authors' worry. The limit of five is ours."),
        clears=_(
            "When you last decided to continue, grow, change or stop, the decision rested on systematic outcomes of at "
            "least five patients."
        ),
        record=_("Record the latest decision on IMR: what it rested on, and how many patients were behind it."),
        record_page="decisions",
        acts=(
            Act(
                _("Wait with the decision until there are outcomes for five patients, and set the date now."),
                "leader",
                21,
                "proactive",
            ),
            Act(
                _("Ask what each impression rests on: how many patients, and over how long?"),
                "leader",
                30,
                "knowledgeable",
            ),
            Act(_("Gather the outcomes you already have, and bring group figures to the review."), "practitioner", 30),
        ),
        others=(GREENHALGH_2004, STEWART_2007),
    ),
    "unplanned-adaptation": EntryText(
        title=_("IMR is being changed without a plan"),
        title_clear=_("Changes to IMR are planned"),
        title_unknown=_("Changes made to IMR"),
        why=_(
            "Some practitioners in the study thought of using only parts of IMR, others wanted the home assignments "
            "gone. A change can be what makes IMR fit. The authors, like others before them (Aarons and others "
            "2012), ask that it be thought through first."
        ),
        passage=STUDY_DISCUSSION,
        strength=Strength.STUDY_AND_OTHERS,
        limits=_("Most of these were thoughts and wishes. The study does not follow what changes led to."),
        clears=_("Every change in use has a reason, a basis, a decision and a date when it is looked at again."),
        record=_("Record what you do differently from the IMR manual, or say that you change nothing."),
        record_page="adaptations",
        acts=(
            Act(_("Describe the change: what is different, for whom, and why."), "practitioner", 14),
            Act(
                _("Decide on the change with the supervisor, and set a date to look at it again."),
                "leader",
                30,
                "knowledgeable",
            ),
            Act(_("Say which parts of IMR can bend, and which are its core."), "adviser", 30),
        ),
        others=(AARONS_2012,),
    ),
    "monitoring-fatigue": EntryText(
        title=_("Evaluations take more than they give"),
        title_clear=_("Evaluations get time and give something back"),
        title_unknown=_("What evaluations take and give"),
        why=_(
            "In a couple of services in the study practitioners were tired of evaluations, and one pointed out that "
            "there were no resources for them. Forms that take time and give nothing back are hard to keep up."
        ),
        passage=STUDY_RECEPTION,
        strength=Strength.STUDY,
        limits=_("It was a couple of services, and the study lets one practitioner speak for them."),
        clears=_(
            "Time is set aside for evaluations, results come back within 30 days, and practitioners do not report "
            "them as a burden."
        ),
        record=_(
            "Enter the hours set aside for monitoring, and note when outcomes were measured and when the practitioners "
            "saw them."
        ),
        record_page="outcomes",
        acts=(
            Act(_("Set aside time for the evaluations, or drop one of them."), "leader", 14, "proactive"),
            Act(
                _("Show the results within a month, and say what they were used for."),
                "leader",
                30,
                "supportive",
            ),
            Act(_("Say which form gives least for the time it takes."), "practitioner", 21),
        ),
    ),
    "use-stopping": EntryText(
        title=_("Some who are trained do not use IMR"),
        title_clear=_("Everyone trained uses IMR"),
        title_unknown=_("Use of IMR after training"),
        why=_(
            "A few practitioners in the study had stopped, because they saw no benefit for their patients. In a US "
            "survey, nearly a quarter of trained clinicians had never used IMR (Salyers and others 2009). It is worth"
            " asking why: some reasons can be dealt with."
        ),
        passage=STUDY_RECEPTION,
        strength=Strength.STUDY_AND_OTHERS,
        limits=_("The few who stopped are mentioned only briefly in the study. The limits in the rule are ours."),
        clears=_("Everyone trained has started within 60 days, nobody has stopped, and sessions were held last month."),
        record=_(
            "Register for each practitioner when they were trained, when they started, and if they stopped. Enter each "
            "month how many sessions were held."
        ),
        record_page="caseload",
        acts=(
            Act(
                _("Ask, without asking for a defence, what got in the way of starting or going on."),
                "leader",
                14,
                "supportive",
            ),
            Act(
                _("Agree on a next patient or group, a start date, and the support that is needed."),
                "leader",
                30,
                "supportive",
            ),
            Act(_("Offer extra supervision for the first sessions."), "adviser", 30),
        ),
        others=(SALYERS_2009,),
    ),
}

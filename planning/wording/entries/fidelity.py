"""Theme 5, fidelity in its place: what a score tells, and what it hides."""

from django.utils.translation import gettext_lazy as _

from .shape import Act, EntryText, Strength
from .sources import (
    AARONS_2009,
    BARTHOLOMEW_2010,
    BOND_2009,
    BOND_2014,
    EGELAND_2017,
    HASSON_OHAYON_2007,
    PETERSON_2014,
    ROOSENSCHOON_2016,
    SALYERS_2009,
    STUDY_DISCUSSION,
    STUDY_INTRODUCTION,
    STUDY_METHODS,
    in_abstract,
)

FIDELITY: dict[str, EntryText] = {
    "fidelity-unknown": EntryText(
        title=_("Nobody knows how closely IMR follows the model"),
        title_clear=_("Fidelity has been rated in time"),
        title_unknown=_("Rating of fidelity"),
        why=_(
            "Services in the study were visited after 6 and 12 months, and heard what could be better. For one of the"
            " nine no score is reported. Others suggest that ratings give practitioners something to work towards "
            "(Bond and others 2009)."
        ),
        passage=STUDY_METHODS,
        strength=Strength.STUDY_AND_OTHERS,
        limits=_("A rating tells how closely IMR follows the model. It does not tell whether IMR will last."),
        clears=_(
            "The IMR Fidelity Scale has been rated by month 7 and by month 13 after the start, and since then at "
            "least every 13 months."
        ),
        record=_("Enter the total and the date of each rating on the IMR Fidelity Scale, and when IMR started."),
        record_page="fidelity",
        acts=(
            Act(_("Agree on a date for a fidelity visit."), "leader", 30, "proactive"),
            Act(_("Find two trained raters who do not practise IMR in this service."), "adviser", 45),
        ),
        others=(BOND_2009,),
    ),
    "fidelity-low": EntryText(
        title=_("IMR falls short of the model, or is slipping"),
        title_clear=_("IMR is close to the model"),
        title_unknown=_("How closely IMR follows the model"),
        why=_(
            "Other research links high fidelity with better outcomes for patients and with staff who stay; the study "
            "gives this as its background. Every service it rated scored high, so it has no finding of its own on "
            "low scores."
        ),
        passage=STUDY_INTRODUCTION,
        strength=Strength.PUBLISHED,
        limits=_(
            "The bands come from Dutch work on IMR (Roosenschoon and others 2016). A mean can hide single items that "
            "are weak."
        ),
        clears=_(
            "The latest rating has a mean of 4.0 or more, and has not fallen by 0.5 or more since the one before."
        ),
        record=_("Enter the total and the date of the latest rating on the IMR Fidelity Scale."),
        record_page="fidelity",
        acts=(
            Act(
                _("Go through the lowest-rated items with the practitioners, and choose one to work on."),
                "leader",
                21,
                "knowledgeable",
            ),
            Act(_("Take the weakest items into supervision, one at a time."), "adviser", 30),
        ),
        others=(AARONS_2009, HASSON_OHAYON_2007, BARTHOLOMEW_2010, ROOSENSCHOON_2016),
    ),
    "feedback-unused": EntryText(
        title=_("Advice from the last visit is left unused"),
        title_clear=_("Advice from the last visit is followed up"),
        title_unknown=_("Follow-up of advice from fidelity visits"),
        why=_(
            "In the study every visit ended with feedback and recommendations, and the practitioners were later "
            "asked if they had worked on them. That each recommendation should become an action is our choice: "
            "advice without a name and a date is soon forgotten."
        ),
        passage=STUDY_METHODS,
        strength=Strength.PRODUCT,
        limits=_("The study put the question, but does not report the answers."),
        clears=_("Every recommendation from the last visit has an action."),
        record=_(
            "Write down what the last visit recommended, and open an action for each recommendation. If it recommended "
            "nothing, say so."
        ),
        record_page="recommendations",
        acts=(
            Act(
                _("Open an action for each recommendation, or note why you leave it."),
                "leader",
                14,
                "perseverant",
            ),
            Act(_("Point out to the leader which recommendation to begin with, and why."), "adviser", 21),
        ),
    ),
    "organisation-weak": EntryText(
        title=_("The organisation around IMR is too weak"),
        title_clear=_("The organisation around IMR is in place"),
        title_unknown=_("The organisation around IMR"),
        why=_(
            "An earlier evaluation of the same project found that most practitioners reached high fidelity, but that "
            "no service scored high on organisational quality improvement. The General Organizational Index looks at "
            "such things as training, supervision, outcomes and quality work."
        ),
        passage=in_abstract(EGELAND_2017),
        strength=Strength.PUBLISHED,
        limits=_(
            "The interviews do not take this up. The evaluation does not tell what it means for whether IMR lasts."
        ),
        clears=_("The latest General Organizational Index has a mean of 4.0 or more, and is at most 13 months old."),
        record=_("Enter the mean of the General Organizational Index and the date of the visit."),
        record_page="organisation",
        acts=(
            Act(
                _("Choose the two lowest items of the index, and decide who does something about them."),
                "leader",
                30,
                "proactive",
            ),
            Act(_("Set up a small group that goes through IMR twice a year, by a plan."), "sponsor", 45),
        ),
    ),
    "false-security": EntryText(
        title=_("High fidelity hides unsolved problems"),
        title_clear=_("High fidelity stands on firm ground"),
        title_unknown=_("What high fidelity may hide"),
        why=_(
            "This is the study's main finding: eight services scored high on fidelity, and still much stood in the "
            "way of keeping IMR. Two with the same score stood on quite different ground. In US programmes followed "
            "for eight years, fidelity at the start told little about which survived (Peterson and others 2014)."
        ),
        passage=STUDY_DISCUSSION,
        strength=Strength.STUDY_AND_OTHERS,
        limits=_("The study did not measure whether IMR lasted. How many flags are too many is our choice."),
        clears=_(
            "Themes 1 to 4 have at most one flag each, the organisation around IMR is not flagged, and at least half "
            "of each theme is known."
        ),
        record=_("Find out what is still unknown in themes 1 to 4, until at least half of each is known."),
        record_page="observations",
        acts=(
            Act(
                _("Choose the two flags in themes 1 to 4 that matter most, and open an action for each."),
                "leader",
                14,
                "proactive",
            ),
            Act(
                _("Report the flags together with the score, when fidelity is reported upwards."),
                "leader",
                30,
                "perseverant",
            ),
            Act(_("Ask for the flags as well when you are shown a fidelity score."), "sponsor", 30),
        ),
        others=(BOND_2014, SALYERS_2009, PETERSON_2014),
    ),
}

"""Why a question is asked of the next level: what a sponsor reads beside it. No entry of the record, no words of it."""

from django.utils.translation import gettext_lazy as _

from planning.models import DecisionWanted

Subject = DecisionWanted.Subject

WHY = {
    Subject.PRIORITY: _(
        "Programmes that lasted name the backing of the level above. Nobody in the service can give it for you."
    ),
    Subject.CONTINUE: _(
        "In the study some services waited for this word, and others were left to decide alone. Without it nobody "
        "can plan ahead."
    ),
    Subject.MONEY: _(
        "Programmes elsewhere that stopped often gave money as the reason. Hours and posts end when nothing is "
        "decided after them."
    ),
    Subject.OTHER: "",
}
# The theme that the answer bears on most; a question of another kind has none.
THEME = {Subject.PRIORITY: 2, Subject.CONTINUE: 3, Subject.MONEY: 3}
# Whose answer depends on when the project's own time and money end.
AFTER_THE_PROJECT = (Subject.CONTINUE, Subject.MONEY)

"""The words of the instruments: names of items, and in our own words what each is about.

The names are the instrument's, the sentences ours and short; whoever rates has the official form at hand.
"""

from django.utils.translation import gettext_lazy as _

# By key of `assessments.instruments.IMR_FIDELITY`: (name, what is rated).
FIDELITY_ITEMS = {
    "people_in_session": (
        _("People in a session or group"),
        _("One to one, or in groups of at most eight, so that everyone can take part."),
    ),
    "program_length": (
        _("Program length"),
        _("Share of patients with at least half a year of weekly sessions, or as many more thinly spread."),
    ),
    "curriculum": (
        _("Comprehensiveness of the curriculum"),
        _("How many of the nine topics the service's materials cover."),
    ),
    "handouts": (
        _("Provision of educational handouts"),
        _("Share of patients who actually get the written handouts."),
    ),
    "significant_others": (
        _("Involvement of significant others"),
        _(
            "Share of patients for whom a relative, friend or other supporter was in contact about IMR in the "
            "last month, or helps with goals or home tasks."
        ),
    ),
    "goal_setting": (
        _("IMR goal setting"),
        _("Share of patients with a recovery goal on file that is their own, concrete and tied to IMR."),
    ),
    "goal_followup": (
        _("IMR goal follow-up"),
        _("Share of patients with whom the goal is looked at again and the steps adjusted, in writing."),
    ),
    "motivation": (
        _("Motivation-based strategies"),
        _("How often sessions build motivation: tie skills to the goals, give hope, weigh pros and cons."),
    ),
    "education": (
        _("Educational techniques"),
        _("How often sessions teach in dialogue: small portions, checking what was understood, going back."),
    ),
    "cbt": (
        _("Cognitive-behavioral techniques"),
        _("How often sessions use reinforcement, shaping, modelling, role play, rethinking or relaxation."),
    ),
    "coping_skills": (
        _("Coping skills training"),
        _("How well practitioners know and use it: look at present coping, extend it, practise, adjust."),
    ),
    "relapse_prevention": (
        _("Relapse prevention training"),
        _("How well practitioners know and use it: triggers, early signs, a plan, quick action."),
    ),
    "behavioral_tailoring": (
        _("Behavioral tailoring for medication"),
        _("How well practitioners know and use it: medication fitted into the person's own daily routine."),
    ),
}

BANDS = {"high": _("high"), "moderate": _("moderate"), "low": _("low")}

CHANGES = {
    1: _("higher than the time before"),
    0: _("about the same as the time before"),
    -1: _("lower than the time before"),
}

# What every page with a result says (instruments: rules common to all), and where the instrument comes from.
CONVERSATION = _("A figure to talk about. It ranks nobody and decides nothing about a single patient.")
FIDELITY_SOURCE = _(
    "IMR Fidelity Scale, revision of 24 March 2005, from the SAMHSA toolkit on Illness Management and Recovery; "
    "Egeland and others 2019, doi 10.1007/s10488-019-00992-5. The explanations here are ours: rate with the official "
    "form at hand."
)
ORGANISATION_SOURCE = _(
    "General Organizational Index, items G1 to G12, from the same toolkit; Heiervang and others 2020, "
    "doi 10.1007/s10488-020-01025-2."
)
LEADERSHIP_SOURCE = _(
    "Implementation Leadership Scale, 0 to 4, higher is more: Aarons and others 2014, Implementation Science 9:45."
)
OUTCOME_SOURCE = _(
    "Illness Management and Recovery Scales: Salyers and others 2007, Community Mental Health Journal 43:459-480."
)

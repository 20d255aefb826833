"""The works that the entries rest on, and what must be said wherever the study's findings are shown."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from .shape import Source

STUDY_DOI = "10.1007/s10597-019-00430-8"
STUDY_URL = f"https://doi.org/{STUDY_DOI}"
STUDY_LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"

STUDY_CITATION = _(
    "Egeland KM, Hauge M-I, Ruud T, Ogden T, Heiervang KS (2019). Significance of Leaders for Sustained Use of "
    "Evidence-Based Practices: A Qualitative Focus-Group Study with Mental Health Practitioners. Community Mental "
    "Health Journal 55:1344–1353. doi 10.1007/s10597-019-00430-8. Open access under the licence CC BY 4.0; "
    "retold here in our own words."
)

STUDY_LIMITS = _(
    "The study is small: 26 practitioners in nine Norwegian services. They had joined of their own will, nearly all "
    "worked where fidelity was high, and those who interviewed them had also supported the implementation. "
    "It tells how practitioners saw things; how engaged the leaders really were is not known. The project was "
    "carried from below, so the findings may not fit practices that are required. Nobody measured whether IMR "
    "lasted. Take the findings as something to talk about, not as a forecast."
)

# What must be true as well before an entry that somebody reported as a hindrance is clear again.
CLEARS_REPORTED = _("Was it reported as a hindrance? Then a later observation must also say that it helps now.")


def _study(section: str) -> Source:
    return Source(name=_("Egeland and others 2019"), section=section, doi=STUDY_DOI)


STUDY_INTRODUCTION = _study(_("Introduction"))
STUDY_METHODS = _study(_("Methods, Procedure and Materials"))
STUDY_PRIORITIES = _study(_("Results, Prioritization Dilemmas Despite High Autonomy"))
STUDY_LEADERS = _study(_("Results, Leader Engagement"))
STUDY_LONG_TERM = _study(_("Results, Uncertainty About Long-Term Priorities"))
STUDY_RECEPTION = _study(_("Results, Guided by Patient Reception"))
STUDY_DISCUSSION = _study(_("Discussion"))
STUDY_IMPLICATIONS = _study(_("Implications"))

AARONS_2009 = Source(name=_("Aarons and others 2009"), section="", doi="10.1037/a0013223")
AARONS_2012 = Source(name=_("Aarons and others 2012"), section="", doi="10.1186/1748-5908-7-32")
AARONS_2017 = Source(name=_("Aarons and others 2017"), section="", doi="10.1007/s10488-015-0672-7")
BARTHOLOMEW_2010 = Source(name=_("Bartholomew and Kensler 2010"), section="", doi="10.1080/15487761003756977")
BOND_2009 = Source(name=_("Bond and others 2009"), section="", doi="10.1177/1049731509335531")
BOND_2014 = Source(name=_("Bond and others 2014"), section="", doi="10.1007/s10488-012-0461-5")
EGELAND_2017 = Source(name=_("Egeland and others 2017"), section="", doi="10.1186/s13033-017-0120-z")
GREENHALGH_2004 = Source(name=_("Greenhalgh and others 2004"), section="", doi="10.1111/j.0887-378X.2004.00325.x")
HASSON_OHAYON_2007 = Source(name=_("Hasson-Ohayon and others 2007"), section="", doi="10.1176/appi.ps.58.11.1461")
HEIERVANG_2020 = Source(name=_("Heiervang and others 2020"), section="", doi="10.1007/s10488-020-01025-2")
JONES_2014 = Source(name=_("Jones and others 2014"), section="", doi="10.1007/s11414-013-9358-7")
PETERSON_2014 = Source(name=_("Peterson and others 2014"), section="", doi="10.1007/s11414-013-9347-x")
ROOSENSCHOON_2016 = Source(name=_("Roosenschoon and others 2016"), section="", doi="10.1186/s12888-016-1096-y")
SALYERS_2009 = Source(name=_("Salyers and others 2009"), section="", doi="10.1007/s10488-008-0200-0")
STEWART_2007 = Source(name=_("Stewart and Chambless 2007"), section="", doi="10.1002/jclp.20347")


def in_abstract(source: Source) -> Source:
    """The same work, pointing at its abstract."""
    return replace(source, section=_("Abstract"))

"""The domains of the sustainability tools whose means can be typed in. Pure: the standard library only.

The tools are filled in at sustaintool.org; their items are not carried, as a licence for other systems is not
confirmed. Each domain is 1 to 7. No band is drawn: none is published for a single service.
"""

from assessments.instruments import Text

LOWEST, HIGHEST = 1, 7

# What a mean says, and what it does not.
MEANING = Text(
    "A mean says how those who filled it in see what keeps a practice going; it does not say whether IMR will last, or "
    "how it is given.",
    "Et gjennomsnitt sier hvordan de som fylte ut, ser på det som holder en praksis i gang; det sier ikke om IMR "
    "kommer til å vare, eller hvordan det blir gitt.",
)

# Where each tool comes from, as it is cited.
SOURCES = {
    "csat": "CSAT: Malone and others 2021, Implementation Science Communications 2:77; sustaintool.org.",
    "psat": "PSAT: Luke and others 2014, Preventing Chronic Disease 11:130184; sustaintool.org.",
}

DOMAINS: dict[str, dict[str, Text]] = {
    "csat": {
        "engaged_staff": Text("Engaged staff and leadership", "Engasjerte ansatte og ledere"),
        "engaged_stakeholders": Text("Engaged stakeholders", "Engasjerte interessenter"),
        "readiness": Text("Organizational readiness", "Virksomheten er klar"),
        "workflow": Text("Workflow integration", "Del av arbeidsflyten"),
        "training": Text("Implementation and training", "Innføring og opplæring"),
        "monitoring": Text("Monitoring and evaluation", "Oppfølging og evaluering"),
        "outcomes": Text("Outcomes and effectiveness", "Resultater og virkning"),
    },
    "psat": {
        "environment": Text("Environmental support", "Støtte fra omgivelsene"),
        "funding": Text("Funding stability", "Trygg finansiering"),
        "partnerships": Text("Partnerships", "Samarbeid"),
        "capacity": Text("Organizational capacity", "Kapasitet i virksomheten"),
        "evaluation": Text("Program evaluation", "Evaluering"),
        "adaptation": Text("Program adaptation", "Tilpasning"),
        "communications": Text("Communications", "Kommunikasjon"),
        "planning": Text("Strategic planning", "Strategisk planlegging"),
    },
}

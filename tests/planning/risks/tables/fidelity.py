"""Theme 5."""

from datetime import timedelta

from planning.risks.answer import Reason
from planning.risks.months import add_months

from .shape import TODAY, Table, ago, leader, months_ago, observed, rated

DAY = timedelta(days=1)
LATER = Reason.NOT_APPLICABLE

unrated = Table("fidelity-unknown")
unrated.unknown("nothing is known")
unrated.unknown("month 7 ends today", reason=LATER, started_on=months_ago(7), joined_on=months_ago(7))
unrated.flagged(
    "month 7 ended yesterday",
    "never_rated",
    since=months_ago(7, days=1),
    severity=1,
    started_on=months_ago(7, days=1),
    joined_on=months_ago(30),
)
unrated.unknown("nobody says when it joined", started_on=months_ago(30))
unrated.unknown("described only", started_on=months_ago(30), joined_on=months_ago(30), described=True)
unrated.unknown("joined 7 months ago, long after the start", started_on=months_ago(30), joined_on=months_ago(7))
unrated.flagged(
    "joined a day earlier",
    "never_rated",
    since=months_ago(7, days=1),
    severity=1,
    started_on=months_ago(30),
    joined_on=months_ago(7, days=1),
)
unrated.flagged(
    "a second one is not overdue on the last day of month 13",
    "never_rated",
    since=months_ago(13),
    severity=1,
    started_on=months_ago(13),
    joined_on=months_ago(13),
)
unrated.flagged(
    "a second one is overdue the day after",
    "never_rated",
    since=months_ago(13, days=1),
    severity=2,
    started_on=months_ago(13, days=1),
    joined_on=months_ago(20),
)
unrated.flagged(
    "and a third 13 months later",
    "never_rated",
    since=months_ago(26, days=1),
    severity=3,
    started_on=months_ago(26, days=1),
    joined_on=months_ago(40),
)
unrated.unknown("joined 13 months ago, start unknown", joined_on=months_ago(13))
unrated.flagged(
    "joined a day earlier, start unknown",
    "never_rated",
    since=months_ago(13, days=1),
    severity=1,
    joined_on=months_ago(13, days=1),
)
unrated.clear(
    "rated in month 3, now month 7",
    "rated_in_time",
    since=months_ago(4),
    severity=0,
    started_on=months_ago(7),
    fidelity=(rated(months_ago(4), "3.1"),),
)
unrated.clear(
    "rated in month 7, month 13 ends today",
    "rated_in_time",
    since=months_ago(6),
    severity=0,
    started_on=months_ago(13),
    fidelity=(rated(months_ago(6), "3.1"),),
)
START = months_ago(13, days=1)
unrated.flagged(
    "month 13 ended yesterday, the only rating on the last day of month 7",
    "rating_overdue",
    since=add_months(START, 7),
    severity=1,
    started_on=START,
    fidelity=(rated(add_months(START, 7), "3.1"),),
)
unrated.clear(
    "the rating a day later",
    "rated_in_time",
    since=add_months(START, 7) + DAY,
    severity=0,
    started_on=START,
    fidelity=(rated(add_months(START, 7) + DAY, "3.1"),),
)
unrated.clear(
    "rated before month 7, joined less than 6 months ago",
    "rated_in_time",
    since=months_ago(10),
    severity=0,
    started_on=months_ago(14),
    joined_on=months_ago(6),
    fidelity=(rated(months_ago(10), "3.1"),),
)
unrated.flagged(
    "rated before month 7, joined longer ago",
    "rating_overdue",
    since=months_ago(10),
    severity=1,
    started_on=months_ago(14),
    joined_on=months_ago(6, days=1),
    fidelity=(rated(months_ago(10), "3.1"),),
)
unrated.clear(
    "the last one 13 months ago",
    "rated_in_time",
    since=months_ago(13),
    severity=0,
    started_on=months_ago(40),
    fidelity=(rated(months_ago(13), "3.1"), rated(months_ago(30), "4.1")),
)
unrated.flagged(
    "the last one a day before",
    "rating_overdue",
    since=months_ago(13, days=1),
    severity=1,
    started_on=months_ago(40),
    fidelity=(rated(months_ago(13, days=1), "3.1"),),
)
unrated.flagged(
    "a second one falls due today",
    "rating_overdue",
    since=months_ago(26),
    severity=1,
    fidelity=(rated(months_ago(26), "3.1"),),
)
unrated.flagged(
    "two are overdue",
    "rating_overdue",
    since=months_ago(26, days=1),
    severity=2,
    fidelity=(rated(months_ago(26, days=1), "3.1"),),
)
unrated.unknown(
    "too old, and the service has just joined",
    "rating_too_old",
    joined_on=months_ago(13),
    fidelity=(rated(months_ago(20), "3.1"),),
)
unrated.unknown(
    "only from before the start",
    reason=LATER,
    started_on=months_ago(2),
    fidelity=(rated(months_ago(2, days=1), "1.1"),),
)
unrated.clear(
    "on the day of the start",
    "rated_in_time",
    since=months_ago(2),
    severity=0,
    started_on=months_ago(2),
    fidelity=(rated(months_ago(2), "1.1"),),
)

low = Table("fidelity-low")
low.unknown("nothing is known", joined_on=ago(600))
low.unknown("no visit is due yet", reason=LATER, started_on=months_ago(7))
low.unknown("a visit was due", started_on=months_ago(7, days=1))
low.flagged("2.99", "rating", since=ago(9), severity="2.01", fidelity=(rated(ago(9), "2.99"),))
low.flagged("under 3 before rounding", "rating", since=ago(9), severity="2.0001", fidelity=(rated(ago(9), "2.9999"),))
low.watch("3.0", "rating", since=ago(9), severity="2.0", fidelity=(rated(ago(9), "3.0"),))
low.watch("under 4 before rounding", "rating", since=ago(9), severity="1.004", fidelity=(rated(ago(9), "3.996"),))
low.clear("4.0", "rating", since=ago(9), severity="1.0", fidelity=(rated(ago(9), "4.0"),))
low.clear("13 months old", "rating", since=months_ago(13), severity="0.5", fidelity=(rated(months_ago(13), "4.5"),))
low.unknown("older", "rating_too_old", fidelity=(rated(months_ago(13, days=1), "2.5"),))
low.clear(
    "fell by a little less than half",
    "rating",
    since=ago(9),
    severity="0.9",
    fidelity=(rated(ago(9), "4.1"), rated(ago(200), "4.59")),
)
low.watch(
    "fell by half",
    "rating",
    "rating_fell",
    since=ago(9),
    severity="0.9",
    fidelity=(rated(ago(200), "4.6"), rated(ago(9), "4.1"), rated(ago(300), "4.0")),
)
low.watch(
    "fell within the watch",
    "rating",
    "rating_fell",
    since=ago(9),
    severity="1.5",
    fidelity=(rated(ago(800), "4.6"), rated(ago(9), "3.5")),
)
low.flagged(
    "fell below 3",
    "rating",
    "rating_fell",
    since=ago(9),
    severity="2.5",
    fidelity=(rated(ago(99), "4"), rated(ago(9), "2.5")),
)
low.clear("rose", "rating", since=ago(9), severity="0.2", fidelity=(rated(ago(99), "2.1"), rated(ago(9), "4.8")))
low.watch(
    "two on one day: the lower one counts",
    "rating",
    since=ago(9),
    severity="1.5",
    fidelity=(rated(ago(9), "3.5"), rated(ago(9), "4.5")),
)

HIGH = {"fidelity": (rated(ago(9), "4.0"),)}


def flags(*entries, effect="hinders", first=0, **fields):
    return tuple(observed(entry, effect, number=first + n, **fields) for n, entry in enumerate(entries))


# Half of each theme, in entries that nothing else in the record decides.
HALF = (
    "unprotected-time",
    "own-time",
    "crowded-out",
    "no-leader",
    "leader-unconvinced",
    "passive-support",
    "leader-knows-little",
    "unanswered-conflicts",
    "no-vision",
    "no-goals",
    "undecided-future",
    "expansion-without-plan",
    "leaving-soon",
    "no-recruitment",
    "low-reach",
    "no-outcome-monitoring",
    "judged-by-few",
    "programme-burden",
)
KNOWN = flags(*HALF, effect="helps")

false_security = Table("false-security")
false_security.unknown("no rating", observations=flags("own-time", "crowded-out"))
false_security.unknown(
    "the rating is too old",
    "rating_too_old",
    fidelity=(rated(months_ago(13, days=1), "4.5"),),
    observations=flags("own-time", "crowded-out"),
)
false_security.unknown(
    "the rating is not high",
    "rating_not_high",
    reason=LATER,
    fidelity=(rated(ago(9), "3.9999"),),
    observations=flags("own-time", "crowded-out"),
)
false_security.unknown("high, and nothing else known", "rating_high", *["theme_little_known"] * 4, **HIGH)
false_security.unknown(
    "one flag in each theme",
    "rating_high",
    *["theme_little_known"] * 4,
    observations=flags("own-time", "no-leader", "no-vision", "use-stopping", "fidelity-unknown"),
    **HIGH,
)
for theme, pair in enumerate(
    (
        ("own-time", "crowded-out"),
        ("no-leader", "leader-unbacked"),
        ("no-vision", "money-undecided"),
        ("judged-by-few", "programme-burden"),
    ),
    start=1,
):
    false_security.flagged(
        f"two flags in theme {theme}",
        "rating_high",
        "theme_has_flags",
        since=ago(10),
        severity=2,
        observations=flags(*pair),
        **HIGH,
    )
false_security.unknown(
    "two flags in theme 5",
    "rating_high",
    *["theme_little_known"] * 4,
    observations=flags("fidelity-unknown", "feedback-unused"),
    **HIGH,
)
false_security.flagged(
    "the organisation is flagged",
    "rating_high",
    "organisation_flagged",
    since=ago(20),
    severity=1,
    observations=flags("organisation-weak", on=ago(20)),
    **HIGH,
)
false_security.unknown(
    "the organisation is a watch",
    "rating_high",
    *["theme_little_known"] * 4,
    observations=flags("organisation-weak", on=months_ago(6, days=1)),
    **HIGH,
)
false_security.flagged(
    "several themes: since the oldest fact",
    "rating_high",
    "theme_has_flags",
    "theme_has_flags",
    "organisation_flagged",
    since=ago(90),
    severity=6,
    observations=(
        *flags("own-time", "crowded-out", "fading-time", on=ago(30)),
        *flags("no-vision", on=ago(90), first=10),
        *flags("no-goals", "organisation-weak", first=20),
        *flags("no-leader", on=ago(95), first=30),
    ),
    **HIGH,
)
false_security.flagged(
    "the latest rating counts",
    "rating_high",
    "theme_has_flags",
    since=ago(10),
    severity=2,
    observations=flags("own-time", "crowded-out"),
    fidelity=(rated(ago(9), "4.0"), rated(ago(99), "2.0")),
)
false_security.flagged(
    "since the rating, when that is the oldest",
    "rating_high",
    "theme_has_flags",
    since=ago(200),
    severity=2,
    fidelity=(rated(ago(200), "4.69"),),
    observations=flags("own-time", "crowded-out"),
)
false_security.unknown(
    "a flag and a watch in one theme",
    "rating_high",
    *["theme_little_known"] * 4,
    observations=(*flags("own-time"), *flags("crowded-out", on=months_ago(6, days=1), first=9)),
    **HIGH,
)
false_security.unknown(
    "group evidence neither counts as a flag nor as known",
    "rating_high",
    *["theme_little_known"] * 4,
    observations=flags(*HALF, of_group=True),
    **HIGH,
)
false_security.clear(
    "half of each theme known", "rating_high", "themes_are_known", since=ago(9), severity=0, observations=KNOWN, **HIGH
)
false_security.clear(
    "one flag in each theme, and half known",
    "rating_high",
    "themes_are_known",
    since=ago(9),
    severity=0,
    observations=(
        *KNOWN,
        *flags("own-time", "no-leader", "no-vision", "programme-burden", on=ago(1), first=90),
    ),
    **HIGH,
)
for missing in ("own-time", "no-leader", "no-vision", "judged-by-few"):
    false_security.unknown(
        f"half known but for {missing}",
        "rating_high",
        "theme_little_known",
        observations=tuple(one for one in KNOWN if one.entry != missing),
        **HIGH,
    )
false_security.clear(
    "measured evidence counts as known",
    "rating_high",
    "themes_are_known",
    since=ago(9),
    severity=0,
    people=(leader(),),
    observations=tuple(one for one in KNOWN if one.entry != "no-leader"),
    **HIGH,
)

TABLES = (unrated, low, false_security)
assert TODAY.day < 28, "the month arithmetic of these tables expects a day that every month has"

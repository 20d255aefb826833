"""Theme 3: reviews, support from outside, supervision."""

from .shape import TODAY, Table, ago, leader, months_ago, pause, practitioner, review, said, support

reviews = Table("no-regular-review")
TWICE = {"review_interval_days": 28}
reviews.unknown("nothing is known")
reviews.unknown("no schedule, in the first days", joined_on=ago(59))
reviews.flagged("no schedule, after the first days", "no_review_schedule", since=ago(60), severity=1, joined_on=ago(60))
reviews.unknown("described only", joined_on=ago(600), described=True)
reviews.unknown("a schedule and nothing else", **TWICE)
reviews.unknown("joined 1.5 intervals ago, none held", joined_on=ago(42), **TWICE)
reviews.flagged("joined longer ago, none held", "review_late", since=ago(43), severity=1, joined_on=ago(43), **TWICE)
reviews.clear(
    "held 1.5 intervals ago", "reviews_running", since=ago(42), severity=0, reviews=(review(held=42),), **TWICE
)
reviews.flagged(
    "held a day before that",
    "review_late",
    since=ago(43),
    severity=1,
    joined_on=ago(600),
    reviews=(review(held=43),),
    **TWICE,
)
reviews.clear(
    "both of the last two examined one: since the first of them",
    "reviews_running",
    since=ago(30),
    severity=0,
    reviews=(review(1, held=5), review(2, held=30), review(3, held=60)),
    **TWICE,
)
reviews.unknown(
    "held long before joining",
    "review_held",
    joined_on=ago(42),
    reviews=(review(1, held=200), review(2, held=230)),
    **TWICE,
)
reviews.flagged(
    "none, somebody says",
    "no_review_said",
    since=ago(5),
    severity=1,
    joined_on=ago(9),
    confirmed_empty=(said("reviews", 5),),
)
reviews.flagged(
    "none since the last, somebody says, long before it is late",
    "no_review_said",
    since=ago(1),
    severity=1,
    reviews=(review(held=5),),
    confirmed_empty=(said("reviews", 5), said("reviews", 1)),
    **TWICE,
)
reviews.flagged(
    "late, and somebody says so: one condition",
    "review_late",
    "no_review_said",
    since=ago(43),
    severity=1,
    reviews=(review(held=43),),
    confirmed_empty=(said("reviews", 1),),
    **TWICE,
)
reviews.flagged(
    "no schedule, and none held",
    "no_review_schedule",
    "no_review_said",
    since=ago(60),
    severity=2,
    joined_on=ago(60),
    confirmed_empty=(said("reviews", 1),),
)
reviews.clear(
    "late by a day on which it rested",
    "reviews_running",
    since=ago(43),
    severity=0,
    reviews=(review(held=43),),
    pauses=(pause(20, 19),),
    **TWICE,
)
reviews.unknown("one held, no barrier examined", "review_held", reviews=(review(held=5, barrier=False),), **TWICE)
reviews.flagged(
    "two held, no barrier examined",
    "no_barrier_examined",
    since=ago(30),
    severity=1,
    reviews=(review(1, held=5, barrier=False), review(2, held=30, barrier=False), review(3, held=60)),
    **TWICE,
)
reviews.clear(
    "one of the last two examined one",
    "reviews_running",
    since=ago(30),
    severity=0,
    reviews=(review(1, held=5, barrier=False), review(2, held=30), review(3, held=60)),
    **TWICE,
)
reviews.unknown(
    "held, in the first days without a schedule", "review_held", joined_on=ago(10), reviews=(review(held=5),)
)
reviews.flagged(
    "two on one day: the later number is the later review",
    "no_barrier_examined",
    since=ago(5),
    severity=1,
    reviews=(review(3, held=5, barrier=False), review(1, held=5), review(2, held=5, barrier=False)),
    **TWICE,
)
reviews.flagged(
    "all at once",
    "review_late",
    "no_barrier_examined",
    since=ago(90),
    severity=2,
    reviews=(review(1, held=50, barrier=False), review(2, held=90, barrier=False)),
    **TWICE,
)

alone = Table("alone-in-the-system")
YEAR = (TODAY - months_ago(12)).days
alone.unknown("nothing is known")
alone.unknown("joined a day less than 12 months ago", joined_on=ago(YEAR - 1))
alone.flagged("joined 12 months ago", "no_support", since=ago(YEAR), severity=1, joined_on=ago(YEAR))
alone.unknown("described only", described=True, joined_on=ago(900))
alone.clear("asked", "support_sought", since=ago(YEAR - 1), severity=0, supports=(support(YEAR - 1),))
alone.flagged("asked 12 months ago", "no_support", since=ago(YEAR), severity=1, supports=(support(YEAR),))
alone.unknown("asked 12 months ago, joined since", "support_sought", joined_on=ago(9), supports=(support(YEAR),))
alone.clear(
    "agreed",
    "support_sought",
    since=ago(5),
    severity=0,
    supports=(support(YEAR + 90, 5), support(YEAR + 80, number=2)),
)
alone.clear(
    "two: since the first of this year",
    "support_sought",
    since=ago(200),
    severity=0,
    joined_on=ago(900),
    supports=(support(9), support(200, number=2), support(YEAR, number=3)),
)
alone.flagged("none, somebody says", "no_support_said", since=ago(5), severity=1, confirmed_empty=(said("support", 5),))
alone.flagged(
    "none since the last, somebody says",
    "no_support_said",
    since=ago(5),
    severity=1,
    supports=(support(9),),
    confirmed_empty=(said("support", 5),),
)
alone.clear(
    "asked the day somebody said so",
    "support_sought",
    since=ago(5),
    severity=0,
    supports=(support(5),),
    confirmed_empty=(said("support", 5),),
)
alone.flagged(
    "long since the last, and somebody says so",
    "no_support",
    "no_support_said",
    since=ago(YEAR),
    severity=1,
    supports=(support(YEAR),),
    confirmed_empty=(said("support", 5),),
)
alone.clear(
    "12 months, of which it rested a day",
    "support_sought",
    since=ago(YEAR),
    severity=0,
    supports=(support(YEAR),),
    pauses=(pause(20, 19),),
)

supervision = Table("supervision-lapsed")
TRAINED = {"people": (practitioner(trained_on=ago(300)),)}
supervision.unknown("nobody is recorded", joined_on=ago(59))
supervision.flagged("joined 60 days ago", "no_supervision", since=ago(60), severity=1, joined_on=ago(60))
supervision.unknown("described only", described=True, joined_on=ago(900))
supervision.unknown("held, nobody is recorded", "supervised", supervised_on=(ago(5),))
supervision.clear(
    "held 59 days ago, all trained",
    "supervised",
    "all_trained",
    since=ago(300),
    severity=0,
    supervised_on=(ago(90), ago(59)),
    **TRAINED,
)
supervision.flagged(
    "held 60 days ago", "no_supervision", since=ago(60), severity=1, supervised_on=(ago(60), ago(90)), **TRAINED
)
supervision.clear(
    "held 60 days ago, of which it rested one",
    "supervised",
    "all_trained",
    since=ago(300),
    severity=0,
    supervised_on=(ago(60),),
    pauses=(pause(20, 19),),
    **TRAINED,
)
supervision.unknown(
    "held long before joining", "supervised", "all_trained", joined_on=ago(59), supervised_on=(ago(90),), **TRAINED
)
supervision.flagged(
    "none, somebody says",
    "no_supervision_said",
    since=ago(5),
    severity=1,
    joined_on=ago(9),
    confirmed_empty=(said("supervision", 5),),
    **TRAINED,
)
supervision.flagged(
    "none since the last, somebody says",
    "no_supervision_said",
    since=ago(5),
    severity=1,
    supervised_on=(ago(9),),
    confirmed_empty=(said("supervision", 5),),
    **TRAINED,
)
supervision.clear(
    "held since somebody said so",
    "supervised",
    "all_trained",
    since=ago(300),
    severity=0,
    supervised_on=(ago(5),),
    confirmed_empty=(said("supervision", 5),),
    **TRAINED,
)
supervision.flagged(
    "lapsed, said to be, and somebody untrained",
    "no_supervision",
    "no_supervision_said",
    "untrained",
    since=ago(60),
    severity=2,
    joined_on=ago(60),
    confirmed_empty=(said("supervision", 5),),
    people=(practitioner(),),
)
HELD = {"supervised_on": (ago(5),)}
supervision.unknown("untrained, in the first days", "supervised", joined_on=ago(59), people=(practitioner(),), **HELD)
supervision.flagged(
    "untrained, after them", "untrained", since=ago(60), severity=1, joined_on=ago(60), people=(practitioner(),), **HELD
)
supervision.unknown(
    "untrained, described only", "supervised", joined_on=ago(600), described=True, people=(practitioner(),), **HELD
)
supervision.unknown("trained, supervision unknown", "all_trained", joined_on=ago(9), **TRAINED)
supervision.unknown(
    "two trained", "all_trained", people=(practitioner(1, trained_on=ago(9)), practitioner(2, trained_on=ago(9)))
)
supervision.flagged(
    "two of three: since the first began",
    "untrained",
    since=ago(300),
    severity=2,
    joined_on=ago(600),
    people=(
        practitioner(1, trained_on=ago(9)),
        practitioner(2, started_on=ago(300)),
        practitioner(3, started_on=ago(20)),
    ),
    **HELD,
)
supervision.flagged(
    "one of two: nobody counts from before joining",
    "untrained",
    since=ago(200),
    severity=1,
    joined_on=ago(200),
    people=(practitioner(1, trained_on=ago(9)), practitioner(2, started_on=ago(300))),
    **HELD,
)
supervision.unknown(
    "who stopped, left or leads does not count",
    "supervised",
    joined_on=ago(600),
    people=(practitioner(1, stopped_on=ago(1)), practitioner(2, leaves_on=ago(1)), leader()),
    **HELD,
)

TABLES = (reviews, alone, supervision)

"""Spreadsheets without pages: what each heading and cell means, the fate of every row, and the way there and back."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Member
from planning.models import CaseloadMonth, Work
from planning.sheets import allocations, caseload, cells, reading, writing
from planning.sheets.cells import CellError
from planning.sheets.columns import Recorded
from planning.sheets.fates import Kind, counts, digest, fates_of
from planning.sheets.reading import read_file, read_text
from planning.sheets.table import SheetError, Table, address

TODAY = date(2026, 11, 25)
CASELOAD = caseload.sheet(today=TODAY)
PEOPLE = [Member(pk=1, name="Per Dahl"), Member(pk=2, name="Asta Ro"), Member(pk=3, name="Odd  Vang")]
TIME = allocations.sheet(today=TODAY, people=PEOPLE)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def read(text: str, sheet=CASELOAD) -> Table:
    return read_text(text, headings=sheet.headings())


def fates(text: str, sheet=CASELOAD, present=None):
    return fates_of(sheet, read(text, sheet), present or {})


def refused(call, *args, **kwargs) -> str:
    """The one sentence with which something is refused."""
    with pytest.raises(SheetError) as problem:
        call(*args, **kwargs)
    assert len(problem.value.sentences) == 1
    return problem.value.sentences[0]


# Headings


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("Foo;Bar", "Row 1 has to hold the headings, and none of them is there. They are named below."),
        ("2026-09;1", "Row 1 has to hold the headings"),
        (
            "Month;Groups;Shoe size",
            "C1: no column is called “Shoe size”. Take it out, or give it one of the headings named below.",
        ),
        ("Month;Groups; groups: ", "C1: the column “IMR groups” is there twice"),
        ("Groups;Asked", "The column “Month” is missing."),
    ],
)
def test_headings_that_cannot_be_taken_are_named(head, words):
    assert words in refused(fates, f"{head}\n2026-10;1;2\n")


def test_every_problem_of_the_headings_is_told_at_once():
    with pytest.raises(SheetError) as problem:
        fates("Groups;Groups;Foo\n1;2;3\n")

    assert len(problem.value.sentences) == 3


def test_headings_are_taken_in_each_language_in_any_order_by_short_name_and_by_code():
    with translation.override("nb"):
        bokmaal = [str(column.label) for column in CASELOAD.columns]
    headings = CASELOAD.headings()

    assert {reading.heading(label) for label in bokmaal} <= headings
    assert {"month", "groups", "imr groups", "individual_patients"} <= headings
    assert fates("ASKED*;month:\n4;2026-10\n")[0].values["asked"] == 4


# Cells


@pytest.mark.parametrize(
    ("text", "value"),
    [("0", 0), ("12", 12), ("12,0", 12), ("12.00", 12), ("1 200", 1200), ("99999", 99_999)],
)
def test_a_count_is_read(text, value):
    assert cells.whole(text, most=99_999) == value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<5", "“<5” is not a whole number, as in 3."),
        ("1,5", "not a whole number"),
        ("many", "not a whole number"),
        ("1.200", "not a whole number"),
        ("9" * 5000, "not a whole number"),
        ("-1", "“-1” is below 0."),
        ("100000", "“100000” is more than 99999."),
        ("=A1", "there is a formula in it"),
        ("#REF!", "not a whole number"),
    ],
)
def test_what_is_no_count_is_told(text, words):
    with pytest.raises(CellError) as problem:
        cells.whole(text, most=99_999)

    assert words in str(problem.value)
    assert len(str(problem.value)) < 120


@pytest.mark.parametrize(
    ("text", "value"), [("2", "2"), ("1,5", "1.5"), ("1.25", "1.25"), ("0,25", "0.25"), ("40", "40")]
)
def test_hours_are_read_with_comma_or_point(text, value):
    assert cells.hours(text, least=Decimal("0.25"), most=Decimal(40)) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0,24", "“0,24” is not between 0.25 and 40."),
        ("40.01", "not between"),
        ("-2", "not between"),
        ("1.555", "more than two decimals"),
        ("two", "“two” is not a number, as in 2.5 or 2,5."),
        ("1:30", "not a number"),
        ("1e5", "not a number"),
        ("=B2*2", "formula"),
    ],
)
def test_what_are_no_hours_is_told(text, words):
    with pytest.raises(CellError) as problem:
        cells.hours(text, least=Decimal("0.25"), most=Decimal(40))

    assert words in str(problem.value)


@pytest.mark.parametrize("text", ["24.12.2026", "24.12.26", "2026-12-24", "24. 12. 2026"])
def test_a_day_is_read(text):
    assert cells.day(text) == date(2026, 12, 24)


@pytest.mark.parametrize(
    "text", ["24/12/2026", "12/24/2026", "31.02.2026", "2026-13-01", "24.12", "46380", "1026-12-24"]
)
def test_a_day_in_another_form_is_refused_rather_than_guessed(text):
    with pytest.raises(CellError, match="is not a date, as in"):
        cells.day(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11",
        "11.2026",
        "11/2026",
        "November 2026",
        "november 2026",
        "nov.26",
        "Nov-26",
        "nov 2026",
        "2026-11-30",
        "01.11.2026",
    ],
)
def test_a_month_is_read_as_spreadsheets_of_both_languages_write_it(text):
    assert cells.month(text) == date(2026, 11, 1)


@pytest.mark.parametrize("text", ["Octember 2026", "13.2026", "2026", "nov", "11/26/2026", "2026-00", "desember 1826"])
def test_what_is_no_month_is_told(text):
    with pytest.raises(CellError, match="is not a month, as in 2026-11"):
        cells.month(text)


def test_norwegian_months_are_known_in_an_english_sheet():
    assert cells.month("desember 2025") == date(2025, 12, 1)
    assert cells.month("okt.26") == date(2026, 10, 1)
    assert cells.month("mai 2026") == date(2026, 5, 1)


def test_cells_have_the_addresses_people_see():
    assert [address(column, 4) for column in (0, 1, 25, 26, 51, 52, 701, 702)] == [
        "A4", "B4", "Z4", "AA4", "AZ4", "BA4", "ZZ4", "AAA4",
    ]  # fmt: skip


# Fates


def month_of(month: date, pk=7, **given) -> dict:
    return {(month,): (Recorded(pk, {"month": month} | dict.fromkeys(CaseloadMonth.COUNTS) | given),)}


def test_every_row_has_a_fate():
    present = month_of(date(2026, 9, 1), individual_patients=4, groups=1) | month_of(date(2026, 8, 1), pk=8, groups=1)

    found = fates(
        "Month;Individual;Groups\n"
        "2026-10;4;0\n"
        "2026-09;5;\n"
        "2026-08;;1\n"
        "Eksempel: 2026-08;4;1\n"
        "2026-07;;–\n"
        "2026-06;4,5;x\n",
        present=present,
    )

    assert [fate.kind for fate in found] == [
        Kind.NEW,
        Kind.CHANGED,
        Kind.SAME,
        Kind.LEFT_OUT,
        Kind.LEFT_OUT,
        Kind.WRONG,
    ]
    new, changed, *_others, wrong = found
    assert (new.number, new.title, new.pk) == (2, "October 2026", None)
    assert new.values == {"month": date(2026, 10, 1), "individual_patients": 4, "groups": 0}
    assert (changed.pk, [(one.before, one.after) for one in changed.changes]) == (7, [("4", "5")])
    assert wrong.problems == (
        "B7: “4,5” is not a whole number, as in 3.",
        "C7: “x” is not a whole number, as in 3.",
    )
    assert counts(found) == {
        Kind.NEW: 1, Kind.CHANGED: 1, Kind.SAME: 1, Kind.LEFT_OUT: 2, Kind.WRONG: 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("2026-10;1\n10.2026;2", "A3: the same as row 2."),
        (";1", "A2: “Month” is empty."),
        ("2026-12;1", "A2: December 2026 has not begun."),
        ("2026-10;1;5", "C2: there is no heading above it."),
        ("2026-10;=SUM(B1:B9)", "B2: there is a formula in it. Write the figure itself, or paste it as a value."),
    ],
)
def test_what_is_wrong_with_a_row_names_the_cell(rows, problem):
    assert [sentence for fate in fates(f"Month;Groups\n{rows}\n") for sentence in fate.problems] == [problem]


def test_the_running_month_can_be_counted():
    assert fates("Month;Groups\n2026-11;1\n")[0].kind == Kind.NEW


def test_the_digest_tells_what_would_be_written_over_what_and_not_the_language():
    text = "Who;For what;Hours a week;From\nPer Dahl;Sessions;1,5;01.12.2026\n"
    before = digest(fates(text, TIME))

    with translation.override("nb"):
        in_bokmaal = digest(fates(text, TIME))
    key = (1, "session", date(2026, 12, 1))
    values = dict(zip(("member", "work", "starts_on"), key, strict=True)) | {"ends_on": None}
    two = digest(fates(text, TIME, {key: (Recorded(5, values | {"hours_per_week": Decimal(2)}),)}))
    three = digest(fates(text, TIME, {key: (Recorded(5, values | {"hours_per_week": Decimal(3)}),)}))

    assert before == in_bokmaal
    assert len({before, two, three}) == 3


# Time set aside


HEAD = "Who;For what;Hours a week;From;Until\n"


def test_a_row_of_time_set_aside():
    (fate,) = fates(f"{HEAD}asta  ro;preparation and notes;1,5;01.12.2026;\n", TIME)

    assert (fate.kind, fate.title) == (Kind.NEW, "Asta Ro: Preparation and notes")
    assert fate.values == {
        "member": 2,
        "work": "preparation",
        "hours_per_week": Decimal("1.5"),
        "starts_on": date(2026, 12, 1),
        "ends_on": None,
    }


def test_the_kinds_of_work_are_taken_in_each_language_and_by_code():
    with translation.override("nb"):
        names = [str(label) for label in Work.labels]

    assert [allocations.work(name) for name in (*names, *Work.labels, *Work.values)] == [*Work.values] * 3


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("Nobody;Sessions;2;01.12.2026;", "A2: nobody in the service is called “Nobody”."),
        ("Per Dahl;Coffee;2;01.12.2026;", "B2: “Coffee” is no kind of work. Write one of these: Sessions, Preparation"),
        ("Per Dahl;Sessions;;01.12.2026;", "C2: “Hours a week” is empty."),
        ("Per Dahl;Sessions;2;soon;", "D2: “soon” is not a date, as in 24.12.2026."),
        ("Per Dahl;Sessions;2;01.12.2026;30.11.2026", "E2: the last day is before the first."),
    ],
)
def test_what_is_wrong_with_time_set_aside(row, problem):
    (fate,) = fates(f"{HEAD}{row}\n", TIME)

    assert fate.kind == Kind.WRONG
    assert fate.problems[0].startswith(problem)


def test_two_people_of_one_name_cannot_be_told_apart():
    sheet = allocations.sheet(today=TODAY, people=[Member(pk=1, name="Per Dahl"), Member(pk=2, name="per dahl")])

    assert fates(f"{HEAD}Per Dahl;Sessions;2;01.12.2026;\n", sheet)[0].problems == (
        "A2: more than one person is called “Per Dahl”. Use the page.",
    )


def test_those_who_have_left_are_known_and_get_no_new_hours():
    sheet = allocations.sheet(today=TODAY, people=PEOPLE, gone=[Member(pk=9, name="Gone Man")])
    present = {(9, "session", date(2026, 1, 1)): (allocation(1, 2, member=9),)}

    there, new = (
        fates(f"{HEAD}Gone Man;Sessions;2;{day};\n", sheet, present)[0] for day in ("01.01.2026", "01.12.2026")
    )

    assert there.kind == Kind.SAME
    assert new.problems == ("Row 2: Gone Man has left the service.",)


def allocation(pk, hours, *, member=1, starts_on=date(2026, 1, 1), ends_on=None) -> Recorded:
    values = {"member": member, "work": "session", "hours_per_week": Decimal(hours)}
    return Recorded(pk, values | {"starts_on": starts_on, "ends_on": ends_on})


def test_hours_that_come_on_top_of_others_say_so():
    present = {(1, "session", date(2026, 1, 1)): (allocation(1, "2.50"),)}
    ended = {(1, "session", date(2026, 1, 1)): (allocation(1, "2.50", ends_on=date(2026, 11, 30)),)}
    text = f"{HEAD}Per Dahl;Sessions;3;01.12.2026;\n"

    assert fates(text, TIME, present)[0].note.startswith("Comes on top of 2.5 h a week that are set aside already.")
    assert fates(text, TIME, ended)[0].note == ""


def test_what_is_recorded_twice_is_changed_on_its_own_page_only():
    present = {(1, "session", date(2026, 1, 1)): (allocation(1, 2), allocation(2, 3))}

    same, wrong = (fates(f"{HEAD}Per Dahl;Sessions;{hours};01.01.2026;\n", TIME, present)[0] for hours in ("3", "4"))

    assert same.kind == Kind.SAME
    assert wrong.problems == ("Row 2: this is recorded more than once. Change it on its own page.",)


# There and back

months = st.dates(date(2000, 1, 1), TODAY).map(lambda day: day.replace(day=1))
figures = st.none() | st.integers(0, caseload.MOST)


def records_of_months(drawn):
    return [
        CaseloadMonth(pk=pk, month=month, **dict(zip(CaseloadMonth.COUNTS, row, strict=True)))
        for pk, (month, row) in enumerate(drawn.items(), start=1)
    ]


@settings(deadline=None)
@given(
    st.dictionaries(months, st.tuples(*[figures] * len(CaseloadMonth.COUNTS)), min_size=1, max_size=6),
    st.sampled_from(["en", "nb"]),
    st.sampled_from(["en", "nb"]),
)
def test_what_is_written_and_read_again_changes_nothing(drawn, written_in, read_in):
    rows = records_of_months(drawn)
    with translation.override(written_in):
        files = [write(CASELOAD, map(caseload.values_of, rows)) for write in (writing.as_csv, writing.as_xlsx)]
    files.append(files[0].decode("utf-8-sig").replace(";", "\t").encode("cp1252"))  # as copied cells

    with translation.override(read_in):
        for data in files:
            found = fates_of(CASELOAD, read_file(data, headings=CASELOAD.headings()), caseload.recorded(rows))
            assert {fate.kind for fate in found} <= {Kind.SAME, Kind.LEFT_OUT}
            assert len(found) == len(rows) + 1  # and the example


quarters = st.integers(1, 160).map(lambda quarters: Decimal(quarters) / 4)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@settings(deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from([1, 2, 3]), st.sampled_from(Work.values), days),
        st.tuples(quarters, st.none() | st.integers(0, 300)),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["en", "nb"]),
    st.sampled_from(["en", "nb"]),
)
def test_time_that_is_written_and_read_again_changes_nothing(drawn, written_in, read_in):
    rows = [
        {"member": member, "work": work, "starts_on": since, "hours_per_week": hours, "ends_on": until}
        for (member, work, since), (hours, length) in drawn.items()
        for until in [None if length is None else min(date(2100, 1, 1), date.fromordinal(since.toordinal() + length))]
    ]
    present = {tuple(row[code] for code in TIME.key): (Recorded(pk, row),) for pk, row in enumerate(rows)}
    with translation.override(written_in):
        files = [write(TIME, rows) for write in (writing.as_csv, writing.as_xlsx)]

    with translation.override(read_in):
        for data in files:
            found = fates_of(TIME, read_file(data, headings=TIME.headings()), present)
            assert [fate.kind for fate in found] == [Kind.LEFT_OUT, *[Kind.SAME] * len(rows)]


@pytest.mark.parametrize("sheet", [CASELOAD, TIME], ids=lambda one: one.name)
@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_sheet_to_start_from_is_taken_and_does_nothing(sheet, language):
    with translation.override(language):
        files = [writing.as_csv(sheet), writing.as_xlsx(sheet)]

    for data in files:
        found = fates_of(sheet, read_file(data, headings=sheet.headings()), {})
        assert [(fate.number, fate.kind) for fate in found] == [(2, Kind.LEFT_OUT)]


def test_a_table_can_be_carried_as_data():
    found = read("Month;Groups\n2026-10;1\n\n2026-11;\n")

    assert Table.from_data(found.as_data()) == found


@pytest.mark.parametrize("sheet", [CASELOAD, TIME], ids=lambda one: one.name)
def test_no_heading_stands_for_two_columns(sheet):
    headings = [name for column in sheet.columns for name in column.headings()]

    assert len(headings) == len(set(headings))

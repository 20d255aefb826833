"""Reviews as invitations: who is told what, once, and what the mail carries. Quality points M01, M04, M10, M11."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core.mail.message import BadHeaderError

from accounts.models import Role, User
from planning import calendar_mail, mailing, opt_outs, reminders, reviews
from planning.calendars import Method
from planning.models import Message, Review
from tests.factories import make_decision, make_pause
from tests.planning.calendar_reading import read
from tests.planning.mail_samples import a_member, a_review, a_service, oslo

pytestmark = pytest.mark.django_db
S, R = Message.State, Message.Reason
KIND = Message.Kind.REVIEW_INVITATION
AT = oslo("2026-11-24 09:00")  # a Tuesday
MINUTE = timedelta(minutes=1)
FAR = "2026-12-15 13:00"  # no reminder of seven days yet


@pytest.fixture(autouse=True)
def _quiet_hours(settings):
    settings.QUIET_HOURS = True


@pytest.fixture
def service():
    return a_service()


@pytest.fixture
def leader(service):
    return a_member(service, email="kari@example.org")


def tick(at, mailoutbox) -> list[tuple[str, str]]:
    """Plan and send what is due at that moment: (address, subject) of each mail that left."""
    before = len(mailoutbox)
    mailing.expire(at)
    reminders.plan_due(at)
    for pk in mailing.due(at):
        mailing.send(pk, at=at)
    return [(mail.to[0], mail.subject) for mail in mailoutbox[before:]]


def subjects(at, mailoutbox) -> list[str]:
    return [subject for _address, subject in tick(at, mailoutbox)]


def planned_review(leader, starts_at=FAR, at=AT) -> Review:
    return reviews.plan_extra(starts_at=oslo(starts_at), by=leader, at=at)


def invited(leader, mailoutbox, starts_at=FAR) -> Review:
    """A review that stands in the leader's calendar."""
    review = planned_review(leader, starts_at)
    assert len(tick(AT + 10 * MINUTE, mailoutbox)) == 1
    return review


def ics_of(mail):
    """The method and the one event of a mail, the same in both of its parts."""
    ((content, kind),) = [part for part in mail.alternatives if part[1].startswith("text/calendar")]
    ((name, attached, attached_kind),) = mail.attachments
    assert (name, attached_kind) == ("invite.ics", "application/ics")
    assert attached == content.encode()
    method, (event,) = read(attached)
    assert kind == f"text/calendar; method={method}"
    return method, event


# Who is told, when


def test_m10_a_planned_review_goes_to_everybody_who_gets_reminders_and_once(service, leader, mailoutbox):
    for role in (Role.STAND_IN, Role.PRACTITIONER, Role.ADVISER, Role.SPONSOR):
        a_member(service, role, name=role, email=f"{role}@example.org")
    a_member(service, Role.PRACTITIONER, name="no login", login=False)
    planned_review(leader)

    sent = tick(AT + 10 * MINUTE, mailoutbox)

    assert sorted(address for address, _subject in sent) == [
        "kari@example.org",
        "practitioner@example.org",
        "stand_in@example.org",
    ]
    assert {subject for _address, subject in sent} == {"Review planned for Tuesday 15 December"}
    for later in (11, 60, 24 * 60):
        assert tick(AT + later * MINUTE, mailoutbox) == []


def test_m04_nothing_leaves_within_ten_minutes_and_edits_within_them_are_one_mail(leader, mailoutbox):
    review = planned_review(leader)
    assert tick(AT + 5 * MINUTE, mailoutbox) == []
    reviews.move(review, to=oslo("2026-12-16 13:00"), by=leader, at=AT + 6 * MINUTE)
    assert tick(AT + 7 * MINUTE, mailoutbox) == []
    reviews.move(review, to=oslo("2026-12-17 14:00"), by=leader, at=AT + 9 * MINUTE)

    assert subjects(AT + 10 * MINUTE, mailoutbox) == []
    assert subjects(AT + 19 * MINUTE, mailoutbox) == ["Review planned for Thursday 17 December"]
    assert subjects(AT + 60 * MINUTE, mailoutbox) == []
    given_up = Message.objects.filter(state=S.EXPIRED)
    assert set(given_up.values_list("trouble", flat=True)) == {R.REVIEW_CHANGED}


def test_a_series_invites_to_its_meetings_as_they_come_within_sixty_days(service, leader, mailoutbox):
    reviews.start_series(service=service, rhythm="weekly_12", starts_at=oslo("2026-12-15 13:00"), by=leader, at=AT)
    assert service.reviews.count() == 2

    assert subjects(AT + 10 * MINUTE, mailoutbox) == ["Review planned for Tuesday 15 December"]

    # The second one is on 9 March; sixty days before it is 8 January, a Friday.
    assert KIND not in {row.kind for row in Message.objects.filter(review__starts_at=oslo("2027-03-09 13:00"))}
    late = oslo("2027-01-08 13:01")
    assert "Review planned for Tuesday 9 March" in subjects(late, mailoutbox)


@pytest.mark.parametrize(
    ("planned_at", "left_at"),
    [
        ("2026-11-24 18:30", "2026-11-25 08:00"),
        ("2026-11-27 16:55", "2026-11-30 08:00"),
        ("2026-11-28 11:00", "2026-11-30 08:00"),
    ],
    ids=["evening", "friday", "saturday"],
)
def test_m03_an_invitation_waits_for_the_working_day(leader, planned_at, left_at):
    at = oslo(planned_at)
    planned_review(leader, at=at)

    reminders.plan_due(at + MINUTE)

    assert Message.objects.get(kind=KIND).not_before == oslo(left_at)


def test_m03_without_quiet_hours_an_invitation_waits_for_nothing(leader, settings):
    settings.QUIET_HOURS = False
    at = oslo("2026-11-28 23:00")
    planned_review(leader, at=at)

    reminders.plan_due(at)

    assert Message.objects.get(kind=KIND).not_before == at


def test_reviews_that_were_read_from_a_file_invite_nobody_until_somebody_moves_them(service, leader, mailoutbox):
    review = a_review(service, FAR)
    assert tick(AT + 60 * MINUTE, mailoutbox) == []

    reviews.move(review, to=oslo("2026-12-16 13:00"), by=leader, at=AT)

    assert subjects(AT + 60 * MINUTE, mailoutbox) == ["Review planned for Wednesday 16 December"]


def test_somebody_who_joins_later_is_invited_too(service, leader, mailoutbox):
    invited(leader, mailoutbox)
    a_member(service, Role.PRACTITIONER, name="new", email="new@example.org")

    assert [address for address, _subject in tick(AT + 60 * MINUTE, mailoutbox)] == ["new@example.org"]


def test_nobody_is_invited_while_the_practice_rests_and_everybody_when_it_goes_on(service, leader, mailoutbox):
    pause = make_pause(service, paused_on=AT.date(), restart_planned_on=AT.date() + timedelta(days=90))
    planned_review(leader)
    assert tick(AT + 60 * MINUTE, mailoutbox) == []

    pause.restarted_on = AT.date() + timedelta(days=1)
    pause.save()

    assert subjects(AT + timedelta(days=1), mailoutbox) == ["Review planned for Tuesday 15 December"]


def test_a_review_left_out_because_the_practice_stops_is_taken_out_of_calendars(service, leader, mailoutbox):
    review = invited(leader, mailoutbox)
    make_decision(service, kind="stop", decided_on=AT.date())
    reviews.skip(review, because="We stop", by=leader, at=AT + 60 * MINUTE)

    assert subjects(AT + 70 * MINUTE, mailoutbox) == ["No review on Tuesday 15 December"]


def test_m08_who_stopped_these_gets_none_and_the_others_still_come(service, leader, mailoutbox, settings):
    settings.QUIET_HOURS = False  # the reminder leaves at once
    review = planned_review(leader, "2026-12-01 13:00")
    opt_outs.stop(leader, kind=KIND)
    assert subjects(AT + 10 * MINUTE, mailoutbox) == ["Review on Tuesday 1 December"], "the reminder is another kind"

    opt_outs.start_again(leader, kind=KIND)
    assert subjects(AT + 11 * MINUTE, mailoutbox) == ["Review planned for Tuesday 1 December"]

    opt_outs.stop(leader, kind=KIND)
    reviews.skip(review, because="Holiday", by=leader, at=AT + 12 * MINUTE)
    assert subjects(AT + 30 * MINUTE, mailoutbox) == []


def test_who_stopped_these_while_one_waits_does_not_get_it(leader, mailoutbox):
    planned_review(leader)
    reminders.plan_due(AT)
    opt_outs.stop(leader, kind=KIND)

    assert tick(AT + 60 * MINUTE, mailoutbox) == []
    assert Message.objects.get(kind=KIND).trouble == R.OPTED_OUT


# Moved, left out, held early


def test_m10_a_moved_review_keeps_its_id_and_raises_its_sequence(leader, mailoutbox):
    review = invited(leader, mailoutbox)
    reviews.move(review, to=oslo("2026-12-17 14:30"), by=leader, at=AT + 60 * MINUTE)

    assert subjects(AT + 70 * MINUTE, mailoutbox) == ["Review moved to Thursday 17 December"]

    (first_method, first), (method, event) = map(ics_of, mailoutbox)
    assert (first_method, method) == ("REQUEST", "REQUEST")
    assert event.uid == first.uid
    assert (first.sequence, event.sequence) == (0, 1)
    assert event.starts == oslo("2026-12-17 14:30")
    assert "not on Tue 15 Dec at 13:00" in mailoutbox[-1].body


def test_m10_a_review_left_out_is_cancelled_in_the_calendars_it_stands_in(leader, mailoutbox):
    review = invited(leader, mailoutbox)
    reviews.skip(review, because="REASON-TEXT", by=leader, at=AT + 60 * MINUTE)

    assert subjects(AT + 70 * MINUTE, mailoutbox) == ["No review on Tuesday 15 December"]

    method, event = ics_of(mailoutbox[-1])
    assert (method, event.status, event.sequence) == ("CANCEL", "CANCELLED", 1)
    assert event.starts == oslo("2026-12-15 13:00")
    assert "REASON-TEXT" not in mailoutbox[-1].message().as_string()


def test_m10_reviews_that_a_new_rhythm_does_away_with_are_cancelled(service, leader, mailoutbox):
    reviews.start_series(service=service, rhythm="weekly_4", starts_at=oslo(FAR), by=leader, at=AT)
    assert len(tick(AT + 10 * MINUTE, mailoutbox)) == 2
    reviews.start_series(
        service=service, rhythm="weekly_4", starts_at=oslo("2026-12-16 09:00"), by=leader, at=AT + 60 * MINUTE
    )

    assert sorted(subjects(AT + 70 * MINUTE, mailoutbox)) == [
        "No review on Tuesday 12 January",
        "No review on Tuesday 15 December",
        "Review planned for Wednesday 13 January",
        "Review planned for Wednesday 16 December",
    ]
    gone = [mail for mail in mailoutbox if mail.subject.startswith("No review")]
    assert {ics_of(mail)[0] for mail in gone} == {"CANCEL"}
    assert all(mail.body.count("/services/f/reviews/\n") == 1 for mail in gone), "its own page is gone"


def test_who_was_never_invited_is_not_told_to_stay_away(service, leader, mailoutbox):
    review = planned_review(leader)
    reviews.skip(review, because="A slip", by=leader, at=AT + 5 * MINUTE)
    assert tick(AT + 60 * MINUTE, mailoutbox) == []

    other = invited_at(leader, mailoutbox, AT + 70 * MINUTE)
    a_member(service, Role.PRACTITIONER, name="new", email="new@example.org")
    reviews.skip(other, because="Holiday", by=leader, at=AT + 90 * MINUTE)
    assert [address for address, _subject in tick(AT + 120 * MINUTE, mailoutbox)] == ["kari@example.org"]


def invited_at(leader, mailoutbox, at) -> Review:
    review = planned_review(leader, "2026-12-18 13:00", at=at)
    assert len(tick(at + 10 * MINUTE, mailoutbox)) == 1
    return review


@pytest.mark.parametrize("state", [S.FAILED, S.EXPIRED])
def test_an_invitation_that_did_not_come_through_is_followed_by_no_cancellation(leader, mailoutbox, state):
    review = invited(leader, mailoutbox)
    Message.objects.update(state=state, trouble=R.TOO_LATE)
    reviews.skip(review, because="Holiday", by=leader, at=AT + 60 * MINUTE)

    assert tick(AT + 70 * MINUTE, mailoutbox) == []


@pytest.mark.parametrize("state", [S.UNCERTAIN, S.CLAIMED])
def test_an_invitation_that_may_have_arrived_is_taken_back(leader, mailoutbox, state):
    review = invited(leader, mailoutbox)
    Message.objects.update(state=state)
    reviews.skip(review, because="Holiday", by=leader, at=AT + 60 * MINUTE)

    assert subjects(AT + 70 * MINUTE, mailoutbox) == ["No review on Tuesday 15 December"]


def test_left_out_and_planned_again_within_ten_minutes_says_nothing(leader, mailoutbox):
    review = invited(leader, mailoutbox)
    reviews.skip(review, because="A slip", by=leader, at=AT + 60 * MINUTE)
    reminders.plan_due(AT + 61 * MINUTE)
    reviews.plan_again(review, by=leader, at=AT + 62 * MINUTE)

    assert tick(AT + 90 * MINUTE, mailoutbox) == []
    assert calendar_mail.last_word(Message.objects.filter(kind=KIND)).method == Method.REQUEST


def test_left_out_and_planned_again_later_is_an_invitation_with_a_higher_sequence(leader, mailoutbox):
    review = invited(leader, mailoutbox)
    reviews.skip(review, because="Holiday", by=leader, at=AT + 60 * MINUTE)
    tick(AT + 70 * MINUTE, mailoutbox)
    reviews.plan_again(review, by=leader, at=AT + 80 * MINUTE)

    assert subjects(AT + 90 * MINUTE, mailoutbox) == ["Review planned for Tuesday 15 December"]
    assert [ics_of(mail)[0] for mail in mailoutbox] == ["REQUEST", "CANCEL", "REQUEST"]
    assert [ics_of(mail)[1].sequence for mail in mailoutbox] == [0, 1, 2]
    assert len({ics_of(mail)[1].uid for mail in mailoutbox}) == 1


def test_a_review_held_before_its_time_is_taken_out_of_calendars(leader, mailoutbox):
    review = invited(leader, mailoutbox)
    reviews.close(review, minutes="", attendees=[], by=leader, at=AT + 60 * MINUTE)

    assert "No review on Tuesday 15 December: it was held" in subjects(AT + 70 * MINUTE, mailoutbox)

    cancelled = next(mail for mail in mailoutbox if "it was held" in mail.subject)
    method, event = ics_of(cancelled)
    assert (method, event.starts) == ("CANCEL", oslo("2026-12-15 13:00"))


def test_a_review_held_in_its_time_is_left_in_calendars(leader, mailoutbox):
    review = invited(leader, mailoutbox)
    tick(oslo("2026-12-08 09:00"), mailoutbox)
    reviews.close(review, minutes="", attendees=[], by=leader, at=oslo("2026-12-15 14:00"))

    assert tick(oslo("2026-12-15 14:30"), mailoutbox) == []


def test_m13_an_invitation_is_too_late_when_the_review_begins(leader, mailoutbox, no_digest):
    planned_review(leader)
    reminders.plan_due(AT)

    assert tick(oslo("2026-12-15 13:00"), mailoutbox) == []
    assert Message.objects.get(kind=KIND).trouble == R.TOO_LATE


# The sequence


def test_m10_each_change_of_time_or_state_raises_the_sequence_once(service, leader):
    def sequence() -> int:
        review.refresh_from_db()
        return review.sequence

    review = planned_review(leader)
    seen = [sequence()]
    reviews.move(review, to=oslo("2026-12-16 13:00"), by=leader, at=AT)
    seen.append(sequence())
    reviews.move(review, to=oslo("2026-12-16 13:00"), by=leader, at=AT)  # to where it stands
    seen.append(sequence())
    reviews.skip(review, because="Holiday", by=leader, at=AT)
    seen.append(sequence())
    reviews.plan_again(review, by=leader, at=AT)
    seen.append(sequence())
    reviews.plan_again(review, by=leader, at=AT)  # it is planned already
    seen.append(sequence())
    reviews.close(review, minutes="", attendees=[], by=leader, at=AT + MINUTE)  # before its time
    seen.append(sequence())

    assert seen == [0, 1, 1, 2, 3, 3, 4]


def test_m10_what_changes_neither_time_nor_state_leaves_the_sequence_alone(service, leader):
    reviews.start_series(service=service, rhythm="weekly_4", starts_at=oslo(FAR), by=leader, at=AT)
    review = service.reviews.earliest("starts_at")
    reviews.plan_ahead(review.series, at=AT)
    reviews.keep_ahead(AT)
    reviews.close(review, minutes="", attendees=[], by=leader, at=oslo("2026-12-15 14:00"))

    assert set(service.reviews.values_list("sequence", flat=True)) == {0}


def test_m10_a_new_rhythm_raises_the_sequence_of_what_it_does_away_with_alone(service, leader):
    reviews.start_series(service=service, rhythm="weekly_4", starts_at=oslo(FAR), by=leader, at=AT)
    old = set(service.reviews.values_list("pk", flat=True))
    reviews.start_series(service=service, rhythm="weekly_6", starts_at=oslo("2026-12-16 13:00"), by=leader, at=AT)

    assert {row.sequence for row in service.reviews.all() if row.pk in old} == {1}
    assert {row.sequence for row in service.reviews.all() if row.pk not in old} == {0}


# The mail


@pytest.mark.parametrize("language", ["en", "nb"])
def test_m10_the_mime_type_names_the_method_and_the_file_is_the_same(service, mailoutbox, language):
    reader = a_member(service, name="Åse", email="aase@example.org", language=language)
    planned_review(reader)
    tick(AT + 10 * MINUTE, mailoutbox)

    mail = message_from_bytes(mailoutbox[0].message().as_bytes(linesep="\r\n"), policy=policy.default)

    parts = {part.get_content_type(): part for part in mail.walk()}
    calendar = parts["text/calendar"]
    assert (calendar.get_param("method"), calendar.get_content_charset()) == ("REQUEST", "utf-8")
    assert parts["application/ics"].get_filename() == "invite.ics"
    assert parts["application/ics"].get_content() == calendar.get_payload(decode=True)
    _method, (event,) = read(calendar.get_payload(decode=True))
    assert event.title == {"en": "Review meeting: Service F", "nb": "Gjennomgang: Service F"}[language]
    assert [part.get_content_type() for part in mail.iter_parts()] == ["multipart/alternative", "application/ics"]


def test_m10_the_organizer_is_the_sender_and_the_attendee_its_one_reader(leader, mailoutbox, settings):
    settings.DEFAULT_FROM_EMAIL = "Holdfast <holdfast@example.org>"
    invited(leader, mailoutbox)

    text = mailoutbox[0].attachments[0][1].decode().replace("\r\n ", "")

    assert "ORGANIZER;CN=Holdfast:mailto:holdfast@example.org\r\n" in text
    assert text.count("ATTENDEE") == 1
    assert "RSVP=FALSE:mailto:kari@example.org\r\n" in text


def test_m14_the_entry_says_nothing_but_that_and_where(service, leader, mailoutbox):
    ola = a_member(service, Role.PRACTITIONER, name="Ola Vik", email="ola@example.org")
    review = planned_review(leader)
    review.minutes = "MINUTES-TEXT"
    review.save()
    tick(AT + 10 * MINUTE, mailoutbox)

    for mail in mailoutbox:
        _method, event = ics_of(mail)
        text = mail.attachments[0][1].decode().replace("\r\n ", "")
        assert event.title == "Review meeting: Service F"
        assert event.description.endswith(f"/services/f/reviews/{review.pk}/")
        assert not [word for word in ("IMR", "MINUTES-TEXT", "Ola Vik", "Kari Nes") if word in text]
    assert {mail.to[0] for mail in mailoutbox} == {leader.user.email, ola.user.email}


def test_m05_the_longest_subject_has_at_most_sixty_letters(service, mailoutbox):
    reader = a_member(service, language="nb")
    review = planned_review(reader, "2026-12-30 13:00")
    tick(AT + 10 * MINUTE, mailoutbox)
    reviews.move(review, to=oslo("2026-12-31 13:00"), by=reader, at=AT + 20 * MINUTE)
    tick(AT + 30 * MINUTE, mailoutbox)
    reviews.close(review, minutes="", attendees=[], by=reader, at=AT + 60 * MINUTE)
    tick(AT + 70 * MINUTE, mailoutbox)

    assert len(mailoutbox) == 3
    assert max(len(mail.subject) for mail in mailoutbox) <= 60


def test_m11_a_reader_whose_address_would_say_more_gets_nothing_and_the_row_says_so(leader, mailoutbox):
    User.objects.filter(pk=leader.user_id).update(email="kari@example.org\r\nBcc: all@example.org")
    planned_review(leader)

    for minutes in (10, 30, 90, 300):
        assert tick(AT + minutes * MINUTE, mailoutbox) == []

    row = Message.objects.get(kind=KIND)
    assert (row.state, row.trouble) == (S.FAILED, R.NOT_MADE)


@pytest.mark.parametrize("field", ["subject", "from_email", "to"])
def test_m11_line_breaks_in_a_header_are_refused(leader, field):
    review = planned_review(leader)
    reminders.plan_due(AT)
    mail = mailing.compose(Message.objects.get(review=review), at=AT)
    setattr(mail, field, ["a@example.org\r\nBcc: b@example.org"] if field == "to" else "a\r\nBcc: b@example.org")

    with pytest.raises(BadHeaderError):
        mail.message()


def test_m01_two_clocks_plan_each_word_once(leader):
    planned_review(leader)

    assert [reminders.plan_due(AT + minutes * MINUTE) for minutes in range(5)] == [1, 0, 0, 0, 0]


def test_planning_takes_the_same_number_of_queries_for_many_reviews(django_assert_num_queries):
    for key in ("a", "b", "c"):
        service = a_service(key)
        leader = a_member(service)
        for day in (14, 15, 16):
            planned_review(leader, f"2026-12-{day} 13:00")
    calendar_mail.plan(AT)

    with django_assert_num_queries(6):  # reviews; pauses and decisions; people; opt-outs; rows
        calendar_mail.plan(AT)

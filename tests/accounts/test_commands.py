"""The commands that let a first leader in, as somebody at a terminal meets them."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Invitation, Member, Service
from tests.factories import make_leader, make_service

NO_SERVER = "tests.accounts.test_invitations.NoServer"


@pytest.mark.django_db(transaction=True)
def test_a_new_service_is_told_in_two_sentences(capsys, mailoutbox):
    call_command("create_service", "Ålesund DPS", "--leader", "kari@example.org", "--language", "nb")

    assert capsys.readouterr().out == (
        "Made the service Ålesund DPS with the key alesund-dps.\n"
        "An invitation went to kari@example.org. It can be used once, within 14 days.\n"
    )
    assert mailoutbox[0].to == ["kari@example.org"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["Nordlys", "--leader", "kari"], "“kari” is not an e-mail address."),
        (["Solsiden", "--leader", "kari@example.org"], "There is a service called “Solsiden” already."),
        (["Nordlys", "--leader", "kari@example.org", "--key", "sol"], "The key “sol” is taken."),
    ],
)
def test_what_will_not_do_is_said_in_a_sentence(words, sentence, mailoutbox):
    make_service("sol", name="Solsiden")

    with pytest.raises(CommandError, match=sentence) as problem:
        call_command("create_service", *words)

    assert problem.value.returncode == 1
    assert Service.objects.count() == 1
    assert not mailoutbox


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_could_not_be_sent_says_how_to_send_it_again(settings, mailoutbox):
    settings.EMAIL_BACKEND = NO_SERVER
    with pytest.raises(CommandError, match=r"invite_leader nordlys kari@example\.org"):
        call_command("create_service", "Nordlys", "--leader", "kari@example.org")

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("invite_leader", "nordlys", "kari@example.org")

    assert len(mailoutbox) == 1
    assert Member.objects.count() == 1
    assert Invitation.objects.filter(sent_at__isnull=False).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nowhere", "kari@example.org"], "There is no service with the key nowhere. Services: f."),
        (["f", "kari"], "“kari” is not an e-mail address."),
    ],
)
def test_inviting_a_leader_says_what_will_not_do(words, sentence):
    make_leader(make_service("f"))

    with pytest.raises(CommandError, match=sentence):
        call_command("invite_leader", *words)

"""Signing in and choosing a password, in our words and our look."""

import html
import re

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from accounts.models import User

pytestmark = [pytest.mark.urls("tests.accounts.pages_urls"), pytest.mark.django_db]

PASSWORD = "correct horse battery staple"
FORMS = ["/accounts/login/", "/accounts/password/reset/", "/accounts/password/change/", "/accounts/email/"]


@pytest.fixture(autouse=True)
def fresh_counters():
    cache.clear()


def kari() -> User:
    return User.objects.create_user("kari@example.org", PASSWORD, name="Kari Nes", language="en")


def browser(user=None) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    if user:
        client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def text_of(response) -> str:
    return html.unescape(response.content.decode())


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("address", FORMS)
def test_f07_f09_an_empty_form_is_answered_in_our_words(address, language):
    client = browser(kari() if address in FORMS[2:] else None)
    client.cookies["django_language"] = language
    if address == "/accounts/email/" and client.get(address).status_code == 302:
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    page = text_of(client.post(address, {"action_add": "1"}))

    with translation.override(language):
        assert f"<title>{translation.gettext('Error:')} " in page
        assert translation.gettext("There is a problem") in page
    assert "This field is required" not in page
    assert "Dette feltet er påkrevet" not in page
    assert " required" not in page.replace("aria-required", "")
    assert "placeholder" not in page
    assert page.index('class="summary"') < page.index("<h1>")
    lines = re.findall(r'<li><a href="#(\w+)">(.*?)</a></li>', page)
    assert lines
    for target, message in lines:
        assert f'id="{target}"' in page
        assert f"<p>{message}</p>" in page


def test_signing_in_says_nothing_about_it():
    page = text_of(browser(kari()).get("/gallery/"))

    assert "Kari Nes" in page
    assert "uccessfully" not in page


def test_a_wrong_password_keeps_the_address():
    kari()
    page = text_of(browser().post("/accounts/login/", {"login": "kari@example.org", "password": "not this one"}))

    assert 'value="kari@example.org"' in page
    assert "not this one" not in page
    assert 'class="summary"' in page


def test_the_way_back_survives_signing_in():
    kari()
    client = browser()
    asked = client.get("/gallery/")
    answer = client.post(asked.url, {"login": "kari@example.org", "password": PASSWORD})

    assert asked.status_code == 302
    assert answer.url == "/gallery/"


def test_signing_out_asks_first():
    client = browser(kari())

    assert "Sign out of Holdfast?" in text_of(client.get("/accounts/logout/"))
    assert client.get("/gallery/").status_code == 200
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get("/gallery/").status_code == 302


@pytest.mark.parametrize(("language", "subject"), [("en", "A new password for Holdfast"), ("nb", None)])
def test_m05_the_mail_with_the_link_has_the_same_facts_in_text_and_html(language, subject):
    user = kari()
    user.language = language
    user.save()
    client = browser()
    client.cookies["django_language"] = language

    client.post("/accounts/password/reset/", {"email": user.email})
    message = mail.outbox[0]
    link = re.search(r"http://testserver(/\S+)", message.body)[1]
    page, kind = message.alternatives[0]

    assert kind == "text/html"
    assert link in html.unescape(page)
    assert f'lang="{language}"' in page
    assert len(message.subject) <= 60
    assert subject in (None, message.subject)
    assert "http" not in page.replace("http://testserver/", "")
    assert client.get(link, follow=True).status_code == 200


def test_an_unknown_address_gets_the_same_answer_and_a_mail_that_says_so():
    kari()
    answers = {
        browser().post("/accounts/password/reset/", {"email": email}).url
        for email in ("kari@example.org", "x@example.org")
    }

    assert len(answers) == 1
    assert mail.outbox[1].subject == "No login with this address"
    assert "signup" not in mail.outbox[1].body


def test_a_new_password_by_the_link_and_then_the_link_is_spent():
    user = kari()
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    client = browser()
    address = f"/accounts/password/reset/key/{key}/"
    new = "another horse entirely today"

    wrong = client.post(address, {"password1": "short", "password2": ""})
    done = client.post(address, {"password1": new, "password2": new}, follow=True)
    again = browser().get(address, follow=True)

    assert "Write the new password once more." in text_of(wrong)
    assert "Your password is changed" in text_of(done)
    assert "This link no longer works" in text_of(again)
    user.refresh_from_db()
    assert user.check_password(new)


def test_nobody_signs_up_alone():
    assert "You come in by invitation" in text_of(browser().get("/accounts/signup/"))


@pytest.mark.parametrize(
    "address", ["/accounts/inactive/", "/accounts/confirm-email/", "/accounts/confirm-email/nonsense/"]
)
def test_the_rarer_pages_of_signing_in_have_our_look(address):
    page = text_of(browser().get(address))

    assert 'class="brand"' in page
    assert page.count("<h1>") == 1


def test_a06_the_language_can_be_switched_without_a_script_and_the_page_stays():
    client = browser()
    page = client.get("/accounts/login/?next=/gallery/")

    answer = client.post("/language/", {"language": "nb", "next": "/accounts/login/?next=/gallery/"})

    assert 'name="next" value="/accounts/login/?next=/gallery/"' in text_of(page)
    assert (
        '<button type="submit" name="language" value="nb" class="plain" lang="nb">Norsk (bokmål)</button>'
        in text_of(page)
    )
    assert answer.url == "/accounts/login/?next=/gallery/"
    assert '<html lang="nb">' in text_of(client.get(answer.url))

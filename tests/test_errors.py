"""What people see when something went wrong: plain words, a reference, both languages, no database."""

import re

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from config import views

pytestmark = pytest.mark.urls("tests.accounts.pages_urls")

PAGES = {
    400: (views.bad_request, "We could not read what was sent"),
    403: (views.permission_denied, "Your role does not include this"),
    404: (views.page_not_found, "There is no such page"),
    429: (views.too_many_requests, "Too many tries"),
    500: (views.server_error, "Something went wrong here"),
}


def heading_of(response) -> str:
    return re.search(r"<h1>(.*?)</h1>", response.content.decode())[1]


def in_browser(language="en") -> Client:
    client = Client(raise_request_exception=False)
    client.cookies["django_language"] = language
    return client


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("status", PAGES)
def test_s15_each_error_has_a_page_with_a_reference_and_a_way_on_without_a_database(status, language):
    view, heading = PAGES[status]
    request = RequestFactory().get("/somewhere/")
    request.reference = "a1b2c3d4"

    with translation.override(language):
        response = view(request)
        heading = translation.gettext(heading)
    page = response.content.decode()

    assert response.status_code == status
    assert heading_of(response) == heading
    assert '<strong class="reference">a1b2c3d4</strong>' in page
    assert f'<html lang="{language}">' in page
    assert 'href="/"' in page
    assert "Traceback" not in page


def test_s15_a_page_that_fails_shows_no_traceback_and_logs_its_reference(caplog):
    response = in_browser().get("/crash/")
    page = response.content.decode()
    reference = re.search(r'class="reference">([0-9a-f]{8})<', page)[1]

    assert response.status_code == 500
    assert "on purpose" not in page
    assert f"its reference is {reference}" in caplog.text


@pytest.mark.parametrize(("address", "status"), [("/crash/", 500), ("/nowhere/", 404)])
def test_s15_the_page_is_in_the_language_of_the_browser(address, status):
    response = in_browser("nb").get(address)

    assert response.status_code == status
    assert '<html lang="nb">' in response.content.decode()
    assert response["Content-Language"] == "nb"


@pytest.mark.django_db
def test_s15_the_500_page_comes_also_when_the_database_is_gone_in_the_middle_of_a_session():
    client = in_browser()
    client.force_login(User.objects.create_user("kari@example.org", language="en"))

    def gone(execute, sql, *args):
        raise connection.Database.OperationalError("The database is gone.")

    with connection.execute_wrapper(gone):
        response = client.get("/gallery/")

    assert response.status_code == 500
    assert heading_of(response) == "Something went wrong here"


def test_s15_without_a_database_a_404_takes_the_reader_for_a_stranger():
    def look_up():
        raise DatabaseError("The database is gone.")

    request = RequestFactory().get("/nowhere/")
    request.user = SimpleLazyObject(look_up)

    with translation.override("en"):
        response = views.page_not_found(request)

    assert "sign in first" in response.content.decode()


@pytest.mark.django_db
def test_s15_a_signed_in_reader_is_told_something_else_than_a_stranger():
    client = in_browser()
    stranger = client.get("/nowhere/").content.decode()
    client.force_login(User.objects.create_user("kari@example.org", language="en"))
    reader = client.get("/nowhere/").content.decode()

    assert "sign in first and open it again" in stranger
    assert "you may not be one of its people" in reader


@pytest.mark.django_db
def test_s15_a_form_without_its_token_says_what_to_do():
    client = Client(enforce_csrf_checks=True)
    client.cookies["django_language"] = "en"

    response = client.post("/language/", {"language": "nb"})

    assert response.status_code == 403
    assert heading_of(response) == "This page was open too long"


@pytest.mark.django_db
def test_s15_too_many_sign_ins_get_our_429_page():
    cache.clear()
    client = in_browser()

    for _attempt in range(60):
        response = client.post("/accounts/login/", {"login": "kari@example.org", "password": "not this one"})
        if response.status_code == 429:
            break

    assert response.status_code == 429
    assert heading_of(response) == "Too many tries"
    cache.clear()

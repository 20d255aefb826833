"""Where signing in leads."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_adviser, make_former, make_leader, make_practitioner, make_service, make_user

pytestmark = pytest.mark.django_db


def test_with_one_service_straight_to_its_home(client):
    leader = make_leader()
    client.force_login(leader.user)

    assert client.get(reverse("home")).url == reverse("service_home", args=[leader.service.key])


def test_with_several_services_one_chooses_by_name(client):
    user = make_user()
    make_practitioner(make_service("b", name="Bergly"), user=user)
    make_adviser(make_service("a", name="Askheim"), user=user)
    client.force_login(user)

    page = client.get(reverse("home")).content.decode()

    assert page.index("Askheim") < page.index("Bergly")
    assert f'href="{reverse("service_home", args=["a"])}"' in page
    assert "Adviser" in page


def test_a_service_one_has_left_is_not_offered(client):
    user = make_user()
    here = make_practitioner(user=user)
    make_practitioner(user=user, leaves_on=timezone.localdate() - timedelta(days=1))
    client.force_login(user)

    assert client.get(reverse("home")).url == reverse("service_home", args=[here.service.key])


def test_without_a_service_the_page_says_what_to_do(client):
    former = make_former()
    client.force_login(former.user)

    page = client.get(reverse("home")).content.decode()

    assert "No service yet" in page
    assert f"You are signed in as {former.user.email}" in page


def test_somebody_not_signed_in_signs_in_first(client):
    assert client.get(reverse("home")).url == f"{reverse('account_login')}?next=/"


def test_the_choice_takes_as_many_questions_for_many_services(client, django_assert_max_num_queries):
    user = make_user()
    for _each in range(12):
        make_adviser(user=user)
    client.force_login(user)

    with django_assert_max_num_queries(3):
        client.get(reverse("home"))

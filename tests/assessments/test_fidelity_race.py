"""Two people rate the same visit at the same moment: one rating, and a sentence for the other."""

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from assessments.models import FidelityRating
from assessments.views.fidelity import AddFidelity
from tests.factories import make_leader

pytestmark = pytest.mark.django_db


def test_what_somebody_else_saved_meanwhile_is_a_sentence_not_an_error(monkeypatch):
    leader = make_leader()
    client = Client()
    client.force_login(leader.user)
    today = timezone.localdate()

    def save_after_somebody_else(view, form):
        FidelityRating.objects.create(service=view.service, rated_on=form.cleaned_data["rated_on"], total=4)
        raise IntegrityError

    monkeypatch.setattr(AddFidelity, "save", save_after_somebody_else)

    response = client.post(
        f"/services/{leader.service.key}/fidelity/new/", {"rated_on": today.isoformat(), "total": "4.2"}
    )

    shown = response.content.decode()
    assert response.status_code == 200
    assert "Somebody saved the same at the same moment." in shown
    assert "4.2" in shown

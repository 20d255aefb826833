"""How long a form that was sent is remembered."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Submission
from accounts.submissions import REMEMBERED_DAYS, forget_submissions
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_submission_is_forgotten_after_a_month():
    now = timezone.now()
    user = make_user()
    young = Submission.objects.create(
        key=uuid.uuid4(), user=user, success_url="/", at=now - timedelta(days=REMEMBERED_DAYS)
    )
    Submission.objects.create(
        key=uuid.uuid4(), user=user, success_url="/", at=now - timedelta(days=REMEMBERED_DAYS, seconds=1)
    )

    assert forget_submissions(now) == 1
    assert list(Submission.objects.all()) == [young]

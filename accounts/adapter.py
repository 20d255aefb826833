"""How allauth behaves here: nobody signs up alone, guessing ends in a wait, mail goes in the reader's language."""

import logging
from smtplib import SMTPException

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import render
from django.utils import translation

from accounts import audit
from accounts.backends import may_sign_in
from accounts.mail import AUTOMATIC

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """People come in by invitation only."""

    def is_open_for_signup(self, request) -> bool:
        """Never: a member's invitation makes the login."""
        return False

    def pre_authenticate(self, request, **credentials) -> None:
        """Count the attempt; too many are answered with 429, for known and unknown addresses alike."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as too_many:
            raise ImmediateHttpResponse(respond_429(request)) from too_many

    def authenticate(self, request, **credentials):
        """The person these words belong to, if they may sign in.

        allauth also hands back people who are barred, to tell them so; here they get the same answer
        as after a wrong password.
        """
        user = super().authenticate(request, **credentials)
        return user if may_sign_in(user) else None

    def login(self, request, user) -> None:
        """Sign in, and keep that it happened."""
        with transaction.atomic():
            super().login(request, user)
            audit.record(code="session.started", by=user)

    def send_mail(self, template_prefix, email, context) -> None:
        """Send in the language of the person, or of the page for an address we do not know.

        A mail server that fails is told to everybody alike: whether an address is known must not show.
        """
        user = context.get("user")
        try:
            with translation.override(user.language if user else translation.get_language()):
                super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as trouble:
            logger.exception("A mail about signing in could not be sent")
            raise ImmediateHttpResponse(render(self.request, "accounts/mail_trouble.html", status=503)) from trouble

    def render_mail(self, template_prefix, email, context, headers=None):
        """Mark the mail as sent by a program, so that no absence notice answers it."""
        return super().render_mail(template_prefix, email, context, {**AUTOMATIC, **(headers or {})})

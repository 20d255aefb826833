"""The page behind the link in a mail about a forgotten password."""

from allauth.account.forms import UserTokenForm
from allauth.account.views import PasswordResetFromKeyView
from allauth.decorators import rate_limit
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.views.generic import FormView


@method_decorator(rate_limit(action="reset_password_from_key"), name="dispatch")
class NewPassword(PasswordResetFromKeyView):
    """allauth's page, but opening the link begins no session: mail scanners open every link.

    allauth moves the key from the address into a session, so that no other site learns it from a
    referrer; here the policy `same-origin` sees to that, and the key works once only.
    """

    def dispatch(self, request, uidb36, key, **kwargs):
        """The form for a link that works, a way on for one that does not."""
        self.request, self.key = request, key
        token = UserTokenForm(data={"uidb36": uidb36, "key": key})
        self.reset_user = token.reset_user if token.is_valid() else None
        if self.reset_user is None:
            response = self.render_to_response(self.get_context_data(token_fail=True))
        else:
            if request.method == "POST" and request.user.is_authenticated and request.user != self.reset_user:
                self.logout()
            response = FormView.dispatch(self, request, uidb36, key, **kwargs)
        add_never_cache_headers(response)
        return response

"""Addresses of forms made up for the tests of what all forms share."""

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.urls import include, path

from accounts import audit
from accounts.access import Permission
from accounts.forms import PageForm
from accounts.models import AuditEvent
from accounts.pages import FormPage, Page


class WishForm(PageForm, forms.Form):
    """One field of each kind."""

    wish = forms.CharField(label="What do you wish?", max_length=20, help_text="One sentence.")
    why = forms.CharField(label="Why", widget=forms.Textarea, required=False)
    on = forms.DateField(label="By when")
    hours = forms.DecimalField(label="Hours a week", max_value=40, max_digits=4, decimal_places=1)
    email = forms.EmailField(label="Whom to tell", widget=forms.EmailInput(attrs={"placeholder": "you@example.org"}))
    kind = forms.ChoiceField(label="What kind?", widget=forms.RadioSelect, choices=[("a", "A wish"), ("b", "A need")])
    days = forms.MultipleChoiceField(
        label="Which days?", widget=forms.CheckboxSelectMultiple, choices=[("mo", "Monday"), ("tu", "Tuesday")]
    )
    agreed = forms.BooleanField(label="I have asked the team")
    required_messages = {"wish": "Write what you wish for."}
    submit_label = "Send the wish"

    def get_layout(self):
        return Layout("wish", "why", Fieldset("When", "on", "hours"), "email", "kind", "days", "agreed")


class WishPage(FormPage):
    """Writes one audit event for each wish."""

    permission = Permission.EDIT_RECORD
    form_class = WishForm
    title = "A wish"
    intro = "Say it plainly."

    def save(self, form):
        event = audit.record(code="wish.sent", by=self.request.user, service=self.service)
        if form.cleaned_data["wish"] == "the moon":
            raise ValidationError("The moon is not to be had. Wish for something else.")
        return event

    def success_message(self, obj):
        return "Your wish was sent."

    def success_url(self, obj):
        return f"/services/{self.service.key}/wishes/{obj.pk}/"

    def cancel_url(self):
        return f"/services/{self.service.key}/"


class SentPage(Page):
    """Where a wish leads."""

    permission = Permission.SEE_RECORD
    template_name = "sent.html"
    title = "Sent"

    def get_template_names(self):
        return ["service.html"]

    def get_context_data(self, **kwargs):
        return super().get_context_data(event=AuditEvent.objects.get(pk=self.kwargs["pk"]), **kwargs)


def crash(request):
    """A page that fails."""
    raise RuntimeError("This page fails on purpose.")


urlpatterns = [
    path("services/<slug:service_key>/wish/", WishPage.as_view(), name="wish"),
    path("services/<slug:service_key>/wishes/<int:pk>/", SentPage.as_view(), name="wish_sent"),
    path("crash/", crash),
    path("", include("config.urls")),
]

handler400 = "config.views.bad_request"
handler403 = "config.views.permission_denied"
handler404 = "config.views.page_not_found"
handler429 = "config.views.too_many_requests"
handler500 = "config.views.server_error"

"""One's own mail: which kinds come from which service, and whether one's address takes them."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import memberships_of
from accounts.pages import SignedInPage
from planning import addresses, opt_outs

WORKS = "works"
SWITCHES = {"stop": opt_outs.stop, "start": opt_outs.start_again}


class OwnMail(SignedInPage):
    """Each kind that one may choose, by service, with a button that stops or starts it. Pressing twice does no harm."""

    template_name = "planning/own_mail.html"
    title = _("Mail to you")

    def get_context_data(self, **kwargs):
        """What comes now."""
        user = self.request.user
        return super().get_context_data(
            choices=[(member, opt_outs.choices_of(member)) for member in memberships_of(user, on=self.today)],
            paused=addresses.is_paused(user),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        """Switch one kind of one's own, or say that the address works."""
        if WORKS in request.POST:
            addresses.works_again(request.user, by=request.user, at=timezone.now())
            messages.success(request, gettext("Mail goes to your address again."))
            return redirect("own_mail")
        for name, switch in SWITCHES.items():
            service_key, _colon, kind = request.POST.get(name, "").partition(":")
            member = memberships_of(request.user, on=self.today).filter(service__key=service_key).first()
            if member and kind in opt_outs.kinds_for(member):
                switch(member, kind=kind)
                messages.success(request, gettext("Your choice is saved."))
        return redirect("own_mail")

"""A page that shows every component in every state, with invented content."""

from accounts.pages import SignedInPage


class Gallery(SignedInPage):
    """For whoever works on the look; it shows nothing of any service."""

    title = "Gallery"
    template_name = "gallery.html"

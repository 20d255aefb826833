"""A meeting under way, as the browsers of those who hold it have its page."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from tests.factories import make_leader, make_practitioner, make_review
from tests.planning.site import client_of, document

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
NOW = timezone.make_aware(datetime(2026, 11, 25, 9, 30))


class Meeting:
    """A meeting under way, as the leader's browser has it."""

    def __init__(self):
        self.leader = make_leader()
        self.service = self.leader.service
        self.practitioner = make_practitioner(self.service)
        self.review = make_review(self.service, starts_at=NOW - timedelta(minutes=10))
        self.following = make_review(self.service, starts_at=NOW + 28 * DAY)
        self.client = client_of(self.leader)
        self.url = f"/services/{self.service.key}/reviews/{self.review.pk}/hold/"

    def opened(self, *, client=None) -> dict:
        """What the page would send as it opens now."""
        return filled_in((client or self.client).get(self.url))

    def press(self, button: str, *, follow: bool = True, page=None, client=None, **typed):
        """Press a button with the page as it opens now, or as it was opened, but for what is typed."""
        sent = self.opened(client=client) if page is None else page
        return (client or self.client).post(self.url, sent | typed | {"do": button}, follow=follow)


def filled_in(response) -> dict:
    """What the page that was answered would send when nothing on it is changed."""
    form = document(response).get_element_by_id("page-form")
    sent = {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}
    boxes = form.xpath(".//textarea/@name")
    sent |= {name: sent[name].removeprefix("\n") for name in boxes}  # a browser leaves out the first end of line
    ticked = ("settled", "attendees")
    return sent | {
        name: [one.get("value") for one in form.xpath(f".//input[@name='{name}'][@checked]")] for name in ticked
    }


def errors(response) -> list[str]:
    """The lines of the error summary."""
    return [line.text_content() for line in document(response).xpath("//*[@class='summary']//li/a")]

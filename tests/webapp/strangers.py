"""What customers at their browsers do: they open forms, fill them in, send them."""

from collections.abc import Mapping
from typing import Any

from tests.webapp.browser import Browser, Page

FORM = "/p/open-desk/complaint"
COMPLAINT = {
    "customerName": "演示·客户",
    "customerEmail": "customer@example.com",
    "subject": "水泵漏水",
}


class Customer:
    """Somebody without a login, who takes a while to fill in a form."""

    def __init__(self, browser: Browser, clock: Any) -> None:
        self.browser = browser
        self._clock = clock

    def fill_in(self, path: str, values: Mapping[str, Any], *, place: str = "") -> Page:
        """Open the page at *path*, fill in its form, or that at *place*, and send it."""
        page = self.browser.get(path)
        self._clock.move(seconds=20)
        return self.send(page, path, values, place=place)

    def send(
        self, page: Page, path: str, values: Mapping[str, Any], *, place: str = ""
    ) -> Page:
        """Send the form of *page* with *values* in it, as it is now."""
        return self.browser.post(place or path, {**hidden(page, place), **values})

    def complain(self, **values: Any) -> str:
        """File a complaint and return the address of the customer's page."""
        page = self.fill_in(FORM, COMPLAINT | values)
        assert page.status == 303, page.text
        return str(page.location).partition("?")[0]


def hidden(page: Page, place: str = "") -> dict[str, str]:
    """Return what the form for *place* carries."""
    form = f"//form[@action='{place}']" if place else "//form[@method='post']"
    names = page.texts(f"({form})[1]//input[@type='hidden'][starts-with(@name,'_')]/@name")
    values = page.texts(
        f"({form})[1]//input[@type='hidden'][starts-with(@name,'_')]/@value"
    )
    return dict(zip(names, values, strict=True))

"""The way of one case through a story: who does what, and what people check by it."""

import time
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.end_to_end.conftest import Sit
from tests.end_to_end.desk import PATIENCE, Desk, words
from tests.end_to_end.story import Story

_TOO_FAST = 3.2  #: Seconds in which no person fills in a form.


@dataclass
class Way:
    """A case that goes as its story tells."""

    sit: Sit
    story: Story
    number: str = ""

    def register(self, login: str) -> None:
        """Let one of the staff register the case."""
        self.number = self.sit(login).register(self.story.start, self.story.given())

    def file(self) -> Desk:
        """Let the customer file it on a phone; return that phone, at the receipt."""
        customer = self.sit(phone=True)
        customer.page.goto(f"/p/{self.story.key}/{self.story.process}")
        opened = time.monotonic()
        customer.fill(self.story.given())
        wait_for_a_person(customer, opened)
        customer.press(words("Send the complaint"))
        receipt = customer.page.locator(".open-receipt")
        expect(receipt).to_be_visible()
        self.number = receipt.locator(".number").inner_text()
        return customer

    def take(self, login: str, task: str) -> Desk:
        """Let somebody take a step, and return their desk with it open."""
        desk = self.sit(login)
        desk.find(self.number, self.story.name(task))
        desk.claim()
        return desk

    def do(self, login: str, *tasks: str, **other: Any) -> str:
        """Let somebody complete steps as the story tells; return what is said last."""
        for task in tasks:
            answers = self.story.answers(task, **other)
            said = self.sit(login).complete(self.number, self.story.name(task), answers)
        return said

    def case(self, login: str) -> Desk:
        """Let somebody open the page of the case."""
        desk = self.sit(login)
        desk.open_case(self.number)
        return desk

    def expect_letter(self, login: str, title: str) -> None:
        """Expect somebody to be told of this case by a letter."""
        page = self.sit(login).page
        notices = page.locator("article.notice").filter(has_text=self.number)
        letter = notices.filter(has=page.locator("h2", has_text=title)).first
        look_until(page, "/notices/", letter)

    def expect_closed(self, login: str) -> Desk:
        """Expect the case to come to its end, and return the desk with its page open."""
        desk = self.case(login)
        closed = desk.page.locator(".head .mark.good", has_text=words("closed"))
        look_until(desk.page, desk.page.url, closed)
        return desk

    def ledger(self, login: str) -> Locator:
        """Return the line of this case in the ledger."""
        page = self.sit(login).page
        page.goto(f"/reports/{self.story.key}/ledger?q={self.number}")
        return page.locator(".ledger tbody tr").filter(has_text=self.number)


def look_until(page: Page, address: str, wanted: Locator) -> None:
    """Look at a page until something is there: the machine needs its time."""
    last = time.monotonic() + PATIENCE
    page.goto(address)
    while not wanted.count() and time.monotonic() < last:
        page.wait_for_timeout(300)
        page.goto(address)
    expect(wanted).to_be_visible()


def wait_for_a_person(customer: Desk, opened: float) -> None:
    """Wait until so much time has gone by since *opened* as people need."""
    customer.page.wait_for_timeout(max(0, opened + _TOO_FAST - time.monotonic()) * 1000)


def expect_deadline(desk: Desk) -> None:
    """Expect the open step to say when it is due."""
    expect(desk.page.locator(".head-due .due")).to_be_visible()


def expect_guide(desk: Desk, title: str) -> None:
    """Expect a guide beside the open step."""
    expect(desk.page.locator(".guides summary", has_text=title)).to_be_visible()


def expect_clause(desk: Desk, clause: str) -> None:
    """Expect the clause behind the open step, and its page behind it."""
    link = desk.page.locator(".clause").get_by_role("link", name=clause, exact=True)
    desk.page.goto(str(link.get_attribute("href")))
    expect(desk.page.locator("h1")).to_contain_text(clause)

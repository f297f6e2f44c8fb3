"""What one person does in a browser: sign in, find a step, fill in its form, send it."""

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from engine.language import translations

PASSWORD = "complaintflow-demo"  #: What `complaintflow serve --demo` prints.

PATIENCE = 40  #: Seconds that the machine may take before a step opens.


class File(TypedDict):
    """A file that a browser sends."""

    name: str
    mimeType: str
    buffer: bytes


#: A text or the label of an option, several of these, a tick, files, or lines of a list.
Answer = str | bool | Path | Sequence[str] | Sequence[File] | Sequence[Mapping[str, Any]]
Answers = Mapping[str, Answer]


def words(template: str, /, **values: object) -> str:
    """Return what pages say for *template*, in Chinese."""
    return translations("zh_CN").gettext(template).format(**values)


@dataclass(frozen=True, slots=True)
class Desk:
    """One person at a browser."""

    page: Page

    def sign_in(self, login: str, password: str = PASSWORD) -> None:
        """Sign in on the page that asks for it."""
        self.page.goto("/sign-in")
        self.page.locator("input[name=login]").fill(login)
        self.page.locator("input[name=password]").fill(password)
        self.page.get_by_role("button", name=words("Sign in"), exact=True).click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def register(self, title: str, answers: Answers) -> str:
        """Register a complaint and return its number."""
        self.page.goto("/register/")
        if self.page.locator("form#work").count() == 0:
            self.page.get_by_role("link", name=title, exact=True).click()
        self.fill(answers)
        self.press(words("Register it"))
        expect(self.page.locator(".said.done")).to_be_visible()
        return self.page.locator("h1 .number").inner_text()

    def find(self, number: str, step: str) -> None:
        """Open a step of a case from the worklist, whosever group it waits for.

        The machine may have to write a letter before the step opens.
        """
        last = time.monotonic() + PATIENCE
        link = self.page.locator("td.first").get_by_role("link", name=step, exact=True)
        while time.monotonic() < last:
            for scope in ("groups", "mine"):
                self.page.goto(f"/?{urlencode({'show': scope, 'q': number})}")
                if link.count():
                    link.click()
                    expect(self.page.locator("h1")).to_have_text(step)
                    return
        raise AssertionError(f"Expected {step} of {number} on the worklist, but it is not.")

    def open_case(self, number: str) -> None:
        """Open the page of a case by searching for its number."""
        self.page.goto(f"/cases/?{urlencode({'q': number})}")
        self.page.get_by_role("link", name=number, exact=True).first.click()
        expect(self.page.locator("h1 .number")).to_have_text(number)

    def claim(self) -> None:
        """Take the open step, unless it is this person's already."""
        button = self.page.get_by_role("button", name=words("Claim it and begin"))
        if button.count():
            button.click()
            expect(self.page.locator("form#work")).to_be_visible()

    def complete(self, number: str, step: str, answers: Answers) -> str:
        """Find, claim, fill in and complete a step; return what the page says then."""
        self.find(number, step)
        self.claim()
        return self.hand_in(step, answers)

    def hand_in(self, step: str, answers: Answers) -> str:
        """Fill in and complete the open step, signed where it has to be."""
        self.fill(answers)
        if self.page.locator("#signing").count():
            self.page.locator("#signing input").fill(PASSWORD)
            self.press(words("Sign and complete “{task}”", task=step))
        else:
            self.press(words("Complete “{task}”", task=step))
        return self.said()

    def record(self, number: str, event: str) -> None:
        """Record that what a case waits for has come.

        The machine may have to write a letter before the case waits for it.
        """
        waits = self.page.get_by_text(words("Waits for “{event}”", event=event))
        last = time.monotonic() + PATIENCE
        self.open_case(number)
        while not waits.count() and time.monotonic() < last:
            self.page.reload()
        waits.click()
        self.press(words("Record “{event}”", event=event))
        assert event in self.said()

    def press(self, name: str) -> None:
        """Press a button by its whole name."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def said(self) -> str:
        """Return the line that says what happened."""
        line = self.page.locator(".said.done").first
        expect(line).to_be_visible()
        return line.inner_text().strip()

    def fill(self, answers: Answers) -> None:
        """Fill in the form by the labels of its fields, in this order."""
        for label, answer in answers.items():
            if _is_list(answer):
                self._fill_list(label, answer)
            else:
                _fill(self.field(label), answer)

    def field(self, label: str, within: Locator | None = None) -> Locator:
        """Return the field with this label, its help and its errors with it."""
        fields = (within or self.page).locator(".field")
        return fields.filter(has=self._head(label))

    def _head(self, label: str) -> Locator:
        named = re.compile(rf"^\s*{re.escape(label)}\s*\*?\s*$")
        heads = self.page.locator(":scope > label, :scope > legend, :scope > dt")
        return heads.filter(has_text=named)

    def _fill_list(self, label: str, lines: Any) -> None:
        """Add a line for each of *lines* and fill it in."""
        group = self.page.locator("fieldset.list").filter(has=self._head(label))
        for number, line in enumerate(lines):
            group.get_by_role("button", name=words("Add another")).click()
            item = group.locator("fieldset.item").nth(number)
            for inner, answer in line.items():
                _fill(self.field(inner, item), answer)

    def fault(self, label: str) -> str:
        """Return what stands at a field as wrong."""
        return self.field(label).locator(".wrong-here").inner_text()


def _fill(field: Locator, answer: Answer) -> None:
    """Fill in one field; what it is shows how."""
    field.wait_for()
    kind = field.get_attribute("class") or ""
    if isinstance(answer, Path) or _are_files(answer):
        field.locator("input[type=file]").set_input_files(answer)
    elif isinstance(answer, bool):
        field.locator("input[type=checkbox]").set_checked(answer)
    elif "choices" in kind:
        for option in [answer] if isinstance(answer, str) else answer:
            field.get_by_label(option, exact=True).check()
    elif field.locator("select").count():
        field.locator("select").select_option(label=str(answer))
    else:
        field.locator("input:not([type=hidden]), textarea").fill(str(answer))


def _are_files(answer: Answer) -> bool:
    return isinstance(answer, list) and "buffer" in answer[0]


def _is_list(answer: Answer) -> bool:
    return (
        isinstance(answer, list) and isinstance(answer[0], dict) and not _are_files(answer)
    )

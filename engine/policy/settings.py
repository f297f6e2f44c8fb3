"""What policy.toml says: how cases are named, numbered, searched, and started.

Its optional sections are read in `engine.policy.sections`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypedDict
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.feel import Expression
from engine.model import Finding, Sentence
from engine.policy.expressions import read_expression
from engine.policy.sections.confidential import Confidential, read_confidential
from engine.policy.sections.demo import USUAL, Demo, read_demo
from engine.policy.sections.ledger import Ledger, read_ledger
from engine.policy.sections.number import Series, may_meet, read_series
from engine.policy.sections.public import Public, read_public
from engine.policy.sections.reports import Report, read_reports
from engine.policy.sections.retention import Retention, read_retention
from engine.policy.sections.routing import ANYTHING, Routing, read_routing
from engine.policy.sections.statistics import Statistics, read_statistics
from engine.policy.toml import Table, TomlFile

Starter = Literal["staff", "public", "message", "signal", "schedule"]
STARTERS: tuple[Starter, ...] = ("staff", "public", "message", "signal", "schedule")
#: Who brings complaints in; a policy starts the other processes for itself.
REGISTERED = frozenset[Starter]({"staff", "public", "message"})
KEY = re.compile(r"[a-z][a-z0-9-]{0,63}")


@dataclass(frozen=True, slots=True)
class Start:
    """A process that somebody or something may start."""

    process: str
    by: Starter
    roles: tuple[str, ...]  #: Who may; nobody but these, where it is by staff.
    title: str
    clauses: tuple[str, ...]
    number: Series | None = None  #: Of its own cases, where the policy's is not theirs.


@dataclass(frozen=True, slots=True)
class PolicySettings:
    """The head of a policy."""

    key: str
    title: str
    owner: str  #: The role that answers for the policy.
    about: str
    zone: str
    number: Series
    case_title: Expression
    customer: Expression | None
    unit: Expression | None  #: The unit that a case belongs to.
    search: tuple[str, ...]  #: Paths of variables that a case is found by.
    personal: tuple[str, ...]  #: Paths of variables that hold personal data.
    excluded: Expression | None  #: Logins of those who must not see a case.
    starts: tuple[Start, ...]
    citations: tuple[str, ...]  #: Ids of the clauses that the rules of a case carry out.
    public: Public | None = None  #: How customers without a login are dealt with.
    ledger: Ledger | None = None
    statistics: Statistics | None = None
    reports: tuple[Report, ...] = ()
    routing: Routing = ANYTHING
    readers: tuple[str, ...] = ()  #: Roles that may read every case.
    confidential: Confidential | None = None
    retention: Retention | None = None
    demo: Demo = USUAL  #: How a year of made-up cases looks.

    @property
    def personal_columns(self) -> frozenset[str]:
        """The columns of the ledger that a person could be known by."""
        private = {path.partition(".")[0] for path in self.personal}
        columns = () if self.ledger is None else self.ledger.columns
        return frozenset(each.id for each in columns if each.value.reads & private)

    def series(self, start: Start) -> tuple[str, Series]:
        """Return the key of the series that cases of *start* are numbered in, and it."""
        if start.number is None:
            return self.key, self.number
        return f"{self.key}/{start.process}", start.number


class _Sections(TypedDict):
    """The sections that a policy may do without, by their fields."""

    public: Public | None
    ledger: Ledger | None
    statistics: Statistics | None
    reports: tuple[Report, ...]
    routing: Routing
    confidential: Confidential | None
    retention: Retention | None
    demo: Demo


def read_settings(name: str, text: str) -> tuple[PolicySettings | None, list[Finding]]:
    """Return what policy.toml says, if it can be used, and all that is wrong with it."""
    file = TomlFile(name, text)
    top = file.top
    number, case = read_series(top.table("number")), top.table("case")
    key = _key(top)
    title, owner = top.required_text("title"), top.required_text("owner")
    about, zone = top.text("about"), _zone(top)
    case_title = read_expression(case, "title")
    if "title" not in case:
        case.missing("title")
    customer, unit, excluded = (
        read_expression(case, each) for each in ("customer", "unit", "excluded")
    )
    search, personal = case.texts("search"), case.texts("personal")
    citations, readers = case.texts("clauses"), case.texts("readers")
    starts = tuple(_starts(top, number))
    sections = _sections(top, starts)
    for table in (case, top):
        table.close()
    if file.is_broken or case_title is None:
        return None, file.findings
    settings = PolicySettings(
        key=key,
        title=title,
        owner=owner,
        about=about,
        zone=zone,
        number=number,
        case_title=case_title,
        customer=customer,
        unit=unit,
        search=search,
        personal=personal,
        excluded=excluded,
        starts=starts,
        citations=citations,
        readers=readers,
        **sections,
    )
    return settings, file.findings


def _sections(top: Table, starts: tuple[Start, ...]) -> _Sections:
    registered = [start.process for start in starts if start.by in REGISTERED]
    ledger = read_ledger(top, tuple(dict.fromkeys(registered)))
    statistics = read_statistics(top, ledger)
    return {
        "public": read_public(top),
        "ledger": ledger,
        "statistics": statistics,
        "reports": read_reports(top, statistics),
        "routing": read_routing(top),
        "confidential": read_confidential(top),
        "retention": read_retention(top),
        "demo": read_demo(top),
    }


def _key(top: Table) -> str:
    key = top.required_text("key")
    if key and not KEY.fullmatch(key):
        top.report(
            "key",
            "policy-key",
            Sentence(
                "Expected a key of small letters, digits and hyphens, but it is {key}.",
                {"key": key},
            ),
            Sentence("Write it like product-quality; it stands in addresses and folders."),
        )
    return key


def _zone(top: Table) -> str:
    zone = top.text("zone", "Asia/Shanghai")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        top.report(
            "zone",
            "policy-zone",
            Sentence(
                "Expected a time zone, but there is none called {zone}.", {"zone": zone}
            ),
            Sentence("Write it like Asia/Shanghai."),
        )
    return zone


def _starts(top: Table, number: Series) -> Iterator[Start]:
    tables = top.tables("start")
    if not tables and "start" not in top:
        top.missing("start")
    given: list[tuple[str, Series]] = [("", number)]
    for table in tables:
        by = table.choice("by", STARTERS, "staff")
        start = Start(
            process=table.required_text("process"),
            by=by,
            roles=table.texts("roles"),
            title=table.text("title"),
            clauses=table.texts("clauses"),
            number=read_series(table.table("number")) if "number" in table else None,
        )
        if by in ("staff", "public"):
            table.required_text("title")
        if by == "staff" and not start.roles and "roles" not in table:
            table.missing("roles")
        _refuse_same_numbers(table, start, given)
        table.close()
        yield start


def _refuse_same_numbers(
    table: Table, start: Start, given: list[tuple[str, Series]]
) -> None:
    """Tell that a number of *start* may also be one of the series that were *given*."""
    if start.number is None:
        return
    mine = (start.process, start.number)
    for other in given:
        if other != mine and may_meet(other[1], start.number):
            table.report(
                "number",
                "policy-number",
                Sentence(
                    "Expected numbers that differ from those of {format}, but the same "
                    "number may come in both series.",
                    {"format": other[1].format},
                ),
                Sentence("Begin each series with letters of its own."),
            )
            return
    given.append(mine)

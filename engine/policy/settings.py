"""What policy.toml says: how cases are named, numbered, searched, and started."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.feel import Expression
from engine.model import Finding, Sentence
from engine.policy.expressions import read_expression
from engine.policy.sections.public import Public, read_public
from engine.policy.toml import Table, TomlFile

Starter = Literal["staff", "public", "message", "signal", "schedule"]
Period = Literal["day", "month", "year", "never"]

STARTERS: tuple[Starter, ...] = ("staff", "public", "message", "signal", "schedule")
PERIODS: tuple[Period, ...] = ("day", "month", "year", "never")
KEY = re.compile(r"[a-z][a-z0-9-]{0,63}")
_FIELD = re.compile(r"\{([^{}]*)\}")
_COUNT = re.compile(r"0{1,9}")
#: What a number must show of the date so that a new period makes new numbers.
_DATES: dict[Period, tuple[str, ...]] = {
    "day": ("YYYYMMDD", "YYMMDD"),
    "month": ("YYYYMM", "YYMM", "YYYYMMDD", "YYMMDD"),
    "year": ("YYYY", "YY", "YYYYMM", "YYMM", "YYYYMMDD", "YYMMDD"),
    "never": (),
}
_DATE_FIELDS = {field for fields in _DATES.values() for field in fields}


@dataclass(frozen=True, slots=True)
class Start:
    """A process that somebody or something may start."""

    process: str
    by: Starter
    roles: tuple[str, ...]  #: Who may; nobody but these, where it is by staff.
    title: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicySettings:
    """The head of a policy."""

    key: str
    title: str
    owner: str  #: The role that answers for the policy.
    about: str
    zone: str
    number_format: str  #: With ``{YYMM}`` and the like, and one ``{0000}``.
    number_period: Period  #: When counting begins anew.
    case_title: Expression
    customer: Expression | None
    unit: Expression | None  #: The unit that a case belongs to.
    search: tuple[str, ...]  #: Paths of variables that a case is found by.
    personal: tuple[str, ...]  #: Paths of variables that hold personal data.
    excluded: Expression | None  #: Logins of those who must not see a case.
    starts: tuple[Start, ...]
    citations: tuple[str, ...]  #: Ids of the clauses that the rules of a case carry out.
    public: Public | None = None  #: How customers without a login are dealt with.


def read_settings(name: str, text: str) -> tuple[PolicySettings | None, list[Finding]]:
    """Return what policy.toml says, if it can be used, and all that is wrong with it."""
    file = TomlFile(name, text)
    top = file.top
    number, case = top.table("number"), top.table("case")
    key = _key(top)
    title, owner = top.required_text("title"), top.required_text("owner")
    about, zone = top.text("about"), _zone(top)
    period = number.choice("period", PERIODS, "year")
    number_format = _number_format(number, period)
    case_title = read_expression(case, "title")
    if "title" not in case:
        case.missing("title")
    customer, unit, excluded = (
        read_expression(case, each) for each in ("customer", "unit", "excluded")
    )
    search, personal = case.texts("search"), case.texts("personal")
    citations = case.texts("clauses")
    starts = tuple(_starts(top))
    public = read_public(top)
    for table in (number, case, top):
        table.close()
    if file.is_broken or case_title is None:
        return None, file.findings
    settings = PolicySettings(
        key=key,
        title=title,
        owner=owner,
        about=about,
        zone=zone,
        number_format=number_format,
        number_period=period,
        case_title=case_title,
        customer=customer,
        unit=unit,
        search=search,
        personal=personal,
        excluded=excluded,
        starts=starts,
        citations=citations,
        public=public,
    )
    return settings, file.findings


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


def _number_format(number: Table, period: Period) -> str:
    written = number.required_text("format")
    fields = _FIELD.findall(written)
    counts = [field for field in fields if _COUNT.fullmatch(field)]
    dates = [field for field in fields if field in _DATE_FIELDS]
    if written and (len(counts) != 1 or len(counts) + len(dates) != len(fields)):
        number.report(
            "format",
            "policy-number",
            Sentence(
                "Expected one counter such as {example} and dates such as {date}, but the "
                "format is {format}.",
                {"example": "{0000}", "date": "{YYMM}", "format": written},
            ),
            Sentence(
                "Known in braces: {known}.",
                {"known": "0000, " + ", ".join(sorted(_DATE_FIELDS))},
            ),
        )
    elif counts and period != "never" and not set(dates) & set(_DATES[period]):
        number.report(
            "format",
            "policy-number",
            Sentence(
                "Counting begins anew each {period}, but the format does not show it, so "
                "that numbers would come twice.",
                {"period": period},
            ),
            Sentence(
                "Put one of these in braces into it: {known}.",
                {"known": ", ".join(_DATES[period])},
            ),
        )
    return written


def _starts(top: Table) -> Iterator[Start]:
    tables = top.tables("start")
    if not tables and "start" not in top:
        top.missing("start")
    for table in tables:
        by = table.choice("by", STARTERS, "staff")
        start = Start(
            process=table.required_text("process"),
            by=by,
            roles=table.texts("roles"),
            title=table.text("title"),
            clauses=table.texts("clauses"),
        )
        if by in ("staff", "public"):
            table.required_text("title")
        if by == "staff" and not start.roles and "roles" not in table:
            table.missing("roles")
        table.close()
        yield start

"""Reads every file of a bundle into what it says, and gathers what cannot be read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from engine.bpmn import Definitions, ProcessInfo, examine
from engine.calendar import CalendarError, WorkCalendar
from engine.dmn import DecisionModel
from engine.forms import Form, FormError, parse_form
from engine.model import EngineError, Finding, Sentence
from engine.policy.bundle import Bundle
from engine.policy.clauses import Clause, read_clauses
from engine.policy.guides import Guide, read_guide
from engine.policy.letters import Letter, read_letter
from engine.policy.prints import Print, read_print
from engine.policy.roles import Role, read_roles
from engine.policy.scenario import Scenario, parse_scenario
from engine.policy.settings import PolicySettings, read_settings

Thing = TypeVar("Thing")
#: What is wrong with a file of decisions as a whole.
_WHOLE_FILE = frozenset({"dmn-unreadable", "dmn-too-many"})

POLICY, ROLES, CLAUSES, CALENDAR = (
    "policy.toml",
    "roles.toml",
    "clauses.toml",
    "calendar.toml",
)


@dataclass(slots=True)
class Parts:
    """All that a bundle says; what could not be read is missing and has findings."""

    bundle: Bundle
    findings: list[Finding] = field(default_factory=list)
    settings: PolicySettings | None = None
    roles: Mapping[str, Role] = field(default_factory=dict)
    clauses: Mapping[str, Clause] = field(default_factory=dict)
    calendar: WorkCalendar | None = None
    letters: dict[str, Letter] = field(default_factory=dict)
    guides: dict[str, Guide] = field(default_factory=dict)
    prints: dict[str, Print] = field(default_factory=dict)
    scenarios: dict[str, Scenario] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    processes: Mapping[str, ProcessInfo] = field(default_factory=dict)
    decisions: DecisionModel | None = None
    definitions: Definitions | None = None

    @property
    def diagrams(self) -> dict[str, bytes]:
        """Return the BPMN files by name."""
        return {name: self.bundle.files[name] for name in self.bundle.named(".bpmn")}

    @property
    def tables(self) -> dict[str, bytes]:
        """Return the DMN files by name."""
        return {name: self.bundle.files[name] for name in self.bundle.named(".dmn")}


def read_parts(bundle: Bundle) -> Parts:
    """Return what the files of *bundle* say, with every finding of the reading."""
    parts = Parts(bundle)
    _read_settings(parts)
    parts.roles = _read(parts, ROLES, read_roles) or {}
    parts.clauses = _read(parts, CLAUSES, read_clauses) or {}
    _read_calendar(parts)
    _read_letters(parts)
    _read_guides(parts)
    _read_prints(parts)
    _read_scenarios(parts)
    _read_forms(parts)
    _read_decisions(parts)
    _read_diagrams(parts)
    return parts


def reread_parts(parts: Parts, name: str, content: bytes) -> Parts:
    """Return *parts* with another *content* of file *name*.

    Only what depends on that file is read again, and only its findings are told.
    """
    bundle = Bundle(parts.bundle.key, {**parts.bundle.files, name: content})
    anew = replace(parts, bundle=bundle, findings=[])
    if name.endswith(".form"):
        anew.forms = {}
        _read_forms(anew)
    elif name.endswith((".bpmn", ".dmn")):
        if name.endswith(".dmn"):
            anew.decisions = None
            _read_decisions(anew)
        anew.definitions = None
        _read_diagrams(anew)
    else:
        return read_parts(bundle)
    return anew


def _read(
    parts: Parts, name: str, reader: Callable[[str, str], tuple[Thing, list[Finding]]]
) -> Thing | None:
    """Read the text file *name*, if it is there."""
    if name not in parts.bundle.files:
        return None
    try:
        text = parts.bundle.files[name].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        parts.findings.append(_not_utf8(name, error))
        return None
    thing, findings = reader(name, text)
    parts.findings += findings
    return thing


def _read_settings(parts: Parts) -> None:
    for name in (POLICY, ROLES, CLAUSES):
        if name not in parts.bundle.files:
            parts.findings.append(_missing(name))
    parts.settings = _read(parts, POLICY, read_settings)
    settings = parts.settings
    if settings is not None and parts.bundle.key not in ("", settings.key):
        parts.findings.append(
            Finding(
                file=POLICY,
                element="key",
                rule="policy-key",
                what=Sentence(
                    "Expected the key to be the folder's name {folder}, but it is {key}.",
                    {"folder": parts.bundle.key, "key": settings.key},
                ),
                remedy=Sentence("Rename the folder, or correct the key."),
            )
        )


def _read_calendar(parts: Parts) -> None:
    zone = parts.settings.zone if parts.settings else "Asia/Shanghai"
    if CALENDAR not in parts.bundle.files:
        parts.calendar = WorkCalendar.from_toml(f'zone = "{zone}"')
        return
    try:
        parts.calendar = WorkCalendar.from_toml(parts.bundle.text(CALENDAR))
    except CalendarError as error:
        parts.findings.append(_refused(CALENDAR, "calendar", error))
        return
    if parts.settings and parts.calendar.zone.key != zone:
        parts.findings.append(
            Finding(
                file=CALENDAR,
                element="zone",
                rule="calendar-zone",
                what=Sentence(
                    "Expected the time zone {zone} of policy.toml, but it is {other}.",
                    {"zone": zone, "other": parts.calendar.zone.key},
                ),
                remedy=Sentence("Write the same time zone in both files."),
            )
        )


def _read_letters(parts: Parts) -> None:
    for name in parts.bundle.named(".md", under="letters/"):
        letter = _read(parts, name, read_letter)
        if letter is not None:
            parts.letters[letter.id] = letter


def _read_guides(parts: Parts) -> None:
    for name in parts.bundle.named(".md", under="guides/"):
        guide = _read(parts, name, read_guide)
        if guide is not None:
            parts.guides[guide.id] = guide


def _read_prints(parts: Parts) -> None:
    for name in parts.bundle.named(".toml", under="prints/"):
        printed = _read(parts, name, read_print)
        if printed is not None:
            parts.prints[printed.id] = printed


def _read_scenarios(parts: Parts) -> None:
    for name in parts.bundle.named(".toml", under="scenarios/"):
        scenario = _read(parts, name, parse_scenario)
        if scenario is not None:
            parts.scenarios[scenario.id] = scenario


def _read_forms(parts: Parts) -> None:
    files: dict[str, str] = {}
    for name in parts.bundle.named(".form"):
        try:
            form = parse_form(parts.bundle.files[name])
        except FormError as error:
            parts.findings.append(_refused(name, "form", error))
            continue
        parts.findings += [
            Finding(name, problem.component, problem.rule, problem.what, problem.remedy)
            for problem in form.problems
        ]
        if form.id in files:
            parts.findings.append(_twice(name, form.id, files[form.id]))
        files[form.id] = name
        parts.forms[form.id] = form


def _read_decisions(parts: Parts) -> None:
    model, problems = DecisionModel.read(parts.tables)
    # Where a file is missing, all that needs it would be told as wrong too.
    if not any(each.element is None and each.rule in _WHOLE_FILE for each in problems):
        parts.decisions = model
    parts.findings += [
        Finding(each.file, each.element, each.rule, each.what, each.remedy, line=each.line)
        for each in problems
    ]


def _read_diagrams(parts: Parts) -> None:
    if not parts.diagrams:
        parts.findings.append(_missing("*.bpmn"))
        return
    read = examine(parts.diagrams, parts.decisions)
    parts.processes, parts.definitions = read.processes, read.definitions
    parts.findings += [
        Finding(each.file, each.element, each.rule, each.what, each.remedy)
        for each in read.problems
    ]


def _missing(name: str) -> Finding:
    return Finding(
        file=name,
        element=None,
        rule="bundle-missing",
        what=Sentence("Expected a file {name}, but there is none.", {"name": name}),
        remedy=Sentence("Put it into the policy's folder."),
    )


def _not_utf8(name: str, error: UnicodeDecodeError) -> Finding:
    return Finding(
        file=name,
        element=None,
        rule="text-encoding",
        what=Sentence(
            "Expected text in UTF-8, but byte {place} is none.", {"place": error.start}
        ),
        remedy=Sentence("Save the file in the encoding UTF-8."),
    )


def _refused(
    name: str, rule: str, error: EngineError, element: str | None = None
) -> Finding:
    return Finding(
        file=name,
        element=None,
        rule=rule,
        what=error.sentence,
        remedy=Sentence("Correct the file in its editor and save it again."),
    )


def _twice(name: str, form_id: str, other: str) -> Finding:
    return Finding(
        file=name,
        element=None,
        rule="form-twice",
        what=Sentence(
            "Expected each form id once, but {form} is in {other} as well.",
            {"form": form_id, "other": other},
        ),
        remedy=Sentence("Give one of the two forms another id."),
    )

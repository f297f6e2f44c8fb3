"""The clauses of a policy: what carries each of them out, and which scenarios prove it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from engine.model import NotFound
from engine.policy import Citation, Clause, LoadedPolicy
from engine.policy.clauses import Proof
from engine.queries.policies.deployments import OnePolicy, OneVersion, VersionHead
from engine.store.reading import Reading

CarrierKind = Literal[
    "element", "rule", "form", "letter", "guide", "print", "role", "setting"
]
_FILLED = re.compile(r"(\s*\{\{.*?\}\}\s*)+")
_WRITTEN = re.compile(r'(?:then|else) "([^"]+)"')
_LONGEST = 24  #: Characters of the name of a carrier.
_ORDER = get_args(CarrierKind)
_FOLDERS: tuple[tuple[str, CarrierKind], ...] = (
    ("letters/", "letter"),
    ("guides/", "guide"),
    ("prints/", "print"),
)


@dataclass(frozen=True, slots=True)
class Carrier:
    """A place that carries a clause out."""

    kind: CarrierKind
    name: str  #: Of the element, rule, field, letter and so on.
    within: str = ""  #: The process, table or form that it lies in.
    file: str = ""
    process_id: str | None = None
    element_id: str | None = None
    decision_id: str | None = None
    form_id: str | None = None


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause."""

    id: str
    says: str
    kind: str
    carriers: tuple[Carrier, ...]
    scenarios: tuple[Proof, ...]
    is_behaviour: bool

    @property
    def is_kept(self) -> bool:
        """Tell whether something carries it, and a scenario proves it where one can."""
        return bool(self.carriers) and bool(self.scenarios or not self.is_behaviour)


@dataclass(frozen=True, slots=True)
class ClausesView:
    """All clauses of a deployment."""

    deployment: VersionHead
    clauses: tuple[ClauseView, ...]


@dataclass(frozen=True, slots=True)
class ClauseDrawing:
    """A diagram in which something carries the clause."""

    process_id: str
    name: str
    source: bytes
    elements: frozenset[str]


@dataclass(frozen=True, slots=True)
class OneClauseView:
    """A clause, with the diagrams that it shows in."""

    deployment: VersionHead
    clause: ClauseView
    drawings: tuple[ClauseDrawing, ...]
    before: str | None  #: Its neighbours in the written policy.
    after: str | None


@dataclass(frozen=True, slots=True)
class PolicyClauses:
    """The clauses of a policy, of the active deployment unless another is named."""

    key: str
    number: int | None = None

    def answer(self, reading: Reading) -> ClausesView:
        """Return them in the order of the policy.

        Raises:
            NotFound: If there is no such policy or deployment.
        """
        head, loaded = _deployment(reading, self.key, self.number)
        return ClausesView(
            deployment=head,
            clauses=tuple(_clause(loaded, clause) for clause in loaded.clauses.values()),
        )


@dataclass(frozen=True, slots=True)
class OneClause:
    """One clause of a policy."""

    key: str
    clause_id: str
    number: int | None = None

    def answer(self, reading: Reading) -> OneClauseView:
        """Return it.

        Raises:
            NotFound: If there is no such policy, deployment or clause.
        """
        head, loaded = _deployment(reading, self.key, self.number)
        clause = loaded.clauses.get(self.clause_id)
        if clause is None:
            raise NotFound(
                "Expected to find clause {clause}, but there is none.",
                clause=self.clause_id,
            )
        ids = list(loaded.clauses)
        place = ids.index(clause.id)
        view = _clause(loaded, clause)
        return OneClauseView(
            deployment=head,
            clause=view,
            drawings=tuple(_drawings(loaded, view)),
            before=ids[place - 1] if place else None,
            after=ids[place + 1] if place + 1 < len(ids) else None,
        )


def _deployment(
    reading: Reading, key: str, number: int | None
) -> tuple[VersionHead, LoadedPolicy]:
    shown = OnePolicy(key, number).answer(reading).shown
    return OneVersion(shown.id).answer(reading), reading.loaded(shown.id)


def _clause(loaded: LoadedPolicy, clause: Clause) -> ClauseView:
    return ClauseView(
        id=clause.id,
        says=clause.says,
        kind=clause.kind,
        carriers=tuple(
            sorted(
                (_carrier(loaded, place) for place in loaded.citations.get(clause.id, ())),
                key=lambda each: _ORDER.index(each.kind),
            )
        ),
        scenarios=loaded.proofs.get(clause.id, ()),
        is_behaviour=clause.is_behaviour,
    )


def _carrier(loaded: LoadedPolicy, place: Citation) -> Carrier:
    if place.file.endswith(".bpmn"):
        return _element(loaded, place)
    if place.file.endswith(".dmn"):
        return _rule(loaded, place)
    if place.file.endswith(".form"):
        return _field(loaded, place)
    for folder, kind in _FOLDERS:
        if place.file.startswith(folder):
            return Carrier(kind, _title(loaded, kind, place.file), file=place.file)
    role = loaded.roles.get(place.element or "")
    if place.file == "roles.toml" and role is not None:
        return Carrier("role", role.title, file=place.file)
    section, _, part = (place.element or "").partition(" ")
    return Carrier("setting", _setting(loaded, section, part), section, place.file)


def _setting(loaded: LoadedPolicy, section: str, part: str) -> str:
    """Return what people call a section of policy.toml; empty where it has no name."""
    settings = loaded.settings
    if section == "start":
        titles = [start.title for start in settings.starts if start.process == part]
        process = loaded.definitions.processes.get(part)
        return next(filter(None, titles), process.name if process else part)
    if section == "report":
        return next((each.title for each in settings.reports if each.kind == part), part)
    if settings.ledger is not None and section.startswith("ledger"):
        column = settings.ledger.column(part)
        return column.title if column else settings.ledger.title
    return part


def _element(loaded: LoadedPolicy, place: Citation) -> Carrier:
    for process in loaded.definitions.processes.values():
        element = process.elements.get(place.element or "")
        if element is not None and process.file == place.file:
            return Carrier(
                kind="element",
                name=element.name or element.id,
                within=process.name or process.id,
                file=place.file,
                process_id=process.id,
                element_id=element.id,
                form_id=element.form_id,
            )
    return Carrier("element", place.element or place.file, file=place.file)


def _rule(loaded: LoadedPolicy, place: Citation) -> Carrier:
    for decision in loaded.decisions.decisions.values():
        if decision.file == place.file and place.element in decision.rule_ids:
            return Carrier(
                kind="rule",
                name=str(decision.rule_ids.index(place.element) + 1),
                within=decision.name or decision.id,
                file=place.file,
                decision_id=decision.id,
            )
    return Carrier("rule", place.element or place.file, file=place.file)


def _field(loaded: LoadedPolicy, place: Citation) -> Carrier:
    form = loaded.forms.get(place.file.removeprefix("forms/").removesuffix(".form"))
    labels = [
        part.plain(name)
        for component in (form.components if form else ())
        for part in component.walk()
        if part.id == place.element
        for name in ("label", "dateLabel", "timeLabel", "text")
    ]
    return Carrier(
        kind="form",
        name=_short(str(next(filter(None, labels), place.element))),
        within=_used_at(loaded, form.id) if form else place.file,
        file=place.file,
        form_id=form.id if form else None,
    )


def _short(text: str) -> str:
    """Return the first words of a text, without the marks of Markdown."""
    line = text.strip().partition("\n")[0].strip("#*_ ")
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _used_at(loaded: LoadedPolicy, form_id: str) -> str:
    """Return the names of the steps at which the form is filled in."""
    names = [
        element.name
        for process in loaded.definitions.processes.values()
        for element in process.elements.values()
        if element.form_id == form_id and element.name
    ]
    return "、".join(dict.fromkeys(names)) or form_id


def _title(loaded: LoadedPolicy, kind: CarrierKind, file: str) -> str:
    name = file.partition("/")[2].rpartition(".")[0]
    titles = {
        "letter": loaded.letters.get(name),
        "guide": loaded.guides.get(name),
        "print": loaded.prints.get(name),
    }
    titled = titles.get(kind)
    return _FILLED.sub(_filled, titled.title) if titled else name


def _filled(part: re.Match[str]) -> str:
    """Return what may stand where a title is filled in, as far as it is written out."""
    return "／".join(_WRITTEN.findall(part[0])) or "…"


def _drawings(loaded: LoadedPolicy, clause: ClauseView) -> Iterator[ClauseDrawing]:
    cited: dict[str, set[str]] = {}
    for carrier in clause.carriers:
        if carrier.process_id is not None and carrier.element_id is not None:
            cited.setdefault(carrier.process_id, set()).add(carrier.element_id)
    for process_id, elements in cited.items():
        process = loaded.definitions.process(process_id)
        yield ClauseDrawing(
            process_id=process_id,
            name=process.name or process_id,
            source=loaded.bundle.files[process.file],
            elements=frozenset(elements),
        )

"""Puts the pages and the pictures of one policy together."""

from collections.abc import Iterator, Mapping

from engine.diagram import render_svg
from engine.dmn.display import TableView, shown_tables
from engine.handbook.style import with_style
from engine.policy import Citation, Clause, LoadedPolicy, Proof

_BREAKS = str.maketrans({"|": "\\|", "\n": " ", "\r": ""})
#: What the kinds of clauses are called; policies are Chinese.
KINDS: Mapping[str, str] = {
    "rule": "规则",
    "role": "职责",
    "deadline": "期限",
    "flow": "流程",
    "form": "表单",
    "notify": "通报",
    "record": "记录",
    "report": "报表",
    "access": "保密",
    "guide": "指引",
}


def make_handbook(policy: LoadedPolicy) -> dict[str, str]:
    """Return the files of the handbook by name: ``README.md``, and a picture a diagram."""
    pictures = {
        f"{process.id}.svg": with_style(
            render_svg(policy.bundle.files[process.file], process.id)
        )
        for process in policy.definitions.processes.values()
    }
    text = "\n".join(_lines(policy)).rstrip() + "\n"
    return {"README.md": text, **pictures}


def _lines(policy: LoadedPolicy) -> Iterator[str]:
    settings = policy.settings
    yield f"# {settings.title}\n"
    if settings.about:
        yield f"{settings.about.strip()}\n"
    yield "## 流程图\n"
    for process in policy.definitions.processes.values():
        yield f"### {process.name or process.id}\n"
        yield f"![{process.name or process.id}]({process.id}.svg)\n"
    yield from _tables(policy)
    yield from _clauses(policy)
    yield from _scenarios(policy)


def _tables(policy: LoadedPolicy) -> Iterator[str]:
    names = policy.bundle.named(".dmn")
    if names:
        yield "## 决策表\n"
    for name in names:
        for table in shown_tables(name, policy.bundle.files[name]).values():
            yield f"### {table.name}\n"
            yield from _table(table)


def _table(table: TableView) -> Iterator[str]:
    if not table.rules:
        yield f"```\n{table.expression}\n```\n"
        return
    heads = ("#", *table.inputs, *(f"→ {each}" for each in table.outputs), "说明")
    yield _row(heads)
    yield _row(["---"] * len(heads))
    for rule in table.rules:
        conditions = (each or "–" for each in rule.conditions)
        yield _row([str(rule.number), *conditions, *rule.results, " ".join(rule.notes)])
    yield ""


def _clauses(policy: LoadedPolicy) -> Iterator[str]:
    yield "## 条款、落实与例案\n"
    yield _row(("条款", "类别", "内容", "由何处落实", "由哪些例案证明"))
    yield _row(["---"] * 5)
    for clause in policy.clauses.values():
        yield _row(
            (
                clause.id,
                KINDS[clause.kind],
                clause.says,
                _places(policy.citations.get(clause.id, ())),
                _proofs(clause, policy.proofs.get(clause.id, ())),
            )
        )
    yield ""


def _places(citations: tuple[Citation, ...]) -> str:
    by_file: dict[str, list[str]] = {}
    for place in citations:
        by_file.setdefault(place.file, []).extend([place.element] if place.element else [])
    return "；".join(
        f"{file}：{'、'.join(elements)}" if elements else file
        for file, elements in by_file.items()
    )


def _proofs(clause: Clause, proofs: tuple[Proof, ...]) -> str:
    if not proofs and not clause.is_behaviour:
        return "–"
    return "、".join(f"[{each.scenario}](#{each.scenario})" for each in proofs)


def _scenarios(policy: LoadedPolicy) -> Iterator[str]:
    proven: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for clause, proofs in policy.proofs.items():
        for proof in proofs:
            names[proof.scenario] = proof.name
            proven.setdefault(proof.scenario, []).append(clause)
    yield "## 例案\n"
    for scenario in sorted(names):
        ordered = [clause for clause in policy.clauses if clause in proven[scenario]]
        yield f"### {scenario}\n"
        yield f"{names[scenario]}\n"
        yield f"证明：{'、'.join(ordered)}\n"


def _row(cells: "tuple[str, ...] | list[str]") -> str:
    return f"| {' | '.join(cell.translate(_BREAKS) for cell in cells)} |"

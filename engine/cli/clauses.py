"""``complaintflow clauses``: where each clause of a policy is carried out and proven."""

from dataclasses import dataclass

import click

from engine.cli.bundles import bundles_meant
from engine.cli.session import Session, pass_session, print_json
from engine.cli.spoken import SpokenCommand
from engine.policy import Bundle, Clause
from engine.policy.citations import citations_in
from engine.policy.parts import read_parts


@dataclass(frozen=True, slots=True)
class _Line:
    policy: str
    clause: Clause
    places: tuple[str, ...]
    scenarios: tuple[str, ...]

    @property
    def is_carried(self) -> bool:
        return bool(self.places) and bool(self.scenarios or not self.clause.is_behaviour)


@click.command(cls=SpokenCommand)
@click.argument("policies", nargs=-1, metavar="[POLICY|FOLDER|ZIP]...")
@click.option("--json", "as_data", is_flag=True, help="Print for a machine.")
@pass_session
def clauses(session: Session, policies: tuple[str, ...], as_data: bool) -> None:
    """List the clauses of policies: where each is carried out, which scenarios prove it."""
    lines = [line for bundle in bundles_meant(session, policies) for line in _lines(bundle)]
    if as_data:
        print_json(
            [
                {
                    "policy": line.policy,
                    "clause": line.clause.id,
                    "kind": line.clause.kind,
                    "says": line.clause.says,
                    "places": list(line.places),
                    "scenarios": list(line.scenarios),
                }
                for line in lines
            ]
        )
    else:
        for line in lines:
            _report(session, line)
    if not all(line.is_carried for line in lines):
        raise click.exceptions.Exit(1)


def _lines(bundle: Bundle) -> list[_Line]:
    parts = read_parts(bundle)
    cited = citations_in(parts)
    return [
        _Line(
            policy=bundle.key,
            clause=clause,
            places=tuple(
                f"{place.file}#{place.element}" if place.element else place.file
                for place in cited.get(clause.id, ())
            ),
            scenarios=tuple(
                scenario.id
                for scenario in parts.scenarios.values()
                if clause.id in scenario.clauses
            ),
        )
        for clause in parts.clauses.values()
    ]


def _report(session: Session, line: _Line) -> None:
    mark = "✓" if line.is_carried else "✗"
    click.echo(f"{mark} {line.clause.id} ({line.clause.kind}) {line.clause.says}")
    session.say("    carried out: {places}", places=", ".join(line.places) or "-")
    session.say("    proven by: {scenarios}", scenarios=", ".join(line.scenarios) or "-")

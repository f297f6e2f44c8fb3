"""``complaintflow mutate``: changes of a policy that none of its scenarios notices."""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import click

from engine.cli.bundles import bundles_meant
from engine.cli.findings import print_findings
from engine.cli.session import Session, pass_session, print_json
from engine.cli.spoken import SpokenCommand
from engine.model import BundleInvalid, Json, Sentence
from engine.policy import Bundle
from engine.simulation import cast_beside
from engine.simulation.mutation import (
    KINDS,
    NAMES,
    Kind,
    Mutation,
    Verdict,
    judge_all,
    mutations,
)

MOST_UNGUARDED = 10  #: Percent.


@dataclass(frozen=True, slots=True)
class _Judged:
    policy: str
    verdicts: tuple[Verdict, ...]

    @property
    def counted(self) -> int:
        """Return how many could be deployed."""
        return sum(not verdict.refused for verdict in self.verdicts)

    @property
    def unguarded(self) -> list[Mutation]:
        return [verdict.mutation for verdict in self.verdicts if verdict.unguarded]

    @property
    def percent(self) -> float:
        return 100 * len(self.unguarded) / self.counted if self.counted else 0.0


@click.command(cls=SpokenCommand)
@click.argument("policies", nargs=-1, metavar="[POLICY|FOLDER|ZIP]...")
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only these changes."
)
@click.option("--file", "files", multiple=True, metavar="NAME", help="Only of this file.")
@click.option(
    "--most",
    default=float(MOST_UNGUARDED),
    show_default=True,
    metavar="PERCENT",
    help="Fail when more go unnoticed.",
)
@click.option(
    "--processors",
    default=os.cpu_count() or 1,
    show_default=True,
    type=click.IntRange(1, 256),
    help="Play on so many at once.",
)
@click.option("--json", "as_data", is_flag=True, help="Print for a machine.")
@pass_session
def mutate(
    session: Session,
    policies: tuple[str, ...],
    kinds: tuple[Kind, ...],
    files: tuple[str, ...],
    most: float,
    processors: int,
    as_data: bool,
) -> None:
    """Change one thing of a policy at a time, and list what no scenario notices."""
    judged = [
        _judged(session, bundle, kinds, files, processors)
        for bundle in bundles_meant(session, policies)
    ]
    if as_data:
        print_json([_as_json(session, each) for each in judged])
    else:
        for each in judged:
            _report(session, each)
    if any(each.percent > most for each in judged):
        raise click.exceptions.Exit(1)


def _judged(
    session: Session,
    bundle: Bundle,
    kinds: tuple[Kind, ...],
    files: tuple[str, ...],
    processors: int,
) -> _Judged:
    chosen = [
        each
        for each in mutations(bundle)
        if (not kinds or each.kind in kinds) and (not files or each.file in files)
    ]
    cast = cast_beside(session.settings.policies)
    try:
        found = judge_all(bundle, cast, chosen, processors)
        return _Judged(bundle.key, tuple(_shown(session, bundle.key, found, len(chosen))))
    except BundleInvalid as refusal:
        print_findings(session, refusal.findings)
        raise


def _shown(
    session: Session, policy: str, found: Iterable[Verdict], count: int
) -> Iterator[Verdict]:
    """Pass the verdicts on, with a line of progress for people who wait."""
    label = session.phrase(Sentence("{policy}: changes", {"policy": policy}))
    with click.progressbar(found, length=count, label=label, file=sys.stderr) as progress:
        yield from progress


def _report(session: Session, judged: _Judged) -> None:
    for mutation in judged.unguarded:
        session.say(
            "unguarded: {kind}, {file} {element}: {what}",
            kind=session.phrase(NAMES[mutation.kind]),
            file=mutation.file,
            element=mutation.element,
            what=session.phrase(mutation.what),
        )
    session.say(
        "{policy}: {unguarded} of {counted} changes unnoticed ({percent} %); {refused} more"
        " cannot be deployed.",
        policy=judged.policy,
        unguarded=len(judged.unguarded),
        counted=judged.counted,
        percent=f"{judged.percent:.1f}",
        refused=len(judged.verdicts) - judged.counted,
    )
    deployable = [each.mutation.kind for each in judged.verdicts if not each.refused]
    lost = [mutation.kind for mutation in judged.unguarded]
    for kind in KINDS:
        if kind in deployable:
            named, of = session.phrase(NAMES[kind]), deployable.count(kind)
            click.echo(f"  {named}: {lost.count(kind)}/{of}")


def _as_json(session: Session, judged: _Judged) -> Json:
    return {
        "policy": judged.policy,
        "counted": judged.counted,
        "unguarded": len(judged.unguarded),
        "changes": [
            {
                "number": verdict.mutation.number,
                "kind": verdict.mutation.kind,
                "file": verdict.mutation.file,
                "element": verdict.mutation.element,
                "what": session.phrase(verdict.mutation.what),
                "noticed_by": verdict.noticed_by,
                "refused": verdict.refused,
            }
            for verdict in judged.verdicts
        ],
    }

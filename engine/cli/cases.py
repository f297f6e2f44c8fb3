"""``complaintflow cases``: finds and shows cases, and ends them by hand."""

import click

from engine.cli.installation import open_engine
from engine.cli.session import Session, pass_session, print_json
from engine.cli.spoken import SpokenGroup
from engine.commands.cases.lifecycle import CancelCase
from engine.model import SYSTEM, CaseId
from engine.queries.progress.trace import CaseNumbered, CaseTrace, Trace
from engine.queries.search.cases import STATES, Cases

_STATES = (*STATES, "overdue", "incident")


@click.group(cls=SpokenGroup)
def cases() -> None:
    """Find, show and end cases."""


@cases.command("list")
@click.argument("text", default="")
@click.option("--state", type=click.Choice(_STATES), default=None, help="Only such cases.")
@click.option("--policy", default="", help="Only cases of this policy.")
@click.option("--limit", default=50, help="How many at most.")
@click.option("--json", "as_data", is_flag=True, help="Print for a machine.")
@pass_session
def list_cases(
    session: Session,
    text: str,
    state: str | None,
    policy: str,
    limit: int,
    as_data: bool,
) -> None:
    """List cases, the newest first; a text finds numbers, customers and words."""
    query = Cases(text=text, state=state or "", policy=policy, size=limit)
    with open_engine(session) as engine:
        rows = engine.ask(query, by=SYSTEM).page.rows
    if as_data:
        print_json(
            [
                {
                    "number": case.number,
                    "title": case.title,
                    "policy": case.policy,
                    "state": case.state,
                    "waits": list(case.waits_for),
                    "incident": case.has_incident,
                    "overdue": case.is_overdue,
                    "started": case.started_at.isoformat(),
                }
                for case in rows
            ]
        )
        return
    for case in rows:
        waits = ", ".join(case.waits_for) or "-"
        click.echo(f"{case.number}\t{case.state}\t{case.title}\t{waits}")
    if not rows:
        session.say("There are no such cases.")


@cases.command("show")
@click.argument("number")
@click.option("--json", "as_data", is_flag=True, help="Print for a machine.")
@pass_session
def show_case(session: Session, number: str, as_data: bool) -> None:
    """Show where a case stands: what it waits for, what it knows, where it is stopped."""
    with open_engine(session) as engine:
        case = engine.ask(CaseNumbered(number), by=SYSTEM)
        trace = engine.ask(CaseTrace(case), by=SYSTEM)
    if as_data:
        print_json(_as_json(session, trace))
        return
    click.echo(f"{trace.number}\t{trace.state}")
    for task in trace.tasks:
        session.say(
            "  waits: {task} ({element}), due {due}, for {roles}",
            task=task.name,
            element=task.element_id,
            due=task.due.isoformat(timespec="minutes") if task.due else "-",
            roles=", ".join(task.roles) or "-",
        )
    for incident in trace.incidents:
        session.say(
            "  stopped: {element}: {reason}",
            element=incident.element_id or "-",
            reason=incident.sentence,
        )
    for name, value in sorted(trace.variables.items()):
        click.echo(f"  {name} = {value}")


@cases.command("cancel")
@click.argument("number")
@click.argument("reason")
@pass_session
def cancel_case(session: Session, number: str, reason: str) -> None:
    """End a case before its process does, and say why."""
    with open_engine(session) as engine:
        case = engine.ask(CaseNumbered(number), by=SYSTEM)
        engine.run(CancelCase(CaseId(case), reason), by=SYSTEM)
    session.say("Cancelled {number}.", number=number)


def _as_json(session: Session, trace: Trace) -> dict[str, object]:
    return {
        "number": trace.number,
        "state": trace.state,
        "variables": dict(trace.variables),
        "tasks": [
            {
                "element": task.element_id,
                "name": task.name,
                "roles": list(task.roles),
                "due": task.due.isoformat() if task.due else None,
            }
            for task in trace.tasks
        ],
        "incidents": [
            {"element": each.element_id, "reason": session.phrase(each.sentence)}
            for each in trace.incidents
        ],
    }

"""What policy.toml says against what the diagrams and roles have."""

from collections.abc import Iterator

from engine.bpmn import ProcessInfo
from engine.model import Finding, Sentence
from engine.policy.checks.roles import unknown_roles
from engine.policy.parts import POLICY, Parts
from engine.policy.settings import PolicySettings, Start, Starter
from engine.policy.toml import did_you_mean

_EVENTS: dict[Starter, str] = {
    "staff": "none",
    "public": "none",
    "message": "message",
    "signal": "signal",
    "schedule": "timer",
}


def start_findings(parts: Parts) -> Iterator[Finding]:
    """Yield what is wrong about who starts what."""
    settings = parts.settings
    if settings is None:
        return
    yield from unknown_roles(parts, [settings.owner], POLICY, "owner")
    for number, start in enumerate(settings.starts, start=1):
        place = f"start[{number}]"
        yield from unknown_roles(parts, start.roles, POLICY, f"{place}.roles")
        if parts.processes:
            yield from _process_of(parts, start, place)
    yield from _unstarted(parts, settings)


def _process_of(parts: Parts, start: Start, place: str) -> Iterator[Finding]:
    process = parts.processes.get(start.process)
    if process is None:
        yield Finding(
            file=POLICY,
            element=f"{place}.process",
            rule="process-unknown",
            what=Sentence(
                "Expected a process of this policy, but there is none called {process}.",
                {"process": start.process},
            ),
            remedy=did_you_mean(start.process, parts.processes),
        )
    elif not any(event.kind == _EVENTS[start.by] for event in process.starts):
        yield Finding(
            file=POLICY,
            element=f"{place}.by",
            rule="start-event",
            what=Sentence(
                "Expected {process} to have a start event of the kind {kind}, since it "
                "starts by {by}, but it has none.",
                {"process": start.process, "kind": _EVENTS[start.by], "by": start.by},
            ),
            remedy=Sentence("Change the start event in the diagram, or by in policy.toml."),
        )


def _unstarted(parts: Parts, settings: PolicySettings) -> Iterator[Finding]:
    started = {start.process for start in settings.starts}
    called = {
        element.called_process
        for process in parts.processes.values()
        for element in process.elements.values()
    }
    for process in parts.processes.values():
        if process.id not in started | called and not _starts_itself(process):
            yield Finding(
                file=process.file,
                element=process.id,
                rule="process-unstarted",
                what=Sentence("Nothing starts or calls this process."),
                remedy=Sentence("Add a [[start]] to policy.toml, or call it."),
                severity="warning",
            )


def _starts_itself(process: ProcessInfo) -> bool:
    return all(event.kind == "message" for event in process.starts)

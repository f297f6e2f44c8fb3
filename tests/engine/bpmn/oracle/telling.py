"""Tells a net in a few lines, so that a person can follow what was played."""

from collections.abc import Iterator

from tests.engine.bpmn.oracle.nets import Again, Many, Net, Node, Trigger


def tell(net: Net, indent: str = "") -> str:
    """Return *net* as text: each element with its flows, what is inside below it."""
    lines = [f"{indent}{net.id}{' (process)' if net.is_process else ''}:"]
    for node in net.nodes.values():
        flows = ", ".join(
            f"{flow.target}"
            + (f" if {flow.condition.feel[2:]}" if flow.condition else "")
            + (" by default" if flow.id == node.default else "")
            for flow in net.out(node.id)
        )
        marks = " ".join(_marks(node))
        lines.append(
            f"{indent}  {node.id} {node.kind} {marks}" + (f" → {flows}" * bool(flows))
        )
        if node.net is not None:
            lines.append(tell(node.net, indent + "    "))
    return "\n".join(lines)


def _marks(node: Node) -> Iterator[str]:
    if node.host:
        yield f"on {node.host}"
    if node.trigger is not None:
        yield _trigger(node.trigger)
    if not node.interrupting:
        yield "(not interrupting)"
    for mapped, word in ((node.inputs, "in"), (node.outputs, "out")):
        for name, formula in mapped:
            yield f"{word} {name} := {formula.feel[2:]}"
    if node.formula is not None:
        yield f"{node.result} := {node.formula.feel[2:]}"
    if node.loop is not None:
        yield _loop(node.loop)
    if node.undo:
        yield f"undone by {node.undo}"
    if not node.shares:
        yield "(shares nothing)"


def _loop(loop: Many | Again) -> str:
    if isinstance(loop, Again):
        condition = loop.condition.feel[2:] if loop.condition else "always"
        when = "before" if loop.before else "after"
        return f"again while {condition}, asked {when}, at most {loop.most}"
    order = "one by one" if loop.sequential else "at once"
    until = f" until {loop.until.feel[2:]}" if loop.until else ""
    return f"for {list(loop.items)} {order}{until} into {loop.gather}"


def _trigger(trigger: Trigger) -> str:
    parts = [trigger.kind, trigger.name]
    if trigger.condition is not None:
        parts.append(trigger.condition.feel[2:])
    if trigger.times:
        parts.append(f"{trigger.times} times")
    parts += [f"{name} := {formula.feel[2:]}" for name, formula in trigger.payload.items()]
    return " ".join(part for part in parts if part)

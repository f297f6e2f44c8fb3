"""``complaintflow rules``: what a diagram must be, rule by rule."""

from collections.abc import Iterator

import click

from engine.bpmn import RULES
from engine.cli.session import Session, pass_session, print_json
from engine.cli.spoken import SpokenCommand
from engine.language import say


@click.command(cls=SpokenCommand)
@click.option("--json", "as_data", is_flag=True, help="Print for a machine.")
@click.option("--markdown", is_flag=True, help="Print the table of processes/RULES.md.")
@pass_session
def rules(session: Session, as_data: bool, markdown: bool) -> None:
    """List the rules that diagrams keep, with the ids that findings name."""
    if as_data:
        print_json(
            [
                {
                    "rule": rule.id,
                    "says": session.phrase(rule.says),
                    "source": rule.source,
                }
                for rule in RULES.values()
            ]
        )
    elif markdown:
        for line in as_markdown():
            click.echo(line)
    else:
        for rule in RULES.values():
            click.echo(f"{rule.id}  {session.phrase(rule.says)}  ({rule.source})")


def as_markdown() -> Iterator[str]:
    """Yield the lines of processes/RULES.md."""
    yield "# 图的规则 · Rules of diagrams"
    yield ""
    yield (
        "检查时，每一条不合规则的地方都报出规则编号、所在元素、错在哪、怎么改；有一条不合，就不能部署。"
        "每条规则都有一个违反它的例图和一个符合它的例图作测试。"
    )
    yield ""
    yield (
        "The check names for whatever breaks a rule its id, the element, what is wrong and "
        "what to do; nothing that breaks one is deployed. Each rule is tested by a model "
        "that breaks it and one that keeps it. “complaintflow” as the source means that "
        "BPMN would allow it, but we do not carry it out."
    )
    yield ""
    yield "| 编号 · id | 规则 | rule | 出处 · source |"
    yield "| --- | --- | --- | --- |"
    for rule in RULES.values():
        chinese, english = say(rule.says, "zh_CN"), say(rule.says, "en")
        yield f"| `{rule.id}` | {chinese} | {english} | {rule.source} |"

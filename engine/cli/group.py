"""The command ``complaintflow`` and where its sub-commands are found."""

import logging
from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import NamedTuple

import click

from engine.cli.session import Session, default_language
from engine.cli.spoken import SpokenCommand, SpokenGroup
from engine.language import LANGUAGES
from engine.model import EngineError, Sentence
from engine.settings import NotAnAddress, NotANumber, read_settings
from engine.watch import set_up_logs


class Listed(NamedTuple):
    """A command as the list of commands knows it."""

    where: str  #: Module and attribute; imported when the command is called.
    says: str  #: Its help, so that the list of all takes no import.


COMMANDS: Mapping[str, Listed] = {
    "backup": Listed(
        "engine.cli.backup:backup",
        "Copy the embedded database and all files into an archive, while the system runs.",
    ),
    "cases": Listed(
        "engine.cli.cases:cases",
        "Find, show and end cases.",
    ),
    "check": Listed(
        "engine.cli.check:check",
        "Say everything that is wrong with policies: where, what, and what to do.",
    ),
    "clauses": Listed(
        "engine.cli.clauses:clauses",
        "List the clauses of policies: where each is carried out,"
        " which scenarios prove it.",
    ),
    "db": Listed(
        "engine.cli.database:db",
        "Look after the database.",
    ),
    "demo": Listed(
        "engine.cli.demo:demo",
        "Load a year of made-up cases, for a demonstration, and remove it again.",
    ),
    "deploy": Listed(
        "engine.cli.deploy:deploy",
        "Check a policy and make it available; new cases take it at once.",
    ),
    "handbook": Listed(
        "engine.cli.handbook:handbook",
        "Write policies as people read them: pictures, tables, clauses, example cases.",
    ),
    "jobs": Listed(
        "engine.cli.jobs:jobs",
        "See what the machine owes, and let it do what is due.",
    ),
    "layout": Listed(
        "engine.cli.layout:layout",
        "Place pools, lanes, shapes and flows of BPMN files anew;"
        " only the drawing changes.",
    ),
    "mutate": Listed(
        "engine.cli.mutate:mutate",
        "Change one thing of a policy at a time, and list what no scenario notices.",
    ),
    "pack": Listed(
        "engine.cli.pack:pack",
        "Pack a policy with its forms as a zip, the same bytes for the same files.",
    ),
    "people": Listed(
        "engine.cli.people:people",
        "Look after people, their roles and units.",
    ),
    "restore": Listed(
        "engine.cli.backup:restore",
        "Bring database and files back from an archive; the system must not be running.",
    ),
    "rules": Listed(
        "engine.cli.rules:rules",
        "List the rules that diagrams keep, with the ids that findings name.",
    ),
    "scenarios": Listed(
        "engine.cli.scenarios:scenarios",
        "Play the scenarios of policies, and say which flows and rules they take.",
    ),
    "verify": Listed(
        "engine.cli.verify:verify",
        "Find what was changed or lost in the journal, in entries,"
        " and in what cases await.",
    ),
    "worker": Listed(
        "engine.cli.worker:worker",
        "Do what falls due, until told to stop.",
    ),
}
#: What commands of other packages say; one that is not here is imported to be listed.
ELSEWHERE: Mapping[str, str] = {"serve": "Serve the web pages, and do what falls due."}
_ENTRY_POINTS = "complaintflow.commands"


class LazyGroup(SpokenGroup):
    """Knows its commands by name, and imports one when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        found = {point.name for point in entry_points(group=_ENTRY_POINTS)}
        return sorted({*super().list_commands(ctx), *COMMANDS, *found})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name, if there is one."""
        if cmd_name in COMMANDS:
            module, _, attribute = COMMANDS[cmd_name].where.partition(":")
            command = getattr(import_module(module), attribute)
        else:
            points = entry_points(group=_ENTRY_POINTS, name=cmd_name)
            command = next((point.load() for point in points), None)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List all commands, importing none of those that the tables know."""
        says = {name: each.says for name, each in COMMANDS.items()} | dict(ELSEWHERE)
        listed: dict[str, click.Command] = {}
        for name in self.list_commands(ctx):
            if name in says:
                listed[name] = SpokenCommand(name, help=says[name])
            elif command := self.get_command(ctx, name):
                listed[name] = command
        SpokenGroup(commands=listed).format_commands(ctx, formatter)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a refusal becomes its sentence and a non-zero exit."""
        try:
            return super().invoke(ctx)
        except EngineError as error:
            session = ctx.find_object(Session)
            language = session.language if session else default_language()
            raise click.ClickException(Session.words(error.sentence, language)) from error


@click.group(cls=LazyGroup)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=None,
    is_eager=True,
    help="The language of what is printed.",
)
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder with the database and the files.",
)
@click.version_option(package_name="complaintflow")
@click.pass_context
def main(ctx: click.Context, lang: str | None, home: Path | None) -> None:
    """Carry out complaint policies drawn as BPMN, DMN and forms."""
    set_up_logs(logging.WARNING)
    language = lang or default_language()
    try:
        ctx.obj = Session(language, read_settings(home))
    except NotAnAddress as error:
        sentence = Sentence(
            "Expected {name} to be an address such as https://tousu.example.com, but it is"
            " {value}.",
            {"name": error.name, "value": error.value},
        )
        raise click.ClickException(Session.words(sentence, language)) from error
    except NotANumber as error:
        sentence = Sentence(
            "Expected {name} to be a number above 0, but it is {value}.",
            {"name": error.name, "value": error.value},
        )
        raise click.ClickException(Session.words(sentence, language)) from error

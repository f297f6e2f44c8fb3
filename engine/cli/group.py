"""The command ``complaintflow`` and where its sub-commands are found."""

import logging
from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

import click

from engine.cli.session import Session, default_language
from engine.cli.spoken import SpokenGroup
from engine.language import LANGUAGES
from engine.model import EngineError, Sentence
from engine.settings import NotAnAddress, NotANumber, read_settings
from engine.watch import set_up_logs

#: Each command by where it lies; it is imported when it is called.
COMMANDS: Mapping[str, str] = {
    "backup": "engine.cli.backup:backup",
    "cases": "engine.cli.cases:cases",
    "check": "engine.cli.check:check",
    "clauses": "engine.cli.clauses:clauses",
    "db": "engine.cli.database:db",
    "deploy": "engine.cli.deploy:deploy",
    "handbook": "engine.cli.handbook:handbook",
    "jobs": "engine.cli.jobs:jobs",
    "layout": "engine.cli.layout:layout",
    "mutate": "engine.cli.mutate:mutate",
    "pack": "engine.cli.pack:pack",
    "people": "engine.cli.people:people",
    "restore": "engine.cli.backup:restore",
    "rules": "engine.cli.rules:rules",
    "scenarios": "engine.cli.scenarios:scenarios",
    "verify": "engine.cli.verify:verify",
    "worker": "engine.cli.worker:worker",
}
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
            module, _, attribute = COMMANDS[cmd_name].partition(":")
            command = getattr(import_module(module), attribute)
        else:
            points = entry_points(group=_ENTRY_POINTS, name=cmd_name)
            command = next((point.load() for point in points), None)
        return command if isinstance(command, click.Command) else None

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

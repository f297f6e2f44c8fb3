"""Commands whose help is in the reader's language."""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager

import click

from engine.cli.session import Session, default_language
from engine.language import translations


class SpokenCommand(click.Command):
    """A command whose help text is translated by what its docstring says."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence, in the reader's language."""
        with _translated(self):
            return super().get_short_help_str(limit)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the whole help in the reader's language."""
        with _translated(self):
            super().format_help(ctx, formatter)


class SpokenGroup(SpokenCommand, click.Group):
    """A group of such commands."""

    command_class = SpokenCommand
    group_class = type


@contextmanager
def _translated(command: click.Command) -> Iterator[None]:
    """Put the reader's words into *command* while its help is written."""
    context = click.get_current_context(silent=True)
    words = translations(_language(context))

    def translate(text: str | None) -> str | None:
        return words.gettext(inspect.cleandoc(text)) if text else text

    options = [each for each in command.params if isinstance(each, click.Option)]
    before = (command.help, [option.help for option in options])
    command.help = translate(command.help)
    for option in options:
        option.help = translate(option.help)
    try:
        yield
    finally:
        command.help = before[0]
        for option, text in zip(options, before[1], strict=True):
            option.help = text


def _language(context: click.Context | None) -> str:
    session = context.find_object(Session) if context else None
    if session is not None:
        return session.language
    chosen = context.find_root().params.get("lang") if context else None
    return chosen if isinstance(chosen, str) else default_language()

"""The command line: one module a family of commands, each registered in `group`.

It says nothing of its own about complaints: it reads arguments, asks the engine, and
prints. A new command is a module here and a line in `engine.cli.group.COMMANDS`; what
must not be imported by the engine comes by the entry point ``complaintflow.commands``.
"""

from engine.cli.group import main

__all__ = ["main"]

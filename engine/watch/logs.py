"""Sends what the program logs to standard error: for people at a terminal, else as JSON."""

import logging
import sys
import threading
from typing import TextIO, cast

import structlog
from structlog.typing import Processor

from engine.watch.tracebacks import add_traceback


class _StandardError:
    """Standard error as it is when a line is written."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


def set_up_logs(level: int = logging.INFO) -> None:
    """Log to standard error, so that standard output holds results alone.

    Args:
        level: What is less important is left out; of libraries, all below warnings.
    """
    at_terminal = sys.stderr.isatty()
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        *([] if at_terminal else [add_traceback]),
    ]
    last: Processor = (
        structlog.dev.ConsoleRenderer()
        if at_terminal
        else structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    )
    structlog.configure(
        processors=[*before, last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=cast("TextIO", _StandardError())),
        cache_logger_on_first_use=False,
    )
    _set_up_libraries(before, last)
    threading.excepthook = _thread_ended


def _set_up_libraries(before: list[Processor], last: Processor) -> None:
    """Let what libraries log look the same."""
    lines = logging.StreamHandler(cast("TextIO", _StandardError()))
    lines.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *before],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    logging.basicConfig(handlers=[lines], level=logging.WARNING, force=True)


def _thread_ended(what: threading.ExceptHookArgs) -> None:
    name = what.thread.name if what.thread else None
    structlog.get_logger("threads").critical(
        "thread_ended", thread=name, exc_info=what.exc_value
    )

"""Lets several processes work at once, none of which outlives the one that asked them."""

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor


def workers(count: int, begin: Callable[[], None] | None = None) -> ProcessPoolExecutor:
    """Return *count* processes, each of which calls *begin* before its first work.

    Whoever started them may be killed: then they end at once, in the middle of their work.
    """
    # Not forked: threads and connections of the parent have no life in a child.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(count, context, initializer=_begin, initargs=(begin,))


def _begin(begin: Callable[[], None] | None) -> None:
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    if begin is not None:
        begin()


def _end_with_parent() -> None:
    """End this process with its parent; it would wait for ever for more work."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)

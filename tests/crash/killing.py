"""Starts the processes, kills them at random instants, and starts others in their place."""

import multiprocessing
import random
import time
from collections.abc import Iterable
from dataclasses import replace

from tests.crash.crew import Post, serve

_LONGEST = 0.3  #: Seconds between two kills, where notes are written quickly.
_MOST = 6000  #: Bytes of notes between two kills, however slow the machine is.
_SLOWEST = 20.0  #: Seconds after which a kill waits for no more notes.
_ALL = 0.1  #: How often all are killed at once, as when a machine goes down.

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.crash.crew"])


class Gang:
    """The processes of an installation, one for each post."""

    def __init__(self, posts: Iterable[Post], chance: random.Random) -> None:
        self._posts = list(posts)
        self._chance = chance
        self._lives = dict.fromkeys((post.role for post in self._posts), 0)
        self._running = [self._start(post) for post in self._posts]
        self.kills = 0

    def suffer(self, kills: int) -> None:
        """Kill so many processes, now and then all at once; others take their places."""
        while self.kills < kills:
            self._wait()
            everybody = range(len(self._posts))
            chosen = [self._chance.choice(everybody)]
            if self._chance.random() < _ALL:
                chosen = list(everybody)
            for place in chosen:
                self._kill(place)
            for place in chosen:
                self._running[place] = self._start(self._posts[place])

    def _wait(self) -> None:
        enough = self._notes() + self._chance.randrange(_MOST)
        latest = time.monotonic() + _SLOWEST
        time.sleep(self._chance.uniform(0.005, _LONGEST))
        while self._notes() < enough and time.monotonic() < latest:
            time.sleep(self._chance.uniform(0.001, 0.02))

    def _notes(self) -> int:
        """Return how many bytes stand in the notebooks."""
        books = [post.notebook for post in self._posts]
        return sum(book.stat().st_size for book in books if book.exists())

    def stop(self) -> None:
        """Kill all, and let nobody take their places."""
        for place in range(len(self._posts)):
            self._kill(place)

    def _start(self, post: Post):
        self._lives[post.role] += 1
        seed = f"{post.seed}:{post.role}:{self._lives[post.role]}"
        process = _context.Process(target=serve, args=(replace(post, seed=seed),))
        process.start()
        return process

    def _kill(self, place: int) -> None:
        process = self._running[place]
        ended_itself = not process.is_alive()
        process.kill()
        process.join()
        if ended_itself:
            role = self._posts[place].role
            raise AssertionError(f"{role} ended by itself, with {process.exitcode}.")
        process.close()
        self.kills += 1

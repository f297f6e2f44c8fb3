"""One crash test from beginning to end: set up, kill, judge, finish, judge again."""

import random
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from engine.runtime import Engine
from engine.settings import Settings
from engine.store.models import Case, JournalLine
from tests.conftest import START, StandingClock
from tests.crash import judging
from tests.crash.crew import BUNDLE, LIBRARY, ROLES, HastyClock, Post
from tests.crash.finishing import ask_again, finish
from tests.crash.killing import Gang
from tests.crash.notebook import NotingEngine, read
from tests.engine.commands.knowing import rows
from tests.together.house import House

_TIMES = 20.0  #: So much faster than others the clock goes: a lease lasts a second.


@dataclass(slots=True)
class Verdict:
    """What came of a crash test."""

    kills: int = 0
    accepted: int = 0
    refused: int = 0
    asked_again: int = 0  #: Commands whose end nobody was told, at the end of all kills.
    cases: int = 0
    lines: int = 0
    retried: int = 0  #: Jobs that were given up because three runners of it were killed.
    mailed_twice: int = 0  #: E-mails sent again with the same Message-ID after a kill.
    seconds: float = 0.0
    faults: tuple[str, ...] = ()


def run(settings: Settings, folder: Path, *, kills: int, seed: int) -> Verdict:
    """Let an installation suffer so many kills, and return what came of it.

    Args:
        settings: Of an installation whose database is empty.
        folder: Where the processes keep their notes.
        kills: How many processes are killed.
        seed: Of all chance: who is killed when, and who does what.
    """
    verdict, began = Verdict(), time.monotonic()
    house = House(settings)
    house.furnish(BUNDLE)
    house.engine.close()
    hasty = HastyClock(START, time.time(), _TIMES)
    posts = [Post(role, settings, hasty, folder, str(seed)) for role in ROLES]
    gang = Gang(posts, random.Random(seed))
    try:
        gang.suffer(kills)
    finally:
        gang.stop()
    verdict.kills = gang.kills
    clock = StandingClock(hasty.now() + timedelta(minutes=1))
    verdict.asked_again = sum(read(post.notebook).unanswered is not None for post in posts)
    for post in posts:
        ask_again(post, clock)
    _judge(verdict, folder, replace(posts[0], role="finisher"), clock)
    verdict.seconds = time.monotonic() - began
    return verdict


def _judge(verdict: Verdict, folder: Path, post: Post, clock: StandingClock) -> None:
    engine = NotingEngine(post.settings, clock, post.notebook)
    engine.database.holdings.library = LIBRARY
    told = [read(path) for path in sorted(folder.glob("*.notes"))]
    verdict.accepted = sum(len(each.accepted) for each in told)
    verdict.refused = sum(len(each.refused) for each in told)
    verdict.lines, verdict.cases = len(rows(engine, JournalLine)), len(rows(engine, Case))
    faults = [*_standing_faults(engine), *judging.judge_notes(engine, told)]
    try:
        verdict.retried = finish(engine, clock, post)
    except AssertionError as error:
        faults.append(str(error))
    lost, verdict.mailed_twice = judging.judge_mail(engine, folder)
    faults += [*_standing_faults(engine), *judging.judge_ends(engine), *lost]
    verdict.faults = tuple(dict.fromkeys(faults))
    engine.close()


def _standing_faults(engine: Engine) -> list[str]:
    return [
        *judging.judge_journal(engine),
        *judging.judge_effects(engine),
        *judging.judge_numbers(engine),
        *judging.judge_states(engine),
    ]

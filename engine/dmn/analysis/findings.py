"""Looks at all tables of a model, for a limited time."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from engine.dmn.analysis.gaps import gaps, gaps_of_missing, needs_hit
from engine.dmn.analysis.limits import (
    not_allowed,
    not_analysed,
    stopped_early,
    told_in_part,
    too_large,
)
from engine.dmn.analysis.lists import alike, unlisted
from engine.dmn.analysis.overlaps import overlaps
from engine.dmn.analysis.problem import Subject, TableProblem
from engine.dmn.analysis.reach import masked, unreachable
from engine.dmn.analysis.search import Effort, Enough, Stopped
from engine.dmn.analysis.sources import Given, Sources
from engine.dmn.logic.table import Table
from engine.dmn.model import DecisionModel
from engine.model import Sentence

MOST = 10  #: Findings of one kind that are told of one table.
STEPS = 300_000  #: Of one search in one table.
NOTHING_KNOWN = Given()
Finder = Callable[[Subject, Effort], Iterator[TableProblem]]


def analyse(
    model: DecisionModel,
    given: Given = NOTHING_KNOWN,
    *,
    most: int = MOST,
    steps: int = STEPS,
) -> list[TableProblem]:
    """Return what the tables of *model* leave out, decide twice or never decide.

    Looked at are numbers, dates, times, durations, yes and no, and texts with known
    values: those that the column allows, those that its rules name, and those that are
    given. That a value is missing counts as a case where a rule asks for it, and where it
    is given. Columns that ask about one variable are looked at together; all others as
    if any value of one may come with any of another. Conditions that depend on anything
    else are taken to hold perhaps: they neither leave a gap nor overlap nor mask, and are
    told as not analysed.

    Args:
        model: The model.
        given: What is known of variables.
        most: How many findings of one kind are told of one table.
        steps: How long one search in one table may take.
    """
    sources = Sources(model, given)
    problems: list[TableProblem] = []
    for table in model.tables:
        problems += _problems(table, sources, most, steps)
    return problems


def _problems(
    table: Table, sources: Sources, most: int, steps: int
) -> Iterator[TableProblem]:
    whole = too_large(table)
    if whole is not None:
        yield whole
        return
    subject = Subject(table, sources)
    yield from not_analysed(subject)
    yield from not_allowed(subject)
    finders: list[tuple[Sentence, Finder]] = [
        (Sentence("overlaps"), overlaps),
        (Sentence("rules that never decide"), masked),
    ]
    if needs_hit(subject):
        finders.insert(0, (Sentence("gaps"), gaps))
        finders.append((Sentence("gaps where a value is missing"), gaps_of_missing))
    for kind, problems in (
        (Sentence("rules that never hit"), unreachable(subject)),
        (Sentence("values that are not listed"), unlisted(subject)),
        (Sentence("rules that say the same"), alike(subject)),
        *((kind, find(subject, Effort(steps))) for kind, find in finders),
    ):
        yield from _some(problems, most, subject, kind)


def _some(
    problems: Iterable[TableProblem], most: int, subject: Subject, kind: Sentence
) -> Iterator[TableProblem]:
    """Give the first *most* of the problems, and say where there are or may be more."""
    left = iter(problems)
    try:
        yield from islice(left, most)
        if next(left, None) is not None:
            raise Enough
    except Stopped as stopped:
        yield stopped_early(subject, kind, stopped)
    except Enough:
        yield told_in_part(subject, kind)

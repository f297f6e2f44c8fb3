"""Finds what leads back to itself in a graph of any depth."""

from collections.abc import Collection, Hashable, Iterator, Mapping
from typing import TypeVar

Thing = TypeVar("Thing", bound=Hashable)


def circles(needs: Mapping[Thing, Collection[Thing]]) -> Iterator[tuple[Thing, ...]]:
    """Give the groups of things that need each other, directly or through others.

    Args:
        needs: For each thing those that it needs, each of which is a key too.
    """
    needed_by: dict[Thing, list[Thing]] = {thing: [] for thing in needs}
    for thing, others in needs.items():
        for other in others:
            needed_by[other].append(thing)
    place = {thing: at for at, thing in enumerate(needs)}
    seen: set[Thing] = set()
    for thing in reversed(_finished(needs)):
        if thing not in seen:
            group = _reached(thing, needed_by, seen)
            if len(group) > 1 or thing in needs[thing]:
                yield tuple(sorted(group, key=place.__getitem__))


def _finished(needs: Mapping[Thing, Collection[Thing]]) -> list[Thing]:
    """Return the things in the order in which all that they need has been visited."""
    seen: set[Thing] = set()
    finished: list[Thing] = []
    for start in needs:
        open_ = [] if start in seen else [(start, iter(needs[start]))]
        seen.add(start)
        while open_:
            thing, others = open_[-1]
            other = next((one for one in others if one not in seen), None)
            if other is None:
                finished.append(thing)
                open_.pop()
            else:
                seen.add(other)
                open_.append((other, iter(needs[other])))
    return finished


def _reached(
    start: Thing, links: Mapping[Thing, Collection[Thing]], seen: set[Thing]
) -> list[Thing]:
    """Return what is reached from *start* and not yet seen; it is seen from then on."""
    group, open_ = [], [start]
    seen.add(start)
    while open_:
        thing = open_.pop()
        group.append(thing)
        for other in links[thing]:
            if other not in seen:
                seen.add(other)
                open_.append(other)
    return group

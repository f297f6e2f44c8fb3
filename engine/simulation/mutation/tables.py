"""Changes one thing in a decision table, so that each case still hits a rule.

A threshold is moved, or made to belong to the other side, in all cells of its column at
once; two words of a column change places, unless they always stand together; one result
becomes another.
"""

import copy
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import pairwise

from lxml import etree

from engine.markup import parse_xml
from engine.model import Sentence
from engine.simulation.mutation.changes import bumped
from engine.simulation.mutation.word import Mutation

_TEXT = "{*}text"
#: Neither in a word nor the decimals of a number; `5000..9000` holds two.
_BEFORE, _AFTER = r'(?<![\w"])(?<!\d\.)', r'(?![\w"]|\.\d)'
_NUMBER = re.compile(rf"{_BEFORE}-?\d+(?:\.\d+)?{_AFTER}")
_WORD = re.compile(r'"(?:\\.|[^"\\])*"')
_BOUND = re.compile(
    r"(?P<operator><=|>=|<|>)\s*(?P<single>-?\d+(?:\.\d+)?)"
    r"|(?P<open>[\[\](])\s*(?P<low>-?\d+(?:\.\d+)?)\s*\.\."
    r"\s*(?P<high>-?\d+(?:\.\d+)?)\s*(?P<close>[\])\[])"
)
_OTHER_SIDE = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_TRUTH = {"true": "false", "false": "true"}

Change = Callable[[str], str]


class TableChanges:
    """Yields the mutations of one file of decisions."""

    def __init__(self, file: str, source: bytes) -> None:
        self._file = file
        self._root = parse_xml(source)

    def all(self) -> Iterator[Mutation]:
        """Yield each mutation, in the order of the file."""
        for table in self._root.iter("{*}decisionTable"):
            rules = table.findall("{*}rule")
            for column in range(len(table.findall("{*}input"))):
                yield from self._inputs([_cell(rule, "input", column) for rule in rules])
            for column in range(len(table.findall("{*}output"))):
                yield from self._results([_cell(rule, "output", column) for rule in rules])

    def _inputs(self, cells: Sequence[etree._Element]) -> Iterator[Mutation]:
        texts = [cell.text or "" for cell in cells]
        for number in _numbers(texts):
            moved = bumped(number)
            what = _becomes(number, moved)
            yield self._changed(cells, _replacing(number, moved), what)
            if any(_has_bound(text, number) for text in texts):
                what = Sentence(
                    "{number} belongs to the other side of the limit", {"number": number}
                )
                yield self._changed(cells, _on_other_side(number), what)
        words = list(dict.fromkeys(word for text in texts for word in _WORD.findall(text)))
        for first, second in pairwise(words):
            if not _stand_together(first, second, texts):
                yield self._changed(
                    cells, _exchanging(first, second), _change_places(first, second)
                )
        if {text.strip() for text in texts} >= {"true", "false"}:
            yield self._changed(cells, _negated, _change_places("true", "false"))

    def _results(self, cells: Sequence[etree._Element]) -> Iterator[Mutation]:
        texts = list(dict.fromkeys((cell.text or "").strip() for cell in cells))
        for cell in cells:
            before = (cell.text or "").strip()
            after = _other_result(before, texts)
            if after is not None:
                yield self._changed([cell], partial(_put, after), _becomes(before, after))

    def _changed(
        self, cells: Sequence[etree._Element], change: Change, what: Sentence
    ) -> Mutation:
        every = list(self._root.iter())
        wanted = set(map(id, cells))
        places = [place for place, node in enumerate(every) if id(node) in wanted]
        root = copy.deepcopy(self._root)
        copied = list(root.iter())
        for place in places:
            copied[place].text = change(copied[place].text or "")
        return Mutation("table cell", self._file, _place(cells), what, etree.tostring(root))


def _becomes(before: str, after: str) -> Sentence:
    return Sentence("{before} → {after}", {"before": before, "after": after})


def _change_places(first: str, second: str) -> Sentence:
    return Sentence("{first} ↔ {second}", {"first": first, "second": second})


def _put(after: str, _before: str) -> str:
    return after


def _cell(rule: etree._Element, side: str, column: int) -> etree._Element:
    (text,) = rule.findall(f"{{*}}{side}Entry")[column].findall(_TEXT)
    return text


def _place(cells: Sequence[etree._Element]) -> str:
    """Return the id of the rule of a single cell, else that of the decision."""
    tag = "{*}rule" if len(cells) == 1 else "{*}decision"
    for holder in cells[0].iterancestors(tag):
        return holder.get("id", "")
    return ""


def _stand_together(first: str, second: str, texts: Sequence[str]) -> bool:
    """Tell whether each cell names both words or neither: exchanged, they say the same."""
    named = [_WORD.findall(text) for text in texts]
    return all((first in words) == (second in words) for words in named)


def _numbers(texts: Sequence[str]) -> list[str]:
    found = {number for text in texts for number in _NUMBER.findall(_WORD.sub("", text))}
    return sorted(found, key=Decimal)


def _has_bound(text: str, number: str) -> bool:
    return _on_other_side(number)(text) != text


def _replacing(number: str, by: str) -> Change:
    pattern = re.compile(_BEFORE + re.escape(number) + _AFTER)
    return lambda text: pattern.sub(by, text)


def _on_other_side(number: str) -> Change:
    """Return the change by which *number* itself belongs to the neighbouring range."""

    def turned(found: re.Match[str]) -> str:
        if found["operator"]:
            if found["single"] != number:
                return found[0]
            return f"{_OTHER_SIDE[found['operator']]} {number}"
        opened = found["open"]
        closed = found["close"]
        if found["low"] == number:
            opened = "(" if opened == "[" else "["
        if found["high"] == number:
            closed = ")" if closed == "]" else "]"
        return f"{opened}{found['low']}..{found['high']}{closed}"

    return lambda text: _BOUND.sub(turned, text)


def _exchanging(first: str, second: str) -> Change:
    pairs = {first: second, second: first}
    return lambda text: _WORD.sub(lambda found: pairs.get(found[0], found[0]), text)


def _negated(text: str) -> str:
    return _TRUTH.get(text.strip(), text)


def _other_result(text: str, column: Sequence[str]) -> str | None:
    if text in _TRUTH:
        return _TRUTH[text]
    if _NUMBER.fullmatch(text):
        return bumped(text) if not text.startswith("-") else "0"
    others = [each for each in column if each not in ("", "-", text)]
    if others and text:
        return others[0]
    return "null" if text and text != "null" else None

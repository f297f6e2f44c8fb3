"""A search finds the newest of all that have the words, wherever it has to look."""

from random import Random

import pytest
from sqlalchemy import insert

from engine.model import SYSTEM
from engine.queries.search import stretches, words
from engine.queries.search.words import hits
from engine.store.models import Case, CaseText
from engine.store.words import words_of
from tests.conftest import START

WORDS = ("水泵漏油", "油封", "封油", "油", "异响", "339", "39")
NUMBERS = {
    "in a row": range(1, 200),
    "with gaps": range(7, 90_000, 500),
    "far apart": range(3, 4_000_000, 21_001),
}


@pytest.fixture(params=NUMBERS)
def texts(request, deployed):
    """What is written of some cases, by their numbers."""
    chance = Random(request.param)
    texts = {
        number: "".join(
            chance.choices(("油", "封", "水泵", "漏油", "异响", "39", "3"), k=6)
        )
        for number in NUMBERS[request.param]
    }
    # What few have, and all of them long ago; what only the newest have.
    for place, number in enumerate(texts):
        texts[number] += "旧" * (place < 3) + "新" * (place > len(texts) - 30)
    with deployed.database.connections.begin() as connection:
        connection.execute(insert(Case), [case(number) for number in texts])
        written = [
            {"case_id": number, "words": words_of(text)} for number, text in texts.items()
        ]
        connection.execute(insert(CaseText), written)
    return texts


def case(number):
    return {
        "id": number,
        "number": f"C-{number}",
        "policy_key": "minimal",
        "deployment_id": 1,
        "process_id": "complaint",
        "state": "open",
        "title": "C",
        "started_at": START,
        "started_by": "lin",
        "updated_at": START,
        "end_events": "[]",
        "rev": 1,
    }


@pytest.mark.parametrize("most", [1, 5, 40, 1000])
def test_the_newest_hits_are_found_and_none_is_left_out(deployed, texts, most, monkeypatch):
    monkeypatch.setattr(words, "MOST_HITS", most)
    monkeypatch.setattr(stretches, "FIRST", 10)
    monkeypatch.setattr(stretches, "PROBE", 25)
    monkeypatch.setattr(stretches, "MOST_READ", 60)

    with deployed.database.reading(deployed.clock.now(), SYSTEM) as reading:
        found = {word: hits(reading.session, word) for word in (*WORDS, *"旧新无")}
        found["油封 异响"] = hits(reading.session, "油封 异响")

    for wanted, numbers in found.items():
        has_all = [n for n, text in texts.items() if all(w in text for w in wanted.split())]
        assert list(numbers) == sorted(has_all, reverse=True)[:most], wanted

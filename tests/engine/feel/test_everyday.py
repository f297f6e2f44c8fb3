"""Expressions as process owners write them; the browser's engine is held to them too."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from tests.engine.feel.asking import ask

TABLE = Path(__file__).with_name("everyday.json")
ROWS = json.loads(TABLE.read_text("utf-8"), parse_float=Decimal)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["feel"])
def test_it_gives_what_the_table_says(row):
    assert ask(row["feel"], row["given"]) == row["gives"]

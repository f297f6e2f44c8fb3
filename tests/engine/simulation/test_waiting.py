"""Fields are left empty one by one, also those where something is preset."""

import pytest

from engine.model import InvalidValues, Sentence, Variables
from engine.simulation.differences import Differs
from engine.simulation.waiting import leave_out_each

VALUES = {"seenAt": "2026-03-02", "photos": ["a.jpg"], "words": "x"}


def test_a_field_is_emptied_and_a_list_is_left_out() -> None:
    tried: list[Variables] = []

    def attempt(values: Variables) -> None:
        tried.append(values)
        field = "seenAt" if len(tried) == 1 else "photos"
        raise InvalidValues({field: [Sentence("Enter something.")]})

    leave_out_each(("seenAt", "photos"), VALUES, attempt)

    assert tried == [
        {"seenAt": None, "photos": ["a.jpg"], "words": "x"},
        {"seenAt": "2026-03-02", "words": "x"},
    ]


def test_a_refusal_for_another_field_is_none() -> None:
    def attempt(_values: Variables) -> None:
        raise InvalidValues({"photos": [Sentence("Enter something.")]})

    with pytest.raises(Differs, match="without words"):
        leave_out_each(("words",), VALUES, attempt)

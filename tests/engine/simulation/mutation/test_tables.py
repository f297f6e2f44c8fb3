"""A mutated table still gives one answer to every case, but another one."""

from collections.abc import Iterator

from engine.markup import parse_xml
from engine.simulation.mutation.tables import TableChanges

CELLS = (
    ("&lt;= 5000", '"shop"', "true", "1"),
    ("(5000..20000]", '"shop"', "false", "2"),
    ("(5000..20000]", '"online"', "-", "2"),
    ("&gt; 20000", "-", "-", "3"),
)
HEAD = "<input><inputExpression><text>x</text></inputExpression></input>"


def table() -> bytes:
    rules = "".join(
        f'<rule id="r{number}">'
        + "".join(f"<inputEntry><text>{cell}</text></inputEntry>" for cell in cells[:3])
        + f"<outputEntry><text>{cells[3]}</text></outputEntry></rule>"
        for number, cells in enumerate(CELLS, start=1)
    )
    return (
        '<definitions><decision id="who"><decisionTable>'
        f"{HEAD * 3}<output/>{rules}</decisionTable></decision></definitions>"
    ).encode()


def changed() -> Iterator[tuple[str, str, list[str]]]:
    """Yield where, what, and the cells of each mutation, from rule to rule."""
    for each in TableChanges("who.dmn", table()).all():
        texts = [text.text or "" for text in parse_xml(each.content).iter("text")][3:]
        yield each.element, str(each.what), texts


def columns(what: str) -> list[list[str]]:
    (texts,) = [texts for _, said, texts in changed() if said == what]
    return [texts[place::4] for place in range(4)]


def test_a_threshold_is_moved_in_all_cells_at_once() -> None:
    amounts = columns("5000 → 5001")[0]

    assert amounts == ["<= 5001", "(5001..20000]", "(5001..20000]", "> 20000"]


def test_a_limit_itself_is_given_to_the_other_side() -> None:
    amounts = columns("5000 belongs to the other side of the limit")[0]

    assert amounts == ["< 5000", "[5000..20000]", "[5000..20000]", "> 20000"]


def test_the_upper_limit_of_a_range_counts_too() -> None:
    amounts = columns("20000 belongs to the other side of the limit")[0]

    assert amounts == ["<= 5000", "(5000..20000)", "(5000..20000)", ">= 20000"]


def test_two_words_of_a_column_change_places() -> None:
    assert columns('"shop" ↔ "online"')[1] == ['"online"', '"online"', '"shop"', "-"]


def test_words_that_always_stand_together_do_not_change_places() -> None:
    source = table().replace(b'"online"', b'"online", "app"')

    changes = [str(each.what) for each in TableChanges("who.dmn", source).all()]

    assert '"shop" ↔ "online"' in changes
    assert '"online" ↔ "app"' not in changes


def test_true_and_false_change_places() -> None:
    assert columns("true ↔ false")[2] == ["false", "true", "-", "-"]


def test_each_result_becomes_another_one() -> None:
    results = [(place, what) for place, what, _ in changed() if place.startswith("r")]

    assert results == [
        ("r1", "1 → 2"),
        ("r2", "2 → 3"),
        ("r3", "2 → 3"),
        ("r4", "3 → 4"),
    ]


def test_changes_of_a_column_belong_to_the_decision() -> None:
    places = {place for place, what, _ in changed() if "↔" in what or "limit" in what}

    assert places == {"who"}

"""Links: a flow that is not drawn, from one end to the other."""

import pytest

from engine.bpmn import inspect
from tests.engine.bpmn.models import (
    catch,
    diagram,
    either,
    end,
    flow,
    flows,
    fork,
    of_link,
    process,
    start,
    sub,
    throw,
    user,
    xor,
)
from tests.engine.bpmn.stage import play


def test_a_link_goes_on_at_its_other_end() -> None:
    stage = play(
        start(),
        throw("away", of_link("A")),
        catch("here", of_link("A")),
        user("x"),
        end(),
        flows("start", "away"),
        flows("here", "x", "end"),
    )

    assert stage.places == ["x"]
    assert stage.way() == ["start-away", "here-x"]
    assert stage.events("entered") == ["start", "away", "here", "x"]
    assert stage.complete("x").ended


def test_several_ends_lead_to_one_and_a_link_may_go_back() -> None:
    stage = play(
        start(),
        catch("again", of_link("back")),
        xor("join"),
        user("work"),
        xor("right", default="right-end"),
        throw("wrong", of_link("back")),
        throw("odd", of_link("back")),
        end(),
        flows("start", "join", "work", "right", "end"),
        flow("right", "wrong", '= result = "wrong"'),
        flow("right", "odd", '= result = "odd"'),
        flows("again", "join"),
    )

    stage.complete("work", result="wrong").complete("work", result="odd")

    assert stage.places == ["work"]
    assert stage.complete("work", result="right").ended


def test_an_inclusive_join_waits_for_what_comes_by_a_link() -> None:
    stage = play(
        start(),
        fork("split"),
        user("a"),
        user("b"),
        throw("away", of_link("L")),
        catch("here", of_link("L")),
        either("join"),
        end(),
        flows("start", "split", "a", "join", "end"),
        flows("split", "b", "away"),
        flows("here", "join"),
    )

    assert not stage.complete("a").ended
    assert stage.complete("b").ended
    assert stage.events("entered").count("end") == 1


def test_a_link_stays_in_its_sub_process() -> None:
    inside = (start("s"), throw("t", of_link("A")), flows("s", "t"))
    source = diagram(
        process(
            "p",
            start(),
            sub("part", *inside, catch("c2", of_link("A")), end("e"), flows("c2", "e")),
            throw("t1", of_link("A")),
            catch("c1", of_link("A")),
            end(),
            flows("start", "part", "t1"),
            flows("c1", "end"),
        )
    )

    assert not inspect({"p.bpmn": source})


@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        ((throw("x", of_link("A")), flows("start", "x")), "bpmn-link-end"),
        (
            (throw("x", of_link("A")), catch("c", of_link("B")), flows("start", "x")),
            "bpmn-link-end",
        ),
        (
            (
                throw("x", of_link("A")),
                catch("c", of_link("A")),
                catch("c2", of_link("A")),
                flows("start", "x"),
                flows("c", "end"),
                flows("c2", "end"),
            ),
            "bpmn-link-twice",
        ),
        (
            (
                throw("x", of_link("A")),
                catch("c", of_link("A")),
                flows("start", "x", "c", "end"),
            ),
            "bpmn-link-flow",
        ),
        (
            (
                throw("x", of_link("A")),
                sub(
                    "part", start("s"), catch("c", of_link("A")), end("e"), flows("c", "e")
                ),
                flows("start", "x"),
            ),
            "bpmn-link-end",
        ),
        (
            (throw("x", "<bpmn:linkEventDefinition/>"), flows("start", "x", "end")),
            "bpmn-link-name",
        ),
    ],
)
def test_a_link_without_its_other_end_is_refused(parts: tuple[str, ...], rule: str) -> None:
    source = diagram(process("p", start(), *parts, end()))

    assert rule in {problem.rule for problem in inspect({"p.bpmn": source})}

"""Asks every rule about every picture of a file."""

from collections.abc import Callable, Iterator

from engine.diagram.drawing import read_drawing
from engine.diagram.judge.complete import ends_that_hang, what_is_missing
from engine.diagram.judge.flows import (
    backward_flows,
    count_crossings,
    flows_through_labels,
    flows_through_shapes,
    slanted_flows,
    stacked_flows,
)
from engine.diagram.judge.lanes import outside_lanes, outside_pools, outside_sub_processes
from engine.diagram.judge.names import cut_names, long_names, missing_names
from engine.diagram.judge.overlaps import overlapping_labels, overlapping_shapes
from engine.diagram.judge.report import DrawingProblem, DrawingReport, Picture

RULES: tuple[Callable[[Picture], Iterator[DrawingProblem]], ...] = (
    ends_that_hang,
    outside_pools,
    outside_lanes,
    outside_sub_processes,
    overlapping_shapes,
    overlapping_labels,
    flows_through_shapes,
    flows_through_labels,
    stacked_flows,
    slanted_flows,
    backward_flows,
    cut_names,
    long_names,
    missing_names,
)


def judge(source: bytes) -> DrawingReport:
    """Return what is wrong with the drawings in *source*, a BPMN file.

    Raises:
        MarkupError: If the file is no XML that we read.
        NotDrawn: If a shape has no bounds or a number is none.
    """
    drawing = read_drawing(source)
    pictures = [Picture.of(drawing, plane) for plane in drawing.planes]
    problems = [*what_is_missing(drawing)]
    for picture in pictures:
        for rule in RULES:
            problems.extend(rule(picture))
    return DrawingReport(tuple(problems), sum(map(count_crossings, pictures)))

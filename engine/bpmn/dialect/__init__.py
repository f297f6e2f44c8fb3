"""Reads Camunda 8's dialect of BPMN into typed elements.

It notes what cannot be read and every extension that is not known; whether the parts fit
together is judged in `engine.bpmn.checks`.
"""

from engine.bpmn.dialect.diagram import Diagram, read_diagram
from engine.bpmn.dialect.names import CONTAINERS

__all__ = ["CONTAINERS", "Diagram", "read_diagram"]

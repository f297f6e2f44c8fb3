"""Places diagrams: pools, lanes, steps, flows and names, from the model alone.

Rows and columns first (what stands where on a lattice), then the ways of the flows
through the lattice, then tracks, so that no flow lies on another, then measures.
"""

from engine.diagram.layout.lay import lay_out

__all__ = ["lay_out"]

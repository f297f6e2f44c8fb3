"""Finds what a decision table leaves out, and where its rules get in each other's way.

It looks at tables alone; whether their expressions can be carried out is found by reading
the model.
"""

from engine.dmn.analysis.findings import TableProblem, analyse

__all__ = ["TableProblem", "analyse"]

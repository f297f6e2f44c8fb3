"""Finds what a decision table leaves out, and where its rules get in each other's way.

It looks at tables alone; whether their expressions can be carried out is found by reading
the model. Its findings have these ids:

==================== =================================================================
``dmn-gap``          no rule fits some cases
``dmn-gap-empty``    no rule fits where a value that a form need not fill is missing
``dmn-overlap``      two rules fit one case where only one may, or they must agree
``dmn-may-differ``   the same, where it depends on the case whether they agree
``dmn-unreachable``  nothing passes a condition of the rule
``dmn-masked``       other rules decide all cases of the rule before it
``dmn-alike``        two rules say the same, and both count where they hit
``dmn-not-listed``   a rule names a value that its column does not list
``dmn-not-allowed``  a value that is known to come is not allowed by the table
``dmn-not-analysed`` conditions that were not looked at
``dmn-too-large``    a search that was ended, or never begun
``dmn-more``         findings that are left out
==================== =================================================================
"""

from engine.dmn.analysis.findings import analyse
from engine.dmn.analysis.problem import TableProblem
from engine.dmn.analysis.sources import Given

__all__ = ["Given", "TableProblem", "analyse"]

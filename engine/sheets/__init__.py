"""Writes reports as Excel workbooks and as CSV; knows nothing of where figures come from.

What people typed stays text in both: a cell that begins like a formula is none.
"""

from engine.sheets.comma import comma_separated
from engine.sheets.workbook import EXCEL, Made, workbook

__all__ = ["EXCEL", "Made", "comma_separated", "workbook"]

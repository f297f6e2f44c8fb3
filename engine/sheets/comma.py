"""Reports as CSV that Excel opens with the right characters."""

import csv
from codecs import BOM_UTF8
from datetime import datetime
from decimal import Decimal
from io import StringIO

from engine.reckoning.report import Report
from engine.sheets.cells import Plain, Say, is_risky, sheet_of, words

_FINE = Decimal("0.0001")


def comma_separated(report: Report, say: Say) -> bytes:
    """Return *report* as CSV in UTF-8 with a mark in front, by which Excel knows it.

    Of several grids each has its title above it and an empty line below.
    """
    written = StringIO()
    writer = csv.writer(written)
    for place, grid in enumerate(report.grids):
        if place:
            writer.writerow([])
        if len(report.grids) > 1:
            writer.writerow([_text(words(grid.title, say))])
        sheet = sheet_of(grid, say)
        writer.writerow([_text(head) for head in sheet.heads])
        for row in (*sheet.rows, *([sheet.total] if sheet.total else [])):
            writer.writerow([_text(cell) for cell in row])
    return BOM_UTF8 + written.getvalue().encode()


def _text(cell: Plain) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell.quantize(_FINE).normalize():f}" if cell.is_finite() else ""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")[:16]
    if isinstance(cell, str) and is_risky(cell):
        return f"'{cell}"
    return str(cell)

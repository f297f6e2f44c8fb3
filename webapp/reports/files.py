"""Sends reports as files: Excel in the layout of the house, or CSV."""

from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

from flask import send_file
from werkzeug.wrappers import Response

from engine.model import InvalidState, NotFound
from engine.reckoning.report import Report
from engine.sheets import EXCEL, Made, comma_separated, workbook
from webapp.shell.gate import actor
from webapp.shell.moments import present
from webapp.shell.speech import spoken

MOST_ROWS = 10_000  #: Of an Excel file; more take longer than anybody waits for a page.


def file_of(report: Report, ending: str, zone: str) -> Response:
    """Return *report* as a file to be saved.

    Raises:
        NotFound: If there are no files with this ending.
        InvalidState: If it has too many rows for Excel.
    """
    if ending == "csv":
        return _send(report, comma_separated(report, spoken), "csv", "text/csv")
    if ending != "xlsx":
        raise NotFound("Expected xlsx or csv, but it is {ending}.", ending=ending[:20])
    rows = sum(len(grid.rows) for grid in report.grids)
    if rows > MOST_ROWS:
        raise InvalidState(
            "Expected at most {most} rows for Excel, but there are {count}: narrow the"
            " months, or take CSV.",
            most=MOST_ROWS,
            count=rows,
        )
    at: datetime = present().astimezone(ZoneInfo(zone))
    return _send(report, workbook(report, Made(at, actor().name), spoken), "xlsx", EXCEL)


def _send(report: Report, content: bytes, ending: str, media_type: str) -> Response:
    months = f"{report.period.first}–{report.period.last}"
    if report.period.first == report.period.last:
        months = report.period.first
    response = send_file(
        BytesIO(content),
        mimetype=media_type,
        as_attachment=True,
        download_name=f"{report.title} {months}.{ending}",
        max_age=0,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response

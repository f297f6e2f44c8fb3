"""The pages of reports: which there are, one of them, and its files."""

from collections.abc import Mapping

from flask import render_template, request
from werkzeug.wrappers import Response

from engine.model import InvalidValues, Sentence
from engine.queries.reports.one import OneReport, ReportView
from engine.queries.reports.overview import ReportsOverview
from webapp.reports.blueprint import pages
from webapp.reports.files import file_of
from webapp.reports.picture import picture_of
from webapp.reports.wording import number_text, told
from webapp.shell.gate import ask

#: What a report of a kind tells, for those who look for one.
KINDS: Mapping[str, Sentence] = {
    "daily-count": Sentence("What came and ended, day by day"),
    "monthly-summary": Sentence("What came, ended and stayed open, month by month"),
    "statistics-table": Sentence("By group and month"),
    "unit-rate": Sentence("By responsible unit"),
    "hot-spots": Sentence("The most frequent causes first"),
    "trend": Sentence("Months with control limits"),
    "deadlines": Sentence("Kept and broken, in working time"),
    "solved-once": Sentence("Solved at the first attempt"),
    "satisfaction": Sentence("What customers answered"),
    "reopened": Sentence("Complaints that came again"),
}


@pages.get("/")
def page() -> str:
    """List the reports that the person may read."""
    return render_template(
        "reports/page.html", policies=ask(ReportsOverview()), kinds=KINDS
    )


@pages.get("/<policy_key>/kinds/<kind>")
def report(policy_key: str, kind: str) -> str | tuple[str, int]:
    """Show a report over some months."""
    try:
        view = _asked(policy_key, kind)
    except InvalidValues as refusal:
        view = ask(OneReport(policy_key, kind))
        return _report(view, errors=refusal.errors), 422
    return _report(view, errors={})


@pages.get("/<policy_key>/kinds/<kind>/<ending>")
def report_file(policy_key: str, kind: str, ending: str) -> Response:
    """Send a report as a file."""
    view = _asked(policy_key, kind)
    return file_of(view.report, ending, view.zone)


def _asked(policy_key: str, kind: str) -> ReportView:
    months = request.args.get("first", ""), request.args.get("last", "")
    return ask(OneReport(policy_key, kind, *months))


def _report(view: ReportView, errors: object) -> str:
    pictures = [picture_of(grid, told, number_text) for grid in view.report.grids]
    return render_template(
        "reports/report.html",
        view=view,
        report=view.report,
        grids=list(zip(view.report.grids, pictures, strict=True)),
        errors=errors,
    )

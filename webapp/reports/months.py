"""Months of a ledger: which are closed, what changed since, and closing one."""

from collections.abc import Mapping

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from engine.commands.ledger.closings import CloseMonth
from engine.model import Sentence
from engine.queries.reports.months import LedgerMonths, OneMonth
from webapp.reports.blueprint import pages
from webapp.shell.gate import ask, run
from webapp.shell.messages import say_done

CHANGES: Mapping[str, Sentence] = {
    "added": Sentence("came into this month"),
    "gone": Sentence("left this month"),
    "ended": Sentence("has ended since"),
    "changed": Sentence("was changed"),
}


@pages.get("/<policy_key>/months")
def months(policy_key: str) -> str:
    """List the months of a ledger."""
    return render_template("reports/months.html", view=ask(LedgerMonths(policy_key)))


@pages.get("/<policy_key>/months/<month>")
def month(policy_key: str, month: str) -> str:
    """Show a closed month, then and now."""
    return render_template(
        "reports/month.html", view=ask(OneMonth(policy_key, month)), changes=CHANGES
    )


@pages.post("/<policy_key>/months/<month>/close")
def close(policy_key: str, month: str) -> Response:
    """Close a month."""
    closed = run(CloseMonth(policy_key, month))
    if closed.is_new:
        say_done("{month} is closed. Its figures stay as they are now.", month=month)
    else:
        say_done(
            "{month} was closed before. Its figures stay as they were then.", month=month
        )
    return redirect(url_for("reports.months", policy_key=policy_key), code=303)

"""The lists behind figures: lines of the ledger, and steps with a deadline."""

from collections.abc import Mapping

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from engine.model import InvalidValues, Sentence
from engine.queries.reports.ledger import LedgerAsked, LedgerExport, LedgerList, LedgerView
from engine.queries.reports.steps import StepList
from engine.reckoning.selection import BLANK, COLUMN
from webapp.reports.blueprint import pages
from webapp.reports.files import file_of
from webapp.reports.wording import is_short
from webapp.shell.gate import ask
from webapp.shell.listing import page_number
from webapp.shell.speech import speak

_SORT = "-opened"
_Errors = Mapping[str, tuple[Sentence, ...]]
STATES: Mapping[str, Sentence] = {
    "open": Sentence("open"),
    "closed": Sentence("closed"),
    "cancelled": Sentence("cancelled"),
}


@pages.get("/<policy_key>/ledger")
def ledger(policy_key: str) -> str | tuple[str, int]:
    """Show the lines of the ledger that stand behind a figure, or all of a year."""
    text, sort = request.args.get("q", ""), request.args.get("sort", _SORT)
    try:
        view = ask(LedgerList(policy_key, _asked(), text, sort, page_number()))
    except InvalidValues as refusal:
        view = ask(LedgerList(policy_key))
        return _ledger(view, refusal.errors), 422
    return _ledger(view, {})


@pages.get("/<policy_key>/ledger/<ending>")
def ledger_file(policy_key: str, ending: str) -> Response:
    """Send the lines of a list as a file."""
    text, sort = request.args.get("q", ""), request.args.get("sort", _SORT)
    exported = ask(LedgerExport(policy_key, _asked(), text, sort))
    return file_of(exported.report, ending, exported.zone)


@pages.get("/<policy_key>/steps")
def steps(policy_key: str) -> str | tuple[str, int]:
    """Show the steps that stand behind a figure of the deadlines."""
    args = request.args
    try:
        view = ask(
            StepList(
                policy_key,
                first=args.get("first", ""),
                last=args.get("last", ""),
                outcome=args.get("outcome", ""),
                step=args.get("step", ""),
                person=args.get("person"),
                unit=args.get("unit"),
                page=page_number(),
            )
        )
    except InvalidValues as refusal:
        view = ask(StepList(policy_key))
        return render_template("reports/steps.html", view=view, errors=refusal.errors), 422
    return render_template("reports/steps.html", view=view, errors={})


def _ledger(view: LedgerView, errors: _Errors) -> str:
    return render_template(
        "reports/ledger.html",
        view=view,
        errors=errors,
        states=STATES,
        said_of=_said_of,
        is_short=is_short,
        file_address=lambda ending: _file_address(view.policy, ending),
    )


def _file_address(policy: str, ending: str) -> str:
    """Return where the list that is shown can be had as a file."""
    kept: dict[str, str] = {
        name: value for name, value in request.args.items() if value and name != "page"
    }
    kept.update(policy_key=policy, ending=ending)
    return url_for("reports.ledger_file", **kept)  # type: ignore[arg-type]


def _said_of(view: LedgerView) -> list[tuple[str, str]]:
    """Return what the list is narrowed to beyond its filters, by names of the address."""
    chosen, answers = view.selection, {"yes": speak("yes"), "no": speak("no")}
    chips = []
    if chosen.day:
        chips.append(("day", chosen.day))
    if chosen.solved:
        answer = answers.get(chosen.solved, speak("judged"))
        chips.append(("solved", speak("Solved at once: {answer}", answer=answer)))
    if chosen.reopened:
        answer = answers.get(chosen.reopened, speak("judged"))
        chips.append(("reopened", speak("Reopened: {answer}", answer=answer)))
    if chosen.grade:
        grade = speak("given") if chosen.grade == "given" else chosen.grade
        chips.append(("grade", speak("Satisfaction: {answer}", answer=grade)))
    shown = {choice.column for choice in view.choices}
    for column in view.columns:
        for name, key in chosen.values:
            if name == column.id and name not in shown:
                value = key or speak("not filled in")
                said = speak("{column}: {value}", column=column.title, value=value)
                chips.append((COLUMN + name, said))
    return [(name, str(words)) for name, words in chips]


def _asked() -> LedgerAsked:
    """Return what the address asks for; a column left open asks for nothing."""
    args = request.args
    return LedgerAsked(
        first=args.get("first", ""),
        last=args.get("last", ""),
        basis=args.get("basis", ""),
        day=args.get("day", ""),
        state=args.get("state", ""),
        solved=args.get("solved", ""),
        reopened=args.get("reopened", ""),
        grade=args.get("grade", ""),
        values=tuple(
            (name.removeprefix(COLUMN), "" if value == BLANK else value)
            for name, value in args.items()
            if name.startswith(COLUMN) and value
        ),
    )

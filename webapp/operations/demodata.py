"""Demo data: load a year of made-up cases, see how far that is, remove them."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.operations.madeup import BeginDemo, BeginRemoval
from engine.model import Sentence
from engine.queries.operations.demo import DemoData
from webapp.shell.apart import refuse_alone, start_apart
from webapp.shell.gate import ask, run
from webapp.shell.messages import say_done

pages = Blueprint("demodata", __name__, url_prefix="/demo-data")
#: What is typed where real cases may be; in whatever language.
WORD = Sentence("demo")
_WORDS = frozenset({"demo", "演示", "示範"})


@pages.get("/")
def page() -> str:
    """Show what there is of demo data."""
    return _page({})


@pages.post("/load")
def load() -> Response | tuple[str, int]:
    """Begin to load it, in a process of its own."""
    view = ask(DemoData())
    if not view.is_demo and _typed() not in _WORDS:
        return _page({"word": (_UNTYPED,)}), 422
    refuse_alone()
    run(BeginDemo())
    start_apart("engine.cli.demo_run", "load")
    say_done("Demo cases are being made. This page shows how far that is.")
    return redirect(url_for("demodata.page"), code=303)


@pages.post("/remove")
def remove() -> Response:
    """Begin to remove it, in a process of its own."""
    ask(DemoData())  # Refuses whoever does not administer.
    refuse_alone()
    run(BeginRemoval())
    start_apart("engine.cli.demo_run", "remove")
    say_done("Demo cases are being removed. Look again in a moment.")
    return redirect(url_for("demodata.page"), code=303)


def _typed() -> str:
    return request.form.get("word", "").strip().lower()


_UNTYPED = Sentence("Type the word, so that this does not happen by mistake.")


def _page(errors: dict[str, tuple[Sentence, ...]]) -> str:
    return render_template(
        "demodata/page.html", view=ask(DemoData()), errors=errors, word=WORD
    )

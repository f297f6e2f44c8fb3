"""Takes what was entered on a form: checks it, keeps it, and binds its files."""

from collections.abc import Iterator

from engine.commands.admitting.entries import refuse_faults
from engine.forms import Form
from engine.model import Json, Sentence, Variables
from engine.policy import LoadedPolicy
from engine.store.facts import form_context
from engine.store.models import Case, Document, Submission
from engine.store.transaction import Transaction


def accept(
    tx: Transaction,
    policy: LoadedPolicy,
    form_id: str | None,
    values: Variables,
    *,
    case: Case | None,
    variables: Variables,
    evidence: str | None = None,
) -> Variables:
    """Return the variables that *values* set, once nothing is wrong with them.

    Raises:
        InvalidValues: If something is, with sentences by the path of the field.
    """
    if form_id is None:
        refuse_faults(dict.fromkeys(values, (_UNKNOWN,)))
        return {}
    form = policy.forms[form_id]
    context = form_context(tx, policy, variables, case, form=form)
    refuse_faults(form.validate(values, context))
    accepted = form.submission(values, context)
    refuse_faults(_file_faults(tx, accepted, case))
    if evidence == "photo":
        refuse_faults(_evidence_faults(form, accepted))
    return accepted


def keep(
    tx: Transaction, submission: Submission, case: Case, task_id: int | None = None
) -> None:
    """Let the files that a submission names belong to its case."""
    if (submission.case_id, submission.task_id) != (case.id, task_id):
        submission.case_id, submission.task_id = case.id, task_id
    for _, file in files_in(submission.values):
        document = tx.document(file["document"])
        if document.case_id is None:
            document.case_id, document.task_id = case.id, task_id


def files_in(value: Json, path: str = "") -> Iterator[tuple[str, dict[str, Json]]]:
    """Return the files in *value*, each with the path of the field that holds it."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            is_file = isinstance(item, dict) and "document" in item
            yield from files_in(item, path if is_file else f"{path}.{index}")
    elif isinstance(value, dict) and "document" in value:
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from files_in(item, f"{path}.{key}" if path else key)


_UNKNOWN = Sentence("Expected nothing to be entered here, but something was.")
_NO_FILE = Sentence("Expected a file that was sent for this case, but it is none.")
_NO_PHOTO = Sentence("Expected at least one photo, but there is none.")


def _file_faults(
    tx: Transaction, values: Variables, case: Case | None
) -> dict[str, tuple[Sentence, ...]]:
    """Find files that somebody else sent, or that belong to another case."""
    return {
        path: (_NO_FILE,) for path, file in files_in(values) if not _is_own(tx, file, case)
    }


def _is_own(tx: Transaction, file: dict[str, Json], case: Case | None) -> bool:
    number = file["document"]
    document = tx.session.get(Document, number) if isinstance(number, int) else None
    if document is None or document.digest != file.get("digest"):
        return False
    if document.case_id is None:
        return document.by == tx.actor.login
    return case is not None and document.case_id == case.id


def _evidence_faults(form: Form, values: Variables) -> dict[str, tuple[Sentence, ...]]:
    if any(str(file.get("type")).startswith("image/") for _, file in files_in(values)):
        return {}
    pickers = [
        ".".join(component.path)
        for outermost in form.components
        for component in outermost.walk()
        if component.kind == "filepicker"
    ]
    return {(pickers or [""])[0]: (_NO_PHOTO,)}

"""The forms of the house, filled in with what a case knows, ready for paper."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from engine.feel import BudgetExceeded, working_time_functions
from engine.forms import FormContext, Showing
from engine.forms.showing import path_of
from engine.language import say
from engine.masking import NO_VEIL, Veil
from engine.model import InvalidState, Json, NotFound, Sentence
from engine.policy import LoadedPolicy, Print
from engine.policy.prints import Orientation, PrintField, PrintSection
from engine.queries.handling.signatories import SignatureLine, signature_lines
from engine.queries.progress.executions import all_variables
from engine.queries.showing.masking import veil_over
from engine.queries.showing.visibility import visible_case
from engine.store.facts import COMPLETIONS, case_facts, completions, directory
from engine.store.models import Case, Document
from engine.store.onlookers import shown_files
from engine.store.reading import Reading
from engine.store.visibility import may_see


@dataclass(frozen=True, slots=True)
class Copy:
    """One of the copies of a print."""

    number: int  #: From 1.
    note: str  #: Who keeps it; empty for a print without copies.
    is_mine: bool  #: Whether the asking person holds the role that keeps it.


@dataclass(frozen=True, slots=True)
class OfferedPrint:
    """A print that can be fetched now."""

    id: str
    title: str
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A label and what stands beside it."""

    label: str
    text: str
    is_wide: bool


@dataclass(frozen=True, slots=True)
class Photo:
    """A file that is shown, or named where it is no picture."""

    document: int
    name: str
    media_type: str
    digest: str


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """A part of a print; it has one kind of content, the others are empty."""

    title: str
    columns: int
    rows: tuple[tuple[Cell, ...], ...] = ()  #: Cells beside each other.
    html: str = ""
    head: tuple[str, ...] = ()
    body: tuple[tuple[str, ...], ...] = ()
    photos: tuple[Photo, ...] = ()
    signatures: tuple[SignatureLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A print with everything filled in."""

    id: str
    title: str
    number: str
    case_id: int
    case_number: str
    policy: str
    version: int
    orientation: Orientation
    copies: tuple[Copy, ...]
    sections: tuple[PrintedSection, ...]
    at: datetime  #: When it was filled in.
    by: str  #: The name of who asked for it.


@dataclass(frozen=True, slots=True)
class CasePrint:
    """A print of a case that the asking person may see."""

    case_id: int
    print_id: str
    language: str = "zh_CN"
    copy: int | None = None  #: Only this one.

    def answer(self, reading: Reading) -> PrintedForm:
        """Return it.

        Raises:
            NotFound: If there is no such case, print or copy.
            NotAllowed: If the case is not for this person.
            InvalidState: If the case has not come so far.
        """
        case = visible_case(reading, self.case_id)
        loaded = reading.loaded(case.deployment_id)
        printed = loaded.prints.get(self.print_id)
        if printed is None:
            raise NotFound(
                "Expected to find the print {print} of this policy, but there is none.",
                print=self.print_id,
            )
        veil = veil_over(reading, case)
        showing = _showing(reading, case, loaded, self.language)
        if not _is_offered(printed, showing):
            raise InvalidState(
                "Expected the case to have come so far that {print} can be printed, but it"
                " has not.",
                print=printed.title,
            )
        if veil:
            # Whether it is offered and what it says of itself goes by the case as it is.
            showing = _showing(reading, case, loaded, self.language, veil=veil)
        filled = PrintedForm(
            id=printed.id,
            title=printed.title,
            number="" if printed.number is None else showing.text(printed.number),
            case_id=case.id,
            case_number=case.number,
            policy=loaded.settings.title,
            version=case.deployment.number,
            orientation=printed.orientation,
            copies=self._copies(reading, printed),
            sections=tuple(
                _section(reading, case, section, showing) for section in printed.sections
            ),
            at=reading.now,
            by=reading.actor.name,
        )
        return replace(veil.over(filled), number=filled.number)

    def _copies(self, reading: Reading, printed: Print) -> tuple[Copy, ...]:
        copies = copies_of(reading, printed)
        if self.copy is None:
            return copies
        chosen = tuple(copy for copy in copies if copy.number == self.copy)
        if not chosen:
            raise NotFound(
                "Expected to find copy {number} of {print}, but there is none.",
                number=self.copy,
                print=printed.title,
            )
        return chosen


@dataclass(frozen=True, slots=True)
class CasePrints:
    """The prints of a case that can be fetched now."""

    case_id: int
    language: str = "zh_CN"

    def answer(self, reading: Reading) -> tuple[OfferedPrint, ...]:
        """Return them in the order of their ids.

        Raises:
            NotFound: If there is no such case.
            NotAllowed: If the case is not for this person.
        """
        case = visible_case(reading, self.case_id)
        return offered_prints(reading, case, self.language)


def offered_prints(reading: Reading, case: Case, language: str) -> tuple[OfferedPrint, ...]:
    """Return the prints that can be fetched now, in the order of their ids."""
    loaded = reading.loaded(case.deployment_id)
    if not loaded.prints:
        return ()
    asked = [each.when for each in loaded.prints.values() if each.when is not None]
    read = frozenset(name for expression in asked for name in expression.reads)
    showing = _showing(reading, case, loaded, language, read=read)
    return tuple(
        OfferedPrint(printed.id, printed.title, copies_of(reading, printed))
        for _, printed in sorted(loaded.prints.items())
        if _is_offered(printed, showing)
    )


def copies_of(reading: Reading, printed: Print) -> tuple[Copy, ...]:
    """Return the copies of a print; one without a note where it names none."""
    if not printed.copies:
        return (Copy(1, "", False),)
    keepers = printed.keepers or ("",) * len(printed.copies)
    return tuple(
        Copy(number, note, bool(keeper) and reading.actor.holds(keeper))
        for number, (note, keeper) in enumerate(
            zip(printed.copies, keepers, strict=True), start=1
        )
    )


def _showing(
    reading: Reading,
    case: Case,
    loaded: LoadedPolicy,
    language: str,
    *,
    read: frozenset[str] = frozenset(["directory", COMPLETIONS]),
    veil: Veil = NO_VEIL,
) -> Showing:
    """Return what shows the variables of *case*; only what is *read* is looked up."""
    known = veil.values(all_variables(reading, case), loaded.settings.personal)
    facts = veil.values(case_facts(case, loaded))
    if "directory" in read:
        facts = {**facts, "directory": directory(reading)}
    if COMPLETIONS in read:
        facts = {**facts, COMPLETIONS: completions(reading, case)}
    context = FormContext(
        variables={**known, **facts},
        now=reading.now,
        zone=loaded.calendar.zone,
        functions=working_time_functions(loaded.calendar),
        language=language,
    )
    return Showing(
        loaded.forms.values(),
        context,
        yes=say(Sentence("Yes"), language),
        no=say(Sentence("No"), language),
    )


def _is_offered(printed: Print, showing: Showing) -> bool:
    if printed.when is None:
        return True
    try:
        return showing.value(printed.when) is True
    except BudgetExceeded:
        return False  # The page of the case is there all the same.


def _section(
    reading: Reading, case: Case, section: PrintSection, showing: Showing
) -> PrintedSection:
    listed = () if section.rows is None else _rows_in(showing.value(section.rows))
    within = () if section.rows is None else path_of(section.rows) or ()
    return PrintedSection(
        title=section.title,
        columns=section.columns,
        rows=tuple(_beside_each_other(section, showing)),
        html=showing.html(section.text) if section.text else "",
        head=tuple(field.label for field in section.row_fields),
        body=tuple(
            tuple(
                showing.text(field.value, labels=field.labels, row=row, within=within)
                for field in section.row_fields
            )
            for row in listed
        ),
        photos=()
        if section.photos is None
        else tuple(_photos_in(reading, showing.value(section.photos))),
        signatures=signature_lines(reading, case, section.signatures),
    )


def _beside_each_other(
    section: PrintSection, showing: Showing
) -> Iterator[tuple[Cell, ...]]:
    """Yield rows of at most as many cells as there are columns; a wide one is alone."""
    row: tuple[Cell, ...] = ()
    for field in section.fields:
        cell = _cell(field, showing)
        if row and (cell.is_wide or len(row) == section.columns):
            yield row
            row = ()
        row = (*row, cell)
        if cell.is_wide:
            yield row
            row = ()
    if row:
        yield row


def _cell(field: PrintField, showing: Showing) -> Cell:
    return Cell(field.label, showing.text(field.value, labels=field.labels), field.wide)


def _rows_in(value: Json) -> tuple[dict[str, Json], ...]:
    listed = value if isinstance(value, list) else [value]
    return tuple(row for row in listed if isinstance(row, dict))


def _photos_in(reading: Reading, value: Json) -> Iterator[Photo]:
    """Yield the files in *value*, as far as the asking person may see them."""
    numbers = list(_files_in(value))
    if not numbers:
        return
    chosen = select(Document).join(Case, Case.id == Document.case_id)
    seen = chosen.where(Document.id.in_(numbers), may_see(reading.actor))
    files = {file.id: file for file in reading.session.scalars(seen)}
    shown = shown_files(reading, files.values())
    for file in (files[number] for number in numbers if number in shown):
        yield Photo(file.id, file.name, file.media_type, file.digest)


def _files_in(value: Json) -> Iterator[int]:
    if isinstance(value, list):
        for each in value:
            yield from _files_in(each)
    elif isinstance(value, dict) and isinstance(value.get("document"), int):
        yield value["document"]

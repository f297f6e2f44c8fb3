"""Files of cases, for those who may see the case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from engine.model import Json, NotAllowed, NotFound
from engine.queries.showing.masking import veil_over
from engine.queries.showing.visibility import visible_case
from engine.store.models import Case, Document
from engine.store.onlookers import shown_files, shows_file
from engine.store.reading import Reading
from engine.store.visibility import may_see


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A file: its name, kind, size in bytes, and the digest that it lies under."""

    id: int
    name: str
    media_type: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class UsableDocuments:
    """Those of some files that the asking person may put into a form."""

    numbers: tuple[int, ...]

    def answer(self, reading: Reading) -> tuple[Json, ...]:
        """Return them as forms refer to files, in the given order."""
        usable = _usable(reading, self.numbers)
        return tuple(
            {
                "document": document.id,
                "name": document.name,
                "type": document.media_type,
                "size": document.size,
                "digest": document.digest,
            }
            for number in self.numbers
            if (document := usable.get(number)) is not None
        )


@dataclass(frozen=True, slots=True)
class OneDocument:
    """A file that the asking person may see."""

    document_id: int

    def answer(self, reading: Reading) -> StoredDocument:
        """Return it.

        Raises:
            NotAllowed: If its case is not for this person; or, while it belongs to no
                case yet, if somebody else uploaded it.
        """
        document = reading.document(self.document_id)
        name = document.name
        if document.case_id is not None:
            case = visible_case(reading, document.case_id)
            if case.erased_at is not None:
                raise NotFound(
                    "Expected to find document {document}, but it was erased with what is"
                    " personal in its case.",
                    document=document.id,
                )
            if not shows_file(reading, document):
                raise NotAllowed(
                    "Expected document {document} to be for all who see the case, but it"
                    " holds personal data. Ask on the page of the case to be shown it.",
                    document=document.id,
                )
            name = veil_over(reading, case).text(name)
        elif document.by != reading.actor.login:
            raise NotAllowed(
                "Expected to show document {document}, but somebody else uploaded it.",
                document=document.id,
            )
        return StoredDocument(
            document.id, name, document.media_type, document.size, document.digest
        )


def _usable(reading: Reading, numbers: Sequence[int]) -> Mapping[int, Document]:
    """Return those of the files that are the asking person's, or of cases they see."""
    if not numbers:
        return {}
    chosen = select(Document).where(Document.id.in_(numbers))
    files = reading.session.scalars(chosen).all()
    cases = {file.case_id for file in files if file.case_id is not None}
    seen = set(
        reading.session.scalars(
            select(Case.id).where(Case.id.in_(cases), may_see(reading.actor))
        )
    )
    mine = {file.id for file in files if file.by == reading.actor.login}
    shown = shown_files(reading, [file for file in files if file.case_id in seen])
    return {
        file.id: file
        for file in files
        if file.id in (mine if file.case_id is None else shown)
    }

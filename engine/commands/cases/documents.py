"""Commands about files: photos, letters, receipts."""

from dataclasses import dataclass, field, replace

from engine.commands.admitting.contents import faults_of
from engine.commands.admitting.entries import refuse_faults
from engine.commands.cases.lifecycle import refuse_erased, refuse_unseen
from engine.commands.command import PRIVATE
from engine.model import DocumentId, Sentence
from engine.store.models import Document
from engine.store.reading import Reading
from engine.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class AttachDocument:
    """Make a file that lies in the file store known: for a case, or for a form to come."""

    name: str = field(metadata=PRIVATE)
    media_type: str
    size: int
    digest: str
    case_id: int | None = None
    task_id: int | None = None
    faults: tuple[Sentence, ...] = field(default=(), metadata=PRIVATE)

    def prepare(self, reading: Reading) -> "AttachDocument":
        """Look into the file: it must be what it says it is."""
        content = reading.holdings.files.read(self.digest)
        return replace(self, faults=faults_of(self.name, self.media_type, content))

    def run(self, tx: Transaction) -> DocumentId:
        """Write the file down and return its number.

        Raises:
            NotFound: If there is no such content, case or task.
            NotAllowed: If the actor must not see the case.
            InvalidState: If the personal data of the case was erased.
            InvalidValues: If it is too large, or not the kind of file that it says.
        """
        refuse_faults({"file": self.faults})
        case_id = self.case_id
        if self.task_id is not None:
            case_id = tx.find_task(self.task_id).case_id
        if case_id is not None:
            case = tx.case(case_id)
            refuse_unseen(tx, case)
            refuse_erased(case)
        else:
            tx.stream = f"person:{tx.actor.person_id or tx.actor.login}"
        document = tx.add(
            Document(
                case_id=case_id,
                task_id=self.task_id,
                name=self.name,
                media_type=self.media_type,
                size=self.size,
                digest=self.digest,
                at=tx.now,
                by=tx.actor.login,
            )
        )
        tx.note(document=document.id)
        return DocumentId(document.id)

"""Commands about people: who they are, what they may, how they prove who they are."""

from dataclasses import dataclass, field, replace

from engine.commands.admitting import entries
from engine.commands.admitting.permission import has_right, require
from engine.commands.command import PRIVATE
from engine.commands.people.passwords import faults_of, hash_password, verify_password
from engine.model import (
    Conflict,
    InvalidState,
    InvalidValues,
    NotAllowed,
    PersonId,
    Sentence,
)
from engine.store import people
from engine.store.models import Person
from engine.store.reading import Reading
from engine.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class AddPerson:
    """Let somebody in, with a password unless they log in elsewhere."""

    login: str
    name: str = field(metadata=PRIVATE)
    password: str | None = field(default=None, metadata=PRIVATE, repr=False)
    email: str | None = field(default=None, metadata=PRIVATE)
    rights: tuple[str, ...] = ()
    demo: bool = False
    password_hash: str | None = field(default=None, metadata=PRIVATE, repr=False)

    def prepare(self, reading: Reading) -> "AddPerson":
        """Hash the password, which takes long on purpose."""
        if self.password is None or faults_of(self.password, self.login):
            return self
        return replace(self, password_hash=hash_password(self.password))

    def run(self, tx: Transaction) -> PersonId:
        """Add the person.

        Raises:
            NotAllowed: If the actor is no administrator.
            InvalidValues: If something entered is not right.
            Conflict: If somebody has this login.
        """
        require(tx.actor, "admin")
        password = self.password
        entries.refuse_faults(
            {
                "login": entries.login_faults(self.login),
                "name": entries.name_faults(self.name),
                "password": () if password is None else faults_of(password, self.login),
                "email": entries.email_faults(self.email),
                "rights": entries.rights_faults(self.rights),
            }
        )
        other = people.person_or_none(tx, self.login)
        if other is not None:
            raise Conflict(
                "Expected a new login, but {login} belongs to {name}.",
                login=self.login,
                name=other.name,
            )
        person = tx.add(
            Person(
                login=self.login,
                name=self.name.strip(),
                email=self.email,
                password_hash=self.password_hash,
                rights=sorted(set(self.rights)),
                active=True,
                demo=self.demo,
                created_at=tx.now,
            )
        )
        _journal_under(tx, person)
        return PersonId(person.id)


@dataclass(frozen=True, slots=True)
class ChangePerson:
    """Change what is known of somebody; whoever is made inactive is logged out."""

    person_id: PersonId
    name: str = field(metadata=PRIVATE)
    email: str | None = field(default=None, metadata=PRIVATE)
    rights: tuple[str, ...] = ()
    active: bool = True

    def run(self, tx: Transaction) -> None:
        """Change the person.

        Raises:
            NotFound: If there is no such person.
            NotAllowed: If the actor is no administrator.
            InvalidValues: If something entered is not right.
            InvalidState: If nobody would be left to administer.
        """
        require(tx.actor, "admin")
        person = people.lock_person(tx, self.person_id)
        entries.refuse_faults(
            {
                "name": entries.name_faults(self.name),
                "email": entries.email_faults(self.email),
                "rights": entries.rights_faults(self.rights),
            }
        )
        stays_admin = self.active and "admin" in self.rights
        if "admin" in person.rights and not stays_admin and _is_last_admin(tx, person):
            raise InvalidState(
                "Expected somebody left who administers, but {name} is the last one.",
                name=person.name,
            )
        person.name, person.email = self.name.strip(), self.email
        person.rights, person.active = sorted(set(self.rights)), self.active
        if not self.active:
            people.end_sessions(tx, person.id)
        _journal_under(tx, person)


@dataclass(frozen=True, slots=True)
class SetPassword:
    """Set a password: one's own by telling the present one, others' as administrator."""

    person_id: PersonId
    password: str = field(metadata=PRIVATE, repr=False)
    present: str | None = field(default=None, metadata=PRIVATE, repr=False)
    session_id: int | None = None  #: The log-in that goes on; all others end.
    password_hash: str | None = field(default=None, metadata=PRIVATE, repr=False)
    proven: bool = field(default=False, metadata=PRIVATE)

    def prepare(self, reading: Reading) -> "SetPassword":
        """Verify the present password and hash the new one."""
        person = reading.person(self.person_id)
        proven = self.present is not None and verify_password(
            person.password_hash, self.present
        )
        good = not faults_of(self.password, person.login)
        return replace(
            self,
            proven=proven,
            password_hash=hash_password(self.password) if good else None,
        )

    def run(self, tx: Transaction) -> None:
        """Set the password and end the person's other log-ins.

        Raises:
            NotFound: If there is no such person.
            NotAllowed: If it is somebody else's and the actor is no administrator.
            InvalidValues: If the present password is wrong or the new one too weak.
        """
        person = people.lock_person(tx, self.person_id)
        own = tx.actor.person_id == person.id
        if not own and not has_right(tx.actor, "admin"):
            raise NotAllowed(
                "Expected to set one's own password, but this is that of {name}.",
                name=person.name,
            )
        if own and not self.proven:
            raise InvalidValues(
                {"present": (Sentence("Expected the present password, but it is not."),)}
            )
        entries.refuse_faults({"password": faults_of(self.password, person.login)})
        person.password_hash = self.password_hash
        people.end_sessions(tx, person.id, but=self.session_id)
        _journal_under(tx, person)


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Choose the language that somebody reads; None follows the browser."""

    language: str | None

    def run(self, tx: Transaction) -> None:
        """Remember the language for the actor."""
        person = people.lock_person(tx, tx.actor.person_id or 0)
        person.language = self.language
        _journal_under(tx, person)


def _is_last_admin(tx: Transaction, person: Person) -> bool:
    return not any(
        "admin" in other.rights
        for other in people.active_people(tx)
        if other.id != person.id
    )


def _journal_under(tx: Transaction, person: Person) -> None:
    tx.stream = f"person:{person.id}"

"""Makes a report of a policy over a period from its tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select

from engine.model import NotFound, Sentence
from engine.policy import LoadedPolicy
from engine.policy.sections.ledger import Ledger
from engine.policy.sections.reports import REPORT_KINDS, ReportKind, what_is_missing
from engine.policy.sections.reports import Report as Owed
from engine.policy.sections.statistics import Statistics
from engine.reckoning.book import Book
from engine.reckoning.line import Line, Step
from engine.reckoning.months import Month, Period, moved
from engine.reckoning.report import Report
from engine.reckoning.selection import Selection
from engine.reports.closing import Kept, differences, kept_months
from engine.reports.kinds import KINDS, MONTHS
from engine.reports.ledgers import first_month, lines, policy_with_ledger, today
from engine.reports.material import Material
from engine.reports.punctual import steps
from engine.store.models import Person, Unit
from engine.store.reading import Reading

MOST_MONTHS = 36  #: That a report shows at once.
_NOTHING = Statistics(None, None, None, None, None, (), ())


@dataclass(frozen=True, slots=True)
class Books:
    """The ledger of a policy over a period, with its closed months."""

    policy: LoadedPolicy
    ledger: Ledger
    book: Book
    steps: tuple[Step, ...]
    kept: Mapping[Month, Kept]

    def changes(self) -> Mapping[Month, int]:
        """Return for each closed month how many of its cases have changed since."""
        return {
            month: len(differences(kept, self.book.present))
            for month, kept in self.kept.items()
        }


def books(
    reading: Reading,
    policy_key: str,
    period: Period,
    *,
    with_steps: bool = True,
    demo: bool | None = None,
    selection: Selection | None = None,
) -> Books:
    """Return the ledger of a policy: closed months as they were, others as they are.

    With *demo* it is that of demo cases alone, or that of all others; with *selection*
    lines may be missing that it does not take, unless a closed month needs them.

    Raises:
        NotFound: If there is no such policy, or it keeps no ledger.
    """
    policy, ledger = policy_with_ledger(reading, policy_key)
    kept = kept_months(reading, policy_key, period, demo=demo)
    wanted = None if kept else selection  # What has changed since is found among all.
    present = lines(reading, policy_key, period, demo=demo, selection=wanted)
    closed = {month: each.lines for month, each in kept.items()}
    found: Iterable[Step] = ()
    if with_steps:
        found = steps(reading, policy, period, demo=demo)
    counted = [step for step in found if step.due_in not in kept]
    counted += [step for each in kept.values() for step in each.steps]
    return Books(policy, ledger, Book(period, present, closed), tuple(counted), kept)


def report(
    reading: Reading,
    policy_key: str,
    kind: str,
    period: Period,
    title: str | None = None,
    *,
    demo: bool | None = None,
) -> Report:
    """Return a report over *period*, whether the policy owes it or not.

    It says how many demo cases its figures count; with *demo* it counts these alone, or
    none of them.

    Raises:
        NotFound: If there is no such policy, kind, or nothing that it could be made from.
    """
    policy, _ = policy_with_ledger(reading, policy_key)
    owed = owed_report(policy, kind)
    if title:
        owed = Owed(owed.kind, title, owed.roles, owed.clauses)
    given = material(reading, policy_key, period, demo=demo)
    missing = what_is_missing(owed.kind, policy.settings.statistics)
    if missing is not None:
        raise NotFound(
            "Expected statistics that tell {key}, which the report needs, but there are"
            " none.",
            key=missing,
        )
    made = KINDS[owed.kind](given, owed)
    made_up = given.book.made_up(period)
    if not made_up:
        return made
    remarks = (*made.remarks, said_of_demo(made_up))
    return replace(made, remarks=remarks, demo=made_up)


def said_of_demo(count: int) -> Sentence:
    """Return what stands beside figures that count demo cases."""
    return Sentence(
        "Demo data: {count} of the cases counted are made up.", {"count": count}
    )


def owed_report(policy: LoadedPolicy, kind: str) -> Owed:
    """Return what the policy says of a report; its ledger's title where it says nothing.

    Raises:
        NotFound: If there is no such kind.
    """
    for owed in policy.settings.reports:
        if owed.kind == kind:
            return owed
    ledger = policy.settings.ledger
    return Owed(kind_called(kind), ledger.title if ledger else kind, (), ())


def kind_called(name: str) -> ReportKind:
    """Return the kind of report by its name.

    Raises:
        NotFound: If there is none.
    """
    for kind in REPORT_KINDS:
        if kind == name:
            return kind
    raise NotFound(
        "Expected a kind of report, but there is none called {report}.", report=name
    )


def material(
    reading: Reading, policy_key: str, period: Period, *, demo: bool | None = None
) -> Material:
    """Return what reports over *period* are made from."""
    length = sum(1 for _ in period.months())
    # Some compare with the period before.
    wide = Period(moved(period.first, -length), period.last)
    held = books(reading, policy_key, wide, demo=demo)
    return Material(
        ledger=held.ledger,
        statistics=held.policy.settings.statistics or _NOTHING,
        period=period,
        book=held.book,
        today=today(reading, held.policy),
        steps=held.steps,
        since=first_month(reading, policy_key),
        units=_units(reading),
        people=_people(reading, held),
        changes=held.changes(),
    )


def default_period(kind: ReportKind, last: Month) -> Period:
    """Return the months that a report shows unless somebody asks for others."""
    return Period(moved(last, 1 - MONTHS[kind]), last)


def _units(reading: Reading) -> Mapping[str, str]:
    return dict(reading.session.execute(select(Unit.key, Unit.name)).all())


def _people(reading: Reading, held: Books) -> Mapping[str, str]:
    columns = [column.id for column in held.ledger.columns if column.kind == "person"]
    wanted = {step.person for step in held.steps}
    every: list[Line] = [*held.book.present]
    every += [line for lines_ in held.book.closed.values() for line in lines_]
    wanted |= {key for line in every for column in columns for key in line.keys(column)}
    chosen = select(Person.login, Person.name).where(Person.login.in_(wanted - {""}))
    return dict(reading.session.execute(chosen).all())

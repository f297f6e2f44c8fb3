"""One report over some months, and which of them are closed."""

from dataclasses import dataclass

from engine.queries.reports.periods import period_asked
from engine.reckoning.months import Month, Period, month_of
from engine.reckoning.report import Report
from engine.reports.access import reads_ledger, refuse_outsider
from engine.reports.closing import kept_months
from engine.reports.ledgers import policy_with_ledger, today
from engine.reports.making import default_period, kind_called, owed_report, report
from engine.store.reading import Reading


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report as a page shows it."""

    policy: str
    policy_title: str
    report: Report
    reads_ledger: bool
    closed: tuple[Month, ...]
    now: Month  #: The present month.
    zone: str


@dataclass(frozen=True, slots=True)
class OneReport:
    """A report of a policy; without months, over those that it usually shows."""

    policy: str
    kind: str
    first: str = ""
    last: str = ""

    def answer(self, reading: Reading) -> ReportView:
        """Return it.

        Raises:
            NotFound: If there is no such policy or report, or nothing to report.
            NotAllowed: If it is not for the person.
            InvalidValues: If it shall show no months, or too many.
        """
        policy, _ = policy_with_ledger(reading, self.policy)
        owed = owed_report(policy, self.kind)
        refuse_outsider(reading.actor, policy, owed)
        now = month_of(today(reading, policy))
        usual = default_period(kind_called(self.kind), now)
        period: Period = period_asked(self.first, self.last, usual)
        return ReportView(
            policy=self.policy,
            policy_title=policy.settings.title,
            report=report(reading, self.policy, self.kind, period),
            reads_ledger=reads_ledger(reading.actor, policy),
            closed=tuple(kept_months(reading, self.policy, period)),
            now=now,
            zone=policy.settings.zone,
        )

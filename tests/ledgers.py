"""The small policy of the tests with a ledger, with all reports, or with another job."""

from engine.policy import Bundle
from engine.policy.sections.reports import REPORT_KINDS
from tests.engine.commands.conftest import changed

_CUSTOMER = """\
[[ledger.column]]
id = "customer"
title = "客户"
value = "= customerName"
"""
_UNIT_AND_FAULT = """\
[[ledger.column]]
id = "unit"
title = "营业所"
value = "= branch"
kind = "unit"
[[ledger.column]]
id = "fault"
title = "责任"
value = "= fault"
kind = "choice"
labels = { quality = "质量", misuse = "使用不当" }
"""
_STATISTICS = """\
[statistics]
unit = "unit"
hot-spot = "fault"
"""
_BY_FAULT = """\
[[statistics.group]]
column = "fault"
"""
#: A ledger with a report of hot spots.
LEDGER = f"""
[ledger]
title = "投诉台账"
readers = ["head"]
clauses = ["MC-1"]
{_CUSTOMER}{_UNIT_AND_FAULT}\
[[ledger.column]]
id = "took"
title = "历时"
value = "= date and time(clock.closedAt) - date and time(clock.openedAt)"
kind = "hours"
{_STATISTICS}\
solved-once = "= fault = \\"misuse\\""
{_BY_FAULT}\
[[report]]
kind = "hot-spots"
title = "热点"
"""
#: A ledger and statistics for every kind of report.
_LEDGER_OF_REPORTS = f"""
[ledger]
title = "投诉台账"
readers = ["head"]
close-day = 5
{_UNIT_AND_FAULT}{_CUSTOMER}\
[[ledger.column]]
id = "subject"
title = "事由"
value = "= subject"
{_STATISTICS}\
solved-once = '= if findings = null then null else findings = "一次解决"'
satisfaction = '= if findings = null then null else if findings = "反复" then 2 else 5'
reopened = '= starts with(subject, "再次")'
{_BY_FAULT}\
[[statistics.group]]
column = "unit"
"""
_REPORTS = "".join(
    f'\n[[report]]\nkind = "{kind}"\ntitle = "报表 {kind}"\n'
    + ('roles = ["clerk"]\n' if kind == "daily-count" else "")
    for kind in REPORT_KINDS
)
_LETTER = """<zeebe:taskDefinition type="notify" />
        <zeebe:taskHeaders>
          <zeebe:header key="letter" value="answer" />
          <zeebe:header key="people" value="=registrar.login" />
        </zeebe:taskHeaders>"""


def with_ledger(bundle: Bundle, more: str = "") -> Bundle:
    """Return the small policy with a ledger, and *more* at the end of policy.toml."""
    text = bundle.text("policy.toml") + LEDGER + more
    return Bundle(bundle.key, {**bundle.files, "policy.toml": text.encode()})


def with_reports(bundle: Bundle) -> Bundle:
    """Return the small policy with a ledger, statistics and every kind of report."""
    text = bundle.text("policy.toml") + _LEDGER_OF_REPORTS + _REPORTS
    return Bundle(bundle.key, {**bundle.files, "policy.toml": text.encode()})


def with_job(bundle: Bundle, kind: str, **headers: str) -> Bundle:
    """Return the small policy with a job where it answers the customer."""
    written = "".join(
        f"<zeebe:header key={_quoted(key)} value={_quoted(value)} />"
        for key, value in headers.items()
    )
    job = (
        f'<zeebe:taskDefinition type="{kind}" />'
        f"<zeebe:taskHeaders>{written}</zeebe:taskHeaders>"
    )
    return changed(bundle, "complaint.bpmn", _LETTER, job)


def _quoted(text: str) -> str:
    return (
        '"' + text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;") + '"'
    )

"""The small policy with a ledger, and with a job in place of its last letter."""

from engine.policy import Bundle
from tests.engine.commands.conftest import changed

LEDGER = """
[ledger]
title = "投诉台账"
readers = ["head"]
clauses = ["MC-1"]
[[ledger.column]]
id = "customer"
title = "客户"
value = "= customerName"
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
[[ledger.column]]
id = "took"
title = "历时"
value = "= date and time(clock.closedAt) - date and time(clock.openedAt)"
kind = "hours"
[statistics]
unit = "unit"
hot-spot = "fault"
solved-once = "= fault = \\"misuse\\""
[[statistics.group]]
column = "fault"
[[report]]
kind = "hot-spots"
title = "热点"
"""
_LETTER = """<zeebe:taskDefinition type="notify" />
        <zeebe:taskHeaders>
          <zeebe:header key="letter" value="answer" />
          <zeebe:header key="people" value="=registrar.login" />
        </zeebe:taskHeaders>"""


def with_ledger(bundle: Bundle, more: str = "") -> Bundle:
    """Return the small policy with a ledger, and *more* at the end of policy.toml."""
    text = bundle.text("policy.toml") + LEDGER + more
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

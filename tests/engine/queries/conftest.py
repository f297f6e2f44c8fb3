"""What tests of queries start from: a deployed policy with a case, on each database."""

from tests.engine.commands.conftest import approve, case_id, deployed, investigate

__all__ = ["approve", "case_id", "deployed", "investigate"]

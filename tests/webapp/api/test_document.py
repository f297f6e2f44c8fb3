"""The interface keeps to its own document, whatever is sent to it."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from engine.commands.cases.lifecycle import StartCase
from engine.commands.policies.deployments import DeployBundle
from tests.engine.commands.conftest import ENTERED
from tests.ledgers import with_reports
from tests.people import actor
from tests.webapp.api.caller import token_of
from webapp.api.declaring import OPERATIONS

EXAMPLES = 12  #: Of each operation.
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)

schemathesis.serializer.alias("application/zip", "application/octet-stream")


@pytest.fixture
def token(engine, deployed, minimal):
    engine.run(DeployBundle(with_reports(minimal)), by=actor(engine, "root"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=actor(engine, "lin"))
    return token_of(engine, "root")


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=lambda it: it.id)
def test_every_answer_is_as_documented(app, token, operation):
    document = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    asked = document[operation.path][operation.method]
    answered = []

    @seed(1)
    @given(case=asked.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def answer(case):
        headers = {"Authorization": f"Bearer {token}"}
        answered.append(case.call_and_validate(headers=headers, checks=CHECKS))

    answer()

    assert answered

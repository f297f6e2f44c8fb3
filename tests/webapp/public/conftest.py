"""What tests of the pages for strangers start from."""

import pytest

from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask
from engine.policy import Bundle
from tests import people
from tests.engine.commands.conftest import waiting
from tests.open_desk import OPEN_BUNDLES
from tests.webapp.browser import Browser
from tests.webapp.strangers import Customer


@pytest.fixture
def desk(deployed):
    """An engine on which a policy that is open to the public is deployed too."""
    bundle = Bundle.from_folders(OPEN_BUNDLES, "open-desk")
    deployed.run(DeployBundle(bundle), by=people.actor(deployed, "root"))
    return deployed


@pytest.fixture
def customer(app, desk, clock):
    """A customer at a browser without any cookie."""
    return Customer(Browser(app), clock)


@pytest.fixture
def clerk_does(desk):
    """Let the clerk complete the task that waits at an element."""

    def does(element_id, **values):
        lin = people.actor(desk, "lin")
        task = waiting(desk, element_id)
        desk.run(ClaimTask(task), by=lin)
        desk.run(CompleteTask(task, values), by=lin)

    return does


@pytest.fixture
def asked(customer, clerk_does):
    """The page of a customer whom the clerk has asked something."""
    page = customer.complain()
    clerk_does("review", needsMore=True, question="何时购买？")
    return page


@pytest.fixture
def closed(customer, clerk_does):
    """The page of a customer whose complaint was dealt with."""
    page = customer.complain()
    clerk_does("review", needsMore=False)
    clerk_does("decide", outcome="换货")
    return page

"""The sheet with the code is for those who answer for the policy."""

from dataclasses import replace

import pytest

from engine.commands.policies.deployments import DeployBundle
from engine.policy import Bundle
from tests import people
from tests.open_desk import OPEN_BUNDLES

SHEET = "/posters/open-desk/complaint"


@pytest.fixture
def desk(deployed):
    bundle = Bundle.from_folders(OPEN_BUNDLES, "open-desk")
    deployed.run(DeployBundle(bundle), by=people.actor(deployed, "root"))
    return deployed


@pytest.mark.parametrize(
    ("login", "status"), [("root", 200), ("lin", 200), ("zhao", 403), ("wu", 403)]
)
def test_owners_and_administrators_print_it(desk, browser, login, status):
    assert browser(login).get(SHEET).status == status


def test_it_names_the_address_in_letters_and_in_the_code(desk, lin):
    desk.settings = replace(desk.settings, url="https://tousu.example.com")

    page = lin.get(SHEET)

    assert "https://tousu.example.com/p/open-desk/complaint" in page.text
    assert page.texts("//*[@class='poster']//*[local-name()='path']/@d")
    assert not page.said()


def test_without_the_address_of_the_site_it_says_so(desk, lin):
    assert "COMPLAINTFLOW_URL" in lin.get(SHEET).said()


def test_there_is_none_for_what_is_not_open(desk, browser):
    assert browser("root").get("/posters/minimal/complaint").status == 404


def test_the_policy_leads_to_it(desk, browser):
    page = browser("root").get("/policies/open-desk")

    assert SHEET in page.texts("//a/@href")
    assert SHEET not in browser("wu").get("/policies/open-desk").texts("//a/@href")

"""Words and names that somebody chose to do harm stay words on every page."""

from io import BytesIO

import pytest

from engine.commands.cases.documents import AttachDocument
from engine.commands.cases.lifecycle import AddComment, StartCase
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import SYSTEM
from engine.queries.search.cases import Cases
from engine.store.models import Document, Notice
from tests.engine.commands.conftest import ENTERED, FOUND, changed, waiting
from tests.engine.commands.knowing import rows
from tests.people import actor
from tests.webapp import files
from webapp.shell.prose import markdown

EVIL = "<script>alert(1)</script><img src=x onerror=a()>\"'{{7*7}}"


def is_harmless(page):
    """Tell whether *page* holds no element or attribute that runs anything."""
    return (
        page.texts("//script[not(@src)]") == []
        and page.texts("//@*[starts-with(name(), 'on')]") == []
        and page.texts("//@href[starts-with(., 'javascript')]") == []
        and page.texts("//img[@src='x']") == []
    )


@pytest.fixture
def evil_case(deployed):
    entered = ENTERED | {"customerName": EVIL, "subject": EVIL}
    case_id = deployed.run(
        StartCase("minimal", "complaint", entered), by=actor(deployed, "lin")
    )
    deployed.run(AddComment(case_id, EVIL), by=actor(deployed, "lin"))
    found = FOUND | {"findings": EVIL}
    task = waiting(deployed, "investigate")
    deployed.run(CompleteTask(task, found), by=actor(deployed, "lin"))
    with deployed.database.writing(deployed.clock.now(), SYSTEM) as tx:
        tx.add(
            Notice(
                login="root",
                kind="letter",
                case_id=case_id,
                title=EVIL,
                body=f"{EVIL} [here](javascript:alert(1)) ![x](javascript:alert(1))",
                at=tx.now,
            )
        )
    return case_id


def test_what_people_entered_runs_on_no_page(evil_case, root, browser):
    at_work = browser("lin")
    for path in (
        "/cases/1",
        "/cases/1/print",
        "/cases/",
        "/cases/?q=%3Cscript%3E",
        "/notices/",
    ):
        for reader in (root, at_work):
            page = reader.get(path)
            assert page.status == 200
            assert is_harmless(page), path
    assert "<script>alert(1)</script>" in at_work.get("/cases/1").text
    for path in ("/", "/?show=groups", "/tasks/2"):
        assert is_harmless(browser("zhao").get(path)), path


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](javascript:alert(1))",
        "<a href='javascript:alert(1)'>x</a>",
        "[x](vbscript:x)",
        "<svg/onload=alert(1)>",
        '[x](https://a.example "onmouseover=alert(1)")',
        "`<b onclick=x>`",
    ],
)
def test_markdown_lets_nothing_run(text):
    shown = str(markdown(text))

    for tag in (
        "<script",
        "<svg",
        "<a href='java",
        'href="java',
        'href="data',
        'src="java',
    ):
        assert tag not in shown.lower()
    assert "<b onclick" not in shown


def test_texts_of_forms_let_nothing_run(engine, root, lin, minimal):
    bad = '"components": [{"id": "t", "type": "text", "text": "<img src=x onerror=a()>"},'
    bundle = changed(minimal, "forms/register.form", '"components": [', bad)
    engine.run(DeployBundle(bundle), by=actor(engine, "root"))

    for page in (
        lin.get("/register/minimal/complaint"),
        root.get("/policies/versions/1/forms/register"),
    ):
        assert page.status == 200
        assert is_harmless(page)


@pytest.mark.parametrize("field", ["login", "next", "kept:text", 'kept:"><script>'])
def test_the_sign_in_page_repeats_nothing_that_runs(stranger, field):
    page = stranger.post("/sign-in", {field: EVIL, "password": "x"})

    assert is_harmless(page)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "\\/evil.example",
        "javascript:alert(1)",
        "/x\r\nSet-Cookie: a=b",
        " //evil.example",
        "http:evil.example",
    ],
)
def test_no_address_leads_to_another_site(root, case_id, elsewhere):
    for path, name in (
        ("/language", "next"),
        ("/claim", "back"),
        (f"/cases/{case_id}/comments", "back"),
    ):
        page = root.post(path, {name: elsewhere, "language": "en", "text": "好"})
        assert page.status == 303
        assert page.location.startswith("/")
        assert not page.location.startswith(("//", "/\\", "/\t"))
        assert "\n" not in page.location


@pytest.fixture
def attach(deployed, case_id):
    def attach(name, content, media_type):
        digest = deployed.database.holdings.files.add(content)
        command = AttachDocument(name, media_type, len(content), digest, case_id)
        return deployed.run(command, by=actor(deployed, "lin"))

    return attach


@pytest.mark.parametrize("name", ['a"; x="b.txt', "a;b.txt", "照片.txt", "a%0d%0ab.txt"])
def test_a_file_name_breaks_no_header(lin, attach, name):
    page = lin.get(f"/documents/{attach(name, b'text', 'text/plain')}")

    assert page.status == 200
    kind, _ = page.response.headers["Content-Disposition"].split(";", 1)
    assert kind == "attachment"
    assert page.response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert page.response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_photo_with_a_page_behind_it_is_only_a_photo(lin, attach):
    both = files.photo() + b"<html><script>alert(1)</script></html>"

    page = lin.get(f"/documents/{attach('both.jpg', both, 'image/jpeg')}")

    assert page.response.headers["Content-Type"] == "image/jpeg"
    assert "sandbox" in page.response.headers["Content-Security-Policy"]


def test_a_file_of_others_does_not_even_say_its_name(deployed, browser):
    digest = deployed.database.holdings.files.add(b"text")
    command = AttachDocument("张三的身份证.txt", "text/plain", 4, digest)
    number = deployed.run(command, by=actor(deployed, "lin"))

    for login in ("wu", "root"):
        page = browser(login).get(f"/documents/{number}")
        assert page.status == 403
        assert "身份证" not in page.text


@pytest.mark.parametrize(
    "words",
    ['"', "*", "NEAR", "NEAR(a b)", "-", "a AND", "OR", "NOT", "^a", "a*", "(", ")", ":",
     "case_fts:", "%", "_", "\\", "'", "''", "{", "a\"b", "水\"泵", "🙂", "\u202e", "，",
     "+", "&", "|", "!", "<->", "x" * 5_000],
)  # fmt: skip
def test_no_search_breaks(deployed, case_id, root, words):
    assert deployed.ask(Cases(text=words), by=actor(deployed, "root"))
    for path in ("/cases/", "/", "/people/", "/operations/", "/operations/messages"):
        assert root.get(path, query_string={"q": words}).status == 200


def test_a_drawing_is_not_taken_as_a_file(engine, lin, deployed):
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"

    lin.post("/register/minimal/complaint", {"photos": (BytesIO(svg), "x.svg")})

    assert rows(engine, Document) == []


def test_what_was_left_to_say_ends_with_the_session(lin, case_id):
    lin.post(f"/cases/{case_id}/comments", {"text": "只给林文员看"})
    assert lin.client.get_cookie("complaintflow")

    lin.post("/sign-out")

    cookie = lin.client.get_cookie("complaintflow")
    assert cookie is None or cookie.value == ""

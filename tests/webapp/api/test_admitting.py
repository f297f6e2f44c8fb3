import pytest

from engine.commands.people.tokens import EndToken
from engine.store.models import ApiToken
from tests.engine.commands.knowing import rows
from tests.people import actor
from webapp.api.admitting import GUESSES, PACE
from webapp.api.declaring import OPERATIONS
from webapp.api.pace import Pace

PROBLEM = "application/problem+json"


def test_without_a_token_it_says_what_is_expected(nobody, deployed):
    answer = nobody.get("/policies")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.content_type == PROBLEM
    assert answer.json["type"] == "/api/#no-token"


def call(caller, operation):
    path = operation.path
    for name, kind in operation.places.items():
        path = path.replace(f"{{{name}}}", "1" if kind is int else "minimal")
    if operation.method == "GET":
        return caller.get(path)
    return caller.send(operation.method, path, {})


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=lambda it: it.id)
def test_no_operation_answers_without_a_token(nobody, deployed, operation):
    assert call(nobody, operation).status_code == 401


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=lambda it: it.id)
def test_no_operation_answers_a_token_for_something_else(caller, deployed, operation):
    others = {"messages", "cases", "tasks"} - set(operation.scopes)

    answer = call(caller("root", *others), operation)

    assert answer.status_code == 403
    assert operation.scopes[0] in answer.json["detail"]


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=lambda it: it.id)
def test_no_operation_looks_at_the_cookie_of_a_browser(root, deployed, operation):
    path = operation.path.format(
        **{name: 1 if kind is int else "x" for name, kind in operation.places.items()}
    )

    answer = root.client.open(f"/api/v1{path}", method=operation.method)

    assert answer.status_code == 401


def test_an_ended_token_is_none(caller, engine, deployed):
    lin = caller("lin")
    [row] = rows(engine, ApiToken)
    engine.run(EndToken(row.id), by=actor(engine, "lin"))

    assert lin.get("/policies").status_code == 401


@pytest.mark.parametrize("header", ["Bearer x", "Basic bGluOng=", "Bearer " + "a" * 90])
def test_what_is_no_token_is_refused(nobody, deployed, header):
    answer = nobody.get("/policies", headers={"Authorization": header})

    assert answer.status_code == 401


def test_it_speaks_the_language_asked_for(nobody, deployed):
    said = {
        language: nobody.get("/cases", headers={"Accept-Language": language}).json["title"]
        for language in ("zh-CN", "zh-TW", "en", "fr")
    }

    assert said["en"] == "No valid token"
    assert said["zh-CN"] == said["fr"] == "没有有效的令牌"
    assert said["zh-TW"] == "沒有有效的權杖"


def test_who_asks_too_often_waits(app, caller, clock, deployed):
    app.config[PACE] = Pace(2)
    lin = caller("lin")
    assert [lin.get("/policies").status_code for _ in range(3)] == [200, 200, 429]

    held = lin.get("/policies")

    assert held.headers["Retry-After"] == "60"
    clock.move(seconds=60)
    assert lin.get("/policies").status_code == 200


def test_who_guesses_too_often_waits(app, nobody, deployed):
    app.config[GUESSES] = Pace(2)

    found = [nobody.get("/policies").status_code for _ in range(3)]

    assert found == [401, 401, 429]


def test_it_is_noted_that_the_token_was_used(caller, engine, clock, deployed):
    caller("lin").get("/policies")

    assert rows(engine, ApiToken)[0].used_at == clock.now()


def test_an_unknown_address_is_a_problem_too(caller, deployed):
    lin = caller("lin")

    assert lin.get("/nothing").content_type == PROBLEM
    wrong = lin.post("/policies", {})
    assert (wrong.status_code, wrong.headers["Allow"]) == (405, "GET, HEAD")


def test_pages_keep_their_own_words(lin, deployed):
    assert "<html" in lin.get("/nothing").source

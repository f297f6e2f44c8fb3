import pytest


@pytest.fixture
def guarded(app, lin):
    app.config["WTF_CSRF_ENABLED"] = True
    return lin


def test_a_form_without_its_token_is_refused_and_kept(guarded, case_id):
    page = guarded.post(f"/cases/{case_id}/comments", {"text": "请尽快"})

    assert page.status == 400
    assert page.texts("//textarea[@name='text']") == ["请尽快"]
    assert page.texts("//main//button")


def test_a_form_with_its_token_is_taken(guarded, case_id):
    form = guarded.get(f"/cases/{case_id}")
    token = form.texts("//input[@name='csrf_token']/@value")[0]

    sent = {"text": "请尽快", "csrf_token": token}
    assert guarded.post(f"/cases/{case_id}/comments", sent).status == 303


def test_what_another_site_sends_is_refused_and_not_kept(guarded, case_id):
    page = guarded.post(
        f"/cases/{case_id}/comments",
        {"text": "坏话"},
        headers={"Origin": "https://evil.example"},
    )

    assert page.status == 400
    assert "坏话" not in page.source


def test_every_form_carries_a_token(guarded, case_id):
    for path in ("/", f"/cases/{case_id}", "/account/", "/sign-in"):
        page = guarded.get(path)
        forms = page.texts("//form[@method='post']")
        assert len(
            page.texts("//form[@method='post']//input[@name='csrf_token']/@name")
        ) >= len(forms)

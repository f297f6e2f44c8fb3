import pytest


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/healthz"])
def test_every_answer_keeps_strangers_scripts_out(stranger, path):
    headers = stranger.get(path).response.headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_https_is_remembered(stranger):
    page = stranger.get("/sign-in", base_url="https://localhost")

    assert "max-age" in page.response.headers["Strict-Transport-Security"]


def test_pages_hold_no_script_and_no_style_of_their_own(lin, case_id):
    for path in ("/", "/cases/", f"/cases/{case_id}", "/register/minimal/complaint"):
        page = lin.get(path)
        assert page.texts("//script[not(@src)]") == []
        assert page.texts("//*[@style] | //style") == []
        assert page.texts("//@*[starts-with(name(), 'on')]") == []

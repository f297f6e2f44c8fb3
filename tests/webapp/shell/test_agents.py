import pytest

from webapp.shell.agents import browser

CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (CHROME, "Chrome · Windows"),
        (CHROME + " Edg/140.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19) Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Linux; Android 16) MicroMessenger/8.0", "WeChat · Android"),
        ("curl/8.0", "curl/8.0"),
        ("", ""),
    ],
)
def test_a_browser_is_named(agent, name):
    assert browser(agent) == name

"""Names browsers and systems by what they call themselves."""

from flask import Flask

#: The first that is found counts: every browser also names its forebears.
_BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("DingTalk", "DingTalk"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser(agent: str) -> str:
    """Return such as "Chrome · Windows"; what is unknown names itself, shortened."""
    known = [
        next((name for word, name in words if word in agent), "")
        for words in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(filter(None, known)) or agent[:60]


def install(app: Flask) -> None:
    """Give the templates the filter `browser`."""
    app.jinja_env.filters["browser"] = browser

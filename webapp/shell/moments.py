"""Says when something was and when it is due, near times in words of the day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask import Flask, current_app, g
from markupsafe import Markup

from webapp.shell.gate import engine
from webapp.shell.speech import current_language, speak

_THIS_YEAR = {"zh_CN": "M月d日 HH:mm", "zh_TW": "M月d日 HH:mm", "en": "d MMM HH:mm"}
_ANY_YEAR = {"zh_CN": "y年M月d日 HH:mm", "zh_TW": "y年M月d日 HH:mm", "en": "d MMM y HH:mm"}
_EXACT = {
    "zh_CN": "y年M月d日 EEE HH:mm:ss",
    "zh_TW": "y年M月d日 EEE HH:mm:ss",
    "en": "EEE d MMM y HH:mm:ss",
}


def present() -> datetime:
    """Return the moment of this request, the same for the whole page."""
    if "present" not in g:
        g.present = engine().clock.now()
    return g.present  # type: ignore[no-any-return]


def local(moment: datetime) -> datetime:
    """Return *moment* on the clocks of the house."""
    zone: ZoneInfo = current_app.config["ZONE"]
    return moment.astimezone(zone)


def wording(moment: datetime) -> str:
    """Return *moment* relative to today where it is near, else as a date."""
    there, today = local(moment), local(present()).date()
    near = _near(there.date(), today)
    if near is not None:
        return f"{near} {there:%H:%M}"
    pattern = _THIS_YEAR if there.year == today.year else _ANY_YEAR
    return _format(there, pattern)


def moment(when: datetime | None) -> Markup:
    """Return *when* as an element with the exact time on it; nothing for None."""
    if when is None:
        return Markup("")
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        local(when).isoformat(timespec="seconds"), exact(when), wording(when)
    )


def exact(when: datetime) -> str:
    """Return *when* to the second, for hovering and for print."""
    return _format(local(when), _EXACT)


def on_paper(when: datetime) -> str:
    """Return *when* as a day with its year and a time, as forms of offices have it."""
    return _format(local(when), _ANY_YEAR)


def install(app: Flask, zone: str) -> None:
    """Give the templates the filters `moment`, `exact`, `wording` and `on_paper`."""
    app.config["ZONE"] = ZoneInfo(zone)
    app.jinja_env.filters.update(
        moment=moment, exact=exact, wording=wording, on_paper=on_paper
    )


def _near(day: date, today: date) -> str | None:
    match (day - today).days:
        case 0:
            return speak("today")
        case 1:
            return speak("tomorrow")
        case -1:
            return speak("yesterday")
        case _:
            return None


def _format(moment: datetime, patterns: dict[str, str]) -> str:
    language = current_language()
    return format_datetime(moment, patterns[language], locale=language)

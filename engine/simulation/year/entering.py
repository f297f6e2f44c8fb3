"""What people enter in made-up cases: what a scenario has, moved in time and varied."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from engine.calendar import WorkCalendar
from engine.forms import Form
from engine.forms.component import Component
from engine.model import Json, Variables
from engine.policy.parts import Parts
from engine.policy.readings import readings_of_cases

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_MOBILE = re.compile(r"1\d{10}")
_GRADES = frozenset("12345")
#: Of a hundred customers, those who give each grade; towards the end they are happier.
_LIKED = {"1": (5, 2), "2": (10, 4), "3": (22, 13), "4": (38, 43), "5": (25, 38)}
_SKEW = 1.25  #: How much rarer each cause is than the one before it.
_NEAR = timedelta(days=45)  #: Moments farther away have nothing to do with the step.
_SPREAD = 0.3  #: Of amounts and quantities about what the scenario has.


@dataclass(frozen=True, slots=True)
class Face:
    """Whose case it is, and where it happens."""

    customer: str
    email: str
    mobile: str
    places: Mapping[str, str] = field(default_factory=dict)  #: Units in place of others.


class Entering:
    """Varies what the scenarios of a policy enter, where no path hangs on it.

    Args:
        parts: The policy.
        seed: By which the causes are put in an order: the first is the hot spot.
    """

    def __init__(self, parts: Parts, seed: int) -> None:
        #: The variables on which it hangs how a case goes on; they are never varied.
        self.steering = frozenset(_steering(parts))
        settings = parts.settings
        assert settings is not None
        named = settings.customer.reads if settings.customer is not None else frozenset()
        self._customer = frozenset(named)
        self._weights = settings.demo.values
        self._seed = f"{settings.key}/{seed}"

    def values(
        self,
        given: Variables,
        form: Form | None,
        days: int,
        face: Face,
        chance: Random,
        *,
        better: float,
    ) -> Variables:
        """Return what somebody enters.

        Args:
            given: What the scenario has.
            form: What it is entered on.
            days: By how many days dates are later than in the scenario.
            face: Of the case.
            chance: Where the randomness comes from.
            better: How far the year has gone, from 0 to 1.
        """
        fields = {} if form is None else _fields(form)
        free = {
            name: fields[name]
            for name in given
            if name in fields
            and name not in self.steering
            and name not in (form.reads if form else ())
        }
        moved = {name: self._moved(value, days, face) for name, value in given.items()}
        for name in self._customer & moved.keys():
            if isinstance(moved[name], str):
                moved[name] = face.customer
        for name, component in free.items():
            moved[name] = self._varied(name, component, moved[name], chance, better)
        return moved

    def plain(self, given: Variables, days: int, face: Face) -> Variables:
        """Return what the scenario has, in its place and time, and nothing else varied."""
        return {name: self._moved(value, days, face) for name, value in given.items()}

    def _moved(self, value: Json, days: int, face: Face) -> Json:
        if isinstance(value, dict):
            return {name: self._moved(inner, days, face) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._moved(inner, days, face) for inner in value]
        if not isinstance(value, str):
            return value
        if value in face.places:
            return face.places[value]
        if _EMAIL.fullmatch(value):
            return face.email
        if _MOBILE.fullmatch(value):
            return face.mobile
        return later(value, days)

    def _varied(
        self, name: str, component: Component, value: Json, chance: Random, better: float
    ) -> Json:
        if component.kind == "number" and isinstance(value, int | Decimal):
            return _about(value, component, chance)
        if component.kind not in ("select", "radio") or not isinstance(value, str):
            return value
        options = _options(component)
        if value not in options:
            return value
        if set(options) <= _GRADES:
            weights = [
                _LIKED[each][0] * (1 - better) + _LIKED[each][1] * better
                for each in options
            ]
            return chance.choices(options, weights)[0]
        said = self._weights.get(name)
        if said is not None:
            weights = [float(said.get(each, 0)) for each in options]
            return chance.choices(options, weights)[0] if any(weights) else value
        ordered = list(options)
        Random(f"{self._seed}/{name}").shuffle(ordered)
        return chance.choices(ordered, [_SKEW**-rank for rank in range(len(ordered))])[0]


def later(text: str, days: int) -> str:
    """Return a day or a moment as many days later; any other text as it is."""
    try:
        if _DAY.fullmatch(text):
            return (date.fromisoformat(text) + timedelta(days)).isoformat()
        if _MOMENT.fullmatch(text):
            return (datetime.fromisoformat(text) + timedelta(days)).isoformat(
                timespec="seconds" if text.count(":") > 1 + text.count("+") else "minutes"
            )
    except ValueError:
        return text
    return text


def timely(
    given: Variables, begun: datetime, now: datetime, days: int, calendar: WorkCalendar
) -> Variables:
    """Return *given* so that, moved by *days*, its moments lie about *now*.

    They lie as far before or after it as in the scenario about the moment at which it was
    entered; what is promised is promised for hours at which somebody works.

    Args:
        given: What the scenario has.
        begun: When it was entered there.
        now: When it is entered here.
        days: By how many days all dates are moved.
        calendar: Of the policy.
    """
    return {
        name: _timely(value, begun, now, timedelta(days), calendar)
        for name, value in given.items()
    }


def _timely(
    value: Json, begun: datetime, now: datetime, days: timedelta, calendar: WorkCalendar
) -> Json:
    if isinstance(value, dict):
        return {
            name: _timely(inner, begun, now, days, calendar)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_timely(inner, begun, now, days, calendar) for inner in value]
    at = _moment(value)
    if at is None or abs(at - begun) > _NEAR:
        return value
    there = now + (at - begun)
    if at > begun:
        there = calendar.add_working_hours(there, 0)
    return (there - days).astimezone(at.tzinfo).isoformat(timespec="minutes")


def _moment(value: Json) -> datetime | None:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        return None
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def _steering(parts: Parts) -> Iterator[str]:
    """Yield the variables on which it hangs how a case goes on."""
    for reading in readings_of_cases(parts):
        if reading.file.endswith(".bpmn"):
            yield from reading.expression.reads | reading.expression.doubtful
    if parts.decisions is not None:
        for decision in parts.decisions.decisions.values():
            yield from decision.reads


def _fields(form: Form) -> dict[str, Component]:
    """Return the fields that stand by themselves, by name."""
    return {
        component.path[0]: component
        for outermost in form.components
        for component in outermost.walk()
        if len(component.path) == 1 and not component.children
    }


def _options(component: Component) -> Sequence[str]:
    listed = component.plain("values")
    if not isinstance(listed, list):
        return ()
    return [
        each["value"]
        for each in listed
        if isinstance(each, dict) and isinstance(each.get("value"), str)
    ]


def _about(value: int | Decimal, component: Component, chance: Random) -> Json:
    """Return a number not far from *value*, as round as it is."""
    if isinstance(value, bool) or not value:
        return value
    spread = Decimal(str(round(chance.lognormvariate(0, _SPREAD), 3)))
    number = Decimal(value) * spread
    least, most = component.plain("validate.min"), component.plain("validate.max")
    if isinstance(least, int | Decimal):
        number = max(number, Decimal(least))
    if isinstance(most, int | Decimal):
        number = min(number, Decimal(most))
    if isinstance(value, int):
        unit = 10 ** max(0, len(str(abs(value))) - 2)  # Two digits that say something.
        return max(int(number / unit) * unit, 1)
    return number.quantize(value)

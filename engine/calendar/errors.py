"""What goes wrong with calendars and deadlines."""

from engine.model import EngineError


class CalendarError(EngineError):
    """A calendar, a year's table or a deadline cannot be read or reckoned with."""

"""Everything that one can ask, one module a screen.

A query is a frozen dataclass with `answer(reading)`. What a person may see is decided
here. Queries change nothing; that is for the commands.
"""

"""Everything that one can ask, in folders by what is asked about.

A query is a frozen dataclass with `answer(reading)`. What a person may see is decided
here. Queries change nothing; that is for the commands. The folders build on one another
in one direction, which pyproject.toml lists; `showing` is the lowest.
"""

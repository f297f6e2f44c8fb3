"""Everything that can happen, one class each, in folders by what it happens to.

A command is a frozen dataclass: it says what somebody asked for, in words that can be
kept, and its `run` does it inside one transaction. Who may is decided here as well. It
opens no database and reads no clock. The folders build on one another in one direction,
which pyproject.toml lists.
"""

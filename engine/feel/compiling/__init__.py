"""Gives trees their meaning: each becomes a Python function of a scope, once.

Only the modules named here know a kind of node; importing the package makes all known.
"""

from engine.feel.compiling import calls, contexts, loops, operators, tests

__all__ = ["calls", "contexts", "loops", "operators", "tests"]

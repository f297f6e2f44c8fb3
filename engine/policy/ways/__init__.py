"""The ways that a case can take through the diagrams, and what is set on each of them.

It is careful to the side of silence: what might be set somehow counts as set.
"""

from engine.policy.ways.search import Missing, Ways

__all__ = ["Missing", "Ways"]

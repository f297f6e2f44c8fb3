"""What is known of a policy's variables before any case: from forms, tables and scripts.

It tells of names whatever any part of the policy may write to them, wherever in the
course of a case that is; `engine.policy.checks` draws the conclusions.
"""

from engine.policy.shapes.variables import Variables, variables_of

__all__ = ["Variables", "variables_of"]

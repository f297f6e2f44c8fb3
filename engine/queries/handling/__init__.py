"""What people did at tasks: what they entered, asked, answered, signed, and handed on.

It shows no task that still waits; those are in `engine.queries.tasks`.
"""

"""What a person may do next: the tasks that wait, one with its form, and what to register.

It claims and completes nothing; what was done at tasks is in `engine.queries.handling`.
"""

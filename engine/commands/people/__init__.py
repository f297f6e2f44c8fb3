"""People and units: letting them in, their roles, passwords, sessions and tokens.

It tells them nothing, which is for `engine.commands.telling`, and knows no case.
"""

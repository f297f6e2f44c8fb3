"""The people of the house: roles, sessions, tokens, and what reaches each of them how.

It shows no task and no case; it neither signs anybody in nor sends anything.
"""

"""Deadlines that were extended or broken: requests for more time, and the register.

It reckons no deadline: that is done where a task is opened.
"""

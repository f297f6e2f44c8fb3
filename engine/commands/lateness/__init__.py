"""Tells who has to hear of late tasks, and keeps the register of broken deadlines.

It extends none and reviews none: those are commands of people.
"""

"""What people do with a case as a whole: start, correct, comment, cancel, erase.

It completes none of its tasks, and takes in nothing from outside the house.
"""

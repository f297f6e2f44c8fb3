"""What becomes of deadlines: more time asked for and granted, lateness written down.

It reckons no deadline: that is done where a task is opened.
"""

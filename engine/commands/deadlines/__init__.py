"""What people do about deadlines: ask for more time, give it, look at broken ones.

It reckons no deadline: that is done where a task is opened.
"""

"""What keeps an installation going: incidents retried, upkeep, demo data, due jobs.

It carries no job out; it says only which command does.
"""

"""What one can ask of ledgers: reports, the lines behind a figure, closed months.

It writes no entry and closes no month; those are commands.
"""

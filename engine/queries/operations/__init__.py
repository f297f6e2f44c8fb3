"""What whoever runs the installation asks: what stopped, what is owed, is all well.

It retries nothing and does no job; those are commands.
"""

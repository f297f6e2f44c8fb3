"""A year of made-up cases: an office on its own clock, and the way into an installation.

The cases are made in databases of their own, by the commands that people, customers and
the machine give, and are taken in as a whole. Nothing in here knows any policy: what
people enter comes from its scenarios, and how often may stand in its policy.toml.
"""

"""Policies as files: bundles, what is written in them, and everything wrong with them.

It runs no case and touches no database; engine.runtime and engine.store do.
"""

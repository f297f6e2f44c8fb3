"""Policies made available, and what has to follow from it for cases and their ledger.

It checks no bundle, which `engine.policy` does, and tries no mutation itself.
"""

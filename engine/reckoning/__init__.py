"""Reckons figures from lines of a ledger: counts, shares, limits.

It is pure: it reads no tables, knows no policy and no clock, and writes no files.
"""

"""Reckons figures from lines of a ledger: counts, shares, limits; pure, no tables."""

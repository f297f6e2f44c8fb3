"""Measures what README quotes: run it with ``make bench``.

It asserts nothing about time; tests do not depend on it.
"""

"""The values that FEEL computes with, and what can be done with two of them.

It knows neither the language's syntax nor its built-in functions.
"""

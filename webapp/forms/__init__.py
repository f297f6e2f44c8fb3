"""Forms of policies in pages: shown, taken in from a browser with files, half-filled kept.

It decides on no value: the engine's forms do, and the commands.
"""

"""Reads the text of expressions into trees, and says which names a tree uses.

It gives no tree a meaning; that is `engine.feel.compiling`.
"""

"""Finds cases: the list, narrowed and sorted, and the exact search for words.

It keeps no index: the tables of words are written with the cases.
"""

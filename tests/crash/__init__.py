"""Kills processes of an installation at random instants, and judges what is left.

`python -m tests.crash --database sqlite --kills 500 --seed 1` prints the figures.
"""

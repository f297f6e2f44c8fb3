"""A policy as people read it away from the system: Markdown with pictures.

It shows what a bundle says and judges nothing; what is shown is made anew from the files.
"""

from engine.handbook.handbook import make_handbook

__all__ = ["make_handbook"]

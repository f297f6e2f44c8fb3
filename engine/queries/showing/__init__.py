"""How anything is shown to who asks: named, masked, page by page, as urgent as it is.

It asks about nothing of its own; all other queries build on it.
"""

"""Whether a diagram can get stuck, do things twice, or hold what nobody ever reaches.

It looks at the flow alone: conditions, data and messages between pools are not weighed,
so that every way through a gateway counts as possible.
"""

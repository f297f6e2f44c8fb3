"""What customers, who have no login, may ask: where to complain, how far their case is.

It shows them nothing of people inside or of other cases.
"""

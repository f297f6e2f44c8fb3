"""What is kept of cases for lists and figures: number, head, ledger entry, closed months.

It makes no report; those are asked of what is kept here.
"""

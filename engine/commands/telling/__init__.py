"""Tells people: in the web pages always, beside that by the channels that they chose.

It decides neither who is told nor when, and it sends nothing: it owes deliveries, which
go out after the transaction that caused them.
"""

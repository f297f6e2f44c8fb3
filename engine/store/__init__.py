"""Where the engine remembers: tables, transactions, the journal and files by digest.

It decides nothing: who may do what, and what follows from it, is said in
`engine.commands`.
"""

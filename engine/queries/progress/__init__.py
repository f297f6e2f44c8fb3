"""How far a case has come: for its pictures, for scenarios, for a simulated office.

It tells nobody's story of it, which `engine.queries.cases` does, and moves nothing.
"""

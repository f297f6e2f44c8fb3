"""The policies of the house: versions, diagrams, clauses, tables, guides.

It checks no bundle, which `engine.policy` does, and knows no single case.
"""

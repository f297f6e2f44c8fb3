"""A step of a case, from its first to its last, with all that follows from it.

Who may cause it is decided by the commands that do; how tokens move is `engine.bpmn`'s.
"""

"""A case in motion: where it stands, what it waits for, and who may do that.

It takes no step: `engine.commands.steps` does, and has the outcome written down here.
"""

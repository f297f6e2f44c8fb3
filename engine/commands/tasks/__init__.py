"""What people do with tasks: claim, fill in, sign, complete, and all beside that.

It opens no task, and asks for no more time, which `engine.commands.deadlines` does.
"""

"""What is let in at all: rights, entries, values, files, forms, and how often.

It rules on no case: whoever passes here meets the command's own rules next.
"""

"""All about one case, for those who may see it: its file, story, documents and prints.

It finds no case; the list and the search are in `engine.queries.search`.
"""

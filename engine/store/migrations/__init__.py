"""How the schema changes from version to version; what is written here stays.

A migration that only adds what the release before does not miss leaves `SERVES_FROM` as it
is: programs of both releases then work side by side while machines are changed one by one.
Any other sets it to its own version, and programs of earlier releases stop.
"""

#: The oldest version of the schema whose programs can use the newest one.
SERVES_FROM = "0019"

"""How the schema changes from version to version; what is written here stays."""

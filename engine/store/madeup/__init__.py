"""Demo cases as rows: which they are, how they come into a database, how they go again."""

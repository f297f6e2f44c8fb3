"""What one can ask of ledgers: reports, the lines behind a figure, closed months."""

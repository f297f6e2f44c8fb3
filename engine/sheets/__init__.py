"""Writes reports as Excel workbooks and as CSV; knows nothing of where figures come from."""

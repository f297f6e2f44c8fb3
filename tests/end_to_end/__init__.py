"""The running system, in a browser, by the people who use it."""

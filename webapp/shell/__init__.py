"""What every page has: who asks, in which language, how safely, and what when it fails.

It knows no screen; the screens build on it.
"""

"""The interface for other systems: JSON under /api/v1, by tokens and never by cookies.

It holds no rule of its own: every operation runs a command or asks a query, as the pages
do. What an operation takes and gives is declared once; that routes, reads and documents.
"""

from webapp.api.install import install, pages

__all__ = ["install", "pages"]

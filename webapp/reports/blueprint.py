"""What the pages of reports have in common: where they stand."""

from flask import Blueprint

pages = Blueprint("reports", __name__, url_prefix="/reports")

"""Lets ``python -m engine.cli`` do what ``complaintflow`` does."""

from engine.cli.group import main

main(prog_name="complaintflow")

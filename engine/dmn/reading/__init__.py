"""Reads DMN files into plain data; no text in them is understood here."""

"""Renders a drawing as SVG: classes and text only, so that a page's own styles rule it."""

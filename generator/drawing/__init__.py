"""Drawings made while the site is built: data in, SVG text out; the same data gives the same bytes."""

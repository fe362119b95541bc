"""Read, highlight, annotate and search articles in the terminal."""

__version__ = "0.1.0"

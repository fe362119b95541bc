"""The interface. Imported before Textual, so that Textual finds its settings."""

from __future__ import annotations

import os

# The last key of a burst shows after 6.7 ms instead of 12.5; read once, when Textual is imported.
os.environ.setdefault("TEXTUAL_FPS", "120")

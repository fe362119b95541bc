"""The interface. Imported before Textual, so that Textual finds its settings."""

from __future__ import annotations

import os

# The last key of a burst shows after 6.7 ms instead of 12.5; read once, when Textual is imported.
os.environ.setdefault("TEXTUAL_FPS", "120")

# Rich takes a dumb terminal for one of 80×25 cells, whatever its size, and Textual then draws at two sizes in turn.
if os.environ.get("TERM", "dumb") in ("dumb", "unknown"):
    os.environ["TERM"] = "xterm"

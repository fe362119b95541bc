"""What tells a library of this program, apart from its tables: looked at before anything else is loaded."""

from __future__ import annotations

APPLICATION_ID = 0x52647231
"""``Rdr1``: marks a SQLite file as a library of this program."""

VERSION = 7
"""The schema this program knows; ``user_version`` of a library that it can use without migrating."""

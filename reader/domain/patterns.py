"""Regular expressions that are compiled when they are first used.

A character class beyond Latin-1 costs a millisecond or more to compile, and most commands meet no text that
needs one; a shell waits for every such millisecond.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast


class _LazyPattern:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def __getattr__(self, name: str) -> Any:
        """A method of the pattern, kept so that the next call finds it at once."""
        found = getattr(self._compiled, name)
        setattr(self, name, found)
        return found


def lazy(pattern: str) -> re.Pattern[str]:
    """*pattern* as an object that does what the compiled one does."""
    return cast(re.Pattern[str], _LazyPattern(pattern))

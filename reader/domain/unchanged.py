"""What stands for a field that an edit leaves alone."""

from __future__ import annotations

from enum import Enum
from typing import Final


class Unchanged(Enum):
    """The one value :data:`UNCHANGED`; ``None`` means that a field is to be cleared."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED

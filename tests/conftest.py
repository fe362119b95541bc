"""What holds for all tests."""

from __future__ import annotations

import gc

import pytest
from hypothesis import settings

# No test fails by a clock: machines are busy at times.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported stays to the end: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """What is long, or may be other bytes in another process (an archive holds the time), is called by its argument."""
    return argname if isinstance(val, bytes | str) and (len(val) > 60 or val[:2] == b"PK") else None

"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# No test fails by a clock: machines are busy at times.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

from __future__ import annotations

from types import SimpleNamespace

import pytest

from reader.tui import turns
from reader.tui.turns import LONGEST, Turns


def test_long_work_rests_only_while_somebody_is_at_the_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, rests = [0.0], []
    monkeypatch.setattr(turns, "monotonic", lambda: clock[0])
    monkeypatch.setattr(turns, "sleep", rests.append)
    idle = SimpleNamespace(is_in_use=True)
    work = Turns(idle)  # type: ignore[arg-type]
    for worked in (0.001, 0.03, 5.0):
        clock[0] += worked
        work.take()
    assert rests == [pytest.approx(3 * 0.031), LONGEST]
    idle.is_in_use = False
    clock[0] += 5
    work.take()
    assert len(rests) == 2

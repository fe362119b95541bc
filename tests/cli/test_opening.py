from __future__ import annotations

import pytest

from tests.cli.conftest import Shell


@pytest.mark.parametrize("words", [(), ("demo",), ("open", "1")])
def test_the_interface_needs_a_terminal(reader: Shell, words: tuple[str, ...]) -> None:
    done = reader.process(*words)
    assert (done.code, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1
    assert not reader.library.exists()

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.storage.library import Library
from tests.storage.samples import Ticking, assert_sound


@pytest.fixture(scope="session")
def empty_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library without articles, to be copied: making one costs the import of sqlite_utils."""
    path = tmp_path_factory.mktemp("empty") / "library.db"
    Library.open(path).close()
    return path


@pytest.fixture
def path(tmp_path: Path, empty_library: Path) -> Path:
    path = tmp_path / "library.db"
    path.write_bytes(empty_library.read_bytes())
    return path


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def library(path: Path, clock: Ticking) -> Iterator[Library]:
    """A library that must be sound at the end of every test."""
    with Library.open(path, clock=clock, session="mine") as library:
        yield library
        assert_sound(library)

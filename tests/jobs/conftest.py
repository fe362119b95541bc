from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.storage.library import Library


@pytest.fixture(scope="session")
def empty_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library without articles, to be copied: making one costs the import of sqlite_utils."""
    path = tmp_path_factory.mktemp("empty") / "library.db"
    Library.open(path).close()
    return path


@pytest.fixture
def library(tmp_path: Path, empty_library: Path) -> Iterator[Library]:
    path = tmp_path / "library.db"
    path.write_bytes(empty_library.read_bytes())
    with Library.open(path) as library:
        yield library

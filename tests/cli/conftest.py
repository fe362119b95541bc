"""The command line, run in this process for speed or as a real one, on a library and a home of its own."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal
from tests.invoked import Run, invoked

OWN = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "READER_LIBRARY", "PYTHONPATH")

LIGHTHOUSE = """\
The Lighthouse Ledger

By Ada Moreau

March 3, 2021

The keeper wrote two words at the foot of every page. Light kept. He wrote them after the gale.

Fog, standing. Fog, walking. The keeper wrote what the lamp could not see, and the ledger kept it.
"""
HARBOUR = """\
Harbour Bridge Delayed

By Joan Quist

Corrosion in the piers was worse than expected, the harbour board said on Monday.
"""


class Shell:
    """Call it with the words of a command."""

    def __init__(self, home: Path, environment: Mapping[str, str]) -> None:
        self.home = home
        self.library = Path(environment["READER_LIBRARY"])
        self.environment = dict(environment)

    def __call__(self, *words: str | Path, stdin: str | bytes = b"") -> Run:
        """Run in this process; nothing is a terminal."""
        return invoked(words, stdin.encode() if isinstance(stdin, str) else stdin)

    def process(self, *words: str | Path, stdin: bytes = b"", **environment: str) -> Run:
        """Run as people do: a process of its own."""
        done = subprocess.run(
            [*self.argv, *words],
            input=stdin,
            capture_output=True,
            env=self.environment | environment,
            timeout=120,
            check=False,
        )
        return Run(done.returncode, *(data.decode(errors="replace") for data in (done.stdout, done.stderr)))

    def terminal(
        self, *words: str | Path, columns: int = 100, rows: int = 30, **environment: str
    ) -> Terminal:
        """Run in a pseudo-terminal, once the ``with`` block begins."""
        own = {name: self.environment[name] for name in OWN}
        return Terminal([*self.argv, *words], self.home, columns=columns, rows=rows, env=own | environment)

    @property
    def argv(self) -> list[str]:
        return [sys.executable, "-m", "reader"]

    def file(self, name: str, text: str | bytes) -> Path:
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """An empty library and an empty home."""
    return _shell(tmp_path, monkeypatch)


def _shell(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    home = folder / "home"
    home.mkdir()
    own = {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "READER_LIBRARY": str(folder / "library.db"),
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }
    for name, value in own.items():
        monkeypatch.setenv(name, value)
    for name in ("EDITOR", "VISUAL", "PAGER", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return Shell(home, dict(os.environ))


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """The two articles of `stocked`, made once."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        shell = _shell(tmp_path_factory.mktemp("stock"), monkeypatch)
        for name, text in (("ledger.txt", LIGHTHOUSE), ("bridge.txt", HARBOUR)):
            done = shell("add", shell.file(name, text))
            assert done.code == 0, done.err
    return shell


@pytest.fixture
def stocked(reader: Shell, stock: Shell) -> Shell:
    """Articles 1, the lighthouse, and 2, the harbour, of which the files stand in the home, too."""
    for name, text in (("ledger.txt", LIGHTHOUSE), ("bridge.txt", HARBOUR)):
        reader.file(name, text)
    shutil.copy(stock.library, reader.library)
    with closing(sqlite3.connect(reader.library)) as connection, connection:
        # By its path, a file that was added is known again.
        connection.execute(
            "update article_key set key = replace(key, ?, ?)", (f"{stock.home}", f"{reader.home}")
        )
    return reader

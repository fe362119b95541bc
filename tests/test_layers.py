"""The rules of the house: which room may import which, and what a command loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAVY = (
    "textual", "rich.console", "sqlite_utils", "trafilatura", "lxml", "readability", "markdown_it", "pygments",
    "charset_normalizer", "jinja2", "pypdfium2", "fastfeedparser", "asyncio", "logging",
)  # fmt: skip
# What only other commands need: a shell waits for each millisecond of it.
NOT_FOR_A_LIST = (
    "hashlib", "zlib", "subprocess", "traceback", "unicodedata", "regex", "rich", "platformdirs",
    "reader.config", "reader.ingest", "reader.jobs", "reader.render", "reader.exchange",
    "reader.domain.anchor", "reader.domain.article", "reader.domain.change", "reader.domain.document",
    "reader.domain.highlight", "reader.domain.identity", "reader.domain.query", "reader.domain.terms",
    "reader.storage.arrivals", "reader.storage.care", "reader.storage.copies", "reader.storage.effects",
    "reader.storage.highlights", "reader.storage.history", "reader.storage.journal", "reader.storage.migrations",
    "reader.storage.schema", "reader.storage.search", "reader.storage.tags",
)  # fmt: skip
NEEDED_TO_SEARCH = {"reader.domain.query", "reader.domain.terms", "reader.storage.search", "unicodedata"}


def loaded_by(script: str, environment: dict[str, str], *modules: str) -> set[str]:
    """Which of *modules* are loaded after *script* has run in a process of its own."""
    ending = f"\nimport sys\nprint(*[name for name in {modules!r} if name in sys.modules], file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script + ending],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=environment,
    )
    return set(done.stderr.split())


def test_import_contracts_are_kept() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout


def test_importing_reader_loads_nothing() -> None:
    script = (
        "import sys\nbefore = set(sys.modules)\nimport reader\nassert set(sys.modules) - before == {'reader'}"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """That of a process with a library of one article."""
    environment = {
        "HOME": str(tmp_path),
        "READER_LIBRARY": str(tmp_path / "library.db"),
        "PYTHONPATH": str(ROOT),
        "PATH": "/usr/bin:/bin",
    }
    article = tmp_path / "a.txt"
    article.write_text("Title\n\nThe keeper kept the light.")
    subprocess.run(
        [sys.executable, "-m", "reader", "add", article], env=environment, check=True, capture_output=True
    )
    return environment


def running(*words: str) -> str:
    return f"from reader.cli.edge import run\nassert run({list(words)!r}) == 0"


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["list", "--json"],
        ["search", "keeper"],
        ["show", "1", "--format", "json"],
        ["tags"],
        ["highlights"],
    ],
)
def test_reading_commands_load_nothing_heavy(environment: dict[str, str], words: list[str]) -> None:
    assert loaded_by(running(*words), environment, *HEAVY) == set()


def test_a_list_loads_only_what_lists_need(environment: dict[str, str]) -> None:
    script = running("--library", environment["READER_LIBRARY"], "list", "--limit", "20", "--sort", "title")
    assert loaded_by(script, environment, *NOT_FOR_A_LIST) == set()


def test_a_search_loads_besides_only_what_finds(environment: dict[str, str]) -> None:
    script = running("--library", environment["READER_LIBRARY"], "search", "keeper")
    assert loaded_by(script, environment, *NOT_FOR_A_LIST) <= NEEDED_TO_SEARCH


def test_adding_plain_text_loads_no_parser(tmp_path: Path) -> None:
    environment = {
        "HOME": str(tmp_path),
        "READER_LIBRARY": str(tmp_path / "library.db"),
        "PYTHONPATH": str(ROOT),
    }
    article = tmp_path / "a.txt"
    article.write_text("Title\n\nThe keeper kept the light.")
    script = f"from reader.cli.edge import run\nassert run(['add', {str(article)!r}]) == 0"
    parsers = ("textual", "trafilatura", "lxml", "readability", "markdown_it", "pygments")
    assert loaded_by(script, environment, *parsers) == set()

"""The reader talks to nobody unasked: not one socket of the internet is opened, nor a name looked up."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import Desk, open_article, quit_from_here

pytestmark = pytest.mark.slow

# Python runs a file of this name first, in the children of a program too.
SITE = """
import socket, sys

def watch(event, arguments):
    if event in ("socket.getaddrinfo", "socket.connect", "socket.bind", "webbrowser.open", "urllib.Request"):
        found = event
    elif event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6):
        found = event
    else:
        return
    with open({record!r}, "a") as record:
        record.write(f"{{found}} {{sys.argv}}\\n")

sys.addaudithook(watch)
"""


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """The file in which uses of the network are written down, one a line, while SITE is on the path."""
    record = tmp_path / "record"
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(SITE.format(record=str(record)))
    return record


@pytest.fixture
def watched(record: Path) -> dict[str, str | None]:
    """Environment for a program that is to be watched."""
    return {"PYTHONPATH": str(record.parent / "site")}


def test_the_watch_sees_a_socket_and_a_name(desk: Desk, record: Path, watched: dict[str, str | None]) -> None:
    program = "import socket; socket.socket(); socket.getaddrinfo('localhost', 80)"
    with desk.start(command=[sys.executable, "-c", program], env=watched) as terminal:
        terminal.wait_exit()
    assert [line.split()[0] for line in record.read_text().splitlines()] == [
        "socket.__new__",
        "socket.getaddrinfo",
    ]


@pytest.mark.parametrize(
    "words",
    ["list", "search harbour", "show 1", "tag +x 1", "export", "capture https://e.org/a", "fetch", "--help"],
)
def test_no_command_opens_a_socket(
    news: Desk, record: Path, watched: dict[str, str | None], words: str
) -> None:
    with news.start(*words.split(), env=watched | {"PAGER": "cat"}) as terminal:
        terminal.wait_exit()
    assert not record.exists(), record.read_text()


def test_adding_a_page_with_links_and_pictures_asks_nobody(
    desk: Desk, record: Path, watched: dict[str, str | None]
) -> None:
    page = Path(__file__).parents[1] / "fixtures" / "articles" / "market-hall.html"
    with desk.start("add", page, env=watched) as terminal:
        assert terminal.wait_exit() == 0
    assert not record.exists(), record.read_text()


def test_the_interface_opens_no_socket(news: Desk, record: Path, watched: dict[str, str | None]) -> None:
    with news.start(env=watched) as terminal:
        terminal.wait_for("1/50")
        open_article(terminal)
        terminal.type("q")
        terminal.wait_for("1/50")
        terminal.type("\\")
        terminal.wait_for("Search every article")
        terminal.type("harbour")
        terminal.wait_for("newest first")
        quit_from_here(terminal)
    assert not record.exists(), record.read_text()

"""Many articles, a very long one, other programs on the same library, and a library that cannot be written."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import sys
from contextlib import closing

import pytest

from tests.e2e.conftest import READER, Copies, Desk, open_article, quit_from_here
from tests.fixtures.make import long_article, news_folder, news_text

pytestmark = pytest.mark.slow

WORDS = 200_000
IMPATIENT = """
from reader.storage import opening
opening.BUSY_MILLISECONDS = 500
from reader.__main__ import main
main()
"""


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A thousand articles from a folder that also holds one file which is none."""
    desk = Desk(tmp_path_factory.mktemp("thousand"))
    news_folder(desk.home / "news", 1000)
    (desk.home / "news" / "00500-bad.txt").write_bytes(bytes(range(256)) * 20)
    done = desk.process("add", desk.home / "news", code=1)
    assert len(done.out.splitlines()) == 1000
    skipped = [line for line in done.err.splitlines() if line.startswith("skipped ")]
    assert len(skipped) == 1
    assert "00500-bad.txt" in skipped[0]
    return desk


def test_a_thousand_articles_are_listed_and_searched_at_once(thousand: Desk, copy_of: Copies) -> None:
    desk = copy_of(thousand)
    assert len(desk.json("list")) == 1000
    assert [hit["title"] for hit in desk.json("search", "begin00777")] == [news_text(777).partition("\n")[0]]
    with desk.start() as terminal:
        terminal.wait_for("1/1,000")
        terminal.send("G")
        terminal.wait_for("edition 0")
        terminal.type("\\")
        terminal.wait_for("Search every article")
        terminal.type("end00777")
        terminal.wait_for(re.compile("end00777.*edition 777", re.DOTALL))
        quit_from_here(terminal)


def test_an_article_of_two_hundred_thousand_words_is_paged_searched_and_resized(desk: Desk) -> None:
    text = long_article(WORDS)
    last = re.findall(r"mark-\d+", text)[-1]
    desk("add", desk.file("long.txt", text))
    with desk.start() as terminal:
        terminal.wait_for("1/1")
        open_article(terminal)
        terminal.wait_for("mark-1 ")
        terminal.type("   ")
        terminal.wait_for("mark-9 ")
        terminal.type("G")
        terminal.wait_for(last)
        terminal.type("gg")
        terminal.wait_for("mark-1 ")
        terminal.type("/mark-2000 ")
        terminal.send("enter")
        terminal.wait_for(re.compile(r"mark-2000 .*1/1\b", re.DOTALL))
        for columns in (60, 140, 80):
            terminal.resize(columns, 24)
            terminal.wait_for("mark-2000 ")
        terminal.type("q")
        terminal.wait_for("1/1")
        quit_from_here(terminal)


def test_another_process_may_add_edit_and_throw_away_while_the_interface_is_open(news: Desk) -> None:
    newest = news.rows("select max(id) from article")[0][0]
    with news.start(columns=140) as terminal:
        terminal.wait_for("1/50")
        news("edit", f"{newest}", "--title", "Renamed from outside")
        news("trash", f"{newest - 1}")
        news("add", news.file("new.txt", "Added from outside\n\nIt came while the list was open.\n"))
        terminal.type("gi")
        terminal.wait_for("Renamed from outside")
        terminal.wait_for("Added from outside")
        terminal.wait_for("/50")
        open_article(terminal)
        terminal.type("q")
        terminal.wait_for("/50")
        quit_from_here(terminal)


def test_an_article_that_another_process_throws_away_is_left_with_a_word(news: Desk) -> None:
    newest = news.rows("select max(id) from article")[0][0]
    with news.start() as terminal:
        terminal.wait_for("1/50")
        open_article(terminal)
        news("trash", f"{newest}")
        news("purge", "--yes", f"{newest}")
        terminal.type("s")
        terminal.wait_for("/49")
        quit_from_here(terminal)


def test_a_locked_library_is_said_to_be_and_the_note_stays_on_screen(news: Desk) -> None:
    with news.start(command=[sys.executable, "-c", IMPATIENT]) as terminal:
        terminal.wait_for("1/50")
        open_article(terminal)
        terminal.send("enter", "enter")
        terminal.wait_for("highlighted")
        terminal.type("c")
        terminal.wait_for("Enter Keep")
        terminal.type("kumquat")
        terminal.wait_for("kumquat")
        with closing(sqlite3.connect(news.library, isolation_level=None)) as other:
            other.execute("begin immediate")
            terminal.send("enter")
            terminal.wait_for("not saved")
            assert "kumquat" in terminal.text
            other.execute("rollback")
        terminal.send("enter")
        terminal.wait_for("note kept")
        quit_from_here(terminal)
    assert news.json("highlights")[0]["note"] == "kumquat"


UNPRIVILEGED = (
    ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"] if os.geteuid() == 0 else []
)


@pytest.mark.skipif(
    bool(UNPRIVILEGED) and shutil.which("setpriv") is None, reason="root may write everything"
)
def test_a_library_that_may_not_be_written_is_read_and_every_change_is_refused_in_words(news: Desk) -> None:
    with news.start(command=[*UNPRIVILEGED, *READER]) as terminal:
        terminal.wait_for("1/50")
        for path in news.home.glob("library.db*"):
            path.chmod(0o400)
        news.home.chmod(0o500)
        try:
            terminal.type("s")
            terminal.wait_for(re.compile("cannot|read-only|not be written", re.IGNORECASE))
            open_article(terminal)
            terminal.type("q")
            terminal.wait_for("/50")
            terminal.send("ctrl+q")
            assert terminal.wait_exit() == 0
        finally:
            news.home.chmod(0o700)
    assert terminal.unrestored() == []
    assert news.rows("select count(*) from article where starred") == [(0,)]

"""Texts that attack the terminal are shown, or left out, but never obeyed; nor is what a terminal sends by mistake."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest

from reader.domain.anchor import anchor_of, occurrences
from reader.domain.query import parse
from reader.storage.library import Library
from tests.e2e.conftest import READING, Copies, Desk, open_article, quit_from_here
from tests.e2e.escape import CLIPBOARD, OSC_ALLOWED, findings
from tests.e2e.terminal import Terminal
from tests.hostile import CONTROLS, EXTREMES, MARKER, MARKUP, write_html, write_markdown, write_names

pytestmark = pytest.mark.slow

SPELT = {name: payload for name, payload in (CONTROLS | MARKUP).items() if "\x00" not in payload}
BROKEN = b"\xff\x9b31m\xc3" + MARKER.encode()  # not UTF-8: raw bytes of C1 controls
ROOM = "room" * 20  # stands in a text where a payload will be, so that the places of its blocks stay true
PASSAGE = "A passage of several words stands here."
SMUGGLING = [
    "update article set title = title || ' ' || cast(:payload as text) where id = :id",
    *(f"update article set {column} = cast(:payload as text) where id = :id"
      for column in ("author", "site", "url", "published", "note", "tags")),
    "update highlight set note = cast(:payload as text), tags = cast(:payload as text) where article = :id",
    f"update body set text = replace(text, '{ROOM}', cast(:fill as text)) where article = :id",
    "insert into tag (name, folded) values (cast(:payload as text), 'tag ' || :id)",
    "insert into article_tag select :id, max(id) from tag",
]  # fmt: skip
# What shows an article's title, tags, note and highlights besides the page: keys, and a sign that it is open.
PLACES = [("t", "Tags ·"), ("e", "Date  "), ("gA", "Highlights 1"), ("]hc", "Enter Keep"), ("]h#", "Tags ·")]
COPIES = OSC_ALLOWED | {"52": CLIPBOARD}


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Every payload in a Markdown file, some in web pages, some in the names of files."""
    desk = Desk(tmp_path_factory.mktemp("imported"))
    write_markdown(desk.home / "markdown", SPELT | EXTREMES)
    write_html(desk.home / "html", dict(list(SPELT.items())[::4]))
    write_names(desk.home / "names")
    done = desk.process("add", desk.home / "markdown", desk.home / "html", desk.home / "names")
    assert findings((done.out + done.err).encode(), MARKER) == []
    return desk


@pytest.fixture(scope="module")
def smuggled(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Every payload in every column that is shown, written by SQLite itself: nothing was cleaned on the way in."""
    desk = Desk(tmp_path_factory.mktemp("smuggled"))
    for name in [*SPELT, "broken"]:
        desk.file(f"{name}.txt", f"Hostile {name} title\n\nBefore {ROOM} after.\n\n{PASSAGE}\n\nOf {name}.\n")
    desk("add", desk.home)
    with Library.open(desk.library) as library:
        for article in library.articles.find(parse("")):
            document = library.articles.get(article).document
            library.highlights.add(article, anchor_of(document, *occurrences(document, PASSAGE)))
    with closing(sqlite3.connect(desk.library)) as connection, connection:
        for article, title in connection.execute("select id, title from article").fetchall():
            name = title.split()[1]
            data = SPELT[name].encode() if name in SPELT else BROKEN
            for statement in SMUGGLING:
                connection.execute(
                    statement, {"id": article, "payload": data, "fill": data.ljust(80, b".")[:80]}
                )
    return desk


def assert_harmless(terminal: Terminal) -> None:
    assert findings(terminal.recording, MARKER, osc=COPIES) == []


def walk(terminal: Terminal, names: list[str]) -> None:
    """Go through the open articles, which are called *names*, and look at some in one more place."""
    for number, name in enumerate(names):
        terminal.wait_for(f"Hostile {name} ")
        if number % 2:
            keys, sign = PLACES[number // 2 % len(PLACES)]
            terminal.type(keys)
            terminal.wait_for(sign)
            terminal.type("gA" if keys == "gA" else "\x03")
            terminal.wait_gone(sign)
        terminal.type("J")


def test_imported_texts_are_listed_opened_and_found_without_a_leak(imported: Desk, copy_of: Copies) -> None:
    desk = copy_of(imported)
    titles = [" ".join(article["title"].split()[:2]) for article in desk.json("list", "hostile")]
    with desk.start() as terminal:
        terminal.wait_for("1/")
        terminal.type("/hostile\r")
        terminal.wait_for(f"1/{len(titles)}")
        terminal.send("pagedown", "pagedown", "end", "home")
        open_article(terminal)
        for title in titles:
            terminal.wait_for(re.compile(rf"^ {re.escape(title)}\b", re.MULTILINE))  # the status line
            terminal.type("J")
        terminal.send("q")
        search_and_help(terminal)
        quit_from_here(terminal)
    assert_harmless(terminal)


def test_rows_that_were_never_cleaned_do_not_leak_anywhere(smuggled: Desk, copy_of: Copies) -> None:
    desk = copy_of(smuggled)
    names = [title.split()[1] for (title,) in desk.rows("select title from article order by seq desc")]
    with desk.start(columns=120, rows=24) as terminal:
        terminal.wait_for("1/")
        terminal.send("pagedown", "pagedown", "end", "home")
        open_article(terminal)
        walk(terminal, names)
        terminal.send("q")
        search_and_help(terminal)
        terminal.type("ytymyyycD")
        terminal.wait_for("rashed")
        quit_from_here(terminal)
    assert_harmless(terminal)


def search_and_help(terminal: Terminal) -> None:
    terminal.wait_for("A Add")
    terminal.send("\\")
    terminal.wait_for("Search every article")
    terminal.type(MARKER)
    terminal.wait_for(re.compile(rf"{MARKER}.*1/\d\d", re.DOTALL))
    terminal.settle()
    terminal.send("escape")
    terminal.wait_for("A Add")
    terminal.send("?")
    terminal.wait_for("Keys")
    terminal.send("escape")
    terminal.wait_gone("Keys")
    terminal.send("ctrl+p")
    terminal.wait_for("name of a command")
    terminal.send("escape")
    terminal.wait_gone("name of a command")


@pytest.mark.parametrize(
    "words",
    [
        "list",
        f"search {MARKER}",
        "highlights",
        "tags",
        "history",
        "show {}",
        "list --json",
        "highlights --markdown",
    ],
)
def test_commands_on_a_terminal_do_not_leak_either(smuggled: Desk, copy_of: Copies, words: str) -> None:
    desk = copy_of(smuggled)
    with desk.start(*words.format(1).split(), env={"PAGER": "cat"}) as terminal:
        assert terminal.wait_exit() == 0
    assert len(terminal.recording) > 100
    assert_harmless(terminal)


def test_titles_of_markup_are_shown_letter_by_letter_and_do_nothing_when_clicked(desk: Desk) -> None:
    titles = {name: " ".join(payload.split()) for name, payload in MARKUP.items()}
    for name, title in titles.items():
        desk.file(f"{name}.txt", f"{title}\n\n{title} stands in the text, too.\n\nIt is {name}.\n")
    desk("add", "--tag", "[@click=app.quit]tag[/]", desk.home)
    with desk.start(columns=150) as terminal:
        terminal.wait_for(f"1/{len(titles)}")
        for title in titles.values():
            terminal.wait_for(title)
        open_article(terminal)
        order = [
            text.split()[-1][:-1] for (text,) in desk.rows("select text from body order by article desc")
        ]
        for name in order:
            title = titles[name]
            terminal.wait_for(f"It is {name}.")
            terminal.wait_for(READING)
            # In the header, in the text and in the status line.
            terminal.wait_until(lambda title=title: len(places_of(terminal, title)) == 3)
            shown = terminal.screen[:-2]
            for x, y in places_of(terminal, title):
                terminal.click(x + title.index(MARKER) + 2, y)
            terminal.settle(0.05)
            assert terminal.screen[:-2] == shown
            terminal.type("J")
        quit_from_here(terminal)
    assert_harmless(terminal)


def places_of(terminal: Terminal, title: str) -> list[tuple[int, int]]:
    return [(line.index(title), y) for y, line in enumerate(terminal.screen) if title in line]


GARBAGE = [
    b"\xff", b"\xc3", b"\x80", b"\xc3(", b"\xed\xa0\x80", b"\x00", b"\x1b[200~\x1b[201~", b"\x1b[201~",
    b"\x1b[M !!", b"\x1b[M\xff\xff\xff", b"\x1b[<0;5000;5000M", b"\x1b[?1;2;3c", b"\x1b[999;999R",
]  # fmt: skip


def test_bytes_that_are_no_keys_do_not_end_it(news: Desk) -> None:
    with news.start() as terminal:
        terminal.wait_for("1/50")
        for data in GARBAGE:
            terminal.write(data)
            terminal.settle(0.03)
        terminal.write(b"\x1b[M !!" * 300 + b"\x1b[<35;10;10M" * 300)
        terminal.settle()
        terminal.send("escape", "escape", "home", "j", "j")
        terminal.wait_for("3/50")
        quit_from_here(terminal)
    assert news.rows("select count(*) from article where archived or trashed or starred") == [(0,)]


def test_a_megabyte_pasted_into_a_list_or_a_prompt_runs_no_command(news: Desk) -> None:
    megabyte = "Da qsr\n" * 150_000
    with news.start() as terminal:
        terminal.wait_for("1/50")
        terminal.paste(megabyte)
        terminal.wait_for("Pasted: ")
        terminal.send("escape")
        terminal.wait_gone("Pasted: ")
        terminal.send("\\")
        terminal.wait_for("Search every article")
        terminal.paste(megabyte)
        terminal.wait_for("Da qsr")
        terminal.send("escape")
        terminal.wait_for("1/50")
        quit_from_here(terminal)
    assert news.rows(
        "select count(*) from article where archived or trashed or starred or state <> 'unread'"
    ) == [(0,)]


def test_ten_thousand_presses_are_worked_off_and_then_it_quits(news: Desk) -> None:
    with news.start() as terminal:
        terminal.wait_for("1/50")
        terminal.type("jk" * 5_000)
        terminal.type("q")
        assert terminal.wait_exit() == 0
        assert terminal.unrestored() == []

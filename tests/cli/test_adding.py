from __future__ import annotations

import os
import sqlite3

import pytest

from tests.cli.conftest import HARBOUR, LIGHTHOUSE, Shell
from tests.ingest.books import book, page
from tests.ingest.drawn import Put, pdf
from tests.ingest.test_mail import NEWSLETTER, letter


def test_an_added_file_gives_one_line_with_its_number_and_title(reader: Shell) -> None:
    done = reader("add", reader.file("ledger.txt", LIGHTHOUSE))
    assert (done.code, done.out, done.err) == (0, "added 1 The Lighthouse Ledger\n", "")


def test_the_same_file_again_is_known(stocked: Shell) -> None:
    done = stocked("add", stocked.home / "ledger.txt")
    assert (done.code, done.out) == (0, "known 1 The Lighthouse Ledger\n")


def test_a_file_whose_text_changed_is_updated(stocked: Shell) -> None:
    path = stocked.file("ledger.txt", LIGHTHOUSE.replace("two words", "three words"))
    assert stocked("add", path).out == "updated 1 The Lighthouse Ledger\n"
    assert [hit["id"] for hit in stocked("search", "three words", "--json").json] == [1]


def test_a_folder_is_read_in_order_and_other_kinds_are_counted(reader: Shell) -> None:
    reader.file("news/b.txt", HARBOUR)
    reader.file("news/a/ledger.txt", LIGHTHOUSE)
    reader.file("news/photo.jpg", b"\xff\xd8\xff")
    reader.file("news/.hidden.txt", "no")
    done = reader("add", reader.home / "news")
    assert done.code == 0
    assert done.lines == ["added 1 Harbour Bridge Delayed", "added 2 The Lighthouse Ledger"]
    assert done.err == "2 added, 1 of kinds that Reader does not read\n"


def test_one_bad_file_is_named_and_the_others_are_kept(reader: Shell) -> None:
    reader.file("news/good.txt", HARBOUR)
    bad = reader.file("news/bad.txt", b"\x89PNG\r\n\x1a\n" * 9)
    done = reader("add", reader.home / "news")
    assert done.code == 1
    assert done.lines == ["added 1 Harbour Bridge Delayed"]
    assert done.err.splitlines()[0].startswith(f"skipped {bad}: ")


def test_a_missing_file_is_skipped_with_its_reason(reader: Shell) -> None:
    done = reader("add", reader.home / "nowhere.txt")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"skipped {reader.home}/nowhere.txt: ")
    assert len(done.err.splitlines()) == 1


def test_a_pipe_and_a_loop_of_links_are_skipped_at_once(reader: Shell) -> None:
    reader.file("news/good.txt", HARBOUR)
    os.mkfifo(reader.home / "news" / "pipe.txt")
    (reader.home / "news" / "loop.txt").symlink_to("loop.txt")
    (reader.home / "news" / "again").symlink_to(reader.home / "news")
    done = reader("add", reader.home / "news")
    assert done.code == 1
    assert done.lines == ["added 1 Harbour Bridge Delayed"]
    assert sorted(line.split(": ")[0] for line in done.err.splitlines()[:-1]) == [
        f"skipped {reader.home}/news/loop.txt",
        f"skipped {reader.home}/news/pipe.txt",
    ]


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://example.org/a", "data:text/html,x", "gopher://x"]
)
def test_other_schemes_are_refused(reader: Shell, address: str) -> None:
    done = reader("add", address)
    assert (done.code, done.out) == (1, "")
    assert len(done.err.splitlines()) == 1


def test_standard_input_is_an_article(reader: Shell) -> None:
    done = reader("add", "-", "--title", "From a pipe", "-t", "later,work", stdin="Some words.\n\nAnd more.")
    assert done.out == "added 1 From a pipe\n"
    [article] = reader("list", "--json").json
    assert (article["title"], article["tags"]) == ("From a pipe", ["later", "work"])


def test_a_given_title_takes_no_line_of_the_text(reader: Shell) -> None:
    """The first line had been taken for the title, and was nowhere once another title was given."""
    reader("add", "-", "--title", "Mine", stdin="A first line\n\nA second one.")
    assert reader("show", "1", "--format", "json").json["text"] == "A first line\n\nA second one."


def test_what_is_said_on_the_command_line_beats_the_file(reader: Shell) -> None:
    path = reader.file("ledger.txt", LIGHTHOUSE)
    url = "https://example.org/ledger"
    reader("add", path, "--author", "A. M.", "--site", "Paper", "--url", url, "--published", "2020-01-02")
    [article] = reader("list", "--json").json
    assert [article[key] for key in ("author", "site", "url", "published")] == [
        "A. M.",
        "Paper",
        url,
        "2020-01-02",
    ]
    assert reader("add", reader.file("other.txt", HARBOUR), "--url", url).out.startswith("updated 1 ")


@pytest.mark.parametrize(
    "options", [("--url", "javascript:x"), ("--published", "soon"), ("--format", "docx"), ("-t", ",")]
)
def test_an_impossible_option_is_a_mistake_and_adds_nothing(reader: Shell, options: tuple[str, str]) -> None:
    done = reader("add", reader.file("ledger.txt", LIGHTHOUSE), *options)
    assert (done.code, done.out) == (2, "")
    assert not reader.library.exists()


def test_a_title_is_for_one_article_only(reader: Shell) -> None:
    reader.file("news/a.txt", LIGHTHOUSE)
    reader.file("news/b.txt", HARBOUR)
    assert reader("add", reader.home / "news", "--title", "Both").code == 2


def test_json_tells_what_became_of_each_source(stocked: Shell) -> None:
    new = stocked.file("new.txt", "A title\n\nQuite other words, of which there is one paragraph.")
    done = stocked("add", "--json", stocked.home / "ledger.txt", new, stocked.home / "gone.txt")
    assert done.code == 1
    assert [(one["status"], one["id"], one["source"]) for one in done.json] == [
        ("known", 1, str(stocked.home / "ledger.txt")),
        ("added", 3, str(new)),
        ("skipped", None, str(stocked.home / "gone.txt")),
    ]
    assert set(done.json[0]) == {"status", "id", "title", "source", "reason", "similar"}


def test_a_thing_met_in_the_trash_says_so(stocked: Shell) -> None:
    stocked("trash", "1")
    assert stocked("add", stocked.home / "ledger.txt").out == "known 1 The Lighthouse Ledger · in the trash\n"


def test_a_run_in_many_batches_is_undone_at_once(reader: Shell) -> None:
    for number in range(70):
        reader.file(f"news/{number:03}.txt", f"Title {number}\n\nThe text with the word word{number} in it.")
    assert len(reader("add", reader.home / "news").lines) == 70
    assert reader("undo").code == 0
    assert reader("list").out == ""
    assert reader("redo").code == 0
    assert len(reader("list").lines) == 70


def test_a_name_with_escapes_stays_on_one_clean_line(reader: Shell) -> None:
    path = reader.home / "evil\x1b]0;x\x07\nname.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" * 9)
    done = reader("add", path)
    assert "\x1b" not in done.err
    assert len(done.err.splitlines()) == 1


def test_the_index_is_in_step_after_many_batches(reader: Shell) -> None:
    for number in range(70):
        reader.file(f"news/{number:03}.txt", f"Title {number}\n\nThe text with the word word{number} in it.")
    reader("add", reader.home / "news")
    with sqlite3.connect(reader.library) as library:
        library.execute("insert into articles_fts(articles_fts, rank) values('integrity-check', 1)")
    assert [hit["title"] for hit in reader("search", "word63", "--json").json] == ["Title 63"]


def test_a_folder_with_nothing_in_it_says_so(reader: Shell) -> None:
    """It was silent, as if all had been added."""
    (reader.home / "empty").mkdir()
    done = reader("add", reader.home / "empty")
    assert (done.code, done.out, done.err) == (0, "", "nothing to add\n")


def test_books_pdfs_mails_and_feeds_are_articles_with_their_originals(reader: Shell) -> None:
    reader.file("in/a.epub", book({"a.xhtml": page("<h1>A</h1><p>A chapter.</p>")}, absent=("b.xhtml",)))
    reader.file(
        "in/b.pdf", pdf([[Put(72, 72, "A Printed Page", 24), Put(72, 110, "With some words on it.")]])
    )
    reader.file("in/c.eml", letter(page=NEWSLETTER))
    item = "<item><title>{0}</title><link>https://e.org/{0}</link><description>{1}</description></item>"
    items = item.format("x", "Short …") + item.format("y", "Long words of it. " * 40)
    reader.file("in/d.rss", f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>")
    done = reader("add", reader.home / "in")
    assert done.lines == [
        "added 1 The Noon Whistle · not readable in it: b.xhtml",
        "added 2 A Printed Page",
        "added 3 The Noon Whistle",
        "added 4 x",
        "added 5 y",
    ]
    assert (done.code, done.err) == (0, "5 added\n")
    assert reader("show", "2").out.rstrip().endswith("With some words on it.")
    assert [row["id"] for row in reader("list", "is:unfetched", "--json").json] == [4]
    with sqlite3.connect(reader.library) as library:
        kinds = library.execute("select article, media_type from original order by article").fetchall()
    assert kinds == [
        (1, "application/epub+zip"),
        (2, "application/pdf"),
        (3, "message/rfc822"),
        (5, "text/html"),
    ]
    again = reader("add", reader.home / "in")
    assert [line.split()[0] for line in again.lines] == ["known"] * 5


def test_each_chapter_of_a_book_may_be_an_article(reader: Shell) -> None:
    chapters = {f"{name}.xhtml": page(f"<h1>{name}</h1><p>Words of {name}.</p>") for name in ("A", "B")}
    path = reader.file("a.epub", book(chapters))
    assert reader("add", "--chapters", path).lines == ["added 1 A", "added 2 B"]
    assert reader("add", "--chapters", "--title", "x", path).code == 1


def test_a_book_from_standard_input_is_told_by_its_content(reader: Shell) -> None:
    data = pdf([[Put(72, 72, "A Printed Page", 24), Put(72, 110, "With some words on it.")]])
    assert reader("add", "-", stdin=data).out == "added 1 A Printed Page\n"


def test_a_list_of_feeds_is_taken_apart(reader: Shell) -> None:
    """Nothing is fetched here: the guard refuses the only feed."""
    path = reader.file("feeds.opml", "<opml><body><outline xmlUrl='http://127.0.0.1:9/feed'/></body></opml>")
    done = reader("add", path)
    assert done.err.startswith(
        f"{path}: one feed, read once and not followed\nnot fetched http://127.0.0.1:9/feed"
    )
    assert reader("add", reader.file("empty.opml", "<opml><body/></opml>")).err.endswith(
        "no feeds in this list\n"
    )

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from reader.storage.connection import LibraryError, explained
from reader.storage.library import Library
from tests.storage.samples import draft, raw_open


def add_tag(library: Library, name: str) -> None:
    library.connection.execute("insert into tag (name, folded) values (:name, :name)", name=name)


def tags(library: Library) -> list[str]:
    return library.connection.column("select name from tag order by id")


def add_tags(library: Library, *names: str) -> None:
    with library.connection.write():
        for name in names:
            with library.connection.write():
                add_tag(library, name)


def test_a_write_is_all_or_nothing(library: Library) -> None:
    with pytest.raises(LibraryError):
        add_tags(library, "a", "b", "a")
    assert tags(library) == []
    add_tags(library, "a", "b")
    assert tags(library) == ["a", "b"]


def test_what_an_action_left_open_is_not_joined_by_the_next(library: Library) -> None:
    """If a rollback failed too, the next action must not end up in a transaction that nobody commits."""
    library.connection.raw.execute("begin")
    add_tag(library, "lost")
    with library.connection.write():
        add_tag(library, "kept")
    assert tags(library) == ["kept"]
    assert not library.connection.raw.in_transaction


def test_a_snapshot_does_not_see_what_is_written_meanwhile(library: Library, path: Path) -> None:
    with Library.open(path, write=False) as reading, reading.connection.snapshot():
        assert tags(reading) == []
        add_tag(library, "new")
        assert tags(reading) == []
        with reading.connection.snapshot():
            assert tags(reading) == []
    assert tags(library) == ["new"]


def test_another_writer_between_read_and_write_does_no_harm(library: Library, path: Path) -> None:
    library.articles.add(draft())
    other = raw_open(path)
    with library.connection.write():
        library.articles.get(1)
        other.execute("pragma busy_timeout = 0")
        with pytest.raises(sqlite3.OperationalError):
            other.execute("update article set starred = 1")
        library.articles.mark([1], "archived")
    other.execute("update article set starred = 1")
    other.close()
    assert (library.articles.summary(1).starred, library.articles.summary(1).archived) == (True, True)


@pytest.mark.parametrize(
    ("name", "words", "code"),
    [
        ("SQLITE_BUSY_SNAPSHOT", "another program", 3),
        ("SQLITE_FULL", "disk is full", 1),
        ("SQLITE_IOERR_FSYNC", "disk could not", 1),
        ("SQLITE_CORRUPT_VTAB", "damaged", 3),
        ("SQLITE_READONLY_DIRECTORY", "reading only", 1),
        ("SQLITE_CANTOPEN", "permissions", 3),
        ("SQLITE_MISMATCH", "failed", 1),
    ],
)
def test_every_error_is_a_sentence_with_a_code(name: str, words: str, code: int) -> None:
    error = sqlite3.OperationalError("some\x1b words")
    error.sqlite_errorname = name
    told = explained(error, Path("/home/me/library.db"))
    assert words in str(told)
    assert str(told).startswith("/home/me/library.db")
    assert "\x1b" not in str(told)
    assert told.code == code


def test_bytes_that_are_not_utf8_do_not_make_an_article_unreadable(library: Library) -> None:
    library.articles.add(draft())
    library.connection.execute("update article set author = cast(x'41ff42' as text)")
    assert library.articles.summary(1).author == "A\ufffdB"


def test_old_rows_are_cleaned_when_they_are_read(library: Library) -> None:
    library.articles.add(draft())
    library.connection.execute(
        "update article set title = :evil, note = :evil, tags = :evil, author = :evil",
        evil="a\x1b]0;b\x07\u202e\nc",
    )
    library.connection.execute("update body set text = :evil", evil="a\x1b[31mb")
    article = library.articles.get(1)
    assert article.summary.title == "a]0;b c"
    assert article.summary.author == "a]0;b c"
    assert article.summary.tags == ("a]0;b c",)
    assert article.note == "a]0;b\nc"
    assert article.document.text == "a[31mb"
    library.connection.execute("update article set tags = ''")


@pytest.mark.parametrize(
    "blocks", ["", "[", "{}", "[{}]", '[{"k":"para","s":5,"e":999999}]', '[{"k":"nothing","s":0,"e":2}]',
               '[{"k":"para","s":0,"e":9,"m":[[0,99999,"em"]]}]', '[{"k":"para","s":0,"e":9,"m":[[0]]}]']
)  # fmt: skip
def test_blocks_that_do_not_fit_give_plain_paragraphs(library: Library, blocks: str) -> None:
    library.articles.add(draft())
    library.connection.execute("update body set blocks = :blocks", blocks=blocks)
    document = library.articles.get(1).document
    assert document.text.startswith("It was")
    assert [block.kind for block in document.blocks] == ["para"]


def test_settings_are_kept_and_forgotten(library: Library) -> None:
    assert library.settings.get("place") is None
    library.settings.set("place", "12")
    library.settings.set("place", "13")
    assert library.settings.get("place") == "13"
    library.settings.set("place", None)
    assert library.settings.get("place") is None

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from reader.domain.query import parse
from reader.storage import schema
from reader.storage.connection import LibraryError
from reader.storage.library import Library
from tests.storage.samples import essay, found, passage, raw_open


@pytest.fixture
def five(library: Library) -> Library:
    library.articles.add_all([essay(number) for number in range(1, 6)], tags=["x"])
    library.highlights.add(1, passage(library, 1, "begin1"), note="n", tags=["h"])
    library.articles.edit(2, note="noted")
    return library


def test_a_sound_library_has_no_problems(five: Library) -> None:
    assert five.care.check() == []


def test_an_index_put_out_of_step_is_seen_and_made_anew(five: Library, path: Path) -> None:
    """INSERT OR REPLACE from a plain shell skips the delete trigger, and no check but rank=1 sees it."""
    shell = raw_open(path)
    shell.execute("insert or replace into body select article, version, 'replaced', cjk, blocks, text_hash, words, "
                  "rules, head, extra, made from body where article = 1")  # fmt: skip
    shell.close()
    problems = five.care.check()
    assert any("articles_fts is out of step" in problem for problem in problems)
    assert any("text of article 1" in problem for problem in problems)
    five.care.rebuild()
    assert not any("out of step" in problem for problem in five.care.check())
    assert found(five, "begin1") == []
    assert len(found(five, "replaced")) == 1


def test_a_dropped_trigger_is_seen_and_made_again(five: Library, path: Path) -> None:
    shell = raw_open(path)
    shell.execute("drop trigger article_text_changed")
    shell.execute("update article set title = 'Changed' where id = 1")
    shell.close()
    problems = five.care.check()
    assert any("article_text_changed" in problem for problem in problems)
    five.care.rebuild()
    assert five.care.check() == []
    five.articles.edit(2, title="Searchable")
    assert len(found(five, "title : searchable")) == 1


def test_a_changed_text_is_seen_by_its_hash(five: Library) -> None:
    five.connection.execute("update body set text = replace(text, 'word3x7', 'word3y7') where article = 3")
    assert five.care.check() == ["damaged or missing text of article 3"]


def test_many_damaged_texts_are_counted(library: Library) -> None:
    library.articles.add_all([essay(number) for number in range(7)])
    library.connection.execute("update body set text_hash = 'x'")
    assert library.care.check() == ["damaged or missing text of article 1, 2, 3, 4, 5 and 2 more"]


def test_rows_that_refer_to_nothing_are_seen(five: Library, path: Path) -> None:
    shell = raw_open(path)
    shell.execute("insert into article_tag (article, tag) values (77, 77)")
    shell.close()
    assert five.care.check() == ["rows of article_tag refer to what is not there"]
    five.connection.execute("delete from article_tag where article = 77")


def test_damage_is_a_list_of_sentences_and_showing_survives_it(five: Library, path: Path) -> None:
    """Bits that flipped: whatever they hit, the check ends and reading ends in a value or a LibraryError."""
    five.connection.execute("pragma wal_checkpoint(truncate)")
    content = bytearray(path.read_bytes())
    seen = 0
    for number in range(40):
        at = 4096 + (number * 7919 * 31) % (len(content) - 4096)
        damaged = bytearray(content)
        damaged[at] ^= 1 << number % 8
        copy = path.with_name(f"damaged{number}.db")
        copy.write_bytes(damaged)
        try:
            with Library.open(copy) as library:
                seen += bool(library.care.check())
                for id in library.articles.find(parse("")):
                    library.articles.get(id)
                    library.highlights.of(id)
        except LibraryError:
            seen += 1
    assert seen >= 1


def test_damage_that_sqlite_tells_of_in_broken_letters_is_damage(five: Library, path: Path) -> None:
    """Its message quotes the name of a table, of which a bit has flipped."""
    five.connection.execute("pragma wal_checkpoint(truncate)")
    copy = path.with_name("damaged.db")
    copy.write_bytes(path.read_bytes().replace(b"body_changed after", b"body_changed \xe4\xe4ter"))
    with pytest.raises(LibraryError, match=r"is damaged .*: go back to a backup") as refused:
        Library.open(copy, write=False)
    assert refused.value.code == 3


def test_a_backup_is_a_sound_library_for_its_owner_alone(five: Library, tmp_path: Path) -> None:
    target = tmp_path / "copy of it.db"
    five.care.backup(target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with Library.open(target) as copy:
        assert copy.care.check() == []
        assert copy.articles.order(parse("")) == [5, 4, 3, 2, 1]
        assert copy.history.undo().action == "edited"
    assert not [name for name in tmp_path.iterdir() if name.name.startswith(".")]


def test_a_backup_replaces_an_older_one(five: Library, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    five.care.backup(target)
    five.articles.add(essay(9))
    five.care.backup(target)
    with Library.open(target) as copy:
        assert copy.articles.count(parse("")) == 6


def test_a_backup_replaces_nothing_but_a_backup(five: Library, path: Path, tmp_path: Path) -> None:
    thesis = tmp_path / "thesis.txt"
    thesis.write_text("ten years of work")
    for target in (thesis, path, tmp_path, tmp_path / "absent" / "copy.db"):
        with pytest.raises(LibraryError):
            five.care.backup(target)
    assert thesis.read_text() == "ten years of work"
    assert sorted(name.name for name in tmp_path.iterdir() if name.suffix not in (".db-wal", ".db-shm")) == [
        "library.db",
        "thesis.txt",
    ]


def test_a_backup_can_be_made_without_writing_to_the_library(
    five: Library, path: Path, tmp_path: Path
) -> None:
    with Library.open(path, write=False) as reading:
        reading.care.backup(tmp_path / "copy.db")
        assert "can be written" in reading.care.check()[0]
    assert (tmp_path / "copy.db").exists()


def test_every_trigger_of_the_list_is_there(five: Library) -> None:
    assert schema.missing_triggers(five.connection.raw) == []
    names = {row[0] for row in five.connection.rows("select name from sqlite_master where type = 'trigger'")}
    assert names == set(schema.TRIGGERS)


def test_the_public_view_shows_what_is_indexed(path: Path) -> None:
    with Library.open(path) as library:
        library.articles.add(essay(1))
    shell = sqlite3.connect(path)
    rows = shell.execute(
        """
        select title, body
        from articles
        where rowid in (select rowid from articles_fts where articles_fts match 'begin1')
        """
    ).fetchall()
    shell.close()
    assert rows[0][0] == "Essay 1"

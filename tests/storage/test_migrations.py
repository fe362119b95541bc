from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from reader.domain.text import cjk_bigrams, text_hash
from reader.storage import migrations, opening, schema
from reader.storage.connection import LibraryError
from reader.storage.library import Library
from reader.storage.version import APPLICATION_ID, VERSION
from tests.storage.samples import WORDS, assert_sound, essay, passage, raw_open, state_of, titles_found


def add_a_column(database: migrations.Database) -> None:
    database["article"].add_column("rating", int, not_null_default=0)
    database["article"].transform(types={"rating": float})  # which drops every trigger of the table


def change_the_texts(database: migrations.Database) -> None:
    for name in schema.TRIGGERS:
        database.execute(f"drop trigger {name}")
    database.execute("update body set text = text || ' quicksilver'")


def break_the_references(database: migrations.Database) -> None:
    database.execute("insert into article_tag (article, tag) values (77, 77)")


def fail(database: migrations.Database) -> None:
    database.execute("create table half (id)")
    raise sqlite3.OperationalError("disk I/O error")


@pytest.fixture
def old(path: Path) -> Path:
    with Library.open(path) as library:
        library.articles.add_all([essay(1), essay(2)], tags=["x"])
        library.highlights.add(1, passage(library, 1, "begin1"), note="n")
        library.articles.edit(2, note="noted")
    return path


def upgrade_knowing(monkeypatch: pytest.MonkeyPatch, step: migrations.Step) -> None:
    steps = (*migrations.STEPS, step)
    migrate = migrations.migrate
    monkeypatch.setattr(migrations, "migrate", lambda raw: migrate(raw, steps))
    monkeypatch.setattr(opening, "VERSION", len(steps))


def test_the_program_and_its_steps_agree_on_the_version() -> None:
    assert len(migrations.STEPS) == VERSION


def test_sqlite_utils_uses_the_one_sqlite_of_the_process() -> None:
    import sqlite_utils.db

    assert sqlite_utils.db.sqlite3 is sqlite3


def test_an_older_library_is_upgraded_with_all_it_holds(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library.open(old) as library:
        before = state_of(library)
    upgrade_knowing(monkeypatch, add_a_column)
    with Library.open(old) as library:
        assert state_of(library) == before
        assert library.connection.value("select sum(rating) from article") == 0
        assert library.connection.value("pragma user_version") == VERSION + 1
        assert schema.missing_triggers(library.connection.raw) == []
        library.articles.add(essay(3))
        assert titles_found(library, "begin3") == ["Essay 3"]
        assert_sound(library)


def test_a_step_that_changes_what_full_text_is_about_has_it_made_anew(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade_knowing(monkeypatch, change_the_texts)
    with Library.open(old) as library:
        assert titles_found(library, "quicksilver") == ["Essay 1", "Essay 2"]
        assert schema.check_full_text(library.connection.raw) == []


def test_a_backup_is_taken_before_an_upgrade(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade_knowing(monkeypatch, add_a_column)
    Library.open(old).close()
    (backup,) = [name for name in old.parent.iterdir() if "before" in name.name]
    raw = raw_open(backup)
    assert raw.execute("pragma user_version").fetchone() == (VERSION,)
    assert raw.execute("select count(*) from articles").fetchone() == (2,)
    raw.close()


@pytest.mark.parametrize("step", [fail, break_the_references])
def test_an_upgrade_that_fails_leaves_the_library_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch, step: migrations.Step
) -> None:
    with Library.open(old) as library:
        before = state_of(library)
    with monkeypatch.context() as newer:
        upgrade_knowing(newer, step)
        with pytest.raises(LibraryError) as caught:
            Library.open(old)
        assert caught.value.code == 3
    with Library.open(old) as library:
        assert state_of(library) == before
        assert library.connection.value("select count(*) from sqlite_master where name = 'half'") == 0
        assert library.connection.value("pragma foreign_keys") == 1
        assert_sound(library)


def test_a_library_that_only_reads_is_upgraded_too(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade_knowing(monkeypatch, add_a_column)
    with Library.open(old, write=False) as library:
        assert library.connection.value("pragma user_version") == VERSION + 1


# --- from each older schema ------------------------------------------------------------------------------------


@pytest.fixture
def first_schema(tmp_path: Path) -> Path:
    """A library of schema 1 with three highlights: where it was made, verbatim elsewhere, and not verbatim."""
    path = tmp_path / "first.db"
    raw = raw_open(path)
    raw.execute(f"pragma application_id = {APPLICATION_ID}")
    raw.create_function("cjk_bigrams", 1, cjk_bigrams, deterministic=True)
    migrations.migrate(raw, migrations.STEPS[:1])
    for trigger in schema.TRIGGERS:  # those of a later schema speak of columns that this one has not
        if not trigger.startswith("highlight"):
            raw.execute(f"drop trigger {trigger}")
    text = WORDS.replace("foolishness", "folly")
    raw.execute(
        "insert into article (id, uid, seq, version, title, added, changed) values (1, 'u', 1, 2, 'A tale', 1, 1)"
    )
    for version, words in ((1, WORDS), (2, text)):
        raw.execute(
            "insert into body (article, version, text, blocks, text_hash, made) values (1, ?, ?, '[]', ?, 1)",
            (version, words, text_hash(words)),
        )
    for exact, made_on, status in (
        ("age of wisdom", text, "anchored"),
        ("worst of times", f" {WORDS}", "anchored"),
        ("it was the age of foolishness", WORDS, "review"),
    ):
        start, place = made_on.index(exact), text.find(exact)
        raw.execute(
            """
            insert into highlight (
                uid, article, exact, prefix, suffix, start, "end", text_hash, status, place_start, place_end,
                score, placed_hash, made, changed
            )
            values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, 1, 1)
            """,
            (
                exact, exact, made_on[max(0, start - 32) : start], made_on[start + len(exact) :][:32], start,
                start + len(exact), text_hash(made_on), status,
                *((None, None) if place < 0 else (place, place + len(exact))),
                text_hash(text),
            ),
        )  # fmt: skip
    raw.close()
    return path


def test_a_library_of_schema_1_learns_how_its_highlights_are_placed(first_schema: Path) -> None:
    with Library.open(first_schema) as library:
        stands, moved, edited = sorted(library.highlights.of(1), key=lambda highlight: highlight.id)
        text = library.articles.get(1).document
        assert [one.placement.how for one in (stands, moved, edited)] == ["position", "exact", "fuzzy"]
        assert {one.placement.by for one in (stands, moved, edited)} == {"auto"}
        assert text.slice(moved.placement.span) == "worst of times"
        assert edited.placement.status == "review"
        assert text.slice(edited.placement.span).startswith("it was the age of fol")
        assert library.care.check() == []
        assert_sound(library)


def test_what_was_done_before_an_upgrade_can_be_undone_after_it(path: Path) -> None:
    """A removed highlight's fields in the history of schema 1 do not say who placed it."""
    with Library.open(path) as library:
        library.articles.add(essay(1))
        library.highlights.add(1, passage(library, 1, "begin1"), note="n")
        before = state_of(library)
        library.connection.execute(
            """
            update history_change
            set after = json_remove(after, '$.placed_by', '$.refused_hash')
            where kind = 'highlight'
            """
        )
    with Library.open(path) as library:
        assert library.history.undo().skipped == ()
        assert library.highlights.of(1) == []
        assert library.history.redo().skipped == ()
        assert state_of(library) == before

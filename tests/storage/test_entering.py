"""Articles that come together are entered into full text together: what is found is as if each had come alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reader.domain.query import parse
from reader.domain.record import Kept, Record, Refused
from reader.storage.library import Library
from tests.storage.samples import assert_sound, draft, essay, found, titles_found

THEN = datetime(2016, 7, 8, 9, 10, tzinfo=UTC)


def test_what_came_together_is_one_part_of_the_index(library: Library) -> None:
    outcomes = library.articles.add_all([replace(essay(number), tags=("spring",)) for number in range(20)])
    assert len(titles_found(library, "begin7 OR begin19")) == 2
    assert len(found(library, "spr*", "heads_fts")) == len(outcomes) == 20
    # Segments have the upper bits of a block's number (fileformat of FTS5); each article of its own would have one.
    segments = library.connection.value(
        "select count(distinct id >> 37) from articles_fts_data where id > 10"
    )
    assert segments == 1
    assert_sound(library)


def test_what_a_batch_changes_of_its_own_articles_is_found_as_it_is_in_the_end(library: Library) -> None:
    first = Record(draft("Early", "Words of the first text.", tags=("one",)), origin="pocket:a", added=THEN)
    again = Record(
        draft("Late", "Words of a second version.", tags=("two",)),
        origin="pocket:a",
        added=THEN,
        note="pondered",
    )
    others = [Record(essay(number), origin=f"pocket:{number}", added=THEN) for number in range(3)]
    kept = library.records.store([first, *others, again], run="one", overwrite=True)
    assert [one.outcome.status for one in kept if isinstance(one, Kept)] == ["added"] * 4 + ["updated"]
    assert titles_found(library, "version AND late AND two") == ["Late"]
    assert titles_found(library, "first OR early") == []
    assert [hit.article.title for hit in library.search.live(parse("pondered "))] == ["Late"]
    assert_sound(library)
    library.history.undo()
    assert_sound(library)


def test_articles_move_up_for_those_of_a_later_batch(library: Library) -> None:
    for batch in range(3):
        library.articles.add_all([essay(10 * batch + number) for number in range(4)], added=[THEN] * 4)
        assert_sound(library)
    assert titles_found(library, "begin0 OR begin11 OR begin23") == ["Essay 0", "Essay 11", "Essay 23"]


@pytest.mark.parametrize("dry", [True, False])
def test_what_is_taken_back_leaves_no_word(library: Library, dry: bool) -> None:
    """A record that cannot be stored, and a batch that was only tried; their numbers are given again."""
    broken = Record(replace(essay(1), language=chr(0xD800)), origin="pocket:1", added=THEN)
    kept = library.records.store([Record(essay(0)), broken, Record(essay(2), added=THEN)], run="one", dry=dry)
    assert [isinstance(one, Refused) for one in kept] == [False, True, False]
    assert titles_found(library, "begin0 OR begin1 OR begin2") == ([] if dry else ["Essay 2", "Essay 0"])
    library.articles.add(essay(3))
    assert titles_found(library, "begin3") == ["Essay 3"]
    assert_sound(library)


def test_an_article_that_was_left_waiting_is_told_of_and_mended(library: Library) -> None:
    """As another program could leave one; ours does not."""
    library.connection.execute(
        """
        insert into article (uid, seq, title, added, changed, entered) values ('u', 1, 'Waiting room', 1, 1, 0)
        """
    )
    library.connection.execute(
        "insert into body (article, version, text, blocks, text_hash, made) values (1, 1, 'magazines', '[]', '', 1)"
    )
    assert titles_found(library, "magazines") == []
    assert "articles_fts is out of step: search misses words" in library.care.check()
    library.care.rebuild()
    assert titles_found(library, "magazines AND waiting") == ["Waiting room"]
    assert_sound(library)

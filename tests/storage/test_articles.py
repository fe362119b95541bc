from __future__ import annotations

from datetime import UTC

import pytest

from reader.domain.article import ArticleId
from reader.domain.query import parse
from reader.storage.connection import LibraryError
from reader.storage.library import Library
from tests.storage.samples import draft, essay, found, passage

EVERYTHING = parse("")


@pytest.fixture
def five(library: Library) -> Library:
    library.articles.add_all([essay(number) for number in range(1, 6)])
    return library


def test_an_article_that_is_not_there_is_an_error_with_its_number(library: Library) -> None:
    for ask in (library.articles.get, library.articles.summary):
        with pytest.raises(LibraryError, match="no article 12"):
            ask(ArticleId(12))
    assert library.articles.original(ArticleId(12)) is None


def test_summaries_come_in_the_order_asked_for_without_the_absent(five: Library) -> None:
    assert [summary.id for summary in five.articles.summaries([3, 99, 1])] == [3, 1]


def test_times_are_in_utc(five: Library) -> None:
    assert five.articles.summary(1).added.tzinfo is UTC


# --- lists ---


def test_a_list_is_newest_first_and_hides_archive_and_trash(five: Library) -> None:
    five.articles.mark([2], "archived")
    five.articles.trash([4])
    assert five.articles.order(EVERYTHING) == [5, 3, 1]
    assert five.articles.count(EVERYTHING) == 3
    assert five.articles.find(EVERYTHING) == [5, 3, 1]
    assert five.articles.find(EVERYTHING, scope="all") == [5, 3, 2, 1]
    assert five.articles.find(EVERYTHING, scope="trash") == [4]


@pytest.mark.parametrize("sort", ["added", "-added", "title", "-title", "words", "published", "author"])
def test_pages_follow_one_another_without_gap_or_overlap(five: Library, sort: str) -> None:
    pages: list[ArticleId] = []
    while page := five.articles.order(EVERYTHING, sort=sort, after=pages[-1] if pages else None, limit=2):
        pages += page
    assert pages == five.articles.order(EVERYTHING, sort=sort)
    assert sorted(pages) == [1, 2, 3, 4, 5]


def test_what_is_unknown_comes_last_in_both_directions(five: Library) -> None:
    five.articles.edit(2, published="2020-01-01", author="Berta")
    five.articles.edit(4, published="2021-01-01", author="anna")
    assert five.articles.order(EVERYTHING, sort="published") == [4, 2, 5, 3, 1]
    assert five.articles.order(EVERYTHING, sort="-published") == [2, 4, 5, 3, 1]
    assert five.articles.order(EVERYTHING, sort="author") == [4, 2, 5, 3, 1]


def test_the_query_has_the_last_word_on_order_and_limit(five: Library) -> None:
    assert five.articles.order(parse("sort:-added limit:2"), sort="title", limit=4) == [1, 2]


def test_what_was_read_last_comes_first(five: Library) -> None:
    five.articles.reached(2, position=5, progress=0.1)
    five.articles.mark([4], "read")
    five.articles.reached(1, position=5, progress=0.1)
    assert five.articles.order(EVERYTHING, sort="read")[:3] == [1, 4, 2]


def test_sticky_articles_stay_in_a_list_that_they_have_left(five: Library) -> None:
    five.articles.mark([3], "read")
    assert five.articles.order(parse("is:unread"), sticky=[3]) == [5, 4, 3, 2, 1]
    assert five.articles.order(parse("is:unread"), sticky=[3], after=4, limit=2) == [3, 2]


# --- states ---


def test_marking_changes_only_what_is_not_so_yet(five: Library) -> None:
    five.articles.mark([1], "starred")
    change = five.articles.mark([1, 2, 99], "starred")
    assert (change.action, change.articles, change.skipped) == ("starred", (2,), ("no article 99",))
    again = five.articles.mark([1, 2], "starred")
    assert (again.articles, again.history) == ((), None)


@pytest.mark.parametrize(
    ("marking", "field", "value"),
    [
        ("read", "state", "read"),
        ("starred", "starred", True),
        ("archived", "archived", True),
    ],
)
def test_every_mark_has_its_reverse(five: Library, marking: str, field: str, value: object) -> None:
    before = five.articles.summary(1)
    five.articles.mark([1], marking)
    assert getattr(five.articles.summary(1), field) == value
    five.articles.mark([1], f"un{marking}")
    assert five.articles.summary(1) == before


def test_progress_never_falls_and_the_position_does(five: Library) -> None:
    five.articles.reached(1, position=80, progress=0.8, state="reading")
    five.articles.reached(1, position=10, progress=0.1)
    article = five.articles.get(1)
    assert (article.position, article.summary.progress, article.summary.state) == (10, 0.8, "reading")


def test_reading_on_never_takes_back_that_an_article_was_read(five: Library) -> None:
    five.articles.reached(1, position=9, progress=1.0, state="read")
    finished = five.connection.value("select finished from article where id = 1")
    five.articles.reached(1, position=0, progress=0.0, state="reading")
    five.articles.reached(1, position=0, progress=0.0, state="unread")
    five.articles.reached(1, position=9, progress=1.0, state="read")
    assert five.articles.summary(1).state == "read"
    assert five.connection.value("select finished from article where id = 1") == finished


def test_a_position_beyond_the_end_is_at_the_end(five: Library) -> None:
    five.articles.reached(1, position=10**9, progress=7.0)
    article = five.articles.get(1)
    assert article.position == len(article.document.text)
    assert article.summary.progress == 1.0


def test_reading_is_not_in_the_history(five: Library) -> None:
    before = five.history.entries()
    five.articles.reached(1, position=80, progress=0.8, state="reading")
    assert five.history.entries() == before


# --- editing ---


def test_editing_changes_what_is_given_and_clears_what_is_none(five: Library) -> None:
    five.articles.edit(
        1, author="A. Writer", site="site", url="https://e.org", published="2021-03-03", note="  mine\n"
    )
    five.articles.edit(1, title="New", site=None)
    article = five.articles.get(1)
    assert (article.summary.title, article.summary.author, article.summary.site) == ("New", "A. Writer", None)
    assert (article.summary.url, article.summary.published) == ("https://e.org", "2021-03-03")
    assert (article.note, article.summary.noted, five.articles.notes([1, 2])) == ("mine", True, {1: "mine"})
    assert found(five, "new", "heads_fts")


def test_an_empty_title_is_untitled(five: Library) -> None:
    five.articles.edit(1, title="\x1b \n")
    assert five.articles.summary(1).title == "Untitled"


def test_an_edited_address_is_one_by_which_the_article_is_known(five: Library) -> None:
    five.articles.edit(2, url="https://e.org/found-later")
    assert five.articles.add(draft("Other", "Other", url="https://e.org/found-later")).id == 2


def test_an_article_is_found_by_any_of_its_addresses_unless_it_is_in_the_trash(five: Library) -> None:
    five.articles.edit(2, url="https://e.org/a?utm_source=x")
    found = five.articles.at_address("http://www.e.org/a#part")
    assert found is not None
    assert found.id == 2
    assert five.articles.at_address("https://e.org/b") is None
    assert five.articles.at_address("mailto:a@e.org") is None
    five.articles.trash([2])
    assert five.articles.at_address("https://e.org/a") is None


def test_a_date_that_is_none_is_refused(five: Library) -> None:
    with pytest.raises(LibraryError, match="2021-03-03"):
        five.articles.edit(1, published="last Tuesday")


def test_editing_nothing_changes_nothing(five: Library) -> None:
    assert five.articles.edit(1).history is None
    assert five.articles.edit(1, title="Essay 1").history is None


def test_notes_are_found(five: Library) -> None:
    five.articles.edit(1, note="a remarkable remark 京都")
    assert found(five, "remarkable", "passages_fts") == [-1]
    assert found(five, "京都", "passages_fts") == [-1]
    five.articles.edit(1, note="")
    assert found(five, "remarkable", "passages_fts") == []


# --- trash and purge ---


def test_the_trash_keeps_everything_and_gives_it_back(five: Library) -> None:
    five.highlights.add(1, passage(five, 1, "begin1"), note="kept", tags=["h"])
    before = five.articles.get(1)
    five.articles.trash([1])
    assert five.articles.get(1).summary.trashed
    five.articles.restore([1])
    assert five.articles.get(1) == before
    assert five.highlights.of(1)[0].note == "kept"


def test_a_purge_leaves_nothing_but_a_tombstone(five: Library) -> None:
    five.highlights.add(1, passage(five, 1, "begin1"), note="secret thought", tags=["secret-h"])
    five.articles.edit(1, note="secret note")
    five.tags.apply([1], ["secret"])
    five.settings.set("draft:1", "secret draft")
    five.settings.set("tui.marks:1", "secret place")
    uid = five.articles.summary(1).uid
    change = five.articles.purge([1, 77])
    assert (change.articles, change.skipped) == ((1,), ("no article 77",))
    assert five.connection.rows("select article, uid from tombstone")[0]["uid"] == uid
    assert five.settings.get("draft:1") is None
    assert five.settings.get("tui.marks:1") is None
    for table in (
        "article",
        "body",
        "original",
        "highlight",
        "article_key",
        "article_tag",
        "tag",
        "history_change",
    ):
        dump = [tuple(row) for row in five.connection.rows(f"select * from {table}")]
        assert not any("secret" in str(row) or "begin1" in str(row) for row in dump), table
    assert found(five, "begin1") == []
    assert five.articles.add(essay(9)).id == 6

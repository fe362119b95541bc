from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from reader.domain.article import Draft
from reader.domain.document import Document
from reader.domain.query import parse
from reader.storage.connection import LibraryError
from reader.storage.library import Library
from tests.storage.samples import WORDS, Ticking, draft, essay, found, passage, titles_found


def test_a_draft_becomes_an_article_with_all_that_was_known_of_it(library: Library) -> None:
    outcome = library.articles.add(
        draft(
            url="https://e.org/a",
            author="Charles",
            site="e.org",
            published="1859-04-30",
            language="en",
            tags=("novel",),
            original=b"<p>It was</p>",
            media_type="text/html",
            extra={"tail": "Subscribe"},
        ),
        tags=["to read"],
    )
    article = library.articles.get(outcome.id)
    summary = article.summary
    assert (outcome.status, outcome.title, outcome.similar) == ("added", "A tale", None)
    assert (summary.title, summary.author, summary.site, summary.url) == (
        "A tale",
        "Charles",
        "e.org",
        "https://e.org/a",
    )
    assert (summary.published, summary.language, summary.tags) == ("1859-04-30", "en", ("novel", "to read"))
    assert (summary.state, summary.words, summary.minutes, summary.progress) == ("unread", 24, 1, 0.0)
    assert article.document == Document.plain(WORDS)
    assert article.extra == {"tail": "Subscribe"}
    assert library.articles.original(outcome.id) == (b"<p>It was</p>", "text/html")
    assert len(found(library, "wisdom")) == 1
    assert len(found(library, "charles", "heads_fts")) == 1


def test_originals_are_left_out_on_request_but_still_recognised(path: Path) -> None:
    with Library.open(path, keep_originals=False) as library:
        first = library.articles.add(draft(original=b"bytes"))
        assert library.articles.original(first.id) is None
        assert library.articles.add(draft("Renamed", original=b"bytes")).id == first.id


def test_a_draft_without_a_title_gets_one(library: Library) -> None:
    assert library.articles.add(draft("  ")).title == "Untitled"


@pytest.mark.parametrize(
    "again",
    [
        draft(),
        draft("Another title", url="http://www.e.org/a/"),
        draft("Another title", keys=("url:https://e.org/canonical",)),
        draft("A  TALE", WORDS.upper()),
    ],
    ids=["same", "same address", "same canonical address", "same but for case"],
)
def test_the_same_article_is_known(library: Library, again: Draft) -> None:
    first = library.articles.add(draft(url="https://e.org/a", keys=("url:https://e.org/canonical",)))
    outcome = library.articles.add(again)
    assert outcome.id == first.id
    assert outcome.status == ("known" if again.document.text == WORDS else "updated")


def test_the_same_bytes_are_known_under_another_name(library: Library) -> None:
    first = library.articles.add(draft("one", original=b"It was", keys=("file:/one.txt",)))
    assert library.articles.add(draft("two", original=b"It was", keys=("file:/two.txt",))).id == first.id


def test_a_key_met_later_is_remembered(library: Library) -> None:
    first = library.articles.add(draft())
    library.articles.add(draft(url="https://e.org/a"))
    assert library.articles.add(draft("New", "New text", url="https://e.org/a")).id == first.id


def test_a_known_article_takes_the_tags_that_were_given(library: Library) -> None:
    first = library.articles.add(draft(tags=("old",)))
    library.tags.apply([first.id], [], ["old"])
    assert library.articles.add(draft(tags=("old",)), tags=["new"]).status == "known"
    assert library.articles.summary(first.id).tags == ("new",)


def test_another_text_at_the_same_address_is_a_new_version(library: Library) -> None:
    first = library.articles.add(draft("Old title", "Old words here", url="https://e.org/a", original=b"old"))
    outcome = library.articles.add(
        draft("New title", "New words here", url="https://e.org/a", original=b"new")
    )
    article = library.articles.get(first.id)
    assert (outcome.status, outcome.id, outcome.title) == ("updated", first.id, "New title")
    assert (article.version, article.document.text, article.summary.title) == (
        2,
        "New words here",
        "New title",
    )
    assert library.articles.original(first.id) == (b"new", "text/plain")
    assert library.articles.count(parse("")) == 1
    assert found(library, "old") == []
    assert len(found(library, "new")) == 1


def test_a_new_version_leaves_alone_what_the_reader_edited(library: Library) -> None:
    first = library.articles.add(
        draft("Old", "Old words", url="https://e.org/a", author="A", site="s", tags=("x",))
    )
    library.articles.edit(first.id, title="Mine")
    library.tags.apply([first.id], [], ["x"])
    library.articles.add(draft("New", "New words", url="https://e.org/a", author="B", tags=("x", "y")))
    summary = library.articles.summary(first.id)
    assert (summary.title, summary.author, summary.site, summary.tags) == ("Mine", "B", "s", ("y",))


def test_highlights_are_placed_again_in_a_new_version(library: Library) -> None:
    first = library.articles.add(
        draft(text=f"{WORDS} Zebras graze by the river. And the long road home.", url="https://e.org/a")
    )
    kept = library.highlights.add(first.id, passage(library, first.id, "age of wisdom"))
    edited = library.highlights.add(first.id, passage(library, first.id, "worst of times"))
    unsure = library.highlights.add(first.id, passage(library, first.id, "graze"))
    lost = library.highlights.add(first.id, passage(library, first.id, "And the long road home"), note="why")
    outcome = library.articles.add(
        draft(
            text=f"Do not graze your knuckles. {WORDS.replace('worst', 'best')} The end.",
            url="https://e.org/a",
        )
    )
    assert (outcome.placed, outcome.review, outcome.orphan) == (2, 1, 1)
    document = library.articles.get(first.id).document
    now = {highlight.id: highlight for highlight in library.highlights.of(first.id)}
    assert [now[one.id].placement.status for one in (kept, edited, unsure, lost)] == [
        "anchored", "anchored", "review", "orphan",
    ]  # fmt: skip
    assert document.slice(now[kept.id].placement.span) == "age of wisdom"
    assert document.slice(now[edited.id].placement.span) == "best of times"
    assert now[kept.id].anchor == kept.anchor
    assert (now[lost.id].placement.span, now[lost.id].note) == (None, "why")
    assert found(library, "why road", "passages_fts") == [lost.id]


def test_reading_goes_on_at_the_same_words_in_a_new_version(library: Library) -> None:
    first = library.articles.add(draft(url="https://e.org/a"))
    library.articles.reached(first.id, position=WORDS.index("age of wisdom"), progress=0.5)
    library.articles.add(draft(text=f"An introduction. {WORDS}", url="https://e.org/a"))
    article = library.articles.get(first.id)
    assert article.document.text[article.position :].startswith("age of wisdom")


def test_a_path_alone_does_not_make_another_text_the_same_article(library: Library) -> None:
    first = library.articles.add(replace(essay(1), keys=("file:/notes.txt",)))
    other = library.articles.add(replace(essay(2), keys=("file:/notes.txt",)))
    assert (other.status, other.id) == ("added", 2)
    assert library.articles.add(replace(essay(3), title="Essay 2", keys=("file:/notes.txt",))).id == 2
    assert library.articles.summary(first.id).title == "Essay 1"


def test_a_path_with_nearly_the_same_text_is_the_same_article(library: Library) -> None:
    first = essay(1)
    added = library.articles.add(replace(first, keys=("file:/notes.txt",)))
    text = f"{first.document.text} and a little more"
    again = library.articles.add(draft("Renamed", text, keys=("file:/notes.txt",)))
    assert (again.status, again.id) == ("updated", added.id)


def test_a_nearly_equal_text_from_elsewhere_is_added_and_named(library: Library) -> None:
    first = essay(1)
    library.articles.add(first)
    outcome = library.articles.add(draft("Copy", f"{first.document.text} and a little more"))
    assert outcome.status == "added"
    assert outcome.similar is not None
    assert outcome.similar[0] == 1
    assert 0.8 <= outcome.similar[1] < 1


def test_what_resembles_only_something_in_the_trash_is_not_called_similar(library: Library) -> None:
    first = essay(1)
    library.articles.trash([library.articles.add(first).id])
    assert library.articles.add(draft("Copy", f"{first.document.text} and a little more")).similar is None


def test_a_draft_that_meets_a_trashed_article_says_so_and_leaves_it_there(library: Library) -> None:
    first = library.articles.add(draft())
    library.articles.trash([first.id])
    outcome = library.articles.add(draft())
    assert (outcome.status, outcome.id, outcome.trashed) == ("known", first.id, True)
    assert library.articles.summary(first.id).trashed


def test_a_purged_article_is_added_anew(library: Library) -> None:
    first = library.articles.add(draft(url="https://e.org/a"))
    uid = library.articles.summary(first.id).uid
    library.articles.purge([first.id])
    again = library.articles.add(draft(url="https://e.org/a"))
    assert (again.status, again.id) == ("added", first.id + 1)
    assert library.articles.summary(again.id).uid == uid


def test_an_article_has_the_same_uid_in_every_library(library: Library, tmp_path: Path) -> None:
    library.articles.add_all(
        [draft(), essay(1), draft("By address", "text", url="https://e.org/a?utm_source=x")]
    )
    with Library.open(tmp_path / "other.db") as other:
        other.articles.add_all([draft("By address", "other text", url="http://e.org/a"), essay(1)])
        uids = {other.articles.summary(1).uid, other.articles.summary(2).uid}
    assert uids == {library.articles.summary(3).uid, library.articles.summary(2).uid}


def test_a_batch_is_stored_whole_or_not_at_all(library: Library) -> None:
    broken = draft("Broken", "words", extra={"number": 1})
    object.__setattr__(broken, "published", "\ud800")
    with pytest.raises(LibraryError):
        library.articles.add_all([essay(1), broken])
    assert library.articles.count(parse("")) == 0


def test_the_same_draft_twice_in_a_batch_is_stored_once(library: Library) -> None:
    assert [outcome.status for outcome in library.articles.add_all([essay(1), essay(1)])] == [
        "added",
        "known",
    ]


def test_the_newest_stays_first_when_the_clock_is_set_back(library: Library, clock: Ticking) -> None:
    library.articles.add_all([essay(1), essay(2)])
    before = library.connection.value("select max(changed) from article")
    clock.time -= timedelta(days=1)
    library.articles.add(essay(3))
    library.articles.mark([3], "starred")
    clock.time += timedelta(days=30)
    library.articles.add(essay(4))
    assert library.articles.order(parse("")) == [4, 3, 2, 1]
    assert library.connection.value("select changed from article where id = 3") >= before


def test_the_order_number_is_the_minute_of_the_arrival(library: Library, clock: Ticking) -> None:
    library.articles.add(essay(1))
    minute = int(clock.time.timestamp()) // 60
    assert library.connection.column("select seq from article") == [minute]


def test_a_text_of_chinese_characters_is_found_by_two_of_them(library: Library) -> None:
    library.articles.add(draft("北京大学", "他在北京大学学习中文。", tags=("中文",)))
    library.articles.add(essay(1))
    assert titles_found(library, "cjk : 京大") == ["北京大学"]
    library.articles.edit(1, title="上海")
    assert titles_found(library, "cjk : 上海") == ["上海"]


def test_text_that_is_no_unicode_is_an_error_in_a_sentence(library: Library) -> None:
    with pytest.raises(LibraryError):
        library.articles.add(Draft("x", Document("a\ud800b", ())))

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from reader.domain.article import ArticleId, Draft
from reader.domain.document import Document, Span
from reader.domain.query import parse
from reader.domain.record import Kept, Marked, Record, Refused
from reader.storage.connection import LibraryError
from reader.storage.library import Library
from tests.storage.samples import WORDS, assert_sound, draft, found, passage, state_of

LONG_AGO = datetime(2016, 7, 8, 9, 10, tzinfo=UTC)
NO_TEXT = Document("", ())


def link(name: str, title: str = "Home", **fields: Any) -> Record:
    url = f"https://e.org/{name}"
    return Record(
        Draft(title, NO_TEXT, url=url, tags=fields.pop("tags", ())), origin=f"pocket:{url}", **fields
    )


def stored(library: Library, *records: Record, run: str = "one", **how: Any) -> list[Kept]:
    kept = library.records.store(records, run=run, **how)
    assert all(isinstance(one, Kept) for one in kept)
    return [one for one in kept if isinstance(one, Kept)]


def test_a_record_keeps_what_its_reader_had_done(library: Library) -> None:
    record = Record(
        draft("Tale", WORDS, url="https://e.org/a", tags=("b", "A")), state="reading", starred=True, archived=True,
        progress=0.5, added=LONG_AGO, note=" my\x1b note ", origin="omnivore:7",
        highlights=(
            Marked("age of wisdom", "n", "pink", ("t",), LONG_AGO, origin="omnivore:h", extra={"p": 3}),
            Marked("it was the"),
            Marked("**worst** of [times](https://e.org)"),
        ),
    )  # fmt: skip
    [kept] = stored(library, record)
    assert (kept.outcome.status, kept.highlights_added, kept.unplaced) == ("added", 3, 1)
    article = library.articles.get(kept.outcome.id)
    summary = article.summary
    assert (summary.state, summary.starred, summary.archived, summary.progress) == (
        "reading",
        True,
        True,
        0.5,
    )
    assert (summary.added, summary.tags, article.note) == (LONG_AGO, ("A", "b"), "my note")
    assert article.position == len(WORDS) // 2
    first, second, third = library.highlights.of(kept.outcome.id)
    assert first.anchor.exact == "**worst** of [times](https://e.org)"
    assert article.document.slice(first.placement.span or Span(0, 0)) == "worst of times"
    assert (second.note, second.colour, second.tags, second.made) == ("n", "pink", ("t",), LONG_AGO)
    assert (third.placement.status, third.placement.span) == ("orphan", None)
    assert library.connection.value("select extra from highlight where note = 'n'") == '{"p":3}'
    assert library.articles.find(parse('"age of wisdom"'), scope="all") == [kept.outcome.id]


def test_a_second_run_finds_everything_there(library: Library) -> None:
    """F9. Nor does what the reader has done in between come back or go away."""
    records = [
        link("a", tags=("x",), highlights=(Marked("quote", "note"), Marked("quote", "other note"))),
        link("b", state="read", archived=True, progress=1.0, note="theirs"),
        Record(draft("Tale", "Some words of a tale"), origin="pocket:c", highlights=(Marked("words of"),)),
    ]
    first = stored(library, *records)
    assert [one.outcome.status for one in first] == ["added"] * 3
    library.articles.edit(ArticleId(2), title="My title", note="mine")
    library.articles.mark([ArticleId(2)], "unread")
    library.tags.apply([ArticleId(1)], [], ["x"])
    library.highlights.edit(library.highlights.of(ArticleId(3))[0].id, tags_add=["mine"])
    second = stored(library, *records, run="two")
    assert [one.outcome.status for one in second] == ["updated", "known", "known"]  # the tag came again
    assert [one.highlights_known for one in second] == [2, 0, 1]
    assert sum(one.highlights_added for one in second) == 0
    before = state_of(library)
    assert [one.outcome.status for one in stored(library, *records, run="three")] == ["known"] * 3
    assert state_of(library) == before
    article = library.articles.get(ArticleId(2))
    assert (article.summary.title, article.note, article.summary.state) == ("My title", "mine", "unread")
    stored(library, *records, run="four", overwrite=True)
    article = library.articles.get(ArticleId(2))
    assert (article.summary.title, article.note, article.summary.state) == ("Home", "theirs", "read")


def test_a_highlight_that_was_deleted_here_stays_deleted(library: Library) -> None:
    """A Kindle's file only grows, and is imported every month."""
    book = link("a", highlights=(Marked("one", origin="kindle:1"), Marked("two", "thought")))
    stored(library, book)
    one, two = sorted(library.highlights.of(ArticleId(1)), key=lambda one: one.anchor.exact)
    library.highlights.remove([one.id])
    library.highlights.remove([two.id])
    library.history.undo()
    [again] = stored(library, replace(book, highlights=(*book.highlights, Marked("three"))), run="two")
    assert (again.highlights_added, again.highlights_known) == (1, 2)
    assert {one.anchor.exact for one in library.highlights.of(ArticleId(1))} == {"two", "three"}
    [forced] = stored(library, book, run="three", overwrite=True)
    assert (forced.highlights_added, len(library.highlights.of(ArticleId(1)))) == (1, 3)


def test_a_known_article_is_given_what_it_lacks_and_undo_takes_it_back(library: Library) -> None:
    mine = library.articles.add(draft("Mine", WORDS, url="https://e.org/a", author="Me")).id
    library.highlights.add(mine, passage(library, mine, "best of times"))
    before = state_of(library)
    record = Record(
        draft("Theirs", "Quite another text, of the age of wisdom", url="http://www.e.org/a/?utm_source=x",
              author="They", site="Site", tags=("new",)),
        starred=True, note="theirs", progress=0.4,
        highlights=(Marked("Best of  Times"), Marked("age of wisdom", "n"), Marked("age of wisdom", "n")),
    )  # fmt: skip
    [kept, new] = stored(library, record, link("b"))
    assert (kept.outcome.status, kept.highlights_added, kept.highlights_known) == ("updated", 1, 2)
    article = library.articles.get(mine)
    summary = article.summary
    assert (summary.title, summary.author, summary.site, article.note) == ("Mine", "Me", "Site", "theirs")
    assert (summary.starred, summary.tags, summary.progress) == (True, ("new",), 0.4)
    # The text that is read stays; the other one can be gone to.
    assert article.document.text == WORDS
    assert len(library.versions.of(mine)) == 2
    assert library.history.entries(1)[0].summary == "imported: 2 articles"
    after = state_of(library)
    library.history.undo()
    assert library.articles.summary(new.outcome.id).trashed
    assert [*state_of(library)["articles"][:1], state_of(library)["tags"]] == [
        *before["articles"],
        before["tags"],
    ]
    assert state_of(library)["highlights"] == before["highlights"]
    library.history.redo()
    assert state_of(library) == after
    # What came under an article in the trash is said.
    library.articles.trash([mine])
    assert stored(library, record)[0].outcome.trashed


def test_links_of_one_title_are_as_many_articles(library: Library) -> None:
    kept = stored(library, link("a"), link("b"), link("a", tags=("late",)))
    assert [one.outcome.status for one in kept] == ["added", "added", "updated"]
    assert library.articles.count(parse("is:unfetched")) == 2
    assert library.connection.column("select due from fetch") == [None, None]  # nothing is fetched unasked
    assert library.articles.summary(ArticleId(1)).tags == ("late",)


@pytest.mark.parametrize("url", ["https://e.org/a", None])
def test_a_text_that_comes_later_gets_the_highlights_that_waited(library: Library, url: str | None) -> None:
    """Of a link, and of a book that has no address: it is known by the name that the other program has for it."""
    book = Record(
        Draft("Book", NO_TEXT, url=url), origin="kindle:1", progress=0.5,
        highlights=(Marked("age of wisdom"), Marked("it was the"), Marked("nowhere in it")),
    )  # fmt: skip
    [kept] = stored(library, book)
    number = kept.outcome.id
    assert kept.unplaced == 3
    [kept] = stored(
        library, replace(book, draft=replace(book.draft, document=Document.plain(WORDS))), run="two"
    )
    assert (kept.outcome.status, kept.outcome.id, kept.outcome.placed) == ("updated", number, 1)
    article = library.articles.get(number)
    assert (article.document.text, article.position) == (WORDS, len(WORDS) // 2)
    # There is no version of nothing to go back to.
    assert [version.words for version in library.versions.of(number)] == [article.summary.words]
    assert library.articles.count(parse("is:unfetched")) == 0
    assert found(library, "foolishness") == [library.connection.value("select seq from article")]
    # An empty record takes nothing away.
    assert stored(library, book, run="three")[0].outcome.status == "known"
    assert library.articles.get(number).document.text == WORDS


def test_a_place_that_is_known_is_believed_where_the_words_stand_there(library: Library) -> None:
    right = Span(WORDS.index("it was the age"), WORDS.index("it was the age") + 10)
    record = Record(
        draft("Tale"),
        highlights=(
            Marked("It was the", span=right, note="right"),
            Marked("it was the", span=Span(3, 13), note="wrong"),
            Marked("it was the", prefix="times, ", suffix=" age of wisdom", note="by its neighbours"),
        ),
    )
    [kept] = stored(library, record)
    places = {one.note: one.placement for one in library.highlights.of(kept.outcome.id)}
    assert (places["right"].how, places["right"].span) == ("position", right)
    assert places["wrong"].status == "orphan"
    assert (places["by its neighbours"].status, places["by its neighbours"].span) == ("anchored", right)


def test_articles_of_other_years_take_their_places_in_time(library: Library) -> None:
    library.articles.add(draft("Now", "now"))
    days = [LONG_AGO + timedelta(minutes=minute) for minute in (5, 0, 3, 0, 5, 3, 4)]
    for start in (0, 4):
        batch = [link(str(n), str(n), added=day) for n, day in enumerate(days[start : start + 4], start)]
        kept = stored(library, *batch)
        assert [one.outcome.title for one in kept] == [record.draft.title for record in batch]
    rows = library.connection.rows("select title, added, seq from article order by seq")
    assert [row["title"] for row in rows] == ["1", "3", "2", "5", "6", "0", "4", "Now"]
    assert [row["added"] for row in rows] == sorted(row["added"] for row in rows)


def test_a_record_that_cannot_be_stored_harms_no_other(library: Library) -> None:
    bad = Record(draft("Bad", "bad text", published=2**70))  # no number that a library can hold
    kept = library.records.store([link("a"), bad, link("b")], run="one")
    assert [type(one) for one in kept] == [Kept, Refused, Kept]
    assert isinstance(kept[1], Refused)
    assert kept[1].title == "Bad"
    assert library.articles.count(parse(""), scope="all") == 2
    assert found(library, "bad") == []


def test_a_dry_run_says_the_same_and_keeps_nothing(library: Library) -> None:
    stored(library, link("a"))
    before = state_of(library), len(library.history.entries())
    records = [
        link("a", note="x"),
        Record(draft("Tale"), highlights=(Marked("best of times"), Marked("gone"))),
    ]
    tried = stored(library, *records, dry=True)
    assert (state_of(library), len(library.history.entries())) == before
    assert_sound(library)
    assert stored(library, *records) == tried


def test_a_library_that_cannot_be_written_says_so(library: Library) -> None:
    with Library.open(library.path, write=False) as reading, pytest.raises(LibraryError):
        reading.records.store([link("a")], run="one")

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from reader.domain.article import ArticleId, Draft
from reader.domain.change import Outcome
from reader.jobs import add as adding
from reader.jobs.add import BATCH, Added, Known, Skipped, Source, add, gather
from tests.ingest.books import book, page
from tests.ingest.drawn import Put, pdf


class Shelf:
    """A store that remembers the batches it was given."""

    def __init__(self) -> None:
        self.batches: list[list[Draft]] = []

    @property
    def drafts(self) -> list[Draft]:
        return [draft for batch in self.batches for draft in batch]

    def __call__(self, drafts: Sequence[Draft]) -> list[Outcome]:
        self.batches.append(list(drafts))
        return [Outcome("added", ArticleId(number), draft.title) for number, draft in enumerate(drafts, 1)]


def texts(count: int) -> Iterator[Source]:
    for number in range(count):
        yield Source(f"s{number}", data=f"Title {number}\n\nThe words of number {number}.".encode())


def test_articles_are_stored_in_batches_before_they_are_told_of() -> None:
    shelf = Shelf()
    stored = []
    for event in add(texts(BATCH * 2 + 3), shelf):
        assert isinstance(event, Added)
        stored.append(sum(map(len, shelf.batches)) > len(stored))
    assert all(stored)
    assert len(stored) == BATCH * 2 + 3
    assert max(map(len, shelf.batches)) <= BATCH


def test_events_keep_the_order_of_the_sources() -> None:
    sources = [Source("a", data=b"\x89PNG\r\n"), *texts(2), Source("b", data=b"")]
    assert [type(event) for event in add(sources, Shelf())] == [Skipped, Added, Added, Skipped]


def test_nothing_readable_stores_nothing() -> None:
    shelf = Shelf()
    [event] = add([Source("a", data=b"")], shelf)
    assert isinstance(event, Skipped)
    assert [batch for batch in shelf.batches if batch] == []


def test_stopping_half_way_keeps_what_was_stored() -> None:
    shelf = Shelf()
    events = add(texts(BATCH * 3), shelf)
    next(events)
    events.close()  # type: ignore[attr-defined]
    assert len(shelf.batches) == 1


def test_a_file_is_known_by_its_path_too(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Title\n\nWords.")
    shelf = Shelf()
    list(add(gather([path]).sources, shelf))
    assert f"file:{path}" in shelf.batches[0][0].keys


def test_what_is_known_beats_what_the_article_says() -> None:
    shelf = Shelf()
    known = Known(author="Ann", site="", url="https://www.example.org/a?utm_source=x")
    list(add(texts(1), shelf, known=known))
    draft = shelf.batches[0][0]
    assert (draft.author, draft.site) == ("Ann", None)
    assert draft.keys[0] == "url:https://example.org/a"


def test_a_given_title_gives_the_line_back_to_the_text() -> None:
    shelf = Shelf()
    list(add(texts(1), shelf, known=Known(title="Mine")))
    draft = shelf.batches[0][0]
    assert draft.title == "Mine"
    assert draft.document.text == "Title 0\n\nThe words of number 0."


def test_the_same_title_given_takes_the_line_out() -> None:
    shelf = Shelf()
    list(add(texts(1), shelf, known=Known(title="Title 0")))
    assert shelf.batches[0][0].document.text == "The words of number 0."


def test_folders_are_walked_where_they_stand_among_the_sources(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    for name in ("news/b.txt", "news/c.jpg", "a.txt", "z.jpg"):
        (tmp_path / name).write_text("Words.")
    gathered = gather([tmp_path / "z.jpg", tmp_path / "news", tmp_path / "a.txt"])
    assert [source.file_name for source in gathered.sources] == ["z.jpg", "b.txt", "a.txt"]
    assert gathered.passed_over == 1


FEED = """<rss version="2.0"><channel><title>F</title>
<item><guid>g1</guid><title>One</title><description>Only a summary […]</description><link>https://e.org/1</link></item>
<item><guid>g2</guid><title>Two</title><description>A note of its own, without any address.</description></item>
</channel></rss>"""


def test_a_feed_gives_an_article_for_each_item_and_a_link_for_what_it_only_summarises(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(FEED)
    shelf = Shelf()
    events = list(add(gather([path]).sources, shelf, known=Known(author="Ada", url="https://e.org/feed")))
    assert [event.source for event in events] == [str(path), str(path)]
    one, two = shelf.drafts
    assert (one.url, one.author, one.document.text, one.original) == ("https://e.org/1", "Ada", "", b"")
    assert one.extra == {"part": "g1", "summary": True, "description": "Only a summary […]"}
    assert one.keys == ("url:https://e.org/1", f"file:{path}#g1")
    assert (two.url, two.document.text) == (None, "A note of its own, without any address.")
    assert two.keys == (f"file:{path}#g2",)


def test_a_book_is_one_article_or_one_a_chapter_and_tells_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    chapters = {f"{name}.xhtml": page(f"<h1>{name}</h1><p>Words of {name}.</p>") for name in ("A", "B")}
    path.write_bytes(book(chapters, absent=("gone.xhtml",)))
    shelf = Shelf()
    [event] = add(gather([path]).sources, shelf)
    assert isinstance(event, Added)
    assert event.remark == "not readable in it: gone.xhtml"
    assert shelf.drafts[0].keys == (f"file:{path}",)
    shelf = Shelf()
    events = list(add(gather([path]).sources, shelf, known=Known(chapters=True)))
    assert [event.remark for event in events if isinstance(event, Added)] == [event.remark, ""]
    assert [draft.keys for draft in shelf.drafts] == [
        (f"file:{path}#OEBPS/A.xhtml",), (f"file:{path}#OEBPS/B.xhtml",),
    ]  # fmt: skip
    [skipped] = add(gather([path]).sources, Shelf(), known=Known(chapters=True, title="One title"))
    assert skipped == Skipped(str(path), "it holds 2 articles: a title names one")


def test_a_batch_holds_few_large_books(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "BATCH_BYTES", 1000)
    shelf = Shelf()
    data = pdf([[Put(72, 72, "Words of a page")]])
    list(add([Source(f"s{n}", data=data) for n in range(4)], shelf))
    assert [len(batch) for batch in shelf.batches if batch] == [1, 1, 1, 1]


def test_exports_of_other_programs_are_named_and_left_to_import() -> None:
    pocket = b"title,url,time_added,tags,status\nA,https://e.org/a,1600000000,x,unread\n"
    bookmarks = b"<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><A HREF='https://e.org'>x</A></DL>"
    events = list(add([Source("a", data=pocket), Source("b", data=bookmarks)], Shelf()))
    assert events == [
        Skipped("a", "a Pocket export: reader import takes it"),
        Skipped("b", "a browser's bookmarks: reader import takes it"),
    ]
    [event] = add([Source("a", data=pocket)], Shelf(), known=Known(kind="text"))
    assert isinstance(event, Added)
    [event] = add([Source("a", data=b"https://e.org/1\nhttps://e.org/2\nhttps://e.org/3\n")], Shelf())
    assert isinstance(event, Added)

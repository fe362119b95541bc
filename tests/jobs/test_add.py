from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from reader.domain.article import ArticleId, Draft
from reader.domain.change import Outcome
from reader.jobs.add import BATCH, Added, Known, Skipped, Source, add, gather


class Shelf:
    """A store that remembers the batches it was given."""

    def __init__(self) -> None:
        self.batches: list[list[Draft]] = []

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

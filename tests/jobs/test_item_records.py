"""Items of foreign formats made into records."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from typing import Any

import pytest

from reader.domain.record import Marked, Record
from reader.exchange.imports.item import Body, Item
from reader.jobs import item_records
from reader.jobs.item_records import Means, UnfitError, record_of
from reader.jobs.record_wire import record_from_wire, record_to_wire

ESC = "\x1b]0;x\x07"
PAGE = b"<h1>The pier</h1><p>One word <em>after</em> the other.</p>"


@pytest.fixture(autouse=True)
def no_limits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The limits are those of a child; here they would be this process's."""
    monkeypatch.setattr(item_records, "limit", lambda seconds: None)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield
    assert resource.getrlimit(resource.RLIMIT_FSIZE) == before


def made(item: Item, means: Means = "parsers") -> tuple[Record, list[str]]:
    """The record, which has gone through the pipe."""
    record, told = record_of(item, "pocket", means)
    assert record_from_wire(record_to_wire(record)) == record
    return record, told


def test_every_text_is_clean() -> None:
    extra: dict[str, Any] = {
        f"k{ESC}": [ESC, {"a": {"b": ESC}}], "n": float("nan"), "big": 10**30, "tail": "x", "deep": [],
    }  # fmt: skip
    extra["deep"].append(extra["deep"])
    item = Item(
        "row 2", f"T{ESC}\n2", "https://e.org/a", author=ESC + "A", site="S\u202e", published="soon", language="e\x00n",
        tags=(f"x{ESC}", "X]0;x", ""), note=f" two\nlines{ESC} ", progress=7, origin=f"o{ESC}", extra=extra,
        highlights=(
            Marked(f" a{ESC}\nb ", note=ESC, tags=("t\x07",), prefix="\x07p", extra={"c": ESC}), Marked("\x07 "),
        ),
    )  # fmt: skip
    record, told = made(item)
    assert "\x1b" not in repr(record).encode().decode("unicode_escape")
    assert "\x07" not in repr(record).encode().decode("unicode_escape")
    draft = record.draft
    assert (draft.title, draft.author, draft.site, draft.published, draft.language) == (
        "T]0;x 2", "]0;xA", "S", None, "en",
    )  # fmt: skip
    assert (draft.tags, draft.keys, record.progress) == (("x]0;x",), ("url:https://e.org/a",), 1.0)
    assert (record.note, [mark.exact for mark in record.highlights]) == ("two\nlines]0;x", ["a]0;x\nb"])
    assert draft.extra["n"] is None
    assert draft.extra["tail_"] == "x"
    assert told == ["1 highlight without words"]


def test_what_the_other_program_knew_beats_what_the_text_says() -> None:
    page = (
        b"<html lang=de><head><title>Theirs</title></head><body><article>"
        + PAGE * 20
        + b"</article></body></html>"
    )
    record, _ = made(Item("r", "Ours", "https://e.org/a", published="2021-03-03", body=Body(page, "html")))
    assert (record.draft.title, record.draft.published) == ("Ours", "2021-03-03")
    assert record.draft.original == page
    assert record.draft.media_type == "text/html"
    assert record.origin == "pocket:https://e.org/a"
    unnamed, _ = made(Item("r", "", "https://e.org/a", body=Body(page, "html"), origin="pocket:7"))
    assert (unnamed.draft.title, unnamed.origin) == ("Theirs", "pocket:7")
    link, _ = made(Item("r", "", "https://e.org/a"))
    assert (link.draft.title, link.draft.document.text) == ("https://e.org/a", "")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (Body(PAGE, "extracted"), "One word after the other."),
        (Body(b"# The pier\n\nOne word.", "markdown"), "One word."),
        (Body("The pier\n\nOne wörd.".encode("utf-16"), "text"), "One wörd."),
        (Body(b"Another title\n\nOne word.", "text"), "Another title\n\nOne word."),
    ],
)
def test_a_body_is_read_as_what_it_is(body: Body, text: str) -> None:
    record, told = made(Item("r", "The pier", body=body))
    assert (record.draft.title, record.draft.document.text, told) == ("The pier", text, [])


def test_simpler_means_keep_the_words_and_none_keeps_the_article() -> None:
    item = Item("r", "The pier", "https://e.org/a", body=Body(PAGE, "extracted"))
    record, told = made(item, "tokens")
    assert "One word after the other." in record.draft.document.text
    record, told = made(item, "none")
    assert (record.draft.document.text, record.draft.url, told) == ("", "https://e.org/a", [])
    for body in (
        Body(b"%PDF-broken", "pdf"),
        Body(b"", "html"),
        Body(b"PK\x03\x04", "epub"),
        Body(b"\x00\x01" * 99, "text"),
    ):
        record, (reason,) = made(Item("r", "The pier", "https://e.org/a", body=body))
        assert record.draft.document.text == ""
        assert reason.startswith("its text could not be taken: ")


def test_what_has_neither_address_nor_text_is_no_article() -> None:
    for item in (
        Item("r"),
        Item("r", " \x07"),
        Item("r", body=Body(b"", "text")),
        Item("r", "T", "javascript:x"),
    ):
        with pytest.raises(UnfitError):
            made(item)

"""CSV for spreadsheets and for Readwise."""

from __future__ import annotations

import csv
import io

from hypothesis import given

from reader.exchange.exports import readwise, tables
from reader.exchange.exports.recognition import is_ours
from tests.exchange.exported import article, highlight, hostile, whole


def rows(*lines: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(lines), newline="")))


def test_an_article_is_a_row_and_a_passage_is_one() -> None:
    known = article(note="On the whole,\nfine")
    one = highlight(note="check the 2019 survey", tags=("bridges",), colour="green")
    [row] = rows(tables.row(tables.ARTICLES), tables.article(known.summary, whole(known, one)))
    assert row == {
        "id": "1", "uid": "a1f0c2d4-0000-5000-8000-000000000001", "title": "Harbour bridge delayed",
        "author": "Jane Q. Doe", "site": "Gazette", "url": "https://e.org/a", "published": "2021-03-03",
        "added": "2026-11-22T12:30:00Z", "words": "11", "minutes": "1", "state": "unread", "starred": "true",
        "archived": "false", "trashed": "false", "progress": "0.25", "tags": "city;news/local", "highlights": "1",
        "note": "On the whole,\nfine", "language": "en", "unfetched": "", "origin": "",
    }  # fmt: skip
    [row] = rows(
        tables.row(tables.PASSAGES), tables.passage(whole(known, one), whole(known, one).highlights[0])
    )
    assert (row["exact"], row["start"], row["end"]) == ("Corrosion in the piers", "19", "41")
    assert (row["note"], row["colour"], row["tags"], row["made"]) == (
        "check the 2019 survey", "green", "bridges", "2026-11-22T12:30:00Z",
    )  # fmt: skip


def test_what_a_spreadsheet_would_calculate_is_text() -> None:
    """F12."""
    known = article("=1+1", author="@SUM(A1)", url=None)
    lost = highlight("\tnowhere", note="-1")
    [row] = rows(tables.row(tables.ARTICLES), tables.article(known.summary, whole(known)))
    assert (row["title"], row["author"], row["url"]) == ("'=1+1", "'@SUM(A1)", "")
    [row] = rows(tables.row(tables.PASSAGES), tables.passage(whole(known), whole(known, lost).highlights[0]))
    assert (row["note"], row["start"], row["status"]) == ("'-1", "", "orphan")


def test_readwise_gets_tags_at_the_head_of_the_note_and_no_apostrophes() -> None:
    of = whole(article("=1+1"), highlight(note='so "they" say', tags=("to check", "x")))
    assert readwise.header() == "Highlight,Title,Author,URL,Note,Location,Date\n"
    assert readwise.passage(of, of.highlights[0]) == (
        "Corrosion in the piers,=1+1,Jane Q. Doe,https://e.org/a,"
        '".to-check .x\nso ""they"" say",19,2026-11-22 12:30:00+00:00\n'
    )


@given(hostile, hostile)
def test_any_title_and_note_come_back_from_a_table(title: str, note: str) -> None:
    known = article(title or "T", note=note)
    of = whole(known, highlight(note=note, tags=("a",)))
    [row] = rows(tables.row(tables.ARTICLES), tables.article(known.summary, of))
    assert row["title"].removeprefix("'") == known.summary.title.removeprefix("'")
    assert row["note"].removeprefix("'") == known.note.removeprefix("'")
    assert not row["title"].startswith(("=", "+", "-", "@", "\t"))
    [row] = rows(readwise.header(), readwise.passage(of, of.highlights[0]))
    assert row["Note"] == "\n".join(filter(None, [".a", of.highlights[0].note]))


def test_a_table_of_ours_is_known_again() -> None:
    head = (tables.row(tables.PASSAGES) + "x").encode()
    assert is_ours("csv", head, head)
    assert is_ours("readwise", readwise.header().encode(), b"")
    assert not is_ours("csv", b"id,title\n", b"")

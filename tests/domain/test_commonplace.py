"""The commonplace book: what a query means there, and how passages are grouped."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.article import ArticleId
from reader.domain.colours import Colour
from reader.domain.commonplace import GROUPINGS, Entry, Grouping, grouped, meant
from reader.domain.highlight import Anchor, Highlight, HighlightId, Placement, PlacementStatus
from reader.domain.query import as_typed, parse
from reader.domain.retagging import retagged
from reader.domain.span import Span
from reader.domain.summary import Summary
from reader.domain.terms import Field

TODAY = date(2024, 5, 1)


def article(number: int, title: str, *, tags: tuple[str, ...] = (), site: str | None = None) -> Summary:
    return Summary(
        id=ArticleId(number), uid="", title=title, author=None, site=site, url=None, published=None,
        added=datetime(2024, 1, number, tzinfo=UTC), words=10, language=None, state="unread",
        starred=False, archived=False, trashed=False, progress=0.0, tags=tags, highlights=1, noted=False,
    )  # fmt: skip


SEA, CITY = article(1, "The Sea", tags=("water",)), article(2, "A City", site="Aeon")


def entry(
    number: int,
    words: str,
    *,
    of: Summary = SEA,
    colour: Colour = "yellow",
    note: str = "",
    tags: tuple[str, ...] = (),
    status: PlacementStatus = "anchored",
    made: datetime | None = datetime(2024, 4, 3, 12, tzinfo=UTC),
) -> Entry:
    anchor = Anchor(Span(0, len(words)), words, "", "", "")
    placement = Placement(status, None if status == "orphan" else anchor.span)
    return Entry(
        Highlight(HighlightId(number), "", of.id, anchor, placement, colour, note, tags, made, made), of
    )


BOOK = (
    entry(1, "The wind has to win something", of=CITY, colour="green", note="why?", tags=("weather", "Work")),
    entry(2, "cold winters", made=datetime(2024, 3, 9, 12, tzinfo=UTC)),
    entry(3, "the keeper wrote", note="on winters", tags=("work",)),
    entry(4, "the café was shut", status="orphan"),
    entry(5, "gone and back", status="review", colour="blue"),
)


def found(text: str) -> list[int]:
    holds = {"is:unread": {1, 2}, "mins:..10": {2}, "site:Aeon*": {2}}

    def articles_of(field: Field) -> set[ArticleId]:
        return {ArticleId(number) for number in holds.get(str(field), set())}

    return [one.highlight.id for one in meant(BOOK, as_typed(parse(text)), articles_of, TODAY)]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("wind", [1]),
        ("win", [1, 2, 3]),
        ("win ", [1]),
        ("winters", [2, 3]),
        ("cold winters", [2]),
        ('"keeper wrote"', [3]),
        ("sea", [2, 3, 4, 5]),
        ("hl:winters", [2]),
        ("note:winters", [3]),
        ("-note:winters", [1, 2, 4, 5]),
        ("colour:green", [1]),
        ("colour:green OR colour:blue", [1, 5]),
        ("colour:green,blue", [1, 5]),
        ("-colour:yellow", [1, 5]),
        ("tag:work", [1, 3]),
        ("tag:water", [2, 3, 4, 5]),
        ("tag:wea*", [1]),
        ("tag:-work", [2, 4, 5]),
        ("is:orphan", [4]),
        ("has:note", [1, 3]),
        ("highlighted:2024-03", [2]),
        ("highlighted:>2024-04-01", [1, 3, 4, 5]),
        ("cafe", [4]),
        ("site:Aeon", [1]),
        ("is:unread mins:..10", [1]),
        ("is:read", []),
        ("limit:2", [1, 2]),
        ("***", []),
    ],
)
def test_a_query_speaks_of_the_passages_themselves(text: str, ids: list[int]) -> None:
    assert found(text) == ids


@given(st.text(max_size=40))
def test_any_text_is_a_query(text: str) -> None:
    assert set(found(text)) <= {1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("by", "titles"),
    [
        ("article", ["A City · 1", "The Sea · 2"]),
        ("tag", ["#weather · 1", "#Work · 1", "#work · 1", "Untagged · 1"]),
        ("colour", ["Yellow: claim · 2", "Green · 1"]),
        ("date", ["April 2024 · 2", "March 2024 · 1"]),
    ],
)
def test_groups_have_counts_and_what_is_doubtful_comes_first(by: Grouping, titles: list[str]) -> None:
    groups = grouped(BOOK, by, {"yellow": "claim"})
    assert [group.title for group in groups[:2]] == ["To review · 1", "Not found · 1"]
    assert [group.title for group in groups[2:]] == titles
    assert len({group.key for group in groups}) >= len(groups) - (by == "tag")


@pytest.mark.parametrize("by", GROUPINGS)
def test_no_passage_is_left_out(by: Grouping) -> None:
    shown = {one.highlight.id for group in grouped(BOOK, by) for one in group.entries}
    assert shown == {1, 2, 3, 4, 5}


def test_a_passage_without_a_date_stands_under_undated() -> None:
    assert [group.title for group in grouped([entry(9, "x", made=None)], "date")] == ["Undated · 1"]


def test_tags_are_put_on_and_taken_off_without_regard_to_case() -> None:
    assert retagged(("Sea", "work"), ("SEA", "cold"), ("Work",)) == ("Sea", "cold")

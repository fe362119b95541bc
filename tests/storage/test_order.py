"""The newest-first order is the order of ``added``, whatever comes when."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from reader.domain.query import parse
from reader.storage.library import Library
from tests.storage.samples import Ticking, draft

START = datetime(2014, 3, 1, tzinfo=UTC)


def orders(library: Library) -> tuple[list[int], list[int]]:
    by_seq = library.connection.column("select id from article order by seq desc")
    by_added = library.connection.column("select id from article order by added desc, seq desc")
    return by_seq, by_added


@pytest.mark.parametrize("minutes", [2_000_000, 300, 20])
def test_two_interleaved_imports_with_old_dates_stand_in_the_order_of_their_dates(
    library: Library, minutes: int
) -> None:
    """In 20 minutes there is no place for all of them, so that some must move up."""
    chance = random.Random(minutes)
    library.articles.add(draft("Now", "quokka now"))
    for batch in range(20):
        days = [START + timedelta(minutes=chance.random() * minutes) for _ in range(10)]
        drafts = [
            draft(f"Old {batch} {number}", f"quokka batch{batch} number{number}") for number in range(10)
        ]
        library.articles.add_all(
            drafts, run=f"import {batch % 2}", added=sorted(days, reverse=batch % 2 == 0)
        )
        if batch % 5 == 0:
            library.articles.add(draft(f"New {batch}", f"quokka new{batch}"))
    by_seq, by_added = orders(library)
    assert by_seq == by_added
    assert library.articles.order() == by_added
    assert library.connection.value("select min(seq - added / 60000000) from article") >= 0
    found = [hit.article.id for hit in library.search.live(parse("quokka "), limit=500)]
    assert found == by_added
    assert [hit.article.title for hit in library.search.live(parse("number3 batch7 "))] == ["Old 7 3"]


def test_articles_of_one_moment_stand_as_they_came(library: Library) -> None:
    for number in range(5):
        library.articles.add_all([draft(f"{number}", f"text {number}")], added=[START])
    assert library.articles.order() == [5, 4, 3, 2, 1]


def test_a_date_in_the_future_is_now(library: Library, clock: Ticking) -> None:
    library.articles.add_all(
        [draft("Later", "one"), draft("Next", "two")], added=[datetime(2099, 1, 1, tzinfo=UTC)]
    )
    assert library.articles.order() == [2, 1]
    assert library.articles.summary(1).added <= clock.time


def test_when_it_was_added_is_found_by_queries(library: Library) -> None:
    library.articles.add_all([draft("Old", "one"), draft("New", "two")], added=[START, None])
    assert library.articles.order(parse("added:2014-03")) == [1]
    assert library.articles.order(parse("one added:2014")) == [1]

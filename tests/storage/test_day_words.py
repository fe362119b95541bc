"""Days as words of full text: every stretch of time finds its days, all of them and no other."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.storage.day_words import SIGN, day_words, in_days


@pytest.fixture(scope="module")
def indexed() -> Iterator[sqlite3.Connection]:
    """Articles whose days are at borders of months, years, decades and centuries, and some without a proper day."""
    chance = random.Random(3)
    days = [date(year, month, day) for year in (1, 999, 1899, 1999, 2000, 2023, 2024, 9999)
            for month, day in ((1, 1), (2, 28), (3, 1), (12, 31))]  # fmt: skip
    days += [date.fromordinal(chance.randint(1, date.max.toordinal())) for _ in range(100)]
    days += [date(2024, 1, 1).replace(month=1 + number % 12, day=1 + number) for number in range(28)]
    raw = sqlite3.connect(":memory:")
    raw.execute("create table article (id integer primary key, published text, added integer)")
    raw.executemany("insert into article (published) values (?)", [(f"{day}",) for day in days])
    raw.execute("create virtual table found using fts5 (days)")
    raw.execute(f"insert into found (rowid, days) select id, {day_words('article')} from article")
    yield raw
    raw.close()


def found(raw: sqlite3.Connection, match: str) -> list[int]:
    return [
        row[0] for row in raw.execute("select rowid from found where found match ? order by rowid", (match,))
    ]


STRETCH = st.one_of(st.none(), st.dates(), st.dates(date(2023, 12, 1), date(2024, 3, 5)))


@given(first=STRETCH, until=STRETCH)
def test_a_stretch_of_days_is_found_whole(
    indexed: sqlite3.Connection, first: date | None, until: date | None
) -> None:
    asked = indexed.execute(
        "select id from article where published >= ? and published < ? order by id",
        (f"{first or ''}", f"{until or 'later'}"),
    )
    match = in_days(first, until)
    assert found(indexed, match) == [row[0] for row in asked]
    assert match.count('"') // 2 <= 130


@pytest.mark.parametrize(
    ("published", "added", "words"),
    [
        ("2024-03-05", 0, "2 20 202 2024 202403 20240305"),
        ("2024-03-05T23:59:00Z", 0, "2 20 202 2024 202403 20240305"),
        (None, 1_709_600_000_000_000, "2 20 202 2024 202403 20240305"),
        ("20240305", 0, "odd"),
        ("", 0, "odd"),
        (None, 2**62, "odd"),
    ],
)
def test_a_day_is_known_by_publication_or_by_adding(published: str | None, added: int, words: str) -> None:
    raw = sqlite3.connect(":memory:")
    raw.execute("create table article (published, added)")
    raw.execute("insert into article values (?, ?)", (published, added))
    (said,) = raw.execute(f"select {day_words('article')} from article").fetchone()
    raw.close()
    assert said == " ".join(f"{SIGN}{word}" for word in words.split())


def test_what_is_no_day_is_found_by_every_stretch() -> None:
    assert in_days(date(2024, 1, 2), date(2024, 1, 2)) == f'(days : ("{SIGN}odd"))'

"""Numbers and days as queries write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.ranges import day, interval, period

TODAY = date(2024, 3, 31)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5", 5, 5),
        ("2000..", 2000, None),
        ("..10", None, 10),
        ("2..10", 2, 10),
        (">5", 6, None),
        (">=5", 5, None),
        ("<5", None, 4),
        ("<=5", None, 5),
    ],
)
def test_numbers(text, low, high):
    assert interval(text) == (low, high)


@pytest.mark.parametrize("text", ["", "..", "a", "1..b", ">", "-5", "1.5", "9" * 16, "٣", "1...3"])
def test_what_is_no_number(text):
    assert interval(text) is None


@pytest.mark.parametrize(
    ("text", "first", "until"),
    [
        ("2024", "2024-01-01", "2025-01-01"),
        ("2024-02", "2024-02-01", "2024-03-01"),
        ("2024-12", "2024-12-01", "2025-01-01"),
        ("2024-02-29", "2024-02-29", "2024-03-01"),
        ("today", "2024-03-31", "2024-04-01"),
        ("Yesterday", "2024-03-30", "2024-03-31"),
        ("2w", "2024-03-17", None),
        ("1m", "2024-02-29", None),
        ("1y", "2023-03-31", None),
        ("3d", "2024-03-28", None),
        (">2024", "2025-01-01", None),
        (">=2024", "2024-01-01", None),
        ("<2024-03", None, "2024-03-01"),
        ("<=2024-03", None, "2024-04-01"),
        ("2024-01-01..2024-06-30", "2024-01-01", "2024-07-01"),
        ("2023..", "2023-01-01", None),
        ("..2023", None, "2024-01-01"),
        ("2w..1w", "2024-03-17", "2024-03-25"),
        ("9999", "9999-01-01", None),
        ("9999y", "0001-01-01", None),
    ],
)
def test_days(text, first, until):
    expected = tuple(date.fromisoformat(part) if part else None for part in (first, until))
    assert period(text, TODAY) == expected


@pytest.mark.parametrize(
    "text", ["", "..", "24", "2024-13", "2024-02-30", "0000", "2024..x", "soon", "2x", "99999d"]
)
def test_what_is_no_day(text):
    assert period(text, TODAY) is None


@given(st.text("0123456789.<>=-dwmytoday", max_size=14), st.dates())
def test_any_text_on_any_day_is_read_or_refused(text, today):
    interval(text)
    period(text, today)
    day(text, today)

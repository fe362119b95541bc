from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.exchange.imports.values import (
    address,
    colour_of,
    published,
    share,
    split_tags,
    tags,
    truth,
    when,
)

NOW = datetime(2026, 11, 22, tzinfo=UTC)
THEN = datetime(2016, 9, 8, 9, 55, 58, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        1473328558, "1473328558", 1473328558000, "1473328558000000", 1473328558000000000, 1473328558.0,
        "2016-09-08T11:55:58+0200", "2016-09-08T11:55:58+02:00", "2016-09-08 09:55:58Z", "2016-09-08T09:55:58.000Z",
        "2016-09-08 09:55:58+00:00", "2016-09-08 09:55:58 UTC", "2016-09-08T09:55:58.000000000z",
    ],
)  # fmt: skip
def test_a_moment_is_understood_however_it_is_written(value: object) -> None:
    assert when(value, now=NOW) == when(THEN.isoformat())
    assert when(value, now=NOW).at == THEN


def test_a_time_without_a_zone_is_of_this_machine_and_says_so() -> None:
    told = when("2016-09-08 11:55", now=NOW, zone=timezone(timedelta(hours=2)))
    assert (told.at, told.is_local) == (THEN.replace(second=0), True)
    assert when("2016-09-08T09:55:58,123456789Z").at == THEN.replace(microsecond=123456)


def test_what_is_no_moment_is_a_fault_but_nothing_is_none() -> None:
    for value in ("", None, 0, "0", True):
        assert (when(value).at, when(value).fault) == (None, "")
    for value in ("soon", -5, "1989-12-31T00:00:00Z", "2026-11-24T00:00:00Z", "2021-02-30", "9" * 20, [1]):
        told = when(value, now=NOW)
        assert told.at is None
        assert told.fault.startswith('date "')


@given(st.text(max_size=30) | st.integers() | st.floats() | st.none() | st.lists(st.integers(), max_size=2))
def test_every_value_is_taken_without_an_error(value: object) -> None:
    for reads in (when, published, truth, share, colour_of, address):
        reads(value)


def test_a_date_of_publication_stays_a_date() -> None:
    assert published("2021-03-03") == "2021-03-03"
    assert published("1873-3-3") == "1873-03-03"
    assert published("2021-03-03T10:00:00+0200") == "2021-03-03T08:00:00+00:00"
    assert published("2021-03-03 10:00:00") == "2021-03-03T10:00:00"
    assert published(1473328558000) == "2016-09-08T09:55:58+00:00"
    assert [published(value) for value in ("", None, "soon", "2021-13-01", "0", -5, True)] == [None] * 7


def test_yes_and_no() -> None:
    assert all(map(truth, [1, "1", True, "true", "True", "YES"]))
    assert not any(map(truth, [0, "0", False, "false", "No", "", None, [], "archived"]))


def test_tags_are_trimmed_and_counted_once() -> None:
    assert split_tags(" a | B||b|+c| , ", "|") == ("a", "B", "c")
    assert tags(["x", 3, None, {"label": "y"}, ""]) == ("x", "3")


def test_colours_become_ours_and_keep_their_names() -> None:
    assert colour_of(None) == colour_of("") == colour_of("yellow") == ("yellow", None)
    assert colour_of("Green") == ("green", None)
    assert colour_of("red") == ("pink", "red")
    assert colour_of("ORANGE") == ("yellow", "ORANGE")
    assert colour_of("#3a7bd5") == ("blue", "#3a7bd5")
    assert colour_of("fd0") == ("yellow", "fd0")
    assert colour_of("chartreuse-ish") == ("yellow", "chartreuse-ish")


def test_a_share_is_between_none_and_all() -> None:
    assert [share(42, 100), share("0.5"), share(140, 100), share(-1), share("nan"), share(None)] == [
        0.42, 0.5, 1.0, 0.0, 0.0, 0.0,
    ]  # fmt: skip


def test_only_addresses_of_pages_are_kept() -> None:
    assert address(" https://e.org/a#b ") == ("https://e.org/a#b", "")
    assert address("https://e.org/a b") == ("https://e.org/a%20b", "")
    assert address("") == address(None) == (None, "no URL")
    assert address("JavaScript:alert(1)") == (None, 'scheme "javascript" refused')
    assert address("mailto:reader@e.org") == (None, 'scheme "mailto" refused')
    assert address("e.org/a")[1] == "not an address: e.org/a"
    assert address("https://")[0] is None

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.dates import parse_date, published


@pytest.mark.parametrize(
    "text",
    [
        "2021-03-03", "March 3, 2021", "3 March 2021", "03.03.2021", "Mar. 3rd, 2021", "Wednesday, March 3, 2021",
        "3. März 2021", "3 de marzo de 2021", "mercredi 3 mars 2021", "Published on 3 March 2021", "2021/3/3",
    ],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(text: str) -> None:
    assert parse_date(text) == "2021-03-03"


def test_a_date_that_could_be_two_is_none() -> None:
    assert parse_date("03/04/2021") is None
    assert parse_date("13/04/2021") == parse_date("04/13/2021") == "2021-04-13"


@pytest.mark.parametrize(
    "text", ["", "February 31, 2020", "In March 3, 2021 came", "Smith March 3, 2021", "May 2021"]
)
def test_what_says_more_or_less_than_a_date_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_metadata_may_tell_the_time_but_not_the_future() -> None:
    today = date(2024, 5, 1)
    assert published("2023-12-05T10:00:00Z", today) == "2023-12-05T10:00:00+00:00"
    assert published("23 April 2022", today) == "2022-04-23"
    assert published("2024-05-02", today) == "2024-05-02"
    assert published("2024-05-03", today) is None
    assert published("soon", today) is None


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(text: str) -> None:
    for found in (parse_date(text), published(text)):
        assert found is None or date.fromisoformat(found[:10])

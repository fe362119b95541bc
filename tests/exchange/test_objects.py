from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.exchange.imports.errors import ExportError
from reader.exchange.imports.objects import Broken, as_list, as_mapping, as_text, load, records

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
DEEP = "[" * 100_000 + "]" * 100_000


@given(st.lists(VALUES, max_size=5), st.sampled_from([None, 2]))
def test_an_array_comes_back_record_by_record(values: list[object], indent: int | None) -> None:
    assert list(records(json.dumps(values, indent=indent))) == values
    held = {"before": {"items": [1]}, "items": values, "after": []}
    assert list(records(json.dumps(held, indent=indent), "items")) == values


def test_one_broken_record_costs_no_other() -> None:
    huge = "9" * 5000
    text = f'[{{"a":1}}, {DEEP}, {{"a":{huge}}}, {{"a":NaN}}, {{"a":[1,}}, {{"a":"]\\"["}}]'
    found = list(records(text))
    assert [type(one).__name__ for one in found] == ["dict", "Broken", "Broken", "dict", "Broken", "dict"]
    assert [one.reason for one in found if isinstance(one, Broken)][:2] == [
        "nested too deep", "a number of too many digits",
    ]  # fmt: skip
    assert (found[0], found[3], found[5]) == ({"a": 1}, {"a": None}, {"a": ']"['})


@pytest.mark.parametrize("cut", range(1, 24))
def test_of_a_file_that_was_cut_off_the_whole_records_come(cut: int) -> None:
    text = '[{"a": 1}, {"b": "]"}, 3]'
    *found, last = records(text[:-cut])
    assert isinstance(last, Broken)
    assert found == [{"a": 1}, {"b": "]"}, 3][: len(found)]
    assert len(found) >= (text[:-cut].count("},"))


def test_what_is_no_such_array_gives_nothing() -> None:
    for text in (
        "",
        "{}",
        '{"items": {}}',
        '{"items"',
        '{"other": [1]}',
        '"items"',
        '{"a": [1,, "items": [2]}',
    ):
        assert list(records(text, "items")) == []


def test_values_of_the_wrong_type_are_empty() -> None:
    assert (as_mapping([1]), as_list({"a": 1}), as_text(True), as_text(None), as_text(3)) == (
        {},
        [],
        "",
        "",
        "3",
    )
    with pytest.raises(ExportError, match="nested too deep"):
        load(DEEP)

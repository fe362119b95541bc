from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.domain.utf16 import from_utf16


def test_an_offset_inside_a_pair_is_the_start_of_its_character() -> None:
    assert [from_utf16("a🚀b", units) for units in range(-1, 7)] == [0, 0, 1, 1, 2, 3, 3, 3]
    assert [from_utf16("ab", units) for units in (-1, 0, 1, 2, 9)] == [0, 0, 1, 2, 2]


@given(st.text(st.characters(codec="utf-8")), st.data())
def test_every_code_point_is_found_by_its_units(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    units = len(text[:offset].encode("utf-16-le")) // 2
    assert from_utf16(text, units) == offset

from hypothesis import given
from hypothesis import strategies as st

from reader.render.heights import Heights


@given(
    st.lists(st.integers(0, 5), max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(0, 9)), max_size=20),
)
def test_sums_and_searches_agree_with_a_plain_list(
    heights: list[int], changes: list[tuple[int, int]]
) -> None:
    tree = Heights(heights)
    for section, height in changes:
        if section < len(heights):
            assert tree.set(section, height) == height - heights[section]
            heights[section] = height
    assert tree.total == sum(heights)
    for section in range(len(heights) + 1):
        assert tree.before(section) == sum(heights[:section])
    rows = [(section, row) for section, height in enumerate(heights) for row in range(height)]
    assert [tree.at(row) for row in range(tree.total)] == rows
    assert tree.at(tree.total)[0] == len(heights)

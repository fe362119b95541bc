from hypothesis import given
from hypothesis import strategies as st

from reader.tui.labels import ALPHABET, MOST, labels


@given(st.integers(-3, MOST))
def test_there_are_enough_labels_and_none_begins_another(count: int) -> None:
    made = labels(count)
    assert len(made) == len(set(made)) == max(0, count)
    assert all(1 <= len(label) <= 2 and set(label) <= set(ALPHABET) for label in made)
    assert not any(one != other and other.startswith(one) for one in made for other in made)


@given(st.integers(1, MOST))
def test_as_many_as_can_be_have_one_letter_and_come_first(count: int) -> None:
    sizes = [len(label) for label in labels(count)]
    assert sizes == sorted(sizes)
    singles = sizes.count(1)
    assert count <= len(ALPHABET) or singles + 1 + (len(ALPHABET) - singles - 1) * len(ALPHABET) < count


def test_nine_things_have_a_letter_each_and_more_than_all_pairs_have_none() -> None:
    assert labels(9) == tuple(ALPHABET)
    assert labels(10) == (*ALPHABET[:-1], "la", "ls")
    assert len(labels(MOST + 40)) == MOST

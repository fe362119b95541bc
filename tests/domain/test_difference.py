from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.alignment import common
from reader.domain.difference import Piece, changes, difference, tally
from reader.domain.span import Span

WORDS = st.sampled_from(
    [
        "the",
        "The",
        "keeper",
        "light",
        "don't",
        "3.5",
        "图书馆",
        "東京",
        "🏳️‍🌈",
        "é",
        "e\u0301",
        "हिन्दी",
        "ภาษา",
        "—",
        ".",
        "“",
    ]
)
GAPS = st.sampled_from([" ", " ", " ", "", "\n\n", "\n", "  ", "\t"])
TEXTS = st.lists(st.tuples(WORDS, GAPS), max_size=60).map(lambda parts: "".join(a + b for a, b in parts))


def marked(old: str, new: str) -> str:
    """As wdiff shows it."""
    shown = {
        "same": lambda piece: old[slice(*piece.old)],
        "removed": lambda piece: f"[-{old[slice(*piece.old)]}-]",
        "added": lambda piece: f"{{+{new[slice(*piece.new)]}+}}",
    }
    return "".join(shown[piece.kind](piece) for piece in difference(old, new))


def assert_true(old: str, new: str, pieces: list[Piece]) -> None:
    """The pieces make up both texts, in order, and what is called the same is."""
    left = right = 0
    for piece in pieces:
        assert (piece.old.start, piece.new.start) == (left, right)
        left, right = piece.old.end, piece.new.end
        here, there = old[slice(*piece.old)], new[slice(*piece.new)]
        assert (bool(here), bool(there)) == (piece.kind != "added", piece.kind != "removed")
        assert piece.kind != "same" or here == there
    assert (left, right) == (len(old), len(new))
    kinds = [piece.kind for piece in pieces]
    assert all(one != other for one, other in pairwise(kinds))


@given(TEXTS | st.text(), TEXTS | st.text())
def test_the_pieces_make_up_both_texts(old: str, new: str) -> None:
    assert_true(old, new, difference(old, new))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert [piece.kind for piece in difference(text, text)] == ["same"] * bool(text)


@given(TEXTS, TEXTS, TEXTS)
def test_what_was_put_in_between_is_all_that_was_added(before: str, middle: str, after: str) -> None:
    old, new = f"{before}\n\n{after}", f"{before}\n\nQUITE {middle} NEW\n\n{after}"
    pieces = difference(old, new)
    assert_true(old, new, pieces)
    assert (
        sum(piece.old.end - piece.old.start for piece in pieces if piece.kind == "removed")
        <= len(old) / 2 + 24
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("The quick brown fox.", "The slow brown fox.", "The [-quick-]{+slow+} brown fox."),
        ("one two three", "one three", "one [-two -]three"),
        ("one three", "one two three", "one {+two +}three"),
        ("cat", "cats", "[-cat-]{+cats+}"),
        ("don't go", "don’t go", "[-don't-]{+don’t+} go"),
        ("he said no", "he said, no", "he said{+,+} no"),
        ("他在北京大学学习。", "他在南京大学学习。", "他在[-北-]{+南+}京大学学习。"),
        ("これは本です。", "これは新しい本です。", "これは{+新しい+}本です。"),
        ("ภาษาไทย", "ภาษาลาว", "ภาษา[-ไทย-]{+ลาว+}"),
        ("हिन्दी भाषा", "हिंदी भाषा", "[-हिन्दी-]{+हिंदी+} भाषा"),
        ("a 🏳️‍🌈 b", "a 🏳️ b", "a [-🏳️‍🌈-]{+🏳️+} b"),
        ("A.\n\nB.", "A. B.", "A.[-\n\n-]{+ +}B."),
        ("P.\n\nQ.\n\nR.", "P.\n\nR.", "P.\n\n[-Q.\n\n-]R."),
        ("", "new", "{+new+}"),
        ("old", "", "[-old-]"),
        ("", "", ""),
    ],
)
def test_words_are_compared(old: str, new: str, expected: str) -> None:
    assert marked(old, new) == expected


def test_words_that_are_the_same_by_chance_are_changed_too() -> None:
    old = "The committee met on Tuesday in the hall. Then it adjourned."
    new = "Rust is a fungus, and the wheat was lost to it. Nobody had the means."
    assert marked(old, new) == f"[-{old}-]{{+{new}+}}"


def test_a_paragraph_of_other_words_does_not_keep_its_full_stop() -> None:
    old = "First stays.\n\nAll of this goes away.\n\nLast stays."
    new = "First stays.\n\nSomething else entirely came.\n\nLast stays."
    assert (
        marked(old, new)
        == "First stays.\n\n[-All of this goes away.-]{+Something else entirely came.+}\n\nLast stays."
    )


def test_paragraphs_that_were_changed_next_to_each_other_are_compared_one_by_one() -> None:
    old = "It was short. The end of one.\n\nSteady work leaves no mark."
    new = "It was short. Nothing of that now.\n\nA quiet hand leaves no mark."
    assert marked(old, new) == (
        "It was short. [-The end of one.-]{+Nothing of that now.+}"
        "\n\n[-Steady work-]{+A quiet hand+} leaves no mark."
    )


def test_a_paragraph_that_stayed_is_no_chance_however_short() -> None:
    old = "Many words that went away.\n\n* * *\n\nMore words that went away too."
    new = "Quite other ones here now.\n\n* * *\n\nSuch as nobody had seen there."
    assert "\n\n* * *\n\n" in marked(old, new)


def test_a_moved_paragraph_was_removed_and_added() -> None:
    one, two, three = ("First of all is this.", "Second comes here then.", "Third and last of them.")
    shown = marked("\n\n".join([one, two, three]), "\n\n".join([two, three, one]))
    assert f"[-{one}\n\n-]" in shown
    assert f"{two}\n\n{three}" in shown


def test_changes_are_places_and_are_counted_in_words() -> None:
    old, new = "a few words stay, three go away here", "a few words stay, and new ones come here"
    pieces = difference(old, new)
    assert [[piece.kind for piece in place] for place in changes(pieces)] == [["removed", "added"]]
    assert tally(old, new, pieces) == (1, 3, 4)
    assert tally(old, old, difference(old, old)) == (0, 0, 0)


@given(st.lists(st.integers(0, 3), max_size=40), st.lists(st.integers(0, 3), max_size=40))
def test_what_two_sequences_share_is_the_same_in_both_and_in_order(old: list[int], new: list[int]) -> None:
    left = right = 0
    for part in common(old, new):
        assert part.size > 0
        assert old[part.old : part.old + part.size] == new[part.new : part.new + part.size]
        assert part.old >= left
        assert part.new >= right
        left, right = part.old + part.size, part.new + part.size


@pytest.mark.parametrize("spread", [8, 300, 50_000], ids=["windows", "few unique", "many unique"])
def test_long_sequences_are_cut_without_losing_what_they_share(spread: int) -> None:
    chance = random.Random(7)
    old = [chance.randrange(spread) for _ in range(12_000)]
    new = [item for item in old if chance.random() > 0.02]
    shared = sum(part.size for part in common(old, new))
    assert shared >= len(new) * 0.95


def test_a_long_stretch_that_was_taken_out_does_not_put_the_rest_out_of_step() -> None:
    chance = random.Random(8)
    old = [chance.randrange(100_000) for _ in range(30_000)]
    new = old[:5_000] + old[20_000:]
    assert [part.size for part in common(old, new)] == [5_000, 10_000]


@pytest.mark.slow
def test_two_hundred_thousand_words_are_compared_whatever_was_done_to_them() -> None:
    chance = random.Random(9)
    words = [f"word{int(chance.random() ** 3 * 20_000)}" for _ in range(200_000)]

    def text(words: list[str], paragraph: int = 90) -> str:
        return "\n\n".join(" ".join(words[at : at + paragraph]) for at in range(0, len(words), paragraph))

    shuffled = words[:]
    chance.shuffle(shuffled)
    for new in (
        text(words[1:]),  # every paragraph begins a word later
        text(words[1:], 10**6),
        text(shuffled),
    ):
        assert_true(text(words), new, difference(text(words), new))
    one = text([*words[:99_999], "other", *words[100_000:]])
    assert tally(text(words), one, difference(text(words), one)) == (1, 1, 1)


def test_spans_are_code_points() -> None:
    assert difference("🚀 up a", "🚀 up b")[0] == Piece("same", Span(0, 5), Span(0, 5))

"""A terminal's answers that nobody asked for are no presses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.tui.replies import Replies

BEL, ST = "\x07", "\x1b\\"


@pytest.mark.parametrize(
    "reply",
    [
        f"\x1b]11;rgb:zz{BEL}",
        f"\x1b]11;rgb:1a1a/1b1b/1c1c{ST}",
        f"\x1b]52;c;ZGQ={BEL}",
        f"\x1bP1$r0m{ST}",
        f"\x1bP>|xterm(370){ST}",
        f"\x1bP!|00000000{ST}",
        "\x9d11;rgb:00/00/00\x9c",
    ],
)
def test_an_answer_goes_and_the_keys_around_it_stay(reply: str) -> None:
    assert Replies().without(f"j{reply}k{reply}") == "jk"


@pytest.mark.parametrize("cut", range(3, 17))
def test_an_answer_may_come_in_two_pieces(cut: int) -> None:
    replies, reply = Replies(), f"\x1b]11;rgb:zz/zz{ST}"
    assert replies.without("j" + reply[:cut]) + replies.without(reply[cut:] + "k") == "jk"


@pytest.mark.parametrize(
    "keys", ["j", "\x1b", "\x1b]", "\x1bP", "\x1b[A", "\x1bOP", "\x1b[200~", "]11;", "é日"]
)
def test_keys_stay(keys: str) -> None:
    assert Replies().without(keys) == keys


def test_an_answer_without_an_end_swallows_nothing_that_was_typed() -> None:
    replies = Replies()
    assert replies.without("\x1b]11;rgb") == ""
    assert replies.without("j") == "j"
    assert replies.without(f"k{BEL}") == f"k{BEL}"
    assert replies.without("\x1b]11;rgb\x1b[A") == "\x1b[A"


@given(st.lists(st.text("\x1b]P1;x\x07\\[~\x9c", max_size=6), max_size=6))
def test_whatever_comes_is_only_made_less(pieces: list[str]) -> None:
    replies = Replies()
    kept = "".join(map(replies.without, pieces))
    remaining = iter("".join(pieces))
    assert all(sign in remaining for sign in kept)
    assert replies.without("j") in ("j", "")
    assert replies.without("j") == "j"

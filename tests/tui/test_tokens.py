"""Key events of Textual in our notation."""

from __future__ import annotations

import pytest
from textual.events import Key

from reader.commands import COMMANDS
from reader.tui.tokens import token_of


@pytest.mark.parametrize(
    ("key", "character", "token"),
    [
        ("j", "j", "j"),
        ("J", "J", "J"),
        ("upper_j", "J", "J"),
        ("question_mark", "?", "?"),
        ("backslash", "\\", "\\"),
        ("less_than_sign", "<", "<"),
        ("full_stop", ".", "."),
        ("é", "é", "é"),
        ("enter", "\r", "<enter>"),
        ("escape", "\x1b", "<escape>"),
        ("space", " ", "<space>"),
        ("tab", "\t", "<tab>"),
        ("shift+tab", None, "<s-tab>"),
        ("ctrl+d", "\x04", "<c-d>"),
        ("ctrl+right_square_bracket", "\x1d", "<c-right-square-bracket>"),
        ("alt+right", None, "<a-right>"),
        ("alt+x", "x", "<a-x>"),
        ("pagedown", None, "<pagedown>"),
        ("ctrl+home", None, "<c-home>"),
        ("f1", None, "<f1>"),
    ],
)
def test_a_press_has_one_token(key: str, character: str | None, token: str) -> None:
    assert token_of(Key(key, character)) == token


def test_every_key_of_ours_can_be_pressed() -> None:
    from reader.tui.tokens import _NAMED

    for command in COMMANDS:
        for token in (token for sequence in command.sequences for token in sequence):
            name = token.strip("<>").rpartition("-")[2] if len(token) > 1 else token
            assert len(token) == 1 or len(name) == 1 or name in _NAMED, f"{command.id}: {token}"

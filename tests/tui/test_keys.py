"""The key parser: counts, sequences, arguments; and no key is ever lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.commands import MODES, Command, commands_of
from reader.tui.keys import COUNT_LIMIT, KeyParser, Pending, Pressed, Unknown

LIST = commands_of("list")


def fed(*keys: str, mode: str = "list") -> list[str]:
    """What each whole command, or dead end, of *keys* was."""
    parser = KeyParser(commands_of(mode))
    said = []
    for key in keys:
        match parser.feed(key):
            case Pressed(command, count, argument):
                said.append(f"{count or ''}{command.id}{argument and ' ' + argument}")
            case Unknown(lost):
                said.append(f"? {''.join(lost)}")
            case Pending():
                pass
    return said


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["j"], ["list.down"]),
        (["1", "2", "j"], ["12list.down"]),
        (["g", "g"], ["list.top"]),
        (["3", "g", "g"], ["3list.top"]),
        (["]", "u"], ["list.next_unread"]),
        (["<c-d>"], ["list.half_down"]),
        (["g", "~"], ["? g~"]),
        (["g", "~", "j"], ["? g~", "list.down"]),
        (["g", "<escape>", "j"], ["? g<escape>", "list.down"]),
        (["3", "<c-c>", "j"], ["? 3<c-c>", "list.down"]),
        (["0"], ["? 0"]),
        (["1", "0", "j"], ["10list.down"]),
    ],
)
def test_presses_become_commands(keys: list[str], said: list[str]) -> None:
    assert fed(*keys) == said


def test_a_command_that_takes_a_character_waits_for_one_of_its_own() -> None:
    assert fed("H", "g", mode="article") == ["article.recolour g"]
    assert fed("H", "x", "j", mode="article") == ["? Hx", "article.down"]


def test_a_command_may_wait_for_any_character() -> None:
    assert fed("f", "日", mode="visual") == ["motion.find 日"]
    assert fed("2", "t", "<space>", mode="visual") == ["2motion.till  "]
    assert fed("f", "f", mode="operator") == ["motion.find f"]
    assert fed("f", "<tab>", "w", mode="visual") == ["? f<tab>", "motion.word"]
    assert fed("f", "<escape>", "w", mode="visual") == ["? f<escape>", "motion.word"]


def test_a_count_longer_than_any_list_is_no_count() -> None:
    assert fed(*"999999999j") == ["? 999999", "999list.down"]


KEYS = sorted(
    {token for command in LIST for sequence in command.sequences for token in sequence} | set("0123456789é~")
)


@pytest.mark.parametrize("mode", sorted(MODES))
@given(data=st.data())
def test_every_key_is_in_a_command_in_a_dead_end_or_pending(mode: str, data: st.DataObject) -> None:
    keys = data.draw(st.lists(st.sampled_from(KEYS), max_size=30))
    parser = KeyParser(commands_of(mode))
    seen: list[str] = []
    for key in keys:
        outcome = parser.feed(key)
        if not isinstance(outcome, Pending):
            seen += outcome.keys
            assert not parser.pending
        if isinstance(outcome, Pressed) and outcome.count is not None:
            assert 1 <= outcome.count <= COUNT_LIMIT
    assert [*seen, *parser.pending] == keys


@given(
    st.sampled_from([command for mode in MODES for command in commands_of(mode)]), st.integers(1, COUNT_LIMIT)
)
def test_each_sequence_of_a_command_reaches_it(command: Command, count: int) -> None:
    mode = next(mode for mode in MODES if command in commands_of(mode))
    for sequence in command.sequences:
        if sequence[0] in ("0", "<escape>"):  # after a digit one counts, the other takes back
            continue
        parser = KeyParser(commands_of(mode))
        outcome = [parser.feed(key) for key in (*str(count), *sequence, *command.takes[:1])][-1]
        assert isinstance(outcome, Pressed)
        # In a mode of several places the nearer one may own the key.
        assert sequence in outcome.command.sequences
        assert outcome.count == count

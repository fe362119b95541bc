"""The one table of commands: what every other list of keys is made from."""

from __future__ import annotations

import pytest

from reader.commands import COMMANDS, MODES, KeymapError, commands, commands_of, tokens


def test_every_command_has_a_name_a_help_text_and_a_key():
    for command in COMMANDS:
        assert command.title, command.id
        assert command.help.endswith("."), command.id
        assert command.sequences, command.id


def test_ids_are_unique():
    ids = [command.id for command in COMMANDS]
    assert len(ids) == len(set(ids))


def test_our_own_keys_do_not_collide_in_any_mode():
    assert commands({"list.star": "s"}) == COMMANDS == commands()


def test_every_place_belongs_to_a_mode():
    assert {command.place for command in COMMANDS} == {place for places in MODES.values() for place in places}


@pytest.mark.parametrize("mode", MODES)
def test_the_footer_of_every_mode_teaches_a_few_keys(mode):
    taught = [command for command in commands_of(mode) if command.tier == 1]
    assert 3 <= len(taught) <= 9


def test_tokens_reads_names_in_angle_brackets_as_one_press():
    assert tokens("<c-d>g<enter>") == ("<c-d>", "g", "<enter>")
    assert tokens("<") == ("<",)


def test_an_override_takes_the_place_of_our_keys():
    made = {command.id: command for command in commands({"list.star": "~"})}
    assert made["list.star"].sequences == (("~",),)
    assert made["list.open"].keys == "<enter> l"


def test_an_override_of_an_unknown_command_is_refused():
    with pytest.raises(KeymapError, match=r"list\.fly"):
        commands({"list.fly": "f"})


def test_an_override_that_hides_a_longer_sequence_is_refused():
    with pytest.raises(KeymapError, match="both want"):
        commands({"list.star": "g"})


def test_a_label_reads_as_people_write_keys():
    labels = {command.id: command.label for command in COMMANDS}
    assert labels["list.half_down"] == "^d"
    assert labels["article.select"] == "Enter"
    assert labels["article.next_highlight"] == "]h"

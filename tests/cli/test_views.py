from __future__ import annotations

from tests.cli.conftest import Shell


def test_a_view_is_saved_listed_with_its_count_and_deleted(stocked: Shell) -> None:
    assert stocked("views", "save", "Sea life", "harbour", "OR", "keeper", "--sort", "title").code == 0
    assert stocked("views", "save", "Light", "keeper", "-harbour").out == "saved Light: keeper -harbour\n"
    listed = stocked("views", "--json").json
    assert listed == [
        {"name": "Sea life", "query": "harbour OR keeper", "sort": "title", "key": None, "count": 2},
        {"name": "Light", "query": "keeper -harbour", "sort": None, "key": None, "count": 1},
    ]
    assert stocked("views").lines[1].split() == ["1", "Light", "keeper", "-harbour"]
    assert stocked("views", "delete", "light").out == "deleted Light: keeper -harbour\n"
    assert stocked("undo").out == "undone: view deleted: Light\n"
    assert stocked("views", "rename", "light", "Lamps").out == "renamed light to Lamps\n"
    assert [view["name"] for view in stocked("views", "--json").json] == ["Sea life", "Lamps"]


def test_the_count_is_of_the_list_without_the_archive(stocked: Shell) -> None:
    stocked("views", "save", "all", "keeper OR harbour")
    stocked("mark", "archived", "1")
    assert [view["count"] for view in stocked("views", "--json").json] == [1]


def test_commands_act_on_what_a_view_asks_for(stocked: Shell) -> None:
    stocked("views", "save", "light", "keeper")
    assert stocked("tag", "+lamp", "query:light").out == "tagged 1 The Lighthouse Ledger\n"
    assert [article["id"] for article in stocked("list", "query:light", "--json").json] == [1]
    assert [article["id"] for article in stocked("search", "-query:light", "--json").json] == [2]


def test_a_view_that_is_not_there_is_told_and_nothing_is_touched(stocked: Shell) -> None:
    done = stocked("trash", "-query:nowhere")
    assert (done.code, done.out) == (1, "")
    assert "there is no view nowhere" in done.err
    assert "there is no view nowhere" in stocked("list", "query:nowhere").err
    failed = stocked("views", "delete", "nowhere")
    assert (failed.code, failed.err) == (1, "reader: no view is named nowhere\n")


def test_saving_the_same_again_changes_nothing(stocked: Shell) -> None:
    stocked("views", "save", "light", "keeper", "--key", "l")
    done = stocked("views", "save", "light", "keeper")
    assert (done.code, done.out) == (0, "")
    assert stocked("views", "--json").json[0]["key"] == "l"

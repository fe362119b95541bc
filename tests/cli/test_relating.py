from __future__ import annotations

from tests.cli.conftest import Shell

FILLER = "the of and to a in wrote at every was on said that it them what could not see"


def test_related_articles_are_listed(stocked: Shell) -> None:
    for number in range(8):
        stocked("add", "-", "--title", f"Filler {number}", stdin=f"{FILLER} word{number}")
    stocked("add", "-", "--title", "Lamp", stdin="A lamp, a keeper, a ledger of the gale and the fog.")
    assert stocked("related", "1", "--json").json[0]["title"] == "Lamp"
    assert stocked("related", "title:lamp", "--limit", "1").lines[0].startswith("1 The Lighthouse Ledger")
    alone = stocked("related", "2")
    assert (alone.code, alone.out, alone.err) == (0, "", "nothing is like it\n")
    assert stocked("related", "77").code == 1
    assert stocked("related", "filler").code == 1


def test_statistics_count_the_library(stocked: Shell) -> None:
    stocked("mark", "read", "1")
    stocked("highlight", "1", "Light kept.", "--note", "n", "-t", "sea")
    stocked("trash", "2")
    [told] = stocked("stats", "--json").json
    assert (told["articles"], told["read"], told["unread"], told["highlights"], told["notes"]) == (
        1,
        1,
        0,
        1,
        1,
    )
    assert told["counts"] == {
        "inbox": 1, "unread": 0, "starred": 0, "archive": 0, "highlights": 1, "trash": 1,
    }  # fmt: skip
    assert told["words_read"] == told["words"] > 0
    assert told["months"][0]["added"] == 1
    lines = stocked("stats").lines
    assert lines[0].split()[:2] == ["articles", "1"]
    assert any(line.startswith("authors") and "Ada Moreau 1" in line for line in lines)


def test_an_empty_library_has_statistics(reader: Shell) -> None:
    assert reader("stats").code == 0
    assert reader("stats", "--json").json[0]["months"] == []

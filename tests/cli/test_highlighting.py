from __future__ import annotations

import json

from tests.cli.conftest import Shell

KEYS = [
    "id",
    "uid",
    "article",
    "exact",
    "prefix",
    "suffix",
    "start",
    "end",
    "status",
    "colour",
    "note",
    "tags",
    "made",
]


def test_a_highlight_prints_its_number_and_is_where_the_text_is(stocked: Shell) -> None:
    done = stocked("highlight", "1", "Light kept.", "--colour", "green", "--note", "Why?", "-t", "work")
    assert (done.code, done.out) == (0, "1\n")
    [one] = stocked("highlights", "--json").json
    assert list(one) == KEYS
    assert (one["exact"], one["colour"], one["note"], one["tags"]) == (
        "Light kept.",
        "green",
        "Why?",
        ["work"],
    )
    text = stocked("show", "1", "--format", "json").json["text"]
    assert text[one["start"] : one["end"]] == "Light kept."
    assert (one["article"], one["status"]) == (1, "anchored")


def test_text_that_is_not_there_is_an_error(stocked: Shell) -> None:
    done = stocked("highlight", "1", "Dark kept.")
    assert (done.code, done.out) == (1, "")
    assert "Dark kept." in done.err


def test_ambiguous_text_names_the_count_and_how_to_choose(stocked: Shell) -> None:
    done = stocked("highlight", "1", "The keeper wrote")
    assert done.code == 1
    assert "2 times" in done.err
    assert "--nth" in done.err
    assert "--after" in done.err


def test_nth_and_after_choose(stocked: Shell) -> None:
    stocked("highlight", "1", "The keeper wrote", "--nth", "2")
    stocked("highlight", "1", "Fog,", "--after", "standing")
    second, walking = stocked("highlights", "--jsonl").lines[:2]
    text = stocked("show", "1", "--format", "json").json["text"]
    starts = sorted(json.loads(line)["start"] for line in (second, walking))
    assert starts == [text.index("Fog, walking"), text.rindex("The keeper wrote")]
    assert stocked("highlight", "1", "The keeper wrote", "--nth", "3").code == 1
    assert stocked("highlight", "1", "The keeper wrote", "--nth", "1", "--after", "x").code == 2


def test_quotes_and_white_space_may_differ(reader: Shell) -> None:
    reader("add", "-", "--title", "Quotes", stdin="He said “light\nkept” and went.")
    assert reader("highlight", "1", 'said "light kept"').code == 0


def test_the_same_place_again_is_the_same_highlight(stocked: Shell) -> None:
    stocked("highlight", "1", "Light kept.")
    assert stocked("highlight", "1", "Light kept.", "--colour", "blue").out == "1\n"
    assert [one["colour"] for one in stocked("highlights", "--json").json] == ["blue"]


def test_a_highlight_is_changed_by_number_or_tail_of_uid(stocked: Shell) -> None:
    stocked("highlight", "1", "Light kept.")
    tail = stocked("highlights", "--json").json[0]["uid"].replace("-", "")[-8:]
    assert stocked("rehighlight", "1", "--colour", "pink", "--tag", "+a", "--tag", "b").code == 0
    assert stocked("rehighlight", tail, "--note", "New.", "--tag", "-a", "--text", "every page").code == 0
    [one] = stocked("highlights", "--json").json
    assert (one["colour"], one["note"], one["tags"], one["exact"]) == ("pink", "New.", ["b"], "every page")
    assert stocked("rehighlight", "1").code == 2
    assert stocked("rehighlight", "9", "--note", "x").code == 1


def test_a_removed_highlight_comes_back_with_undo(stocked: Shell) -> None:
    stocked("highlight", "1", "Light kept.")
    assert stocked("unhighlight", "1").code == 0
    assert stocked("highlights", "--json").json == []
    assert stocked("undo").code == 0
    assert len(stocked("highlights", "--json").json) == 1


def test_highlights_are_found_by_article_number_and_by_query(stocked: Shell) -> None:
    stocked("highlight", "1", "Light kept.", "--colour", "green")
    stocked("highlight", "2", "Corrosion in the piers")
    assert [one["article"] for one in stocked("highlights", "2", "--json").json] == [2]
    assert [one["article"] for one in stocked("highlights", "colour:green", "--json").json] == [1]


def test_markdown_quotes_stand_under_their_titles(stocked: Shell) -> None:
    stocked("highlight", "1", "Light kept.", "--note", "Why?", "-t", "old work")
    out = stocked("highlights", "--markdown").out
    assert out.startswith("# The Lighthouse Ledger\n")
    assert "> Light kept.\n" in out
    assert "Why?" in out
    assert "#old-work" in out


def test_highlight_needs_one_article(stocked: Shell) -> None:
    done = stocked("highlight", "is:unread", "the")
    assert done.code == 1
    assert "1 The Lighthouse Ledger" in done.err
    assert "2 Harbour Bridge Delayed" in done.err

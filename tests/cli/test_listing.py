from __future__ import annotations

import csv
import io
import json

import pytest

from tests.cli.conftest import Shell

KEYS = [
    "id", "uid", "title", "author", "site", "url", "published", "added", "words", "minutes", "state", "starred",
    "archived", "trashed", "progress", "tags", "highlights", "note", "language",
    "unfetched", "similar",
]  # fmt: skip


def test_an_empty_library_lists_nothing_and_is_no_failure(reader: Shell) -> None:
    done = reader("list")
    assert (done.code, done.out) == (0, "")
    assert reader("list", "--json").out == "[]\n"


def test_the_newest_comes_first(stocked: Shell) -> None:
    lines = stocked("list").lines
    assert [line.split()[0] for line in lines] == ["2", "1"]
    assert "Harbour Bridge Delayed" in lines[0]


def test_columns_are_aligned(stocked: Shell) -> None:
    stocked("mark", "starred", "1")
    one, two = stocked("list").lines
    assert one.index("Harbour") == two.index("The Lighthouse")


def test_json_has_the_keys_of_the_contract(stocked: Shell) -> None:
    stocked("edit", "1", "--note", "A note.")
    found = stocked("list", "--json").json
    assert [list(article) for article in found] == [KEYS, KEYS]
    assert [article["note"] for article in found] == ["", "A note."]
    assert found[1]["added"].endswith("Z")
    assert found[1]["minutes"] == 1


def test_json_lines_are_one_object_each(stocked: Shell) -> None:
    assert [json.loads(line)["id"] for line in stocked("list", "--jsonl").lines] == [2, 1]


def test_numbers_are_ids_and_keep_their_order(stocked: Shell) -> None:
    assert [article["id"] for article in stocked("list", "1", "2", "--json").json] == [1, 2]


def test_a_query_narrows_and_a_limit_cuts(stocked: Shell) -> None:
    assert [article["id"] for article in stocked("list", "keeper", "--json").json] == [1]
    assert len(stocked("list", "--limit", "1").lines) == 1


def test_a_word_with_a_dash_is_part_of_the_query(stocked: Shell) -> None:
    assert [article["id"] for article in stocked("list", "-keeper", "--json").json] == [2]


@pytest.mark.parametrize(("sort", "ids"), [("title", [2, 1]), ("-title", [1, 2]), ("words", [2, 1])])
def test_sorts(stocked: Shell, sort: str, ids: list[int]) -> None:
    assert [article["id"] for article in stocked("list", "--sort", sort, "--json").json] == ids


def test_a_template_fills_fields_and_knows_tab(stocked: Shell) -> None:
    done = stocked("list", "--format", r"{id}\t{title} { x {starred}", "1")
    assert done.out == "1\tThe Lighthouse Ledger { x false\n"


def test_an_unknown_field_in_a_template_is_a_mistake(stocked: Shell) -> None:
    done = stocked("list", "--format", "{titel}")
    assert done.code == 2
    assert "titel" in done.err


def test_csv_reads_back_and_no_cell_is_a_formula(reader: Shell) -> None:
    reader("add", "-", "--title", "=1+1", "--author", 'Quote "x", y', stdin="Words.")
    [head, row] = csv.reader(io.StringIO(reader("list", "--csv").out))
    assert head == KEYS
    cells = dict(zip(head, row, strict=True))
    assert (cells["title"], cells["author"]) == ("'=1+1", 'Quote "x", y')


def test_what_a_query_has_wrong_is_said_aside(stocked: Shell) -> None:
    done = stocked("list", "is:purple")
    assert done.code == 0
    assert done.err.startswith("query: is:purple: is: knows unread, ")


@pytest.mark.parametrize("words", [("nowhere",), ("99",)])
def test_a_list_of_nothing_says_so(stocked: Shell, words: tuple[str, ...]) -> None:
    """It was silent, where a search says “nothing found”."""
    done = stocked("list", *words)
    assert (done.code, done.out, done.err) == (0, "", "nothing found\n")
    assert stocked("list", *words, "--jsonl").err == ""


def test_archived_and_trashed_are_listed_only_when_asked_for(stocked: Shell) -> None:
    stocked("mark", "archived", "1")
    stocked("trash", "2")
    assert stocked("list").out == ""
    assert "Lighthouse" in stocked("list", "is:archived").out
    assert "Harbour" in stocked("list", "is:trashed").out

from __future__ import annotations

import pytest

from tests.cli.conftest import Shell


def test_a_hit_shows_its_article_and_the_passage(stocked: Shell) -> None:
    done = stocked("search", "corrosion", "piers")
    assert done.code == 0
    assert done.lines[0].startswith("2 Harbour Bridge Delayed")
    assert "Corrosion in the piers" in done.lines[1]


def test_nothing_found_is_no_failure(stocked: Shell) -> None:
    done = stocked("search", "zeppelin")
    assert (done.code, done.out) == (0, "")
    assert stocked("search", "zeppelin", "--json").out == "[]\n"


def test_json_has_a_snippet_and_places_in_the_text(stocked: Shell) -> None:
    [hit] = stocked("search", "keeper", "--json").json
    text = stocked("show", "1", "--format", "json").json["text"]
    assert "keeper" in hit["snippet"]
    assert {text[match["start"] : match["end"]].lower() for match in hit["matches"]} == {"keeper"}
    assert {match["source"] for match in hit["matches"]} == {"text"}


def test_numbers_are_words_in_a_search(reader: Shell) -> None:
    reader("add", "-", "--title", "The year 1984", stdin="It was 1984.")
    assert [hit["id"] for hit in reader("search", "1984", "--json").json] == [1]
    assert reader("search", "1", "--json").json == []


def test_the_archive_is_searched_and_the_trash_is_not(stocked: Shell) -> None:
    stocked("mark", "archived", "1")
    stocked("trash", "2")
    assert [hit["id"] for hit in stocked("search", "the", "--json").json] == [1]


def test_notes_and_highlights_are_found(stocked: Shell) -> None:
    stocked("highlight", "1", "Light kept.", "--note", "perseverance")
    [hit] = stocked("search", "perseverance", "--json").json
    assert hit["id"] == 1


@pytest.mark.parametrize(
    "query",
    ['"', "*", "a AND", "((((", "tag:", "^x", "NEAR(a b)", "a\u0000b", "-", "c++", "-keeper", "AND OR NOT"],
)
def test_any_query_is_answered(stocked: Shell, query: str) -> None:
    done = stocked("search", query)
    assert done.code == 0
    assert "Traceback" not in done.err
    assert "unexpected" not in done.err


def test_an_unknown_option_is_a_mistake_and_not_a_word(stocked: Shell) -> None:
    done = stocked("search", "keeper", "--frobnicate")
    assert (done.code, done.out) == (2, "")
    assert "--frobnicate" in done.err


def test_after_two_dashes_every_word_is_a_word(stocked: Shell) -> None:
    assert stocked("search", "keeper", "--", "--frobnicate").code == 0

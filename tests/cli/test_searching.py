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


def test_an_inflection_is_found_right_after_adding(stocked: Shell) -> None:
    assert [hit["id"] for hit in stocked("search", "keepers", "walk", "--json").json] == [1]
    assert stocked("search", '"keepers"').out == ""


def test_finding_nothing_offers_another_query(stocked: Shell) -> None:
    slip = stocked("search", "corosion")
    assert (slip.code, slip.out) == (0, "")
    assert "did you mean: corrosion (1 article)\n" in slip.err
    less = stocked("search", "corrosion", "keeper").err
    assert "without keeper: corrosion (1 article)\n" in less


def test_an_offer_says_where_its_count_ends(stocked: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.cli.searching.MANY", 0)
    assert "did you mean: corrosion (0+ articles)\n" in stocked("search", "corosion").err


def test_a_warning_says_nothing_twice(stocked: Shell) -> None:
    assert "query: title: needs a value\n" in stocked("search", "title:").err
    assert "query: nix:a: there is no field nix:\n" in stocked("search", "nix:a").err


def test_an_offer_names_a_view_as_it_was_asked_for(stocked: Shell) -> None:
    """The query of the view was put in its place."""
    stocked("views", "save", "rust", "corrosion")
    assert "without zeppelin: query:rust (1 article)\n" in stocked("search", "query:rust zeppelin").err


def test_a_search_is_explained(stocked: Shell) -> None:
    told = stocked("search", "keepers", "-tag:sea", "foo:bar", "--explain").out
    assert "the word keepers, also keeper" in told
    assert "tag: sea" in told
    assert '"keepers" OR "keeper"' in told


def test_of_very_many_the_newest_are_judged_and_that_is_said(
    stocked: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.storage.ranking.RANKED_IN_FULL", 1)
    assert "the newest 500 were judged" in stocked("search", "the").err

from __future__ import annotations

import pytest

from tests.cli.conftest import Shell


def test_text_has_the_head_and_the_whole_body(stocked: Shell) -> None:
    done = stocked("show", "1")
    assert done.code == 0
    for words in ("The Lighthouse Ledger", "Ada Moreau", "Light kept.", "the ledger kept it."):
        assert words in done.out


def test_text_fits_the_width(stocked: Shell) -> None:
    assert max(map(len, stocked("show", "1", "--width", "30").lines)) <= 30


@pytest.mark.parametrize(("form", "sign"), [("markdown", "# The Lighthouse Ledger"), ("html", "<h1")])
def test_other_forms(stocked: Shell, form: str, sign: str) -> None:
    done = stocked("show", "1", "--format", form)
    assert done.code == 0
    assert sign in done.out
    assert "Light kept." in done.out


def test_json_is_one_object_with_text_blocks_and_passages(stocked: Shell) -> None:
    stocked("highlight", "1", "Light kept.")
    article = stocked("show", "1", "--format", "json", "--highlights").json
    assert article["title"] == "The Lighthouse Ledger"
    first = article["blocks"][0]
    assert article["text"][first["start"] : first["end"]].startswith("The keeper wrote two words")
    assert [one["exact"] for one in article["passages"]] == ["Light kept."]
    assert "passages" not in stocked("show", "1", "--format", "json").json


def test_a_query_that_finds_one_article_shows_it(stocked: Shell) -> None:
    assert "Light kept." in stocked("show", "lighthouse", "ledger").out


def test_an_absent_article_is_one_line(stocked: Shell) -> None:
    done = stocked("show", "99")
    assert (done.code, done.out, done.err) == (1, "", "reader: no article 99\n")


def test_several_articles_are_named(stocked: Shell) -> None:
    done = stocked("show", "is:unread")
    assert (done.code, done.out) == (1, "")
    assert "2 articles match" in done.err


def test_what_is_printed_names_no_keys(reader: Shell) -> None:
    """Where author and source are unknown it said “e to add”, which is a key of the interface."""
    reader("add", reader.file("plain.txt", "A Title\n\nA paragraph of some words, longer than its title.\n"))
    assert "source unknown · undated" in reader("show", "1").out

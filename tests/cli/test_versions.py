from __future__ import annotations

import re

import pytest

from tests.cli.conftest import LIGHTHOUSE, Shell

REVISED = LIGHTHOUSE.replace(
    "two words at the foot of every page", "three words at the foot of each page"
).replace(
    "Fog, standing. Fog, walking. The keeper wrote what the lamp could not see, and the ledger kept it.",
    "Rain fell on the hills all day.",
)


@pytest.fixture
def revised(stocked: Shell) -> Shell:
    """Article 1 in two versions, with highlights 1 and 2 made on the first, of which the second is in it alone."""
    for text in ("Light kept", "The keeper wrote what the lamp could not see"):
        assert stocked("highlight", "1", text).code == 0
    assert stocked("add", stocked.file("ledger.txt", REVISED)).out.startswith("updated 1")
    return stocked


def text_of(reader: Shell) -> str:
    return reader("show", "1", "--format", "json").json["text"]


def test_versions_are_listed_newest_first_with_what_the_highlights_are_in_each(revised: Shell) -> None:
    done = revised("versions", "1")
    assert done.code == 0
    newest, oldest = done.lines
    assert re.fullmatch(
        r"2  \d{4}-\d\d-\d\d \d\d:\d\d  2\d words  current  1 placed, 1 without a place", newest
    )
    assert re.fullmatch(r"1  \d{4}-\d\d-\d\d \d\d:\d\d  3\d words  2 placed", oldest)


def test_versions_as_data(revised: Shell) -> None:
    versions = revised("versions", "1", "--json").json
    assert [
        (one["version"], one["current"], one["anchored"], one["review"], one["orphan"]) for one in versions
    ] == [(2, True, 1, 0, 1), (1, False, 2, 0, 0)]
    assert {"made", "words", "title"} < set(versions[0])
    assert len(revised("versions", "1", "--jsonl").lines) == 2


def test_an_article_that_never_changed_has_one(stocked: Shell) -> None:
    done = stocked("versions", "harbour")
    assert (done.code, len(done.lines)) == (0, 1)
    assert "current" in done.out


@pytest.mark.parametrize("words", [["--diff"], ["--diff", "1"], ["--diff", "1", "2"]])
def test_the_difference_is_told_word_by_word(revised: Shell, words: list[str]) -> None:
    done = revised("versions", "1", *words)
    assert (done.code, done.err) == (0, "")
    assert "wrote [-two-]{+three+} words at the foot of [-every-]{+each+} page. Light kept." in done.out
    assert "{+Rain fell on the hills all day.+}" in done.out
    assert "\x1b" not in done.out


def test_the_difference_goes_the_way_it_is_asked(revised: Shell) -> None:
    assert "[-three-]{+two+}" in revised("versions", "1", "--diff", "2", "1").out


def test_the_article_may_stand_behind_diff(revised: Shell) -> None:
    assert revised("versions", "--diff", "1").out == revised("versions", "1", "--diff").out
    assert (
        revised("versions", "--diff", "2", "1", "1").out == revised("versions", "1", "--diff", "2", "1").out
    )
    assert revised("versions", "--diff", "1", "lighthouse").out == revised("versions", "1", "--diff", "1").out


def test_the_difference_as_data_makes_up_both_texts(revised: Shell) -> None:
    pieces = revised("versions", "1", "--diff", "--json").json
    new = "".join(piece["text"] for piece in pieces if piece["kind"] != "removed")
    old = "".join(piece["text"] for piece in pieces if piece["kind"] != "added")
    assert new == text_of(revised)
    revised("versions", "1", "--use", "1")
    assert old == text_of(revised)
    assert pieces[0]["old"] == pieces[0]["new"]


def test_versions_with_the_same_words_have_no_difference(revised: Shell) -> None:
    done = revised("versions", "1", "--diff", "2", "2")
    assert (done.code, done.out) == (0, "")
    assert "nothing to compare" in done.err
    only = revised("versions", "2", "--diff")
    assert (only.code, only.out) == (0, "")


def test_colours_tell_the_difference_on_a_terminal(revised: Shell) -> None:
    with revised.terminal("versions", "1", "--diff") as terminal:
        assert terminal.wait_exit() == 0
        assert "[-" not in terminal.text
        assert b"\x1b[9;31mtwo\x1b[0m\x1b[4;32mthree\x1b[0m" in terminal.recording


def test_a_terminal_without_colour_has_the_signs(revised: Shell) -> None:
    with revised.terminal("versions", "1", "--diff", NO_COLOR="1") as terminal:
        assert terminal.wait_exit() == 0
        assert "[-two-]{+three+}" in terminal.text


def test_use_goes_back_and_tells_of_the_highlights(revised: Shell) -> None:
    done = revised("versions", "1", "--use", "1")
    assert (done.code, done.err) == (0, "")
    assert done.lines == ["version 1 is the text of 1 The Lighthouse Ledger", "2 highlights: 2 placed"]
    assert "Fog, standing." in text_of(revised)
    assert revised("search", "standing").lines != []
    assert [one["status"] for one in revised("highlights", "1", "--json").json] == ["anchored", "anchored"]
    assert [one["current"] for one in revised("versions", "1", "--json").json] == [False, True]


def test_adding_the_source_again_leaves_the_version_that_is_used(revised: Shell) -> None:
    assert revised("versions", "1", "--use", "1").code == 0
    path = revised.file("ledger.txt", REVISED)
    assert revised("add", path).out == "known 1 The Lighthouse Ledger · version 2, not in use\n"
    assert revised("add", path, "--json").json[0]["reason"] == "version 2, not in use"
    assert "two words at the foot" in text_of(revised)


def test_use_is_undone_and_redone(revised: Shell) -> None:
    before = text_of(revised)
    revised("versions", "1", "--use", "1")
    assert revised("undo").out == "undone: version 1 used: 1 The Lighthouse Ledger\n"
    assert text_of(revised) == before
    assert revised("redo").code == 0
    assert text_of(revised) != before


def test_using_the_current_version_says_so(revised: Shell) -> None:
    done = revised("versions", "1", "--use", "2")
    assert (done.code, done.out) == (0, "")
    assert done.err == "nothing to change: version 2 is the text already\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["1", "--use", "9"], 1, "no version 9 of article 1: it has the versions 1 to 2"),
        (["1", "--diff", "9"], 1, "no version 9"),
        (["2", "--use", "2"], 1, "it has one version"),
        (["7"], 1, "no article 7"),
        (["1", "2"], 1, "2 articles match, one is needed"),
        (["1", "--use", "0"], 2, "--use"),
        (["1", "--use", "x"], 2, "--use"),
        (["1", "--use", "1", "--diff"], 2, "a command of its own"),
        ([], 2, "ID"),
        (["--diff"], 2, "ID"),
    ],
)
def test_what_cannot_be_is_one_line(revised: Shell, words: list[str], code: int, said: str) -> None:
    done = revised("versions", *words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert done.err.count("\n") == 1


# --- two articles that are one -------------------------------------------------------------------------------


@pytest.fixture
def twice(stocked: Shell) -> Shell:
    """The same words of two sites: articles 3 and 4."""
    words = " ".join(f"word{number}" for number in range(80))
    for site, text in (("a", words), ("b", f"{words} and more")):
        file = stocked.file(f"{site}.txt", f"Told by {site}\n\n{text}\n")
        assert stocked("add", file, "--url", f"https://{site}.example/story").code == 0
    return stocked


def test_what_is_similar_is_told_in_lists_and_on_the_page(twice: Shell) -> None:
    assert [one["similar"]["id"] for one in twice("list", "is:similar", "--json").json] == [3, 4]
    assert re.search(r"similar to 3 \(\d?\.\d\d\)", twice("list", "4").out)
    shown = twice("show", "4").out
    assert re.search(r"similar to 3 Told by a \(\d?\.\d\d\)", shown)
    assert "g=" not in shown
    assert re.search(r",3 \(\d\.\d+\)$", twice("list", "4", "--csv").lines[1])


def test_an_article_is_made_a_version_of_another_and_back(twice: Shell) -> None:
    done = twice("versions", "4", "--of", "3")
    assert (done.code, done.out) == (0, "4 Told by b is a version of 3 Told by b, whose text is version 2\n")
    assert twice("add", twice.home / "b.txt", "--url", "https://b.example/story").out.startswith("known 3")
    assert len(twice("versions", "3").lines) == 2
    assert twice("undo").code == 0
    assert len(twice("list", "is:similar").lines) == 2
    assert twice("versions", "3", "--of", "3").code == 1


def test_two_articles_are_told_apart(twice: Shell) -> None:
    assert twice("versions", "3", "--not-of", "4").out == "3 and 4 are two articles\n"
    again = twice("versions", "3", "--not-of", "4")
    assert (again.code, again.err) == (0, "nothing to change: nothing says that 3 is similar to 4\n")
    assert twice("list", "is:similar").out == ""
    assert twice("versions", "3", "--not-of", "4", "--of", "4").code == 2
    assert twice("versions", "3", "--of", "4", "--json").code == 2

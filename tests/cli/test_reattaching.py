"""Highlights of a text that changed, on the command line: what is told, and putting them right by hand."""

from __future__ import annotations

import pytest

from tests.cli.conftest import LIGHTHOUSE, Shell

REVISED = LIGHTHOUSE.replace("two words at the foot of every page", "three words at the foot of each page").replace(
    "Fog, standing. Fog, walking. The keeper wrote what the lamp could not see, and the ledger kept it.",
    "Rain fell on the hills all day. Somebody had hung every light anew.",
)  # fmt: skip


@pytest.fixture
def revised(stocked: Shell) -> Shell:
    """Highlight 1 was found again, 2 has a place to review, 3 has none."""
    for text in ("He wrote them after the gale", "every", "The keeper wrote what the lamp could not see"):
        assert stocked("highlight", "1", text).code == 0
    assert stocked("rehighlight", "3", "--note", "Could it?").code == 0
    done = stocked("add", stocked.file("ledger.txt", REVISED))
    assert done.out == (
        "updated 1 The Lighthouse Ledger · 3 highlights: 1 placed, 1 to review, 1 without a place\n"
    )
    return stocked


def statuses(reader: Shell) -> dict[int, str]:
    return {one["id"]: one["status"] for one in reader("highlights", "--json").json}


def test_an_updated_article_says_what_became_of_its_highlights(revised: Shell) -> None:
    assert statuses(revised) == {1: "anchored", 2: "review", 3: "orphan"}
    lost = revised("highlights", "note:could", "--json").json
    assert [(one["id"], one["start"], one["end"], one["exact"]) for one in lost] == [
        (3, None, None, "The keeper wrote what the lamp could not see")
    ]


def test_a_place_to_review_is_listed_with_the_words_that_are_there(revised: Shell) -> None:
    """One had to accept or refuse a place without seeing it."""
    listed = revised("highlights", "is:review").lines
    [there] = [one["start"] for one in revised("highlights", "is:review", "--json").json]
    text = revised("show", "1", "--format", "json").json["text"]
    assert f"      perhaps now: {text[there : there + 5]}" in listed
    assert len(listed) == 3


def test_a_place_to_review_is_accepted(revised: Shell) -> None:
    done = revised("rehighlight", "2", "--accept")
    assert (done.code, done.out) == (0, "accepted 2\n")
    assert statuses(revised)[2] == "anchored"
    again = revised("rehighlight", "2", "--accept")
    assert (again.code, again.err) == (1, "reader: highlight 2 has no place to review\n")
    revised("undo")
    assert statuses(revised)[2] == "review"


def test_a_place_to_review_is_refused(revised: Shell) -> None:
    assert revised("rehighlight", "2", "--refuse").out == "refused 2\n"
    assert statuses(revised)[2] == "orphan"
    assert revised("rehighlight", "2", "--refuse").err == "reader: highlight 2 is nowhere\n"
    revised("undo")
    assert statuses(revised)[2] == "review"


def test_a_lost_highlight_is_put_on_other_words(revised: Shell) -> None:
    assert revised("rehighlight", "3", "--text", "Rain fell on the hills").code == 0
    [one] = revised("highlights", "note:could", "--json").json
    assert (one["status"], one["exact"], one["note"]) == ("anchored", "Rain fell on the hills", "Could it?")
    revised("undo")
    assert statuses(revised)[3] == "orphan"


def test_words_that_are_there_twice_need_to_be_chosen(revised: Shell) -> None:
    done = revised("rehighlight", "3", "--text", "wrote")
    assert done.code == 1
    assert "occurs 2 times, choose with --nth 1 to 2 or --after TEXT" in done.err
    assert statuses(revised)[3] == "orphan"
    assert revised("rehighlight", "3", "--text", "wrote", "--nth", "2").code == 0
    first = revised("highlights", "note:could", "--json").json[0]
    assert revised("rehighlight", "3", "--text", "wrote", "--after", "Light kept").code == 0
    assert revised("highlights", "note:could", "--json").json[0] == first


def test_words_that_are_not_there_are_an_error(revised: Shell) -> None:
    done = revised("rehighlight", "3", "--text", "Snow fell")
    assert (done.code, done.err) == (1, "reader: not in the article: “Snow fell”\n")


@pytest.mark.parametrize(
    "options",
    [
        ("--accept", "--note", "x"),
        ("--refuse", "--text", "wrote"),
        ("--nth", "2"),
        ("--note", "x", "--after", "wrote"),
        ("--text", "wrote", "--nth", "1", "--after", "x"),
        (),
    ],
)
def test_options_that_do_not_go_together_are_usage(revised: Shell, options: tuple[str, ...]) -> None:
    assert revised("rehighlight", "3", *options).code == 2

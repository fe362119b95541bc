"""Highlights listed, and as Markdown with references that lead back."""

from __future__ import annotations

import re

from reader.storage.library import Library
from tests.cli.conftest import Shell
from tests.cli.test_citing import configured


def reference_of(shell: Shell, number: int = 1) -> str:
    [uid] = [one["uid"] for one in shell("highlights", "--json").json if one["id"] == number]
    return uid.replace("-", "")[-8:]


def test_a_passage_comes_with_source_note_tags_and_reference(stocked: Shell) -> None:
    stocked("highlight", "1", "Light kept.", "--note", "Why?", "-t", "old work")
    stocked("highlight", "2", "the harbour board said on Monday")
    first, second = reference_of(stocked, 1), reference_of(stocked, 2)
    assert stocked("highlights", "sort:title", "--markdown").out == (
        "# Harbour Bridge Delayed\n\n"
        "> the harbour board said on Monday\n>\n"
        f"> — Joan Quist. “Harbour Bridge Delayed.” [hl-{second}]\n\n"
        "# The Lighthouse Ledger\n\n"
        "> Light kept.\n>\n"
        f"> — Ada Moreau. “The Lighthouse Ledger.” 2021-03-03. [hl-{first}]\n\n"
        "Why?\n\n"
        "#old-work\n"
    )


def test_the_source_is_in_the_configured_style_if_that_is_a_text(stocked: Shell) -> None:
    stocked("highlight", "1", "Light kept.")
    configured(stocked, '[citation]\nstyle = "apa"\n')
    assert (
        "— Moreau, A. (2021, March 3). The Lighthouse Ledger. [hl-" in stocked("highlights", "--markdown").out
    )
    configured(stocked, '[citation]\nstyle = "bibtex"\n')
    assert "— Ada Moreau. “The Lighthouse Ledger.”" in stocked("highlights", "--markdown").out


def test_words_of_an_article_are_no_markup_and_no_controls(reader: Shell) -> None:
    reader("add", "-", "--title", "*T* [x](y)", stdin="# not a heading\n\n1. *no* <b>list</b>\x1b[31m")
    reader("highlight", "1", "*no* <b>list</b>")
    out = reader("highlights", "--markdown").out
    assert "# \\*T\\* \\[x\\](y)\n" in out
    assert "> \\*no\\* \\<b>list\\</b>\n" in out
    assert "\x1b" not in out


def test_a_passage_that_is_not_found_again_says_so(stocked: Shell) -> None:
    stocked("highlight", "1", "Light kept.")
    stocked("highlight", "1", "every page")
    with Library.open(stocked.library) as library:
        library.connection.execute(
            "update highlight set status = 'orphan', place_start = null, place_end = null where id = 1"
        )
    assert "Light kept.  yellow · orphan" in stocked("highlights").out
    assert "every page  yellow\n" in stocked("highlights").out
    assert "(no longer in the text)\n" in stocked("highlights", "--markdown").out
    statuses = [one["status"] for one in stocked("highlights", "is:orphan", "--json").json]
    assert statuses == ["orphan"]


def test_a_query_asks_for_the_passages_themselves(stocked: Shell) -> None:
    """`highlights tag:x` found nothing where x was the highlight's tag, and others of the same article besides."""
    stocked("highlight", "1", "Light kept.", "-t", "chapter two")
    stocked("highlight", "1", "every page", "--note", "sea")
    assert [one["id"] for one in stocked("highlights", 'tag:"chapter two"', "--json").json] == [1]
    assert [one["id"] for one in stocked("highlights", "has:note", "--json").json] == [2]
    assert [one["id"] for one in stocked("highlights", "sea", "--json").json] == [2]
    assert [one["id"] for one in stocked("highlights", "1", "--json").json] == [2, 1]


def test_a_reference_names_a_highlight_everywhere(stocked: Shell) -> None:
    stocked("highlight", "1", "Light kept.")
    found = re.search(r"\[(hl-[0-9a-f]{8})\]", stocked("highlights", "--markdown").out)
    assert found is not None
    assert stocked("rehighlight", found[1], "--colour", "blue").code == 0
    assert stocked("rehighlight", f"[{found[1]}]", "--tag", "+x", "--tag", "+y").code == 0
    assert stocked("rehighlight", found[1].upper(), "--tag", "-x").code == 0
    [one] = stocked("highlights", "--json").json
    assert (one["colour"], one["tags"]) == ("blue", ["y"])
    assert stocked("unhighlight", found[1]).code == 0


def test_a_reference_is_longer_where_two_would_share_it(stocked: Shell) -> None:
    stocked("highlight", "1", "Light kept.")
    stocked("highlight", "1", "every page")
    with Library.open(stocked.library) as library:
        for number, end in ((1, "aa"), (2, "ba")):
            library.connection.execute(
                "update highlight set uid = :uid where id = :id",
                uid=f"00000000-0000-7000-8000-00{end}deadbeef",
                id=number,
            )
    names = re.findall(r"\[(hl-\w+)\]", stocked("highlights", "--markdown").out)
    assert sorted(names) == ["hl-aadeadbeef", "hl-badeadbeef"]
    assert stocked("rehighlight", "hl-aadeadbeef", "--note", "x").code == 0
    done = stocked("rehighlight", "hl-deadbeef", "--note", "x")
    assert done.code == 1
    assert "2 highlights" in done.err


def test_a_colour_is_listed_with_what_it_means(stocked: Shell) -> None:
    stocked("highlight", "1", "Light kept.", "--colour", "green")
    configured(stocked, '[colours]\ngreen = "to quote"\n')
    assert "Light kept.  green · to quote\n" in stocked("highlights").out

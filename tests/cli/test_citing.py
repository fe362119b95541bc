from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Shell


def configured(shell: Shell, text: str) -> None:
    shell.file("config/terminal-reader/config.toml", text)


def test_articles_are_cited_in_the_order_of_their_authors(stocked: Shell) -> None:
    done = stocked("cite", "1", "2", "--style", "apa")
    assert (done.code, done.err) == (0, "")
    assert done.lines == [
        "Moreau, A. (2021, March 3). The Lighthouse Ledger.",
        "Quist, J. (n.d.). Harbour Bridge Delayed.",
    ]


def test_without_a_style_the_configured_one_is_used(stocked: Shell) -> None:
    assert stocked("cite", "lighthouse").out == "Ada Moreau. “The Lighthouse Ledger.” 2021-03-03.\n"
    configured(stocked, '[citation]\nstyle = "mla"\n')
    assert stocked("cite", "lighthouse").out == "Moreau, Ada. “The Lighthouse Ledger.” 3 Mar. 2021.\n"


def test_records_for_programs_are_one_array_and_entries_of_their_own(stocked: Shell) -> None:
    records = stocked("cite", "is:unread", "--style", "csl-json").json
    assert [record["id"] for record in records] == ["moreau2021lighthouse", "quistndharbour"]
    entries = stocked("cite", "is:unread", "--style", "bibtex").out
    assert entries.count("@misc{") == 2
    assert "{moreau2021lighthouse,\n  author = {Moreau, Ada},\n" in entries


def test_a_hostile_field_steers_no_terminal_in_any_style(reader: Shell) -> None:
    reader("add", "-", "--title", "A\x1b]0;x\x07 \u202eB", "--author", "Eve\x9b31m Ill", stdin="Words here.")
    for style in ("plain", "apa", "chicago", "mla", "bibtex", "csl-json"):
        done = reader("cite", "1", "--style", style)
        assert done.code == 0
        assert not any(not (sign.isprintable() or sign == "\n") for sign in done.out)
    assert json.loads(done.out)[0]["title"] == "A]0;x B"


@pytest.mark.parametrize(
    ("words", "code"), [(["nothing-like-it"], 1), (["9"], 1), ([], 2), (["1", "--style", "x"], 2)]
)
def test_what_cannot_be_cited_is_one_line(stocked: Shell, words: list[str], code: int) -> None:
    done = stocked("cite", *words)
    assert (done.code, done.out, len(done.err.splitlines())) == (code, "", 1)

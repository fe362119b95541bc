"""Notes for Obsidian, and templates for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from reader.exchange.exports.markdown import BEGIN, END, Notes, is_about, uid_in
from reader.exchange.exports.template import Look, TemplateFault, quote, yaml
from tests.exchange.exported import article, highlight, hostile

COLOURFUL = Notes(colours=True)
NOTE = """\
---
title: "Harbour bridge delayed"
source: "https://e.org/a"
author: ["Jane Q. Doe", "Ann"]
site: "Gazette"
saved: 2026-11-22
published: "2021-03-03"
tags: ["city", "news/local"]
status: unread
uid: "a1f0c2d4000050008000000000000001"
---
%% reader:begin %%
## Note

On the whole

## Highlights
> Corrosion in the piers
^hl-00000001

check the 2019 survey #to-check

> light
^hl-00000002

%% reader:end %%
"""


def test_a_note_is_made_by_the_template_that_comes_along() -> None:
    passages = [highlight(note="check the 2019 survey", tags=("to check",)), highlight("light", number=2)]
    assert Notes().note(article(author="Jane Q. Doe; Ann", note="On the whole"), passages) == NOTE
    bare = Notes().note(article(author=None, site=None, url=None, published=None, tags=()), [])
    assert bare.startswith('---\ntitle: "Harbour bridge delayed"\nsaved: 2026-11-22\nstatus: unread\nuid: ')
    assert bare.endswith("---\n%% reader:begin %%\n%% reader:end %%\n")


def test_with_colours_each_paragraph_of_a_passage_is_marked() -> None:
    made = Notes(colours=True).note(article(), [highlight("light", colour="green")])
    assert '> <mark class="hl-green">light</mark>\n^hl-' in made
    made = quote("# one\ntwo\n\nthree", "pink")
    html = MarkdownIt("commonmark").render(made)
    assert html.count('<mark class="hl-pink">') == html.count("</mark>") == html.count("<p>") == 2


def test_a_template_of_the_users_gets_all_that_is_known(tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    path.write_text(
        "---\nkind: article\nlink: {{ url | yaml }}\n---\n# {{ title }} ({{ saved }}, {{ status }})\n"
        "{% for one in highlights %}- {{ one.exact }} | {{ one.colour }} | {{ one.tags | join('+') }} | "
        "{{ one.made }}\n"
        "{% endfor %}{{ author }} {{ site }} {{ published }} {{ tags | join(',') }} {{ note }}\n"
    )
    notes = Notes(Look.of(path))
    known = article(note="n")
    made = notes.note(known, [highlight(tags=("a", "b"))])
    assert made == (
        '---\nkind: article\nlink: "https://e.org/a"\nuid: "a1f0c2d4000050008000000000000001"\n---\n'
        "%% reader:begin %%\n# Harbour bridge delayed (2026-11-22, unread)\n"
        "- Corrosion in the piers | yellow | a+b | 2026-11-22\n"
        "Jane Q. Doe Gazette 2021-03-03 city,news/local n\n%% reader:end %%\n"
    )
    assert notes.renewed(made + "Mine.\n", known, [highlight(tags=("a", "b"))]) == made + "Mine.\n"
    other = made.replace("kind: article", "kind: article\nmine: 1")
    assert "\nmine: 1\n" in (notes.renewed(other, known, []) or "")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a\n{{ titel }}", "line 2: 'titel' is undefined"),
        ("a\n{% for %}", "line 2: "),
        ("{{ 1 // 0 }}", "line 1: "),
        ("{{ title.__class__.__mro__ }}", "unsafe"),
        ("{% include '/etc/passwd' %}", "no loader"),
    ],
)
def test_what_is_wrong_with_a_template_is_said(text: str, fault: str) -> None:
    with pytest.raises(TemplateFault, match=r"mine\.md: ") as caught:
        Notes(Look(text, "mine.md")).note(article(), [])
    assert fault in str(caught.value)


def test_a_template_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match="No such file"):
        Look.of(tmp_path / "none")
    (tmp_path / "latin").write_bytes(b"\xe9")
    with pytest.raises(TemplateFault, match="not in UTF-8, from byte 0"):
        Look.of(tmp_path / "latin")


def test_a_note_of_an_older_export_with_a_short_uid_is_brought_up_to_date() -> None:
    held = '---\ntitle: "Old"\nuid: "a1f0c2d4"\n---\nMine.\n'
    made = Notes().renewed(held, article(), [])
    assert made is not None
    assert 'title: "Harbour bridge delayed"' in made
    assert "Mine.\n" in made
    assert not is_about('---\nuid: "a1f0"\n---\n', article().summary)
    assert Notes().renewed("My own.", article(), []) is None


@given(hostile, hostile, hostile)
def test_no_words_break_the_front_matter_or_end_the_block(title: str, note: str, words: str) -> None:
    known = article(title or "T", author=title or None, note=note)
    made = COLOURFUL.note(known, [highlight(words or "x", note=note)])
    assert made.count(BEGIN) == made.count(END) == 1
    front = made.split("\n---\n")[0].split("\n")
    assert front[0] == "---"
    assert all(line.partition(": ")[0].isalpha() for line in front[1:])
    assert uid_in(made) == known.summary.uid.replace("-", "")
    assert COLOURFUL.renewed(made, known, [highlight(words or "x", note=note)]) == made


def test_yaml_is_always_quoted() -> None:
    assert yaml('a "b" \\ c\n') == '"a \\"b\\" \\\\ c\\n"'
    assert yaml(["yes", "[x]"]) == '["yes", "[x]"]'

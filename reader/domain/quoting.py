"""Passages as Markdown for one's own writing: the words quoted, and below them whose they are and where they stand.

The words come out as they are in any CommonMark, and where GitHub or Obsidian read more into them: what would be
markup is escaped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.domain.citation import Style, cite
from reader.domain.patterns import lazy
from reader.domain.text import clean, clean_body

if TYPE_CHECKING:
    from reader.domain.highlight import Highlight
    from reader.domain.summary import Summary

DOUBTS = {"review": "its place is in doubt", "orphan": "no longer in the text"}


def heading(article: Summary) -> str:
    title = escaped(article.title)
    return f"# {title[:-1]}\\#" if title.endswith("#") else f"# {title}"  # where one would end the heading


def passage(article: Summary, highlight: Highlight, *, style: Style, reference: str = "") -> str:
    """The words of *highlight* with their source, its note, which is Markdown already, and its tags; paragraphs
    divided by empty lines. *reference* is its short name, ``Highlight.reference`` unless told."""
    name = reference or highlight.reference
    doubt = DOUBTS.get(highlight.placement.status, "")
    parts = [
        quote(article, highlight.anchor.exact, style=style, reference=name, doubt=doubt),
        contained(clean_body(highlight.note)),
        " ".join(f"#{tag_word(tag)}" for tag in highlight.tags),
    ]
    return "\n\n".join(filter(None, parts))


def contained(note: str) -> str:
    """*note*, which is Markdown already, so that nothing behind it becomes a part of it.

    What leaves code or HTML open, or quotes by itself as only passages should, is the one item of a list: whatever
    stands in that ends with it. All other notes are as they were written.
    """
    note = note.strip()
    if not _MAY_RUN_ON.search(note) or _stays_apart(note):
        return note
    first, *others = note.split("\n")
    # Not "-": with a note of dashes that would be a rule, and no list.
    return "\n".join([f"+ {first}", *(f"  {line}".rstrip() for line in others)])


def _stays_apart(note: str) -> bool:
    """Whether Markdown finds a quotation behind *note*, and none in it."""
    from markdown_it import MarkdownIt  # most notes are plain words

    tokens = MarkdownIt("commonmark").parse(f"{note}\n\n> behind")
    lines = [token.map for token in tokens if token.type == "blockquote_open" and token.level == 0]
    last = note.count("\n") + 2
    return lines == [[last, last + 1]]


def quote(article: Summary, text: str, *, style: Style, reference: str = "", doubt: str = "") -> str:
    """*text* as a block quote that says where it is from; styles that are no text count as ``plain``."""
    below = " ".join(filter(None, (source(article, style=style), reference and f"[hl-{reference}]")))
    below += f" ({doubt})" * bool(doubt)
    return f"{quoted(text)}\n>\n> — {below}"


def quoted(text: str) -> str:
    """*text* as a block quote and nothing else."""
    return "\n".join(f"> {line}".rstrip() for line in _literal(text).split("\n"))


def source(article: Summary, *, style: Style) -> str:
    """The article's citation as a line of Markdown."""
    line = cite(article, style="plain" if style in ("bibtex", "csl-json") else style)
    before, url, after = line.rpartition(article.url) if article.url else (line, "", "")
    return f"{escaped(before)}<{url}>{after}" if url else escaped(line)


def tag_word(tag: str) -> str:
    """*tag* as Markdown programs take it behind a ``#``: letters, digits, ``-``, ``_``, ``/``, not digits alone."""
    name = _UNSAFE_IN_TAGS.sub("-", tag).strip("-")
    return f"{name}-" if name.isdigit() else name


def escaped(text: str) -> str:
    """*text* within one paragraph of Markdown, meaning nothing but itself."""
    return _INLINE.sub(r"\\\g<0>", clean(text))


def _literal(text: str) -> str:
    """Lines as they are in the text: paragraphs stay paragraphs, other line ends are kept by a backslash."""
    paragraphs = re.split(r"\n\s*\n", clean(text).strip())
    return "\n\n".join(
        "\\\n".join(_line(line) for line in paragraph.split("\n") if line.strip()) for paragraph in paragraphs
    )


def _line(line: str) -> str:
    line = escaped(line.strip().replace("\t", " "))
    return _NUMBERED.sub(r"\g<0>\\", _BLOCK.sub(r"\\\g<0>", line))


_MAY_RUN_ON = lazy(r"(?m)```|~~~|^[ \t]*[<>]")
_UNSAFE_IN_TAGS = lazy(r"[^\w/-]+")
# Marks of emphasis, code, links, HTML and entities; an underscore between letters is none. GitHub strikes out what one
# tilde ends, Obsidian makes tags, marks what is between == and hides what is between %%.
_INLINE = re.compile(
    r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=\S)~|&(?=#?\w+;)|\$|=(?==)|%(?=%)|(?<!\S)#(?=[^\W\d])"
)
# What begins a block at the start of a line: headings, rules, lists, quotes, tables, the line under a heading.
_BLOCK = re.compile(r"^(?:[#>=|~:]|[+-](?=[\s-]|$))")
_NUMBERED = re.compile(r"^\d{1,9}(?=[.)](?:\s|$))")

"""An article in Markdown, with its highlights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from reader.domain.article import Article
from reader.domain.document import Block, Document, Span
from reader.domain.highlight import Highlight
from reader.render.frames import bars_of
from reader.render.marked import MarkedRun, cells_of, facts_of, is_link, runs_of

_SIGNS = {"em": "*", "strong": "**", "strike": "~~"}
_ESCAPED = re.compile(r"([\\`*_\[\]<>]|~~|==)")
_ESCAPED_AT_START = re.compile(r"^(\s*)([#+\-=|]|\d{1,9}(?=[.)]))", re.MULTILINE)


def markdown(article: Article, highlights: Sequence[Highlight] = ()) -> str:
    """The article as CommonMark with tables; highlights are ``==marked==``, their notes are footnotes."""
    document, summary = article.document, article.summary
    notes = [highlight for highlight in highlights if highlight.note]
    parts = [f"# {_escape(summary.title)}"]
    if facts := facts_of(article):
        parts.append("\n\n*" + _escape(" · ".join(facts)) + "*")
    if summary.url and is_link(summary.url):
        parts.append(f"\n\n<{summary.url}>")
    previous: Block | None = None
    for block in document.blocks:
        parts.append(_between(previous, block) if previous else "\n\n")
        parts.append(_markdown_block(document, block, highlights, notes))
        previous = block
    for number, highlight in enumerate(notes, 1):
        parts.append(f"\n\n[^{number}]: {_escape(' '.join(highlight.note.split()))}")
    return "".join(parts) + "\n"


def _between(previous: Block, block: Block) -> str:
    """Items of one list follow each other; paragraphs of one quotation are kept together by its sign."""
    bars = min(bars_of(previous), bars_of(block))
    tight = previous.kind == block.kind == "item" and bars_of(previous) == bars_of(block)
    return "\n" if tight else "\n" + "> " * bars + "\n"


def _markdown_block(
    document: Document, block: Block, highlights: Sequence[Highlight], notes: Sequence[Highlight]
) -> str:
    inline = "" if block.kind == "code" else _markdown_runs(document, block.span, highlights, notes)
    lead = first = "    " * block.list
    match block.kind:
        case "heading":
            first += "#" * min(6, max(1, block.level)) + " "
        case "item":
            lead = "    " * (block.depth + 1)
            first = "    " * block.depth + f"{block.marker if block.marker[:1].isdigit() else '-'} "
        case "code":
            text = document.slice(block.span)
            fence = "`" * max(3, 1 + max((len(ticks) for ticks in re.findall("`+", text)), default=0))
            inline = f"{fence}{re.sub(r'[^A-Za-z0-9+#.-]', '', block.lang)}\n{text}\n{fence}"
        case "table":
            inline = _markdown_table(document, block, highlights, notes)
        case "figure":
            source = block.src if is_link(block.src) else ""
            inline = f"![{_escape(block.alt)}]({source})" + (f"\n*{inline}*" if inline else "")
        case "rule":
            inline = "---"
        case _:
            inline = _ESCAPED_AT_START.sub(r"\1\\\2", inline).replace("\n", "  \n")
    bars = "> " * bars_of(block)
    rows = inline.split("\n")
    return "\n".join(bars + (lead if number else first) + row for number, row in enumerate(rows))


def _markdown_table(
    document: Document, block: Block, highlights: Sequence[Highlight], notes: Sequence[Highlight]
) -> str:
    rows = [
        [_markdown_runs(document, cell, highlights, notes).replace("|", "\\|") for cell in row]
        for row in cells_of(document, block.span)
    ]
    columns = max(len(row) for row in rows)
    if not block.head:
        rows.insert(0, [])
    lines = ["| " + " | ".join(row + [""] * (columns - len(row))) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * columns)
    return "\n".join(lines)


def _markdown_runs(
    document: Document, span: Span, highlights: Sequence[Highlight], notes: Sequence[Highlight]
) -> str:
    out: list[str] = []
    for lit, runs in groupby(runs_of(document, span, highlights), lambda run: bool(run.highlights)):
        held: list[str] = []
        for run_group in _at_notes(list(runs), notes):
            held.append(_around("==", "==", _linked(run_group)) if lit else _linked(run_group))
            held += _footnotes(run_group[-1].end, notes)
        out += held
    return "".join(out)


def _at_notes(runs: list[MarkedRun], notes: Sequence[Highlight]) -> Iterator[list[MarkedRun]]:
    """*runs* cut where the passage of a note ends."""
    held: list[MarkedRun] = []
    for run in runs:
        held.append(run)
        if any(_footnotes(run.end, notes)):
            yield held
            held = []
    if held:
        yield held


def _footnotes(end: int, notes: Sequence[Highlight]) -> list[str]:
    """The references to the notes whose passages end at *end*."""
    return [
        f"[^{number}]"
        for number, highlight in enumerate(notes, 1)
        if highlight.placement.status == "anchored"
        and highlight.placement.span
        and highlight.placement.span.end == end
    ]


def _linked(runs: Sequence[MarkedRun]) -> str:
    out = []
    for href, linked in groupby(runs, lambda run: run.href):
        made = "".join(map(_markdown_run, linked))
        target = f"<{href}>" if "(" in href or ")" in href else href
        out.append(_around("[", f"]({target})", made) if href else made)
    return "".join(out)


def _around(before: str, after: str, text: str) -> str:
    """*text* between two signs, which touch no white space."""
    core = text.strip()
    if not core:
        return text
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return lead + before + core + after + tail


def _markdown_run(run: MarkedRun) -> str:
    core = run.text.strip()
    if "code" in run.kinds:
        ticks = "`" * (1 + max((len(found) for found in re.findall("`+", core)), default=0))
        pad = " " if len(ticks) > 1 else ""
        made = _around(ticks + pad, pad + ticks, run.text)
    else:
        made = _escape(run.text)
    for kind, sign in _SIGNS.items():
        if kind in run.kinds:
            made = _around(sign, sign, made)
    return made


def _escape(text: str) -> str:
    return _ESCAPED.sub(r"\\\1", text)

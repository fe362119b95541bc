"""An article as one HTML page, with its highlights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from reader.domain.article import Article
from reader.domain.document import Block, Document, Span
from reader.domain.highlight import Highlight
from reader.render.frames import bars_of
from reader.render.marked import MarkedRun, cells_of, facts_of, is_link, runs_of

_TAGS = {"em": "em", "strong": "strong", "strike": "s", "code": "code"}


_NOT_IN_URLS = re.compile(r'[<>"{}|\\^`]|%(?![0-9A-Fa-f]{2})')


def address(url: str) -> str:
    """*url* as an attribute; what may not stand in one bare is encoded."""
    return escape(_NOT_IN_URLS.sub(lambda found: f"%{ord(found[0]):02X}", url))


class Pen:
    """How a page shows passages and names its places. This one: each run of them is a mark in the colour of the
    newest, with its note as title."""

    def place(self, target: str) -> str:
        """The ``id`` of what ``#target`` leads to."""
        return target[1:]

    def begun(self, target: str) -> str:
        """What stands where *target* is."""
        return f'<span id="{escape(self.place(target))}"></span>'

    def marked(self, highlights: Sequence[Highlight], made: str, end: int) -> str:
        """*made*, the elements of a run up to *end*, as a part of the passages *highlights*."""
        newest = highlights[-1]
        note = f' title="{escape(newest.note)}"' if newest.note else ""
        return f'<mark class="{newest.colour}"{note}>{made}</mark>'

    def below(self, block: Block) -> str:
        """What stands below *block*."""
        return ""


def html(article: Article, highlights: Sequence[Highlight] = ()) -> str:
    """The article as one HTML page that loads nothing; highlights are ``<mark>``, their notes its titles."""
    summary = article.summary
    title = escape(summary.title)
    language = f' lang="{escape(summary.language)}"' if summary.language else ""
    facts = [escape(fact) for fact in facts_of(article)]
    if summary.url and is_link(summary.url):
        facts.append(f'<a href="{escape(summary.url)}">{escape(summary.url)}</a>')
    body = "\n".join(elements(article.document, highlights, Pen()))
    byline = f"<p>{' · '.join(facts)}</p>\n" if facts else ""
    return (
        f'<!doctype html>\n<html{language}>\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<article>\n<h1>{title}</h1>\n{byline}{body}\n</article>\n"
        "</body>\n</html>\n"
    )


_STYLE = (
    "body{max-width:38em;margin:3em auto;padding:0 1em;font:18px/1.6 Georgia,serif;color:#33302b;background:#faf5ea}"
    "pre{background:#f2ebdb;padding:1em;overflow:auto}table{border-collapse:collapse}"
    "th,td{padding:.2em .8em;text-align:left;border-bottom:1px solid #d5cbb8}"
    "mark.yellow{background:#ffe680}mark.green{background:#c8ecb4}mark.blue{background:#bcdcf8}"
    "mark.pink{background:#fbcade}mark.purple{background:#dccffa}"
)


def elements(
    document: Document, highlights: Sequence[Highlight], pen: Pen, *, deeper: int = 1
) -> Iterator[str]:
    """The blocks of *document*, well-formed as XML too; its headings stand *deeper* by so many levels."""
    bars = 0
    lists: list[str] = []  # the open lists' end tags, outermost first
    for block in document.blocks:
        deep = block.depth + 1 if block.kind == "item" else block.list
        wanted = bars_of(block)
        if wanted != bars:
            yield from _closed(lists, 0)
            yield from ["</blockquote>"] * (bars - wanted) + ["<blockquote>"] * (wanted - bars)
            bars = wanted
        yield from _closed(lists, deep)
        if block.kind == "item":
            yield from _opened(lists, block, deep)
        yield _block(document, block, highlights, pen, deeper)
        if below := pen.below(block):
            yield below
    yield from _closed(lists, 0)
    yield from ["</blockquote>"] * bars


def _opened(lists: list[str], block: Block, deep: int) -> Iterator[str]:
    if len(lists) == deep:
        yield "</li>"
    ordered = block.marker[:1].isdigit()
    while len(lists) < deep:
        number = re.match(r"\d{1,9}", block.marker)
        yield f'<ol start="{number.group()}">' if ordered and number else "<ul>"
        lists.append("</ol>" if ordered else "</ul>")
        if len(lists) < deep:
            yield "<li>"
    yield "<li>"


def _closed(lists: list[str], deep: int) -> Iterator[str]:
    while len(lists) > deep:
        yield "</li>" + lists.pop()


def _block(document: Document, block: Block, highlights: Sequence[Highlight], pen: Pen, deeper: int) -> str:
    if block.kind == "table":
        return _table(document, block, highlights, pen)
    made = _runs(document, block.span, highlights, pen)  # once: the pen knows what it has written
    inline = made.replace("\n", "<br/>\n")
    match block.kind:
        case "heading":
            level = min(6, max(1, block.level) + deeper)
            return f"<h{level}>{inline}</h{level}>"
        case "code":
            return f"<pre><code>{made}</code></pre>"
        case "figure":
            name = escape(block.alt or "image")
            image = f'<a href="{address(block.src)}">{name}</a>' if is_link(block.src) else name
            return f"<figure>{image}<figcaption>{inline}</figcaption></figure>"
        case "rule":
            return "<hr/>"
        case "item":
            return inline
    return f"<p>{inline}</p>"


def _table(document: Document, block: Block, highlights: Sequence[Highlight], pen: Pen) -> str:
    rows = []
    for number, row in enumerate(cells_of(document, block.span)):
        tag = "th" if number < block.head else "td"
        cells = (f"<{tag}>{_runs(document, cell, highlights, pen)}</{tag}>" for cell in row)
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def _runs(document: Document, span: Span, highlights: Sequence[Highlight], pen: Pen) -> str:
    out = []
    for lit, group in groupby(runs_of(document, span, highlights), lambda run: run.highlights):
        runs = list(group)
        made = "".join(_run(run, pen) for run in runs)
        out.append(pen.marked(lit, made, runs[-1].end) if lit else made)
    return "".join(out)


def _run(run: MarkedRun, pen: Pen) -> str:
    made = escape(run.text, quote=False)
    for kind in run.kinds:
        made = f"<{_TAGS[kind]}>{made}</{_TAGS[kind]}>"
    if run.href:
        made = f'<a href="{address(run.href)}">{made}</a>'
    elif run.inside:
        made = f'<a href="#{escape(pen.place(run.inside))}">{made}</a>'
    return "".join([*map(pen.begun, run.targets), made])

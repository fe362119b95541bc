"""An article as one HTML page, with its highlights."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from reader.domain.article import Article
from reader.domain.document import Block, Document, Span
from reader.domain.highlight import Highlight
from reader.render.frames import bars_of
from reader.render.marked import cells_of, facts_of, is_link, runs_of

_TAGS = {"em": "em", "strong": "strong", "strike": "s", "code": "code"}


def html(article: Article, highlights: Sequence[Highlight] = ()) -> str:
    """The article as one HTML page that loads nothing; highlights are ``<mark>``, their notes its titles."""
    summary = article.summary
    title = escape(summary.title)
    language = f' lang="{escape(summary.language)}"' if summary.language else ""
    facts = [escape(fact) for fact in facts_of(article)]
    if summary.url and is_link(summary.url):
        facts.append(f'<a href="{escape(summary.url)}">{escape(summary.url)}</a>')
    body = "\n".join(_html_blocks(article.document, highlights))
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


def _html_blocks(document: Document, highlights: Sequence[Highlight]) -> Iterator[str]:
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
        yield _html_block(document, block, highlights)
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


def _html_block(document: Document, block: Block, highlights: Sequence[Highlight]) -> str:
    inline = _html_runs(document, block.span, highlights).replace("\n", "<br>\n")
    match block.kind:
        case "heading":
            level = min(6, max(1, block.level) + 1)
            return f"<h{level}>{inline}</h{level}>"
        case "code":
            return f"<pre><code>{_html_runs(document, block.span, highlights)}</code></pre>"
        case "table":
            return _html_table(document, block, highlights)
        case "figure":
            name = escape(block.alt or "image")
            image = f'<a href="{escape(block.src)}">{name}</a>' if is_link(block.src) else name
            return f"<figure>{image}<figcaption>{inline}</figcaption></figure>"
        case "rule":
            return "<hr>"
        case "item":
            return inline
    return f"<p>{inline}</p>"


def _html_table(document: Document, block: Block, highlights: Sequence[Highlight]) -> str:
    rows = []
    for number, row in enumerate(cells_of(document, block.span)):
        tag = "th" if number < block.head else "td"
        rows.append(
            "<tr>"
            + "".join(f"<{tag}>{_html_runs(document, cell, highlights)}</{tag}>" for cell in row)
            + "</tr>"
        )
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def _html_runs(document: Document, span: Span, highlights: Sequence[Highlight]) -> str:
    out = []
    for run in runs_of(document, span, highlights):
        made = escape(run.text, quote=False)
        for kind in run.kinds:
            made = f"<{_TAGS[kind]}>{made}</{_TAGS[kind]}>"
        if href := run.href or run.inside:
            made = f'<a href="{escape(href)}">{made}</a>'
        if run.highlights:
            newest = run.highlights[-1]
            note = f' title="{escape(newest.note)}"' if newest.note else ""
            made = f'<mark class="{newest.colour}"{note}>{made}</mark>'
        out += [f'<span id="{escape(target[1:])}"></span>' for target in run.targets]
        out.append(made)
    return "".join(out)

"""All articles as one HTML page that is readable by itself: contents, then the articles. It loads nothing and runs
nothing.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from reader.exchange.exports.counted import counted

if TYPE_CHECKING:
    from reader.domain.summary import Summary

GENERATOR = '<meta name="generator" content="terminal-reader">'
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
UNTITLED = "Untitled"
_NOWHERE = {0xFFFE: None, 0xFFFF: None}
_STYLE = Path(__file__).with_name("page.css")


def opening(title: str, language: str | None = None) -> str:
    """Everything before the contents; *language* is the one that all articles are in, if there is one."""
    said = f' lang="{escape(language)}"' if language else ""
    return (
        f'<!doctype html>\n<html{said}>\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="referrer" content="no-referrer">\n{GENERATOR}\n'
        f"<title>{_text(title)}</title>\n<style>\n{_STYLE.read_text('utf-8')}</style>\n</head>\n<body>\n"
    )


def contents_begin(title: str, articles: int, passages: int) -> str:
    told = counted(articles, "article") + (f", {counted(passages, 'highlight')}" if passages else "")
    return f'<header id="top">\n<h1>{_text(title)}</h1>\n<p class="count">{told}</p>\n</header>\n' + (
        "<nav>\n<ol>\n" if articles else ""
    )


def contents_line(summary: Summary, passages: int) -> str:
    facts = [fact for fact in (summary.author, summary.site) if fact]
    facts += [counted(passages, "highlight")] if passages else []
    small = f"<small>{_text(' · '.join(facts))}</small>" if facts else ""
    return f'<li><a href="#{article_id(summary)}">{_text(summary.title or UNTITLED)}</a>{small}</li>\n'


CONTENTS_END = "</ol>\n</nav>\n"
END = "</body>\n</html>\n"


def article(summary: Summary, inside: str, *, is_alone: bool, language: str = "") -> str:
    """One article; *language* are attributes."""
    back = "" if is_alone else '<a class="top" href="#top">↑ Contents</a>\n'
    return f'<article id="{article_id(summary)}"{language}>\n{inside}{back}</article>\n'


def article_id(summary: Summary) -> str:
    return f"a-{''.join(letter for letter in summary.uid if letter.isalnum() and letter.isascii())}"


def _text(text: str) -> str:
    return escape(text, quote=False).translate(_NOWHERE)

"""An article as a part of a page or a book, with its passages marked and what was noted on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Literal

from reader.domain.article import Article
from reader.domain.colours import Colour
from reader.domain.document import Block, Document
from reader.domain.highlight import Highlight
from reader.domain.quoting import DOUBTS
from reader.domain.text import clean
from reader.render.html import Pen, address, elements
from reader.render.marked import facts_of, is_link

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

Notes = Literal["asides", "endnotes"]
"""Where notes stand: below the block that their passage ends in, or at the end, as in books."""

UNTITLED = "Untitled"

_UNFIT_FOR_IDS = re.compile(r"[^A-Za-z0-9_-]")
# They are no characters, and XML forbids them.
_NOWHERE = {0xFFFE: None, 0xFFFF: None}


def annotated(
    article: Article,
    highlights: Sequence[Highlight],
    *,
    notes: Notes,
    prefix: str = "",
    top: int = 1,
    meanings: Mapping[Colour, str] | None = None,
) -> str:
    """Heading of level *top*, what is known, the note on it, the text, and what has no place in the text.

    Well-formed as XML too, without names of entities. Ids begin with *prefix*, those of passages with ``hl-``.
    """
    summary = article.summary
    pen = (_Asides if notes == "asides" else _Endnotes)(article.document, highlights, prefix, meanings or {})
    parts = [
        f"<header>\n<h{top}>{escape(summary.title or UNTITLED, quote=False)}</h{top}>",
        *_known(article),
        "</header>",
        *([f'<aside class="note">{_note(article.note)}</aside>'] if article.note else []),
        *elements(article.document, highlights, pen, deeper=top),
        *pen.rest(),
        *_unplaced(highlights, top, pen),
        *pen.end(top),
    ]
    return "\n".join(parts).translate(_NOWHERE) + "\n"


def language(article: Article) -> str:
    """The attributes that say in which language *article* is; empty if that is not known."""
    known = article.summary.language
    return f' lang="{escape(known)}"' if known else ""


def mark_id(highlight: Highlight) -> str:
    """The whole uid: of a large library two tails may be the same."""
    return f"hl-{_UNFIT_FOR_IDS.sub('', highlight.uid.replace('-', ''))}"


def _known(article: Article) -> Iterator[str]:
    summary = article.summary
    facts = [escape(fact, quote=False) for fact in facts_of(article)]
    if summary.url and is_link(summary.url):
        shown = summary.url.partition("://")[2] or summary.url
        facts.append(f'<a href="{address(summary.url)}">{escape(shown, quote=False)}</a>')
    if facts:
        yield f'<p class="facts">{" · ".join(facts)}</p>'
    if summary.tags:
        yield f'<p class="tags">{_tags(summary.tags)}</p>'
    if summary.unfetched is not None:
        yield '<p class="facts">A link: its text was not fetched.</p>'


def _tags(tags: Sequence[str]) -> str:
    return " ".join(f"<span>#{escape(tag, quote=False)}</span>" for tag in tags)


class _Annotating(Pen):
    """Marks passages, each disjoint run of them once; the first one of a passage has its id."""

    def __init__(
        self, document: Document, highlights: Sequence[Highlight], prefix: str, meanings: Mapping[Colour, str]
    ) -> None:
        self._prefix = prefix
        self._places = {target: f"{prefix}p{number}" for number, target in enumerate(document.targets, 1)}
        self._meanings = meanings
        self._named: set[str] = set()
        placed = [one for one in highlights if one.placement.status == "anchored" and one.placement.span]
        self._waiting = sorted((one for one in placed if one.note or one.tags), key=_end)

    def place(self, target: str) -> str:
        return self._places.get(target, "")

    def begun(self, target: str) -> str:
        """A name that is given twice is the first one's."""
        name = self.place(target)
        if name in self._named:
            return ""
        self._named.add(name)
        return super().begun(target)

    def marked(self, highlights: Sequence[Highlight], made: str, end: int) -> str:
        ids = [mark_id(one) for one in highlights]
        fresh = [name for name in ids if name not in self._named]
        self._named.update(fresh)
        newest = highlights[-1]
        meaning = self._meanings.get(newest.colour, "")
        attributes = {
            "id": fresh[0] if fresh else "",
            "class": newest.colour,
            "data-ids": " ".join(ids) if len(ids) > 1 else "",
            "title": meaning,
        }
        others = "".join(f'<span id="{name}"></span>' for name in fresh[1:])
        told = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value)
        return f"{others}<mark{told}>{made}</mark>{self._behind(highlights, end)}"

    def rest(self) -> Iterator[str]:
        """What is still to be said of passages when the text is over."""
        return iter(())

    def end(self, top: int) -> Iterator[str]:
        return iter(())

    def _behind(self, highlights: Sequence[Highlight], end: int) -> str:
        return ""


class _Asides(_Annotating):
    def below(self, block: Block) -> str:
        return "\n".join(map(_aside, self._ended(lambda one: _end(one) <= block.span.end)))

    def rest(self) -> Iterator[str]:
        return map(_aside, self._ended(lambda one: True))

    def _ended(self, is_over: Callable[[Highlight], bool]) -> Iterator[Highlight]:
        while self._waiting and is_over(self._waiting[0]):
            yield self._waiting.pop(0)


class _Endnotes(_Annotating):
    def __init__(
        self, document: Document, highlights: Sequence[Highlight], prefix: str, meanings: Mapping[Colour, str]
    ) -> None:
        super().__init__(document, highlights, prefix, meanings)
        self._told: list[Highlight] = []

    def _behind(self, highlights: Sequence[Highlight], end: int) -> str:
        over = [one for one in self._waiting if one in highlights and _end(one) <= end]
        self._waiting = [one for one in self._waiting if one not in over]
        references = []
        for one in over:
            self._told.append(one)
            number = len(self._told)
            references.append(
                f'<a epub:type="noteref" role="doc-noteref" id="{self._prefix}r{number}" '
                f'href="#{self._prefix}n{number}">{number}</a>'
            )
        return f"<sup>{' '.join(references)}</sup>" if references else ""

    def rest(self) -> Iterator[str]:
        """Passages that end between two blocks have no reference; their notes stand among the others."""
        self._told += self._waiting
        return iter(())

    def end(self, top: int) -> Iterator[str]:
        if not self._told:
            return
        yield '<section epub:type="endnotes" role="doc-endnotes" class="notes">'
        yield f"<h{top + 1}>Notes</h{top + 1}>\n<ol>"
        for number, one in enumerate(self._told, 1):
            words = f"↩ {_shortened(one)}"
            if mark_id(one) in self._named:
                back = mark_id(one) if one in self._waiting else f"{self._prefix}r{number}"
                words = f'<a epub:type="backlink" role="doc-backlink" href="#{back}">{words}</a>'
            yield f'<li id="{self._prefix}n{number}" class="{one.colour}">{_said(one)}<p>{words}</p></li>'
        yield "</ol>\n</section>"


def _aside(one: Highlight) -> str:
    return f'<aside class="{one.colour}" data-for="{mark_id(one)}">{_said(one)}</aside>'


def _said(one: Highlight) -> str:
    tags = f'<p class="tags">{_tags(one.tags)}</p>' if one.tags else ""
    return f"{_note(one.note) if one.note else ''}{tags}"


def _unplaced(highlights: Sequence[Highlight], top: int, pen: _Annotating) -> Iterator[str]:
    """Passages that the text does not have, or not for sure."""
    lost = [one for one in highlights if one.placement.status != "anchored" or not one.placement.span]
    if not lost:
        return
    yield f'<section class="unplaced">\n<h{top + 1}>Passages without a place</h{top + 1}>'
    for one in lost:
        words = "<br/>\n".join(escape(line, quote=False) for line in one.anchor.exact.split("\n"))
        doubt = DOUBTS.get(one.placement.status, "")
        yield f'<blockquote><p><mark id="{mark_id(one)}" class="{one.colour}">{words}</mark></p></blockquote>'
        yield f'<aside class="{one.colour}">{_said(one)}<p class="facts">{doubt}</p></aside>'
    yield "</section>"


def _note(text: str) -> str:
    """A note, which is Markdown, as elements: without HTML, without pictures, with links that may be followed."""
    return clean(_markdown().render(text)).strip()


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": True, "breaks": True}).disable("image")
    parser.validateLink = is_link  # type: ignore[method-assign, assignment]
    return parser


def _shortened(one: Highlight, most: int = 60) -> str:
    words = " ".join(one.anchor.exact.split())
    return escape(words if len(words) <= most else words[: most - 1].rstrip() + "…", quote=False)


def _end(one: Highlight) -> int:
    return one.placement.span.end if one.placement.span else 0

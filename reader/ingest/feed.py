"""The items of a feed (RSS, Atom, JSON Feed) as articles, once: nothing is followed, and nothing fetched.

To be run in the child: a feed can be made to keep a parser busy for ever.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape, unescape
from typing import Any
from urllib.parse import urlsplit

import fastfeedparser

from reader.domain.article import Draft
from reader.domain.document import Document
from reader.domain.text import clean_line, word_count
from reader.ingest import html
from reader.ingest.addresses import web_address
from reader.ingest.dates import published
from reader.ingest.errors import IngestError
from reader.ingest.language import plausible
from reader.ingest.masthead import cut_title
from reader.ingest.paragraphs import parts_of
from reader.ingest.plain import document_of, lines_of

SUMMARY_WORDS = 80  # fewer are no article where an item has nothing but a description
ORIGINALS = 24 * 2**20
BYLINE = 100

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_CUT = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|read more|continue reading|read the (?:full|rest)\b.{0,60}"
    r"|weiterlesen|lire la suite)"
    r"[\s\]»›→>.]*$",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(rb"<language>\s*([\w-]{2,20})\s*<")
_IN_BRACKETS = re.compile(r"\S+@\S+\s+\((.+)\)")


@dataclass(frozen=True, slots=True)
class _Feed:
    title: str
    author: str
    language: str | None
    base: str | None
    told: frozenset[str]  # addresses that name no item: the site's own, or those of several items


def parse_all(data: bytes, *, stem: str = "", url: str | None = None) -> list[Draft]:
    """The articles in the feed *data*, which was at *url* if that is known, in its order.

    Each has bytes of its own, and ``extra["part"]`` names it within the feed; ``extra["summary"]`` is set if the feed
    has only a summary of it. Raises IngestError if there is no item.
    """
    try:
        parsed = fastfeedparser.parse(data, include_media=False, include_enclosures=False)
    except Exception as error:  # what a damaged document makes it raise may be of any kind
        raise IngestError("", "a damaged feed") from error
    entries = [entry for entry in parsed.get("entries", ()) if isinstance(entry, Mapping)]
    feed = _feed(parsed.get("feed") or {}, entries, url, stem)
    if feed.language is None and (
        said := _LANGUAGE.search(data[:8192])
    ):  # which the library does not look at
        feed = replace(feed, language=said[1].decode("ascii", "ignore"))
    drafts = [draft for number, entry in enumerate(entries, 1) if (draft := _draft(entry, feed, number))]
    if not drafts:
        raise IngestError("", "no articles in this feed")
    if sum(len(draft.original) for draft in drafts) > ORIGINALS:
        raise IngestError("", "too large: more than 24 MiB of articles")
    return drafts


def _feed(said: Mapping[str, Any], entries: list[Mapping[str, Any]], url: str | None, stem: str) -> _Feed:
    own = web_address(_text(said, "link"), url) or url
    detail = said.get("title_detail")
    base = web_address(_text(detail, "base"), own) if isinstance(detail, Mapping) else None
    links = Counter(link for entry in entries if (link := web_address(_text(entry, "link"), base or own)))
    several = {link for link, count in links.items() if count > 1}
    return _Feed(
        title=_words(_text(said, "title")) or stem,
        author=_text(said, "author"),
        language=_text(said, "language") or None,
        base=base or own,
        told=frozenset(
            {*several, *(link for link in links if link == own and not urlsplit(link).path.strip("/"))}
        ),
    )


def _draft(entry: Mapping[str, Any], feed: _Feed, number: int) -> Draft | None:
    link = (
        web_address(_text(entry, "link") or _text(entry, "id"), feed.base) if _text(entry, "link") else None
    )
    link = link or _permanent(_text(entry, "id"))
    if link in feed.told:
        link = None
    body, is_html = _body(entry)
    title = _words(_text(entry, "title"))
    document = _document(body, is_html, link or feed.base, title)
    if not title and not document.text:
        return None
    part = _text(entry, "id") or link or str(number)
    extra: dict[str, Any] = {"part": clean_line(part, limit=500)}
    if link and _is_summary(entry, document.text):
        extra["summary"] = True
    return Draft(
        title=title or cut_title(document.text.split("\n", 1)[0]),
        document=document,
        url=link,
        author=_author(entry, feed),
        site=feed.title or None,
        published=published(_text(entry, "published") or _text(entry, "updated")),
        language=plausible(feed.language, document.text),
        media_type="text/html",
        original=_page(title, link, body if is_html else f"<pre>{escape(body)}</pre>"),
        extra=extra,
    )


def _body(entry: Mapping[str, Any]) -> tuple[str, bool]:
    """The longest text that the item has, and whether it is HTML."""
    contents = [content for content in entry.get("content") or () if isinstance(content, Mapping)]
    bodies = [(_text(content, "value"), _text(content, "type")) for content in contents]
    body, kind = max(bodies, key=lambda found: len(found[0]), default=("", ""))
    if not body.strip():
        body, kind = _text(entry, "description"), ""
    plain = kind in ("text", "text/plain") or (not kind and not _TAG.search(body) and "&" not in body)
    return body, not plain


def _document(body: str, is_html: bool, base: str | None, title: str) -> Document:
    if is_html:
        return html.walk_extracted(body.encode("utf-8", "replace"), base, title=title)
    lines = lines_of(body)
    return document_of(parts_of(lines)) if any(line.strip() for line in lines) else Document("", ())


def _is_summary(entry: Mapping[str, Any], text: str) -> bool:
    """Whether the item says only what its article is about. RSS has one field for that and for whole articles."""
    description = _text(entry, "description")
    values = [
        _text(content, "value") for content in entry.get("content") or () if isinstance(content, Mapping)
    ]
    is_content = any(value.strip() and value.strip() != description.strip() for value in values)
    if is_content and word_count(text) >= SUMMARY_WORDS:
        return False
    return (
        not text
        or _CUT.search(text[-100:]) is not None
        or (not is_content and word_count(text) < SUMMARY_WORDS)
    )


def _author(entry: Mapping[str, Any], feed: _Feed) -> str | None:
    people = [person for person in entry.get("authors") or () if isinstance(person, Mapping)]
    names = [name for person in people if (name := _name(_text(person, "name")))]
    told = names or [name for said in (_text(entry, "author"), feed.author) if (name := _name(said))][:1]
    return clean_line(", ".join(dict.fromkeys(told)), limit=BYLINE) or None


def _name(said: str) -> str:
    """The name in ``ada@e.org (Ada Penn)``, which is how RSS writes one."""
    found = _IN_BRACKETS.fullmatch(said.strip())
    return _words(found[1] if found else said)


def _permanent(id: str) -> str | None:
    return web_address(id, None) if id.startswith(("http://", "https://")) else None


def _words(text: str) -> str:
    """A title in which some programs write tags, and some write them as text."""
    return clean_line(unescape(_TAG.sub("", text)))


def _page(title: str, link: str | None, body: str) -> bytes:
    canonical = f'<link rel="canonical" href="{escape(link)}">' if link else ""
    page = f"<!doctype html><title>{escape(title)}</title>{canonical}<article>{body}</article>"
    return page.encode("utf-8", "replace")


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) else ""

"""What a web page says of itself: title, byline, date, site, language. Believed only as far as it is plausible."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from reader.domain.text import clean_line
from reader.ingest.dates import published
from reader.ingest.flow import same_words
from reader.ingest.page import Page, og

BYLINE = 100
_DIVIDER = re.compile(r"\s+(?:[|·•»«]|::|[-–—/])\s+")
_ADDRESS = re.compile(r"https?:|www\.|@|\.(?:com|org|net)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"article|posting|report|review|recipe|webpage|creativework", re.IGNORECASE)
_NESTING = 12

# What trafilatura takes along with a name, and what it takes for one.
_MONTH = "jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec"
_NOT_A_NAME = re.compile(rf"(?i:^\s*(?:written )?by\s+|\s+edited by\b.*|\s+(?:{_MONTH})\w*\.?(?:\s+\d.*)?$)")
_LABELS = frozenset(
    ["author", "username", "admin", "administrator", "editor", "staff", "authority control", "作者"]
)


@dataclass(frozen=True, slots=True)
class Metadata:
    title: str
    author: str | None
    published: str | None
    site: str | None
    language: str | None


def metadata(page: Page, short_title: str) -> Metadata:
    """*short_title* is what readability makes of the page's ``<title>``."""
    name = og(page.tree, "site_name")
    site = clean_line(unescape(name)) if name else _host(page.url)
    article = _article(page.tree)
    author, date = _byline(page, article)
    language = page.tree.get("lang") or page.tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    return Metadata(_title(page, article, site or "", short_title), author, date, site or None, language)


def _title(page: Page, article: dict[str, Any], site: str, short_title: str) -> str:
    tree = page.tree
    whole = clean_line(tree.findtext(".//title") or "")
    heads = [head for element in list(tree.iter("h1"))[:5] if (head := clean_line(element.text_content()))]
    candidates = [article.get("headline"), og(tree, "title"), short_title, whole, *heads[:1]]
    for candidate in candidates:
        title = _shortened(clean_line(unescape(candidate or "")), site, heads)
        if title and not same_words(title, site):
            return title
    return next((clean_line(candidate) for candidate in candidates if candidate), "")


def _shortened(title: str, site: str, heads: list[str]) -> str:
    """*title* without the name of its site at either end: ``Rain - The Review`` is ``Rain``. What follows a
    divider is also taken for a site's name if the page calls what is before it by a heading of its own."""
    parts = list(_DIVIDER.finditer(title))
    if not parts:
        return title
    before, after = title[: parts[-1].start()], title[parts[-1].end() :]
    if _names(after, site) or any(same_words(before, head) for head in heads):
        return before
    return title[parts[0].end() :] if _names(title[: parts[0].start()], site) else title


def _names(part: str, site: str) -> bool:
    """Whether *part* of a title is the site's name, or its host without dots."""
    plain = re.sub(r"\W+", "", part).lower()
    return bool(plain) and (
        same_words(part, site) or plain in (site.lower().split(".")[0], site.lower().replace(".", ""))
    )


def _article(tree: Any) -> dict[str, Any]:
    """The first article with a headline that the page describes in JSON-LD; empty if there is none."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            found = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(found):
            kind = str(node.get("@type"))
            if "Recipe" in kind:  # which has a name for a headline
                node = {"headline": node.get("name"), **node}
            headline = node.get("headline")
            if isinstance(headline, str) and headline.strip() and _ARTICLE.search(kind):
                return node
    return {}


def _nodes(found: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _NESTING:
        return
    if isinstance(found, dict):
        yield found
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(found.get(key), depth + 1)
    elif isinstance(found, list):
        for entry in found[:100]:
            yield from _nodes(entry, depth + 1)


def _byline(page: Page, article: dict[str, Any]) -> tuple[str | None, str | None]:
    from trafilatura.metadata import extract_metadata

    found = extract_metadata(deepcopy(page.tree), default_url=page.url)
    author = _believed(re.split(r"[;\n]", found.author or ""))
    named = _believed(_names_in(article.get("author"))) or _believed(
        page.tree.xpath("//meta[@name='author']/@content")
    )
    if named and (author is None or same_words(named, author)):
        author = named  # as it is written: trafilatura takes the dots out of initials
    return author, published(found.date or "")


def _names_in(author: Any) -> list[str]:
    entries = author if isinstance(author, list) else [author]
    names = [entry.get("name") if isinstance(entry, dict) else entry for entry in entries[:20]]
    return [unescape(name) for name in names if isinstance(name, str)]


def _believed(said: list[str]) -> str | None:
    """The names in *said* as one byline, if it can be one."""
    names = [clean_line(name) for part in said if (name := _NOT_A_NAME.sub("", part).strip())]
    author = clean_line(", ".join(dict.fromkeys(names)), limit=BYLINE + 1)
    plausible = (
        author and len(author) <= BYLINE and not _ADDRESS.search(author) and author.lower() not in _LABELS
    )
    return author if plausible else None


def _host(url: str | None) -> str | None:
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None

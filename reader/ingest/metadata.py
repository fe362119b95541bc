"""What a web page says of itself: title, byline, date, site, language. Believed only as far as it is plausible."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from reader.domain.text import clean_line
from reader.ingest.byline import believed, signed
from reader.ingest.dates import published
from reader.ingest.described import linked_article, names_in, properties
from reader.ingest.flow import same_words
from reader.ingest.page import Page, is_huge

_DIVIDER = re.compile(r"\s+(?:[|·•»«✩★]|::|[-–—/@])\s+")
_TITLES = ("dc:title", "dcterm:title", "dcterms:title", "og:title", "twitter:title", "title", "parsely-title")
_AUTHORS = ("dc:creator", "dcterm:creator", "dcterms:creator", "author", "parsely-author", "article:author")
_DATES = (
    "article:published_time", "parsely-pub-date", "datepublished", "dc:date:issued", "dcterms:issued",
    "dcterms:created", "dc:date",
)  # fmt: skip
LONG = 5  # words that are a title by themselves
_ZONE = re.compile(r"\s+([+-]\d\d:?\d\d)$")


@dataclass(frozen=True, slots=True)
class Metadata:
    title: str
    author: str | None
    published: str | None
    site: str | None
    language: str | None


def metadata(page: Page) -> Metadata:
    """What *page* says of itself, as far as it can be true. To be asked before anything is taken out of it."""
    named = properties(page.tree)
    article = linked_article(page.tree)
    site = clean_line((named.get("og:site_name") or [""])[0]) or _host(page.url)
    author, date = _author(page.tree, named, article, site or ""), _date(named, article)
    if author is None or date is None:
        other_author, other_date = _otherwise(page)
        author, date = author or other_author, date or other_date
    language = page.tree.get("lang") or page.tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    return Metadata(_title(page.tree, named, article, site or ""), author, date, site or None, language)


def _title(tree: Any, named: dict[str, list[str]], article: dict[str, Any], site: str) -> str:
    whole = clean_line(tree.findtext(".//title") or "")
    heads = [head for element in list(tree.iter("h1"))[:5] if (head := clean_line(element.text_content()))]
    given = [named[name][0] for name in _TITLES if name in named]
    candidates = [article.get("headline", ""), *given, _without_end(whole), *heads[:1]]
    for candidate in candidates:
        title = _shortened(clean_line(unescape(candidate)), site, heads)
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


def _without_end(title: str) -> str:
    """A ``<title>`` without a short end behind a long beginning, most often the name of a site that does not tell
    it otherwise."""
    parts = list(_DIVIDER.finditer(title))
    if not parts:
        return title
    before, after = title[: parts[-1].start()], title[parts[-1].end() :]
    return before if len(before.split()) >= max(LONG, 2 * len(after.split())) else title


def _names(part: str, site: str) -> bool:
    """Whether *part* of a title is the site's name, or its host without dots."""
    plain = re.sub(r"\W+", "", part).lower()
    return bool(plain) and (
        same_words(part, site) or plain in (site.lower().split(".")[0], site.lower().replace(".", ""))
    )


def _author(tree: Any, named: dict[str, list[str]], article: dict[str, Any], site: str) -> str | None:
    said = [names_in(article.get("author")), *(named[name] for name in _AUTHORS if name in named)]
    authors = [author for names in said if (author := believed(names))]
    return next((author for author in authors if not same_words(author, site)), None) or signed(tree)


def _date(named: dict[str, list[str]], article: dict[str, Any]) -> str | None:
    given = [article.get("datePublished"), *(named[name][0] for name in _DATES if name in named)]
    dates = (published(_ZONE.sub(r"\1", date)) for date in given if isinstance(date, str))
    return next((date[:10] for date in dates if date), None)


def _otherwise(page: Page) -> tuple[str | None, str | None]:
    """Author and date as trafilatura finds them, in the page's text too."""
    if is_huge(page.tree):
        return None, None
    from trafilatura.metadata import extract_metadata

    found = extract_metadata(deepcopy(page.tree), default_url=page.url)
    return believed(re.split(r"[;\n]", found.author or "")), published(found.date or "")


def _host(url: str | None) -> str | None:
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None

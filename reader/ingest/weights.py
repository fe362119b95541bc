"""What elements of a page are called, and how much of them is text, links, headings: what choosing goes by."""

from __future__ import annotations

import re
from typing import Any

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

_FOREIGN = re.compile(
    r"-ad-|ad-break|agegate|ai2html|banner|breadcrumb|combx|comment|community|consent-|cookie-?(?:banner|bar|consent|law|notice)|cover-wrap|disqus|extra"
    r"|footer|gdpr|header|legends|menu|newsletter-?(?:box|form|promo|sign|widget)|outbrain|paginat|pager|popup|recirc|related|remark|replies|rss"
    r"|shoutbox|sidebar|skyscraper|social|sponsor|supplemental|taboola|yom-remote",
    re.IGNORECASE,
)
_PERHAPS_OURS = re.compile(r"and|article|body|column|content|main|mathjax|shadow", re.IGNORECASE)
_OURS = re.compile(r"article|blog|body|content|entry|main|page|post|story|text", re.IGNORECASE)
_AROUND = re.compile(
    r"-ad-|banner|com-|combx|comment|contact|footer|gdpr|hidden|masthead|media|meta|outbrain|promo|related|scroll"
    r"|share|shoutbox|shopping|sidebar|skyscraper|sponsor|tags|widget|(?:^| )hid(?: |$)",
    re.IGNORECASE,
)
_ROLES = frozenset(["menu", "menubar", "complementary", "navigation", "alert", "alertdialog", "dialog"])
_SHARE = re.compile(r"(?:\b|_)share(?:daddy)?(?:\b|_)", re.IGNORECASE)
_COMMA = re.compile("[,،﹐︐︑⹁⸴⸲，、]")
_INSIDE = 0.3  # how much the words of a link within the page count as words of a link


def is_foreign(element: Any) -> bool:
    """Whether *element* is called what menus, comments and the like are called."""
    names = _names(element)
    if _FOREIGN.search(names) and not _PERHAPS_OURS.search(names):
        return True
    return element.get("role") in _ROLES


def is_for_sharing(element: Any) -> bool:
    return _SHARE.search(_names(element)) is not None


def weight(element: Any) -> int:
    """How much the class and the id of *element* speak for an article, in steps of 25, below 0 against it."""
    total = 0
    for name in (element.get("class"), element.get("id")):
        if name:
            total += 25 * (_OURS.search(name) is not None) - 25 * (_AROUND.search(name) is not None)
    return total


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def commas(text: str) -> int:
    return len(_COMMA.findall(text))


def link_density(element: Any, length: int | None = None) -> float:
    """The share of the words in *element* that are links; *length* is that of its words, if it is known."""
    length = len(words(element)) if length is None else length
    if not length:
        return 0.0
    links = sum(
        len(words(link)) * (_INSIDE if link.get("href", "").startswith("#") else 1)
        for link in element.iter("a")
    )
    return links / length


def density(element: Any, tags: tuple[str, ...], length: int) -> float:
    """The share of the *length* characters in *element* that stand in one of *tags*, twice if in two."""
    return (
        sum(len(words(part)) for part in element.iter(*tags) if part is not element) / length
        if length
        else 0.0
    )


def _names(element: Any) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"

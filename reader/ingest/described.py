"""What the head of a page says in forms made for machines: its properties, and its article in JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from reader.domain.text import clean_line

_ARTICLE = re.compile(r"article|posting|report|review|recipe|webpage|creativework", re.IGNORECASE)
_WRAPPED = re.compile(r"^\s*(?:/\*\s*)?<!\[CDATA\[(?:\s*\*/)?|(?:/\*\s*)?\]\]>(?:\s*\*/)?\s*$")
_NESTING = 12
_ENTRIES = 100


def properties(tree: Any) -> dict[str, list[str]]:
    """The values of the ``meta`` elements by name, in small letters and with ``:`` for ``.``; what is called a
    property comes before what is called a name. One element may have several names."""
    found: dict[str, list[str]] = {}
    for kind in ("property", "name"):
        for element in tree.iter("meta"):
            content = clean_line(unescape(element.get("content", "")))
            for name in element.get(kind, "").lower().replace(".", ":").split() if content else ():
                found.setdefault(name, []).append(content)
    return found


def linked_article(tree: Any) -> dict[str, Any]:
    """The first article with a headline that the page describes in JSON-LD; empty if there is none."""
    title = clean_line(tree.findtext(".//title") or "")
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            found = json.loads(_WRAPPED.sub("", script.text or ""), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(found):
            headline = _headline(node, title)
            if headline and _ARTICLE.search(str(node.get("@type"))):
                return {**node, "headline": headline}
    return {}


def names_in(author: Any) -> list[str]:
    """The names in what JSON-LD calls an author: a name, a person, a list of these."""
    entries = author if isinstance(author, list) else [author]
    names = [entry.get("name") if isinstance(entry, dict) else entry for entry in entries[:20]]
    return [unescape(name) for name in names if isinstance(name, str)]


def _headline(node: dict[str, Any], title: str) -> str:
    """The headline of *node*, or its name: a recipe has no other, and others say in the headline what it is about."""
    name, headline = (
        value if isinstance(value := node.get(key), str) and value.strip() else ""
        for key in ("name", "headline")
    )
    if name and (
        "Recipe" in str(node.get("@type")) or (headline and title.startswith(name) and headline not in title)
    ):
        return name
    return headline


def _nodes(found: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _NESTING:
        return
    if isinstance(found, dict):
        yield found
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(found.get(key), depth + 1)
    elif isinstance(found, list):
        for entry in found[:_ENTRIES]:
            yield from _nodes(entry, depth + 1)

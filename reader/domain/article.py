"""Articles on their way in (Draft) and whole, as the library keeps them (Article)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

# What lists are made of has a module of its own, which loads faster; it is found here too.
from reader.domain.summary import ArticleId as ArticleId
from reader.domain.summary import State as State
from reader.domain.summary import Summary as Summary

if TYPE_CHECKING:
    from reader.domain.document import Document


@dataclass(frozen=True, slots=True)
class Draft:
    """An article read from outside, not stored yet. Every text is clean.

    ``published`` is ``2021-03-03`` or full ISO 8601, or ``None``; ``original`` the bytes it came from;
    ``keys`` what identifies it beside its text: ``url:…``, ``origin:…`` and ``file:…`` keys, most telling first.
    ``extra`` holds ``tail``, the boilerplate set aside below the end, and what has no field of its own.
    """

    title: str
    document: Document
    url: str | None = None
    author: str | None = None
    site: str | None = None
    published: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    original: bytes = b""
    media_type: str = "text/plain"
    keys: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Article:
    """A whole article. ``position`` is the code point where reading stopped; ``version`` counts from 1."""

    summary: Summary
    document: Document
    position: int = 0
    version: int = 1
    note: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

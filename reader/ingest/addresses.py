"""Addresses in a text: what of them is kept, and made absolute."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from reader.domain.identity import valid_url
from reader.domain.text import clean
from reader.ingest.places import place_name


def link_target(href: str, base: str | None) -> str | None:
    """The address that a link goes to, or ``#name`` for a place of the same text; ``None`` if it is none that we
    keep."""
    href = clean(href).strip()
    if href.startswith("#"):
        return f"#{name}" if (name := place_name(href[1:])) else None
    if not href:
        return None
    if href[:7].lower() == "mailto:":
        return href if re.fullmatch(r"[^\s<>\"]{8,300}", href) else None
    return web_address(href, base)


def web_address(href: str, base: str | None) -> str | None:
    """*href* as an absolute http or https address, spaces encoded."""
    try:
        address = urljoin(base or "", clean(href).strip().replace(" ", "%20"))
    except ValueError:
        return None
    return address if valid_url(address) else None

"""Who wrote a page, as far as it can be believed: from its head, from the line below its headline, from a library."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from reader.domain.text import clean_line

LONGEST = 100

_ADDRESS = re.compile(r"https?:|www\.|@|\.(?:com|org|net)\b", re.IGNORECASE)
_MONTH = "jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec"
_NOT_A_NAME = re.compile(
    r"(?i:^\s*(?:posted |written )?(?:by|par|von|por|di|door)\s+|\s+edited by\b.*|\s+follow\b.*"
    rf"|\s+(?:{_MONTH})\w*\.?(?:\s+\d.*)?$|\s+(?:on\s+)?\d.*$)"
)
_LABELS = frozenset(
    [
        "author",
        "authors",
        "username",
        "admin",
        "administrator",
        "editor",
        "staff",
        "authority control",
        "作者",
        "by",
        "posted by",
    ]
)
_DIVIDER = re.compile(r"\s*[|·•\n]\s*|\s+[-–—]\s+")
_CALLED = re.compile(
    r"byline|(?:^|[\s_-])author(?:$|[\s_-]?(?:name|link)?(?:$|\s))|writtenby|p-author", re.IGNORECASE
)
_NEAR = 40  # elements called so that are looked at


def believed(said: Iterable[str]) -> str | None:
    """The names in *said* as one byline, if it can be one."""
    names = [clean_line(name) for part in said if (name := _NOT_A_NAME.sub("", part).strip(" ,;:"))]
    author = clean_line(", ".join(dict.fromkeys(names)), limit=LONGEST + 1)
    plausible = (
        author and len(author) <= LONGEST and not _ADDRESS.search(author) and author.lower() not in _LABELS
    )
    return author if plausible else None


def signed(tree: Any) -> str | None:
    """The names in the first element of *tree* that is called a byline."""
    looked = 0
    for element in tree.iter("a", "address", "div", "h3", "h4", "li", "p", "span"):
        if not _is_byline(element):
            continue
        looked += 1
        if looked > _NEAR:
            return None
        text = "".join(element.itertext()).strip()
        if 0 < len(text) < LONGEST:
            first = next((part for part in _DIVIDER.split(text) if believed([part])), "")
            if any(map(str.isalpha, first)) and (found := believed([first])):
                return found
    return None


def _is_byline(element: Any) -> bool:
    return (
        element.get("rel") == "author"
        or "author" in element.get("itemprop", "").split()
        or _CALLED.search(f"{element.get('class', '')} {element.get('id', '')}"[:500]) is not None
    )

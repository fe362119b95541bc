"""Words without the signs of Markdown around them, as they stand in a text that was made of it."""

from __future__ import annotations

from reader.domain.patterns import lazy

# The patterns look back at what they have seen: a quotation is not so long, and a hostile one would take hours.
LONGEST = 4_000
DEEPEST = 3  # emphasis in emphasis

_LINE_START = lazy(r"(?m)^[ \t]*(?:(?:[-*+]|\d{1,3}[.)]|#{1,6}|>)[ \t]+)+")
_LINK = lazy(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = lazy(r"(?<![\w\\])(\*{1,3}|_{1,3}|~~|`{1,2})(?=\S)([^\n]*?\S)\1(?!\w)")
_ESCAPED = lazy(r"\\([\\`*_{}\[\]()#+.!>~-])")


def without_markdown(words: str) -> str:
    """*words* without emphasis, the targets of links and the bullets of lists; too long ones come back as they are."""
    if len(words) > LONGEST:
        return words
    bare = _LINK.sub(r"\1", _LINE_START.sub("", words))
    for _ in range(DEEPEST):
        bare = _EMPHASIS.sub(r"\2", bare)
    return _ESCAPED.sub(r"\1", bare)

"""The fields above a Markdown text, between two lines ``---``.

Only ``key: scalar`` and flat lists are read: no general YAML loader touches bytes from outside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_FENCE = re.compile(r"---[ \t]*\n")
_END = re.compile(r"(?:---|\.\.\.)[ \t]*(?:\n|$)")
_KEY = re.compile(r"([A-Za-z_][\w .-]{0,60}?)[ \t]*:(?:[ \t]+(.*)|[ \t]*)$")
_ENTRY = re.compile(r"[ \t]*-[ \t]+(.*)$")
_COMMENT = re.compile(r"\s#.*$")
LINES = 200

_FIELDS = {
    "title": "title", "headline": "title", "author": "author", "authors": "author", "by": "author",
    "creator": "author", "site": "site", "publication": "site", "publisher": "site", "site_name": "site",
    "date": "date", "published": "date", "pubdate": "date", "publish_date": "date", "tags": "tags", "tag": "tags",
    "keywords": "tags", "categories": "tags", "url": "url", "link": "url", "source": "url", "canonical": "url",
    "canonical_url": "url", "source_url": "url", "language": "language", "lang": "language", "locale": "language",
}  # fmt: skip


_LIST = re.compile(r"\[(.*)\](?:\s+#.*)?")
_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'[^']*'""")
_BRACKET = re.compile(r"[\[\]]")  # in a title: [Review] Foo [2024]


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """``fields`` under our names; ``others`` under theirs. A list stays a list, whatever its field."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)

    def one(self, name: str) -> str | None:
        """The field as one line, several values joined by commas."""
        return ", ".join(self.fields.get(name, ())) or None

    @property
    def tags(self) -> tuple[str, ...]:
        """Tags from a list, or from one line divided by commas."""
        return tuple(tag.strip() for value in self.fields.get("tags", ()) for tag in value.split(","))


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """The front matter of *text* and what is below it; a text that only begins with a rule has none."""
    opening = _FENCE.match(text)
    if opening is None:
        return FrontMatter(), text
    place = opening.end()
    lines: list[str] = []
    while len(lines) < LINES and place < len(text):
        if closing := _END.match(text, place):
            found = _read(lines)
            return (found, text[closing.end() :]) if found else (FrontMatter(), text)
        line, _, _ = text[place : place + 10_000].partition("\n")
        lines.append(line)
        place += len(line) + 1
    return FrontMatter(), text


def _read(lines: list[str]) -> FrontMatter | None:
    """The fields in *lines*; ``None`` if some line is of no form that front matter has."""
    values: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if found := _KEY.match(line):
            current = values.setdefault(found[1].strip(), [])
            current += _values(found[2] or "")
        elif current is None:
            return None
        elif found := _ENTRY.match(line):
            current += _values(found[1])
        elif line[:1].isspace():  # a folded value, or a nested one, which is kept as it is written
            current[-1:] = [f"{current[-1]} {line.strip()}".strip() if current else line.strip()]
        else:
            return None
    return _sorted(values) if values else None


def _sorted(values: Mapping[str, list[str]]) -> FrontMatter:
    fields: dict[str, tuple[str, ...]] = {}
    others: dict[str, str] = {}
    for key, found in values.items():
        name = _FIELDS.get(key.lower())
        if name is None or name in fields:
            others[key] = ", ".join(found)
        elif kept := tuple(value for value in found if value):
            fields[name] = kept
    return FrontMatter(fields, {key: value for key, value in others.items() if value})


def _values(text: str) -> list[str]:
    text = text.strip()
    if (found := _LIST.fullmatch(text)) and not _BRACKET.search(_QUOTED.sub("", found[1])):
        return [value for part in _parts(found[1]) if (value := _scalar(part))]
    return [] if text in ("|", ">", "|-", ">-") else [_scalar(text)]


def _parts(text: str) -> list[str]:
    """The entries of a flow list; a comma within quotes divides nothing."""
    return re.findall(r"""\s*("(?:[^"\\]|\\.)*"|'[^']*'|[^,]+)""", text)


def _scalar(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        return re.sub(r'\\(["\\/])', r"\1", text[1:-1])
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    text = _COMMENT.sub("", text).strip()
    return "" if text in ("null", "~") else text

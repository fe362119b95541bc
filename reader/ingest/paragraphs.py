"""The shape of a plain text: which lines belong together, and what they are.

When in doubt lines stay as they are: no word is ever lost or moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from textwrap import dedent
from typing import Literal

from reader.domain.document import BlockKind

Shape = Literal["line", "wrapped", "block"]

HEADING = 60
FEW_LINES = 4

_ITEM = re.compile(r"\s*([-*•‣▪]|\d{1,3}[.)])\s+(?=\S)")
_BULLET = re.compile(r"\s*[-*•‣▪]\s+(?=\S)")
_RULE = re.compile(r"\s*(?:([-*_=~#])(?:\s*\1){2,}|\*|⁂|§)\s*")
_CODE_LIKE = re.compile(r"[{}\[\]<>=|\\$#^~`@_+*]|[;(]$|\w\(|//|--")
_QUOTED = re.compile(r"\s{0,3}>(?: |$)")
_CAPTION = re.compile(
    r"(?i)[:()/|@©]|\b(?:images?|photo\w*|getty|reuters|advert\w*|newsletter|caption|watch|sign)\b"
)
_RIGHT = 24
LONGEST_WRAPPED = 100
_SENTENCE_ENDS = (".", "!", "?", "…", "”", '"', "’", "“", "»")


@dataclass(frozen=True, slots=True)
class Part:
    """A block in the making."""

    kind: BlockKind
    text: str = ""
    depth: int = 0
    marker: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Measure:
    """How the lines of a text run: ``wide`` is the length that few exceed."""

    shape: Shape
    wide: int


def parts_of(lines: list[str]) -> list[Part]:
    """The blocks that *lines* form."""
    groups = [part for group in _groups(lines) for part in _by_line(group)]
    measure = _measure(groups)
    opening = _opening(groups)
    parts: list[Part] = []
    for number, group in enumerate(groups):
        following = groups[number + 1] if number + 1 < len(groups) else None
        before = groups[number - 1] if number else None
        if len(group) == 1 and 0 < _indent(group[0]) == opening:
            group = [group[0].strip()]
        parts += _of_group(group, before, following, measure)
    return parts


def _groups(lines: list[str]) -> list[list[str]]:
    """Runs of lines with something in them, without what all of the text is set in by."""
    if all(line[:1].isspace() for line in lines if line):
        lines = dedent("\n".join(lines)).split("\n")
    groups: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            groups[-1].append(line.rstrip())
        elif groups[-1]:
            groups.append([])
    return groups if groups[-1] else groups[:-1]


def _by_line(group: list[str]) -> list[list[str]]:
    """*group*, divided if its lines are whole paragraphs that no blank line parts; a list in it stays one.

    Lines of paragraphs end as sentences do, and some are longer than anybody wraps.
    """
    ends = sum(line.endswith(_SENTENCE_ENDS) for line in group)
    if len(group) < 2 or max(map(len, group)) <= LONGEST_WRAPPED or ends * 2 < len(group):
        return [group]
    divided: list[list[str]] = []
    for line in group:
        if divided and _ITEM.match(line) and _ITEM.match(divided[-1][-1]):
            divided[-1].append(line)
        else:
            divided.append([line])
    return divided


def _opening(groups: list[list[str]]) -> int:
    """By how much the first lines of paragraphs are set in, where that is how paragraphs begin; else 0."""
    begun = [
        _indent(group[0]) for group in groups if len(group) > 1 and _indent(group[1]) < _indent(group[0])
    ]
    return max(set(begun), key=begun.count) if len(begun) > 1 else 0


def _measure(groups: list[list[str]]) -> Measure:
    lengths = sorted(len(line) for group in groups for line in group)
    if len(lengths) < FEW_LINES:
        return Measure("line", lengths[-1] if lengths else 0)
    wide, median = lengths[len(lengths) * 95 // 100], lengths[len(lengths) // 2]
    several = sum(len(group) > 1 for group in groups) / len(groups)
    if 40 <= wide <= 100 and several > 0.3 and median > 0.6 * wide:
        return Measure("wrapped", wide)
    if wide > 120 and (several < 0.2 or median > 120):
        return Measure("line", wide)
    return Measure("block", wide)


def _of_group(
    group: list[str], before: list[str] | None, following: list[str] | None, measure: Measure
) -> Iterator[Part]:
    if len(group) == 1 and _RULE.fullmatch(group[0]):
        yield Part("rule")
    elif heading := _heading(group, before, following):
        yield heading
    elif all(_QUOTED.match(line) for line in group):
        yield from _quoted(group, measure)
    elif measure.shape != "line" and all(_indent(line) >= 4 for line in group) and not _ITEM.match(group[0]):
        yield _indented(group, measure.wide)
    else:
        text, items = _split_list(group)
        yield from _prose(text, measure)
        yield from _items(items)


def _heading(group: list[str], before: list[str] | None, following: list[str] | None) -> Part | None:
    """A short line above a paragraph that is in capitals, numbered like a section, or underlined; or that stands
    between two paragraphs of sentences and is none itself."""
    line = group[0].strip()
    if following is None or len(line) > HEADING or _indent(group[0]) >= 4 or not any(map(str.isalpha, line)):
        return None
    if len(group) == 2 and _RULE.fullmatch(group[1]):
        return Part("heading", line, level=2)
    if len(group) > 1 or line.endswith((".", ",", ";", ":", "!", "?", "”", '"')) or _ITEM.match(following[0]):
        return None
    is_numbered = re.match(r"(?:\d{1,3}\.|[IVX]{1,5}\.|§ ?\d+)\s+[^\W\d_a-z]", line)
    runs_on = len(following) > 1 or len(following[0].strip()) > HEADING
    is_capital = line.isupper() and sum(map(str.isalpha, line)) > 3 and runs_on
    if is_numbered or is_capital or (runs_on and _parts_sentences(line, before, following)):
        return Part("heading", line, level=2)
    return None


def _parts_sentences(line: str, before: list[str] | None, following: list[str]) -> bool:
    """Whether *line* reads like the heading of a newspaper's column: ``What happens next``."""
    return (
        before is not None
        and line[0].isupper()
        and 1 < len(line.split()) <= 8
        and not _CAPTION.search(line)
        and (before[-1].rstrip().endswith(_SENTENCE_ENDS) or before[-1].strip().lower() == "advertisement")
        and following[-1].rstrip().endswith(_SENTENCE_ENDS)
    )


def _quoted(group: list[str], measure: Measure) -> Iterator[Part]:
    """Lines behind ``>``, as in mails: what is quoted; a line of nothing else divides paragraphs."""
    lines = [_QUOTED.sub("", line, count=1) for line in group]
    for inner in _groups(lines):
        yield from (replace(part, kind="quote") for part in _prose(inner, measure))


def _indented(group: list[str], wide: int) -> Part:
    """Lines set in: code, unless they read like verse, a quotation or a signature."""
    lines = [line.strip() for line in group]
    if any(_CODE_LIKE.search(line) for line in lines) or not _opens(lines[0]):
        return Part("code", dedent("\n".join(group)))
    if len(lines) == 1 and _indent(group[0]) >= _RIGHT:
        return Part("para", lines[0])
    if all(_opens(line) for line in lines) or all(len(line) < 0.6 * wide for line in lines):
        return Part("quote", "\n".join(lines))
    if lines[-1].endswith((".", "!", "?", "”", '"', "’")):
        return Part("quote", " ".join(lines))
    return Part("code", dedent("\n".join(group)))


def _opens(line: str) -> bool:
    return line.lstrip("“‘\"'(—–")[:1].isupper()


def _split_list(group: list[str]) -> tuple[list[str], list[str]]:
    """The lines before a list, and the list. A number alone may be the end of a sentence, so only bullets
    begin a list below other lines."""
    if _ITEM.match(group[0]):
        return [], group
    bullets = [number for number, line in enumerate(group) if _BULLET.match(line)]
    return (group[: bullets[0]], group[bullets[0] :]) if len(bullets) > 1 else (group, [])


def _items(lines: list[str]) -> Iterator[Part]:
    indents: list[int] = []
    item: Part | None = None
    for line in lines:
        found = _ITEM.match(line)
        if found is None:
            assert item is not None
            item = replace(item, text=f"{item.text} {line.strip()}")
            continue
        if item is not None:
            yield item
        indent = _indent(line)
        while indents and indents[-1] > indent + 1:
            indents.pop()
        if not indents or indent > indents[-1] + 1:
            indents.append(indent)
        marker = f"{found[1][:-1]}." if found[1][0].isdigit() else "•"
        item = Part("item", line[found.end() :], depth=len(indents) - 1, marker=marker)
    if item is not None:
        yield item


def _prose(lines: list[str], measure: Measure) -> Iterator[Part]:
    if not lines:
        return
    if measure.shape == "line":
        yield from (Part("para", line) for line in lines)
    elif _is_verse(lines, measure):
        yield Part("para", "\n".join(line.strip() for line in lines))
    elif measure.shape == "wrapped" or _is_wrapped(lines):
        yield from (Part("para", text) for text in _joined(lines))
    else:
        yield Part("para", "\n".join(line.strip() for line in lines))


def _is_verse(lines: list[str], measure: Measure) -> bool:
    return (
        measure.shape == "wrapped"
        and len(lines) > 1
        and all(len(line) < 0.6 * measure.wide for line in lines)
    )


def _is_wrapped(lines: list[str]) -> bool:
    """Whether the lines of one block, the last aside, are all about as long as they may be."""
    lengths = [len(line) for line in lines[:-1]]
    return len(lengths) > 1 and 40 <= max(lengths) <= 100 and min(lengths) > 0.75 * max(lengths)


def _joined(lines: list[str]) -> Iterator[str]:
    """The paragraphs of one block: a line set in among lines that are not begins a new one."""
    set_in = [_indent(line) >= 2 for line in lines]
    divides = not all(set_in) and sum(set_in) <= 0.4 * len(lines)
    paragraph: list[str] = []
    for line, begins in zip(lines, set_in, strict=True):
        if begins and divides and paragraph:
            yield " ".join(paragraph)
            paragraph = []
        paragraph.append(line.strip())
    yield " ".join(paragraph)


def _indent(line: str) -> int:
    """The columns before the first character that shows; a TAB goes to the next eighth."""
    lead = line[: len(line) - len(line.lstrip())]
    return len(lead.expandtabs(8)) if "\t" in lead else len(lead)

"""From the lines of printed pages to paragraphs: what a typesetter took apart put together again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from reader.domain.document import Document, DocumentBuilder
from reader.domain.text import clean_body
from reader.ingest.columns import Line
from reader.ingest.flow import same_words

LARGER = 1.12
SMALLER = 0.93
HEADING = 160
FOOT = 0.5
LONGEST_WORD = 100
_SET_IN = 0.7  # of the size of the letters
_SHORT = 0.85  # of the width of the column

_LEADER = re.compile(r"(?:\s?\.){4,}\s*")
_ENDS = re.compile(r"[.!?:;…][\"'”’»)\]]*\d{0,3}$")
_HYPHENATED = re.compile(r"[^\W\d_]-$")
_BULLET = re.compile(r"[•▪◦‣●∙]\s*")
_NUMBERED = re.compile(r"(?:\[?\d{1,3}[.)\]]|\([a-z0-9]{1,2}\))\s")
_WORD = re.compile(r"\w+(?:-\w+)*")


@dataclass(frozen=True, slots=True)
class Style:
    """Of the running text: the size of its letters, from line to line in it, and whether paragraphs begin set in."""

    size: float
    leading: float
    sets_in: bool
    is_bold: bool
    is_mono: bool


@dataclass(slots=True)
class _Part:
    kind: str
    lines: list[Line] = field(default_factory=list)
    level: int = 0


def style_of(pages: Sequence[Sequence[Line]]) -> Style:
    sizes: Counter[float] = Counter()
    bold = mono = 0
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.text)
            bold += len(line.text) * line.bold
            mono += len(line.text) * line.mono
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    steps: Counter[float] = Counter()
    set_in = 0
    for page in pages:
        for line, below in pairwise(page):
            if line.size == below.size == size and 0 < below.base - line.base < 3 * size:
                steps[round(below.base - line.base, 1)] += 1
                set_in += _is_set_in(below, line) and line.left - line.begin < _SET_IN * size
    leading = steps.most_common(1)[0][0] if steps else 1.2 * size
    wide = sum(count for step, count in steps.items() if step > 1.3 * leading)
    total = sum(sizes.values())
    return Style(size, leading, set_in > wide, bold * 2 > total, mono * 2 > total)


def title_of(page: Sequence[Line], style: Style) -> list[Line]:
    """The lines of the first page in the largest letters, if these are larger than those of the text."""
    if not page:
        return []
    largest = max((line.size for line in page if any(map(str.isalpha, line.text))), default=0.0)
    if largest < LARGER * style.size:
        return []
    first = next(number for number, line in enumerate(page) if line.size == largest)
    found = [page[first]]
    for line in page[first + 1 :]:
        if line.size != largest or line.base - found[-1].base > 2.2 * largest or len(found) == 5:
            break
        found.append(line)
    return found


def document_of(pages: Sequence[Sequence[Line]], style: Style, title: str) -> Document:
    """The paragraphs, headings and lists in *pages*; a first heading that says *title* is left out."""
    parts = list(_with_notes_behind(_parts(pages, style), style))
    levels = _levels(parts, style)
    words = Counter(word for page in pages for line in page for word in _WORD.findall(line.text))
    builder = DocumentBuilder()
    is_first = True
    for part in parts:
        text = clean_body(_LEADER.sub(" … ", _joined(part.lines, words)))
        if part.kind == "heading":
            if is_first and same_words(text, title):
                is_first = False
                continue
            is_first = False
            builder.add("heading", text, level=levels[_rank(part, style)])
        elif part.kind == "item":
            builder.add("item", _BULLET.sub("", text, count=1), marker="•")
        elif part.kind == "code":
            builder.add("code", clean_body(_verbatim(part.lines)))
        else:
            builder.add("para", text)
    return builder.build()


def _parts(pages: Sequence[Sequence[Line]], style: Style) -> Iterator[_Part]:
    part: _Part | None = None
    for page in pages:
        for line in page:
            if part is not None and _goes_on(part, line, style):
                part.lines.append(line)
                continue
            if part is not None:
                yield part
            part = _Part(_kind(line, style), [line])
    if part is not None:
        yield part


def _kind(line: Line, style: Style) -> str:
    if _BULLET.match(line.text) and len(line.text) > 2:
        return "item"
    if line.mono and not style.is_mono:
        return "code"
    if _LEADER.search(line.text):
        return "para"
    if line.size > LARGER * style.size or (line.bold and not style.is_bold and line.size >= style.size):
        return "heading"
    return "note" if line.size < SMALLER * style.size and line.share > FOOT else "para"


def _goes_on(part: _Part, line: Line, style: Style) -> bool:
    """Whether *line* belongs to *part*, of which it is the next line."""
    last = part.lines[-1]
    kind = _kind(line, style)
    if part.kind == "code":
        return kind == "code" and (line.page != last.page or _is_below(last, line, 2.2 * style.leading))
    if kind == "code":  # a name that fills a line of running text
        return _is_full(last) and not _ENDS.search(last.text) and _is_below(last, line, 1.35 * style.leading)
    if kind == "item" or abs(line.size - last.size) > 0.12 * style.size or _LEADER.search(last.text):
        return False
    if part.kind == "heading" or kind == "heading":
        return part.kind == kind and line.bold == last.bold and _is_below(last, line, 1.6 * last.size)
    in_column = line.begin == last.begin or abs(line.left - last.left) < _SET_IN
    if line.page == last.page and line.base > last.base and in_column:
        return _follows(part, last, line, style)
    if part.kind == "note" or kind == "note":
        return False
    if _is_hyphenated(last) and line.text[:1].islower():
        return True
    if _NUMBERED.match(line.text) or (style.sets_in and _is_from_edge(line, style)):
        return False
    if not _ENDS.search(last.text):
        return _is_full(last) or line.text[:1].islower()
    return style.sets_in and _is_full(last)


def _follows(part: _Part, last: Line, line: Line, style: Style) -> bool:
    """Whether *line*, below *last* in the same column, goes on with its paragraph."""
    leading = max(style.leading * last.size / style.size, 1.05 * last.size)
    if line.base - last.base > 1.35 * leading:
        return False
    if _NUMBERED.match(line.text) and _ENDS.search(last.text):
        return False
    if part.kind == "item" or _NUMBERED.match(part.lines[0].text):
        return True  # below its first line an item is set in
    if _is_set_in(line, last) and len(part.lines) > 1 and _is_set_in(line, part.lines[-1]):
        return False
    if style.sets_in and _is_set_in(line, last):
        return False
    return not (_ENDS.search(last.text) and not _is_full(last) and line.text[:1].isupper())


def _is_below(last: Line, line: Line, most: float) -> bool:
    return line.page == last.page and 0 < line.base - last.base <= most


def _is_set_in(line: Line, above: Line) -> bool:
    return line.left - above.left > _SET_IN * line.size


def _is_from_edge(line: Line, style: Style) -> bool:
    return line.left - line.begin > _SET_IN * style.size


def _is_full(line: Line) -> bool:
    return line.right - line.begin >= _SHORT * (line.end - line.begin)


def _is_hyphenated(line: Line) -> bool:
    return _HYPHENATED.search(line.text[-2:]) is not None


def _with_notes_behind(parts: Iterator[_Part], style: Style) -> Iterator[_Part]:
    """*parts* with the notes at the foot of a page behind the paragraph that goes on above the next one's."""
    waiting: list[_Part] = []
    open_part: _Part | None = None
    for part in parts:
        if part.kind == "note":
            waiting.append(part)
            continue
        if open_part is not None and waiting and _resumes(open_part, part, style):
            open_part.lines += part.lines
            continue
        if open_part is not None:
            yield open_part
        yield from waiting
        waiting = []
        open_part = part
    if open_part is not None:
        yield open_part
    yield from waiting


def _resumes(part: _Part, following: _Part, style: Style) -> bool:
    """Whether *following*, on the page behind the notes, is the rest of *part*."""
    first = following.lines[0]
    return (
        part.kind in ("para", "item")
        and following.kind == "para"
        and (first.page, first.begin) != (part.lines[-1].page, part.lines[-1].begin)
        and _goes_on(part, first, style)
    )


def _rank(part: _Part, style: Style) -> float:
    """The size of a heading; one that is only bold ranks below all larger ones."""
    size = part.lines[0].size
    return size if size > LARGER * style.size else style.size


def _levels(parts: Sequence[_Part], style: Style) -> dict[float, int]:
    """Levels by size, the largest 2: the article has a title of its own. Long ones and sentences are no headings."""
    for part in parts:
        if part.kind != "heading":
            continue
        text = " ".join(line.text for line in part.lines)
        if (
            len(text) > HEADING
            or not any(map(str.isalpha, text))
            or (text.endswith((".", ",", ";")) and len(text) > 60)
        ):
            part.kind = "para"
    sizes = sorted({_rank(part, style) for part in parts if part.kind == "heading"}, reverse=True)
    return {size: min(number, 4) for number, size in enumerate(sizes, 2)}


def _verbatim(lines: Sequence[Line]) -> str:
    """Lines of code as they stand, set in by as many spaces as there were."""
    left = min(line.left for line in lines)
    text = ""
    for number, line in enumerate(lines):
        above = lines[number - 1]
        has_gap = number and line.page == above.page and line.base - above.base > 1.6 * above.size
        text += (
            "\n" * (bool(number) + bool(has_gap))
            + " " * round((line.left - left) / (0.6 * line.size))
            + line.text
        )
    return text


def _joined(lines: Sequence[Line], words: Counter[str]) -> str:
    """The text of *lines* in one; a word that was parted at the end of one is whole, unless it is written with a
    hyphen elsewhere."""
    text = lines[0].text
    for line in lines[1:]:
        before, after = _last_word(text[-LONGEST_WORD:]), _first_word(line.text)
        if not _HYPHENATED.search(text[-2:]) or not after[:1].islower() or not before[-1:].islower():
            text += " " + line.text
        elif words[f"{before}-{after}"] and not words[before + after]:
            text += line.text
        else:
            text = text[:-1] + line.text
    return text


def _last_word(text: str) -> str:
    found = re.search(r"([\w-]+)-$", text)
    return found[1] if found else text[-1:]


def _first_word(text: str) -> str:
    found = _WORD.match(text)
    return found[0] if found else ""

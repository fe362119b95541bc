"""What stands between quotation marks: curly, straight, guillemets and those of Chinese and Japanese.

Marks are told by what is beside them, because the same signs are apostrophes (dogs’, ’tis), open in one language
and close in another („so“, »so«, ”så”), or do both ("so").
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from reader.domain.document import Document, Span
from reader.domain.patterns import lazy

_CLOSED_BY = {
    "“": "”\"″", "‘": "’", "„": "“”\"", "‚": "‘’", "«": "»", "»": "«", "‹": "›", "›": "‹", "”": "”",
    "「": "」", "『": "』", "｢": "｣", '"': '"”', "'": "'",
}  # fmt: skip
_ALWAYS_OPEN = frozenset("“„‚«‹「『｢")
_ALWAYS_CLOSE = frozenset("”″»«」』｣›‹")
# Speech that goes on in the next paragraph is opened there once more.
_GOES_ON = frozenset('“„«‘「『"')
_FLOWING = frozenset(("para", "item", "quote"))
_SIGNS = lazy("[“”″„‘’‚«»‹›「」『』｢｣\"']")
_BEFORE_AN_OPENING = frozenset("([{—–-/“‘„‚«‹「『（［【\"'")
# Words that lost their beginning, which a clever editor gives the wrong mark: ‘tis, ‘90s.
_ELISION = lazy(
    r"(?:t(?:is|was|were|will|would|il|ill)|em|cause|cos|bout|round|neath|gainst|nother|n|\d\ds?)(?!\w)"
)
_MAY_CLOSE = lazy(r"(?<=\S)['’](?![^\W\u3040-\u9fff])")  # Chinese goes on without a space
_SINGLE = frozenset("'’")
_DEEPEST = 16
_FAR = 2000  # a quotation in single marks is not looked for beyond


@dataclass(frozen=True, slots=True)
class Quotation:
    """``whole`` holds the marks, ``inside`` what stands between them; one never closed ends with its paragraph."""

    whole: Span
    inside: Span


@dataclass(frozen=True, slots=True)
class _Open:
    mark: str
    at: int


class Quotations:
    """The quotations of a document in the order in which they begin, block by block, found when first asked for.

    One that spans paragraphs, each opened by the mark again, is one quotation.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._filled = [
            index for index, block in enumerate(document.blocks) if block.span.start < block.span.end
        ]
        self._starts = [document.blocks[index].span.start for index in self._filled]
        # Blocks that one quotation joins share their quotations.
        self._found: dict[int, tuple[Quotation, ...]] = {}

    def around(self, offset: int) -> list[Quotation]:
        """Those that hold *offset*, the innermost first."""
        if not self._filled:
            return []
        found = self._of(self._place(offset))
        return [quotation for quotation in reversed(found) if quotation.whole.contains(offset)]

    def within(self, span: Span) -> Quotation | None:
        """The first one that begins in *span*."""
        found = self.behind(span.start - 1)
        return found if found and found.inside.start < span.end else None

    def behind(self, offset: int) -> Quotation | None:
        """The first one whose words begin behind *offset*."""
        for place in range(self._place(offset), len(self._filled)):
            found = self._of(place)
            behind = bisect_right(found, offset, key=_words_start)
            if behind < len(found):
                return found[behind]
        return None

    def before(self, offset: int) -> Quotation | None:
        """The last one whose words begin before *offset*."""
        for place in range(self._place(offset), -1, -1) if self._filled else ():
            found = self._of(place)
            before = bisect_left(found, offset, key=_words_start)
            if before > 0:
                return found[before - 1]
        return None

    def _place(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)

    def _of(self, place: int) -> tuple[Quotation, ...]:
        if place not in self._found:
            first = place
            while first > 0 and first - 1 not in self._found and self._may_go_on(first):
                first -= 1
            while first <= place:
                first = self._find_from(first)
        return self._found[place]

    def _may_go_on(self, place: int) -> bool:
        """Whether the block begins as one does that goes on with a quotation."""
        block = self._document.blocks[self._filled[place]]
        return block.kind in _FLOWING and self._document.text[block.span.start] in _GOES_ON

    def _find_from(self, first: int) -> int:
        """Find the quotations from block *first* on, as far as one of them joins blocks; gives the block behind."""
        found: list[Quotation] = []
        opened: _Open | None = None
        place = first
        while True:
            block = self._document.blocks[self._filled[place]]
            scan = _Scan(self._document.text, block.span, opened)
            found += scan.read()
            left = scan.open
            place += 1
            opened = next((one for one in left if one.mark in _GOES_ON and block.kind in _FLOWING), None)
            if opened is None or place == len(self._filled) or not self._continues(opened, place):
                found += _made(self._document.text, ((one, block.span.end, block.span.end) for one in left))
                break
            found += _made(
                self._document.text,
                ((one, block.span.end, block.span.end) for one in left if one is not opened),
            )
        for joined in range(first, place):
            self._found[joined] = tuple(sorted(found, key=_words_start))
        return place

    def _continues(self, opened: _Open, place: int) -> bool:
        start = self._document.blocks[self._filled[place]].span.start
        return self._may_go_on(place) and self._document.text[start] == opened.mark


def _words_start(quotation: Quotation) -> int:
    return quotation.inside.start


def _made(text: str, ended: Iterator[tuple[_Open, int, int]]) -> Iterator[Quotation]:
    """The quotations from openings with the end of the words and that of the whole; the empty ones are none."""
    for opened, last, end in ended:
        start = opened.at + 1
        while start < last and text[start].isspace():
            start += 1
        while last > start and text[last - 1].isspace():
            last -= 1
        if start < last:
            yield Quotation(Span(opened.at, end), Span(start, last))


class _Scan:
    """The marks of one block, read from left to right."""

    def __init__(self, text: str, block: Span, opened: _Open | None) -> None:
        """*opened* comes from the paragraph before, and the mark at the start of *block* repeats it."""
        self._text = text
        self._block = block
        self._start = block.start + (1 if opened else 0)
        self.open = [opened] if opened else []
        """What is open: at the end of the block it is what was never closed, the outermost first."""

    def read(self) -> list[Quotation]:
        """The quotations that end in the block."""
        found: list[Quotation] = []
        for match in _SIGNS.finditer(self._text, self._start, self._block.end):
            sign, at = match.group(), match.start()
            place = self._closes(sign, at)
            if place is not None:
                ended = self.open[place:]
                found += _made(self._text, ((one, at, at + (one is ended[0])) for one in ended))
                del self.open[place:]
            elif len(self.open) < _DEEPEST and self._opens(sign, at):
                self.open.append(_Open(sign, at))
        return found

    def _closes(self, sign: str, at: int) -> int | None:
        """Which of those open *sign* closes."""
        for place in range(len(self.open) - 1, -1, -1):
            if sign in _CLOSED_BY[self.open[place].mark]:
                return place if self._may_close(sign, at) else None
        return None

    def _may_close(self, sign: str, at: int) -> bool:
        if sign in _ALWAYS_CLOSE:
            return True
        if sign in _SINGLE:
            may_close = _MAY_CLOSE.match(self._text, at, self._block.end)
            return may_close is not None and not self._is_possessive(sign, at)
        return not (self._before(at).isspace() and _begins_a_word(self._behind(at)))

    def _is_possessive(self, sign: str, at: int) -> bool:
        """Whether the mark behind ``dogs`` or ``goin`` is an apostrophe: a better end of the quotation follows."""
        if self._is_strong(at):
            return False
        again = self._text.find("‘", at, self._block.end)
        end = min(at + _FAR, self._block.end if again < 0 else again)
        ends = self._single_ends[sign]
        return any(map(self._is_strong, ends[bisect_right(ends, at) : bisect_left(ends, end)]))

    def _is_strong(self, at: int) -> bool:
        """Whether a single mark is beside other punctuation, or at the end: an apostrophe seldom is."""
        if not self._before(at).isalnum():
            return True
        return not (self._behind(at) and (self._behind(at).isspace() or self._behind(at).isalnum()))

    def _opens(self, sign: str, at: int) -> bool:
        if sign in _ALWAYS_OPEN:
            return True
        before, behind = self._before(at), self._behind(at)
        if not behind or behind.isspace():
            return False
        free = before.isspace() or before in _BEFORE_AN_OPENING
        match sign:
            case "‘":
                inside = before.isalnum() and not _is_cjk(before)
                return not inside and (not self._is_elision(at) or self._has_end("’", at))
            case "'":
                return free and not self._is_elision(at) and self._has_end("'", at)
            case '"':
                return free or _is_cjk(before)
            case "”" | "»" | "›":
                return free and _begins_a_word(behind)
        return False

    def _is_elision(self, at: int) -> bool:
        return _ELISION.match(self._text[at + 1 : at + 9].lower()) is not None

    def _has_end(self, sign: str, at: int) -> bool:
        """Whether a mark that may close follows, before the next quotation."""
        ends = self._single_ends[sign]
        place = bisect_right(ends, at + 1)
        if place == len(ends) or ends[place] - at > _FAR:
            return False
        return sign == "'" or self._text.find("‘", at + 1, ends[place]) < 0

    @cached_property
    def _single_ends(self) -> dict[str, list[int]]:
        """Where single marks stand that may close, in order."""
        found: dict[str, list[int]] = {sign: [] for sign in _SINGLE}
        for match in _MAY_CLOSE.finditer(self._text, *self._block):
            found[match.group()].append(match.start())
        return found

    def _before(self, at: int) -> str:
        return self._text[at - 1] if at > self._block.start else " "

    def _behind(self, at: int) -> str:
        return self._text[at + 1] if at + 1 < self._block.end else ""


def _begins_a_word(sign: str) -> bool:
    return bool(sign) and (sign.isalnum() or sign in "¿¡…“‘")


def _is_cjk(sign: str) -> bool:
    return "\u3000" <= sign <= "\u9fff" or "\uff00" <= sign <= "\uffef"

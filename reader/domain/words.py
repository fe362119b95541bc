"""Words: what ``w`` steps by and ``iw`` takes, and vim's long WORDs.

A word is a run of letters, digits and the apostrophes and hyphens inside it, or a run of other signs. Scripts
without spaces are stepped through too: Japanese by runs of one script, as vim does (kanji, hiragana and katakana
each), Chinese by the character, since a dictionary that knew its words would be megabytes and half a second.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from reader.domain.document import Document, Span

_HAN = r"\p{Han}々〇〆"
_KANA = r"\p{Hiragana}\p{Katakana}ー"
_LETTER = rf"[[\p{{L}}\p{{N}}_]--[{_HAN}{_KANA}]]"
_MORE = rf"[[\p{{L}}\p{{N}}\p{{M}}_\u200c\u200d]--[{_HAN}{_KANA}]]"
_WORD = (
    rf"{_LETTER}(?:{_MORE}|[’'‑-]+(?={_LETTER}))*+"
    r"|[\p{Hiragana}ー][\p{Hiragana}ー\p{M}]*+|[\p{Katakana}ー][\p{Katakana}ー\p{M}]*+"
    rf"|[^\s\p{{L}}\p{{N}}_{_HAN}{_KANA}]++"
)
_WORDS = {
    False: regex.compile(rf"[{_HAN}]\p{{M}}*+|{_WORD}", regex.V1),
    True: regex.compile(rf"[{_HAN}][{_HAN}ヶ\p{{M}}]*+|{_WORD}", regex.V1),
}
_ONLY_JAPANESE = regex.compile(r"[\p{Hiragana}\p{Katakana}]")
# Where no spaces divide a text, its punctuation does.
_CJK_SIGNS = "、。，．：；！？｡､…"
_CLOSERS = "」』）】〕》〉”’"
_LONG_WORD = regex.compile(
    rf"[^\s{_CJK_SIGNS}]++[{_CJK_SIGNS}]*+[{_CLOSERS}]*+|[{_CJK_SIGNS}]++[{_CLOSERS}]*+"
)
_SPACE = regex.compile(r"\s")
_REACH = 512  # so far back a word is looked for; a longer one is met piece by piece


class Words:
    """The words of a document's blocks."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._japanese: dict[int, bool] = {}

    def onward(self, block: Span, offset: int, *, long: bool = False) -> Iterator[Span]:
        """The words of *block* from the one at *offset*, or else the next one, on."""
        for word in self._found(block, self._before(block, offset), block.end, long):
            if word.end > offset:
                yield word

    def at(self, block: Span, offset: int, *, long: bool = False) -> Span | None:
        """The word at *offset*; ``None`` on white space."""
        word = next(self.onward(block, offset, long=long), None)
        return word if word and word.start <= offset else None

    def behind(self, block: Span, offset: int, *, long: bool = False) -> Span | None:
        """The last word that begins before *offset*."""
        reach = offset
        while reach > block.start:
            reach = self._before(block, reach - 1)
            words = list(self._found(block, reach, offset, long))
            if words:
                return words[-1]
        return None

    def _found(self, block: Span, start: int, end: int, long: bool) -> Iterator[Span]:
        pattern = _LONG_WORD if long else _WORDS[self._is_japanese(block)]
        for match in pattern.finditer(self._text, start, end):
            yield Span(*match.span())

    def _before(self, block: Span, offset: int) -> int:
        """A place before *offset* where a word begins or ends, so that long paragraphs are not read from the top."""
        low = max(block.start, offset - _REACH)
        space = _SPACE.search(self._text, low, max(low, offset)) if low > block.start else None
        return space.end() if space else low

    def _is_japanese(self, block: Span) -> bool:
        """Whether kana stand among the characters of *block*."""
        known = self._japanese.get(block.start)
        if known is None:
            known = self._japanese[block.start] = (
                _ONLY_JAPANESE.search(self._text, block.start, block.end) is not None
            )
        return known

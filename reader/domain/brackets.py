"""What stands between brackets."""

from __future__ import annotations

from reader.domain.document import Span
from reader.domain.patterns import lazy

_PAIRS = {
    ")": "(", "]": "[", "}": "{", "）": "（", "］": "［", "｝": "｛", "】": "【", "〕": "〔", "」": "「", "』": "『",
    "》": "《", "〉": "〈", "｣": "｢",
}  # fmt: skip
_OPENING = frozenset(_PAIRS.values())
_SIGNS = lazy("[][(){}（）［］｛｝【】〔〕「」『』《》〈〉｢｣]")


def around(text: str, block: Span, offset: int) -> list[Span]:
    """The pairs of brackets in *block* that hold *offset*, marks and all, the innermost first.

    A sign without its other half, as in ``a)`` or ``:)``, is passed over.
    """
    found: list[Span] = []
    waiting: dict[str, list[int]] = {}
    for match in _SIGNS.finditer(text, *block):
        sign, at = match.group(), match.start()
        if sign in _OPENING:
            waiting.setdefault(sign, []).append(at)
        elif starts := waiting.get(_PAIRS[sign]):
            start = starts.pop()
            for others in waiting.values():  # what was opened inside and never closed
                while others and others[-1] > start:
                    others.pop()
            if start <= offset <= at:
                found.append(Span(start, at + 1))
    return found

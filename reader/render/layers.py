"""What lies over the text: highlights, matches, the sentence cursor, the selection, the caret."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from reader.domain.colours import Colour
from reader.domain.document import Span
from reader.domain.highlight import Highlight

# From the lowest to the one that covers all others.
ORDER = ("highlight", "find", "current", "lit", "sentence", "selection", "caret")


class Layer(NamedTuple):
    """A range of the text that is painted over. ``kind`` is one of ORDER. Of a highlight its ``colour`` counts, and it
    says whether it is ``noted``, and its ``age``: the higher, the newer."""

    start: int
    end: int
    kind: str
    colour: Colour = "yellow"
    noted: bool = False
    age: int = 0


class Layers:
    """All layers of a page. :meth:`over` is what the cache of painted lines compares, so it must be cheap."""

    def __init__(self) -> None:
        self._ranges: dict[str, _Ranges | _Matches] = {}

    def set_highlights(self, highlights: Sequence[Highlight]) -> None:
        """Only anchored highlights are shown; a later one in the sequence is newer and lies on top."""
        self._set("highlight", _Ranges(sorted(
            Layer(*highlight.placement.span, "highlight", highlight.colour, bool(highlight.note), age)
            for age, highlight in enumerate(highlights)
            if highlight.placement.status == "anchored" and highlight.placement.span
        )))  # fmt: skip

    def set_matches(self, spans: Sequence[Span]) -> None:
        """Light *spans*, which are sorted and do not overlap. There may be thousands at each key."""
        self._set("find", _Matches(spans))

    def set_span(self, kind: str, span: Span | None) -> None:
        """The one layer of *kind*, or none."""
        self._set(kind, _Ranges([Layer(*span, kind)] if span else []))

    def _set(self, kind: str, ranges: _Ranges | _Matches) -> None:
        if ranges:
            self._ranges[kind] = ranges
        else:
            self._ranges.pop(kind, None)

    def over(self, start: int, end: int) -> tuple[Layer, ...]:
        """The layers that touch ``[start, end)``, lowest first."""
        if not self._ranges:
            return ()
        found: list[Layer] = []
        for kind in ORDER:
            ranges = self._ranges.get(kind)
            if ranges is not None:
                touching = ranges.over(start, end)
                if len(touching) > 1:
                    touching.sort(key=_age)
                found += touching
        return tuple(found)


def _age(layer: Layer) -> int:
    return layer.age


class _Ranges:
    """Ranges that may overlap, found by bisection: ``_reach`` is how far any range up to here goes."""

    def __init__(self, layers: list[Layer]) -> None:
        self.layers = layers
        self._starts = [layer.start for layer in layers]
        self._reach = list(accumulate((layer.end for layer in layers), max))

    def __len__(self) -> int:
        return len(self.layers)

    def over(self, start: int, end: int) -> list[Layer]:
        found: list[Layer] = []
        index = bisect_left(self._starts, max(end, start + 1)) - 1
        while index >= 0 and self._reach[index] > start:
            if self.layers[index].end > start:
                found.append(self.layers[index])
            index -= 1
        return found


class _Matches:
    """Sorted ranges that do not overlap; a layer is made only of those that are looked at."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans

    def __len__(self) -> int:
        return len(self._spans)

    def over(self, start: int, end: int) -> list[Layer]:
        first = bisect_right(self._spans, start, key=_end)
        last = bisect_left(self._spans, max(end, start + 1), first, key=_start)
        return [Layer(*span, "find") for span in self._spans[first:last]]


def _start(span: Span) -> int:
    return span.start


def _end(span: Span) -> int:
    return span.end

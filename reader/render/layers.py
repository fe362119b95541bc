"""What lies over the text: highlights, matches, the sentence cursor, the selection, the caret, labels."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from reader.domain.colours import Colour
from reader.domain.document import Span
from reader.domain.highlight import Highlight

# A passage to review, and one that was taken out of the text: neither is painted over the text itself.
MARGIN_ONLY = ("removed", "review")

# From the lowest to the one that covers all others.
ORDER = (*MARGIN_ONLY, "highlight", "find", "current", "lit", "sentence", "selection", "caret", "label")


class Layer(NamedTuple):
    """A range of the text that is painted over. ``kind`` is one of ORDER. Of a highlight its ``colour`` counts, and it
    says whether it is ``noted``, and its ``age``: the higher, the newer. Of a label its ``letters`` count."""

    start: int
    end: int
    kind: str
    colour: Colour = "yellow"
    noted: bool = False
    age: int = 0
    letters: str = ""


class Layers:
    """All layers of a page. :meth:`over` is what the cache of painted lines compares, so it must be cheap."""

    def __init__(self) -> None:
        self._ranges: dict[str, _Ranges | _Matches] = {}

    def set_highlights(self, highlights: Sequence[Highlight]) -> None:
        """A later highlight in the sequence is newer and lies on top. Only anchored ones are painted over the text;
        of those that are not, the margin marks the place, where they have one."""
        layers = sorted(
            layer for age, highlight in enumerate(highlights) if (layer := _layer_of(highlight, age))
        )
        for kind in ("highlight", *MARGIN_ONLY):
            self._set(kind, _Ranges([layer for layer in layers if layer.kind == kind]))

    def set_matches(self, spans: Sequence[Span]) -> None:
        """Light *spans*, which are sorted and do not overlap. There may be thousands at each key."""
        self._set("find", _Matches(spans))

    def set_labels(self, places: Mapping[str, Span]) -> None:
        """Paint letters over the beginnings of ranges, until they are taken away with none."""
        self._set("label", _Ranges(sorted(
            Layer(span.start, span.start + 1, "label", letters=letters) for letters, span in places.items()
        )))  # fmt: skip

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


def _layer_of(highlight: Highlight, age: int) -> Layer | None:
    span = highlight.placement.span
    if span is None:
        return None
    noted = bool(highlight.note)
    match highlight.placement.status:
        case "anchored":
            return Layer(*span, "highlight", highlight.colour, noted, age)
        case "review":
            return Layer(*span, "review", highlight.colour, noted, age)
    # Empty: its mark stands beside the line that holds the last character before it.
    start = max(0, span.start - 1)
    return Layer(start, start + 1, "removed", highlight.colour, noted, age)


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

"""Lines to styled segments: roles become styles, and what lies over the text is painted onto it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style

from reader.render.labels import labelled
from reader.render.layers import MARGIN_ONLY, Layer
from reader.render.lines import Line, Piece
from reader.render.margin import GUTTER, margin_marks
from reader.render.palette import PagePalette, Wash
from reader.render.wrap import cells, clusters, is_simple

_JOINER = "\u200d"


class Painter:
    """Paints lines in one palette; styles are made once and kept."""

    def __init__(self, palette: PagePalette) -> None:
        self.palette = palette
        self.base = _style(palette.ink, palette.page)
        self.style = cache(self._role_style)
        self._layered = cache(self._layered_style)
        self._blanks = cache(self._blank)

    def line(self, line: Line, over: Sequence[Layer], *, left: int, width: int) -> list[Segment]:
        """*line* as segments of exactly *width* cells, its text from cell *left* (at least the gutter) on.

        *over* is what may lie over it, lowest first.
        """
        body: list[Segment] = []
        shown: set[Layer] = set()
        used = 0
        pieces = line.pieces
        if over and over[-1].kind == "label":
            pieces = labelled(line, [layer for layer in over if layer.kind == "label"]).pieces
            over = [layer for layer in over if layer.kind != "label"]
        for piece in pieces:
            used += cells(piece.text)
            if piece.start is None:
                body += self._ornament(piece)
            elif over:
                body += self._covered(piece, over, shown)
            else:
                body += _whole(piece.text, self.style(piece.role))
        used += self._hanging_caret(line, over, shown, body)
        right = width - left - used
        margin = self._margin(line, shown, left) if shown else [self._blanks(left)]
        return [*margin, *body, self._blanks(right)] if right > 0 else [*margin, *body]

    def _blank(self, count: int) -> Segment:
        return Segment(" " * count, self.base)

    def _ornament(self, piece: Piece) -> Iterator[Segment]:
        text = piece.text
        if not self.palette.coloured and piece.role.startswith("panel"):
            # Half blocks and grounds need colour: without it a panel is told by a bar.
            text = "│" + " " * (len(text) - 1) if piece.role == "panel.left" and text == " " else text
            text = " " * len(text) if piece.role in ("panel.top", "panel.bottom") else text
        return _whole(text, self.style(piece.role))

    def _covered(self, piece: Piece, over: Sequence[Layer], shown: set[Layer]) -> Iterator[Segment]:
        """The piece cut where a layer begins or ends, never inside a cluster."""
        assert piece.start is not None
        touching = [layer for layer in over if layer.start < piece.end and layer.end > piece.start]
        if not touching:
            yield from _whole(piece.text, self.style(piece.role))
            return
        shown.update(touching)
        if len(piece.text) != piece.end - piece.start:
            yield Segment(piece.text, self._layered(piece.role, _looks(touching)))
            return
        edges = {edge - piece.start for layer in touching for edge in layer[:2]}
        cuts = _cuts(piece.text, edges)
        for start, end in pairwise(cuts):
            # A cluster that a layer covers in part is painted whole.
            first, last = piece.start + start, piece.start + end
            looks = _looks([layer for layer in touching if layer.start < last and layer.end > first])
            yield from _whole(piece.text[start:end], self._layered(piece.role, looks))

    def _hanging_caret(
        self, line: Line, over: Sequence[Layer], shown: set[Layer], body: list[Segment]
    ) -> int:
        """The caret on white space that hangs unseen behind the line is shown there; returns its cells."""
        caret = next((layer for layer in over if layer.kind == "caret"), None)
        if caret is None or caret in shown or not line.start <= caret.start < max(line.end, line.start + 1):
            return 0
        place = len(body)
        while place and body[place - 1].style == self.style("panel"):
            place -= 1
        filled = place < len(body)
        if filled:
            body[place] = Segment(body[place].text[1:], body[place].style)
        body.insert(place, Segment(" ", self._layered("text", (("caret", ""),))))
        return 0 if filled else 1

    def _margin(self, line: Line, shown: set[Layer], left: int) -> list[Segment]:
        """The gutter: a letter where a highlight begins, a bar along it, a diamond where it has a note."""
        marks = margin_marks(line, tuple(shown))
        if not marks:
            return [self._blanks(left)]
        letter, sign, colour = marks
        style = self.style(f"margin.{colour}")
        return [self._blanks(left - GUTTER), Segment(letter, style), Segment(sign, style), self._blanks(1)]

    def _role_style(self, role: str) -> Style:
        name, *marks = role.split("+")
        style = self.base + self._named(name)
        for mark in marks:
            style += self._mark(mark, name)
        return style

    def _named(self, name: str) -> Style:  # one table of looks
        palette = self.palette
        head, _, rest = name.partition(".")
        match head:
            case "title":
                return _style(palette.title, bold=True)
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                level = int(head[1])
                return _style(
                    palette.headings[level - 1],
                    bold=level <= 4,
                    italic=level >= 4,
                    underline=level == 2 and not palette.coloured,
                )
            case "quote" | "caption":
                return _style(palette.quote, italic=head == "caption")
            case "bar":
                return _style(palette.bar)
            case "marker":
                return _style(palette.marker)
            case "hairline" | "rule":
                return _style(palette.faint if head == "hairline" else palette.dim)
            case "table":
                return _style(palette.bright, bold=True) if rest == "head" else _style(palette.dim)
            case "panel":
                return self._panel(rest)
            case "code":
                return _style(
                    palette.code.get(rest, palette.panel_ink), palette.panel, italic=rest == "comment"
                )
            case "label":
                return (
                    _style(palette.label.ink, palette.label.ground, bold=True)
                    if palette.coloured
                    else Style(bold=True, reverse=True)
                )
            case "margin":
                return _style(palette.margins.get(rest, palette.dim), bold=True)  # type: ignore[call-overload]
            case "byline" | "alt" | "figure" | "end" | "tail" | "missing":
                return _style(palette.dim, italic=head in ("alt", "missing"), dim=not palette.coloured)
            case "end-key" | "tag":
                return _style(palette.marker)
        return Style()

    def _panel(self, part: str) -> Style:
        palette = self.palette
        if part in ("top", "bottom"):
            return _style(palette.panel, palette.page)
        return _style(palette.dim, palette.panel)

    def _mark(self, mark: str, name: str) -> Style:
        palette = self.palette
        match mark:
            case "em":
                return Style(italic=True)
            case "strong":
                return Style(bold=True) if name[0] == "h" else _style(palette.bright, bold=True)
            case "strike":
                return Style(strike=True)
            case "mono":
                return _style(palette.mono, palette.mono_ground, bold=not palette.coloured)
        return _style(palette.link, underline=True)

    def _layered_style(self, role: str, looks: tuple[tuple[str, str], ...]) -> Style:
        style = self.style(role)
        if not looks:
            return style
        below = 0
        for kind, colour in looks:
            # A lit highlight keeps its colour.
            style += Style(bold=True) if kind == "lit" and below else self._wash(kind, colour)
            below += kind == "highlight"
        if not self.palette.coloured and looks[-1][0] == "caret":
            style += Style(reverse=not style.reverse)
        if below > 1 or (below and looks[-1][0] != "highlight"):
            style += Style(underline=True)  # what is covered still shows
        return style

    def _wash(self, kind: str, colour: str) -> Style:
        palette = self.palette
        if not palette.coloured:
            return _PLAIN_LOOKS[kind]
        wash: Wash
        match kind:
            case "highlight":
                wash = palette.highlights[colour]  # type: ignore[index]
            case "find":
                wash = palette.find
            case "current":
                wash = palette.current
            case "sentence" | "lit":
                wash = palette.sentence
            case "selection":
                wash = palette.selection
            case _:
                wash = palette.caret
        return _style(wash.ink, wash.ground, bold=True if kind == "current" else None)


_PLAIN_LOOKS = {
    "highlight": Style(underline=True),
    "find": Style(bold=True, underline=True),
    "current": Style(bold=True, reverse=True),
    "lit": Style(reverse=True),
    "sentence": Style(reverse=True),
    "selection": Style(reverse=True),
    "caret": Style(bold=True),
}


def _looks(layers: Sequence[Layer]) -> tuple[tuple[str, str], ...]:
    """What decides the style: of many highlights the two newest, so that the styles stay few."""
    looks = [(layer.kind, layer.colour) for layer in layers if layer.kind not in MARGIN_ONLY]
    highlights = sum(kind == "highlight" for kind, _ in looks)
    return tuple(looks[max(0, highlights - 2) :])


def _cuts(text: str, edges: set[int]) -> list[int]:
    """The edges that lie inside *text*, moved outward to those of clusters, with both ends."""
    inside = {edge for edge in edges if 0 < edge < len(text)}
    if inside and not is_simple(text):
        bounds = {bound for cluster in clusters(text) for bound in cluster[:2]}
        starts = sorted(bounds)
        inside = {bound for edge in inside for bound in ([edge] if edge in bounds else _around(edge, starts))}
    return sorted({0, *inside, len(text)})


def _around(edge: int, bounds: list[int]) -> list[int]:
    return [max(bound for bound in bounds if bound < edge), min(bound for bound in bounds if bound > edge)]


def _whole(text: str, style: Style) -> Iterator[Segment]:
    """*text* in one style; a segment ends behind every cluster of several code points, because Rich's width of
    a longer string is not the sum over its clusters."""
    if is_simple(text):
        yield Segment(text, style)
        return
    start = 0
    for cluster in clusters(text):
        if cluster.end - cluster.start > 1 or text[cluster.start] == _JOINER:
            yield Segment(text[start : cluster.end], style)
            start = cluster.end
    if start < len(text):
        yield Segment(text[start:], style)


def _style(
    ink: str = "",
    ground: str = "",
    *,
    bold: bool | None = None,
    italic: bool | None = None,
    underline: bool | None = None,
    dim: bool | None = None,
) -> Style:
    return Style(
        color=ink or None,
        bgcolor=ground or None,
        bold=bold or None,
        italic=italic or None,
        underline=underline or None,
        dim=dim or None,
    )

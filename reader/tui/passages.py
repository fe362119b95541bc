"""The highlights of the open article as they are painted: what is being written counts already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.domain.change import Change
from reader.domain.document import Span
from reader.domain.highlight import Anchor, Colour, Highlight, HighlightId, Placement
from reader.domain.retagging import retagged
from reader.domain.version import highlights_in_words

if TYPE_CHECKING:
    from reader.storage.library import Library
    from reader.tui.screens.article import ArticleScreen


class Passages:
    """A highlight has a provisional, negative id until the library has given it one.

    Writes are done in the order they were asked for, so one that speaks of a provisional id finds the true one
    when its turn comes.
    """

    def __init__(self, screen: ArticleScreen) -> None:
        self._screen = screen
        self.all: tuple[Highlight, ...] = ()
        self._true: dict[HighlightId, HighlightId] = {}
        self._provisional = 0
        self._under_way = 0

    @property
    def placed(self) -> tuple[Highlight, ...]:
        """Those that have their place in the text, by place."""
        return tuple(highlight for highlight in self.all if highlight.placement.status == "anchored")

    @property
    def doubtful(self) -> tuple[Highlight, ...]:
        """Those that a reader has to look at, by place, the ones without a place last."""
        return tuple(highlight for highlight in self.all if highlight.placement.status != "anchored")

    @property
    def told(self) -> str:
        """What became of them in a text that changed: `` · 3 highlights: 2 placed, 1 to review``, if there are any."""
        statuses = [highlight.placement.status for highlight in self.all]
        told = highlights_in_words(
            statuses.count("anchored"), statuses.count("review"), statuses.count("orphan")
        )
        return f" · {told}" if told else ""

    @property
    def by_age(self) -> tuple[Highlight, ...]:
        """All that have a place, certain or not; the newest last, as the page paints them over each other."""
        with_place = [highlight for highlight in self.all if highlight.placement.span is not None]
        return tuple(sorted(with_place, key=lambda highlight: (highlight.id < 0, abs(highlight.id))))

    def start(self, highlights: Sequence[Highlight]) -> None:
        """The highlights of an article that is shown from now on."""
        self.all = tuple(sorted(highlights, key=_place))
        self._tell_panel()

    def refresh(self, highlights: Sequence[Highlight]) -> None:
        """What the library says now; while something is being written it is older than what is painted."""
        if not self._under_way:
            # What is as it was stays the same object, so that what was made of it is not made again.
            before = {highlight.id: highlight for highlight in self.all}
            self._show(
                [known if (known := before.get(one.id)) == one and known else one for one in highlights]
            )

    def at(self, anchor: Anchor) -> Highlight | None:
        """The highlight of that very range."""
        return next((highlight for highlight in self.placed if highlight.placement.span == anchor.span), None)

    def on(self, span: Span) -> Highlight | None:
        """The newest highlight of exactly *span*."""
        return next((one for one in reversed(self.by_age) if one.placement.span == span), None)

    def true_id(self, highlight: Highlight) -> HighlightId:
        """The id in the library; right whenever a later write is being done."""
        return self._true.get(highlight.id, highlight.id)

    def now(self, highlight: Highlight) -> Highlight | None:
        """*highlight* as it is painted now, ``None`` if it is gone."""
        wanted = self.true_id(highlight)
        return next((one for one in self.all if self.true_id(one) == wanted), None)

    # -- changes, painted before they are written ---------------------------------------------------------
    def add(self, anchor: Anchor, colour: Colour, said: str) -> Highlight:
        """Highlight *anchor* and leave it lit."""
        self._provisional -= 1
        article = self._screen.article_id
        made = Highlight(
            HighlightId(self._provisional), "", article, anchor, Placement("anchored", anchor.span), colour
        )

        def write(library: Library) -> Highlight:
            kept = library.highlights.add(article, anchor, colour=colour)
            self._true[made.id] = kept.id
            return kept

        self._show([*self.all, made])
        self._screen.page.light(made)
        self._write(said, write)
        return made

    def recolour(self, highlight: Highlight, colour: Colour) -> None:
        self._paint(replace(highlight, colour=colour))
        self._edit(
            highlight,
            f"{colour} · u undo",
            lambda library, id: library.highlights.edit(id, colour=colour),
        )

    def retag(self, highlight: Highlight, add: Sequence[str], remove: Sequence[str]) -> None:
        self._paint(replace(highlight, tags=retagged(highlight.tags, add, remove)))
        said = " ".join([*(f"+{tag}" for tag in add), *(f"-{tag}" for tag in remove)])
        self._edit(
            highlight,
            f"{said} · u undo",
            lambda library, id: library.highlights.edit(id, tags_add=add, tags_remove=remove),
        )

    def remove(self, highlight: Highlight) -> None:
        self._show([one for one in self.all if self.true_id(one) != self.true_id(highlight)])
        self._write("highlight deleted", lambda library: library.highlights.remove([self.true_id(highlight)]))

    def attach(self, highlight: Highlight, anchor: Anchor, said: str) -> None:
        """Give *highlight* other words; the ones it had are kept in the history."""
        self._paint(
            replace(highlight, anchor=anchor, placement=Placement("anchored", anchor.span, by="user"))
        )
        self._edit(highlight, said, lambda library, id: library.highlights.attach(id, anchor))

    def accept(self, highlight: Highlight, anchor: Anchor) -> None:
        """Say that the place that was proposed, of *anchor*, is right."""
        self._paint(
            replace(highlight, anchor=anchor, placement=Placement("anchored", anchor.span, by="user"))
        )
        self._write("accepted", lambda library: library.highlights.accept([self.true_id(highlight)]))

    def refuse(self, highlight: Highlight) -> None:
        self._paint(replace(highlight, placement=Placement("orphan", None, how="refused")))
        self._write(
            "kept without a place", lambda library: library.highlights.refuse([self.true_id(highlight)])
        )

    # -- inside ----------------------------------------------------------------------------------------
    def _edit(
        self, highlight: Highlight, said: str, edit: Callable[[Library, HighlightId], Highlight]
    ) -> None:
        self._write(said, lambda library: edit(library, self.true_id(highlight)))

    def _write(self, said: str, write: Callable[[Library], Highlight | Change]) -> None:
        self._under_way += 1
        self._screen.change(said, write, done=self._done, failed=self._failed)

    def _done(self, result: Highlight | Change) -> None:
        self._under_way -= 1

    def _failed(self) -> None:
        self._under_way -= 1
        self._screen.reload()

    def _paint(self, highlight: Highlight) -> None:
        wanted = self.true_id(highlight)
        self._show([highlight if self.true_id(one) == wanted else one for one in self.all])

    def _show(self, highlights: Sequence[Highlight]) -> None:
        """Paint *highlights*; the one that is lit stays lit if it is among them."""
        page = self._screen.page
        lit = page.lit
        self.all = tuple(sorted(highlights, key=_place))
        page.set_highlights(self.by_age)
        # Where only its colour or note changed the page has lit it again already.
        if isinstance(lit, Highlight) and page.lit is not (now := self.now(lit)):
            page.light(now)
        self._tell_panel()

    def _tell_panel(self) -> None:
        article = self._screen.article
        self._screen.panel.show(self.all, article.note if article is not None else "")


def _place(highlight: Highlight) -> tuple[bool, tuple[int, int], int]:
    span = highlight.placement.span
    return span is None, span or (0, 0), abs(highlight.id)

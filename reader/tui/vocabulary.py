"""The names that the library holds, for completing them: read off the thread that answers keys, and kept."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Mapping
from functools import partial
from heapq import nlargest
from typing import TYPE_CHECKING, get_args

from reader.domain.completion import FROM_LIBRARY
from reader.storage.sources import NOTHING, Source, Sources, sources_on

if TYPE_CHECKING:
    from reader.storage.lane import Lane
    from reader.storage.library import Library

Counting = Callable[["Library"], Mapping[str, int]]
OFFERED = 40
_WORDS = re.compile(r"\w+")
_BEHIND_ALL = "\U0010ffff"


class Names:
    """Names with how often each is used, found by what they, or one of their words, begin with."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = counts
        self._beginnings = sorted(
            (folded[start:], start > 0, name)
            for name in counts
            for folded in (fold(name),)
            for start in {0, *(word.start() for word in _WORDS.finditer(folded))}
        )
        self._commonest = tuple(nlargest(OFFERED, counts, key=self._use))

    def like(self, typed: str) -> tuple[str, ...]:
        """Those that begin with *typed* first, then those of which a later word does; the commonest of each first.
        None if *typed* is one of them."""
        wanted = fold(typed)
        if not wanted:
            return self._commonest
        first = bisect_left(self._beginnings, (wanted,))
        until = bisect_left(self._beginnings, (wanted + _BEHIND_ALL,))
        found: dict[str, bool] = {}
        for beginning, is_inside, name in self._beginnings[first:until]:
            if beginning == wanted and not is_inside:
                return ()
            found[name] = is_inside and found.get(name, True)
        return tuple(nlargest(OFFERED, found, key=lambda name: (not found[name], *self._use(name))))

    def _use(self, name: str) -> tuple[int, int]:
        return self.counts[name], -len(name)


class Vocabulary:
    """What is known so far. Tags and views are read anew each time that somebody begins to type; authors, sites and
    languages are counted once, in slices, and later only for what was added."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self._names: dict[str, Names] = {}
        self._sources: dict[Source, Sources] = {}
        self._stale: set[str] = set(FROM_LIBRARY)

    def expire(self) -> None:
        """Somebody begins to type: the library may have changed."""
        self._stale = set(FROM_LIBRARY)

    def needs(self, field: str) -> bool:
        return field in self._stale

    def like(self, field: str, typed: str) -> tuple[str, ...]:
        """The names that may be meant by *typed*; none before they were learned."""
        names = self._names.get(field)
        return names.like(typed) if names is not None else ()

    async def learn(self, field: str) -> None:
        """Raises LibraryError."""
        self._stale.discard(field)
        if field in ("tag", "query"):
            counts: Counting = _tags if field == "tag" else _views
        else:
            counts = await self._count(next(source for source in get_args(Source) if source == field))
        known = self._names.get(field)
        self._names[field] = await self._lane.read(lambda library: _arranged(counts(library), known))

    async def _count(self, source: Source) -> Counting:
        before = known = self._sources.get(source, NOTHING)
        while known is before or not known.is_complete:
            known = await self._lane.read(partial(sources_on, source=source, so_far=known))
        self._sources[source] = counted = known
        return lambda library: counted.counts


def _arranged(counts: Mapping[str, int], known: Names | None) -> Names:
    """On the thread that reads: twenty thousand names take it a tenth of a second."""
    return known if known is not None and known.counts == counts else Names(counts)


def fold(text: str) -> str:
    """Without case and accents."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _tags(library: Library) -> Mapping[str, int]:
    return {tag.name: tag.count for tag in library.tags.all()}


def _views(library: Library) -> Mapping[str, int]:
    views = library.views.all()
    return {view.name: len(views) - place for place, view in enumerate(views)}

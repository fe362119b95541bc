"""How the articles of a result are spread over tags, sites, authors and years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from reader.domain.passage import LAST_SEQ

Kind = Literal["tag", "site", "author", "year"]
KINDS: tuple[Kind, ...] = ("tag", "site", "author", "year")


class Facet(NamedTuple):
    """``found`` articles are of it; ``term`` narrows the query to them, as ``site:"Bee World"`` does."""

    name: str
    found: int
    term: str


@dataclass(frozen=True, slots=True)
class Facets:
    """Counted for ``of`` articles so far: all of those from ``below`` on; ``below`` is ``None`` at the end."""

    counts: Mapping[Kind, Mapping[str, int]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    of: int = 0
    below: int | None = LAST_SEQ

    @property
    def is_complete(self) -> bool:
        return self.below is None

    def top(self, kind: Kind, most: int = 12) -> list[Facet]:
        """The *most* frequent, those first; years the latest first."""
        counted = self.counts[kind].items()
        if kind == "year":
            ordered = sorted(counted, reverse=True)
        else:
            ordered = sorted(counted, key=lambda one: (-one[1], one[0].casefold()))
        return [Facet(name, count, term_of(kind, name)) for name, count in ordered[:most]]

    def with_more(self, found: Iterable[Mapping[Kind, Iterable[str]]], below: int | None) -> Facets:
        """Those of *found*, an article each, added."""
        counters = {kind: Counter(self.counts[kind]) for kind in KINDS}
        of = self.of
        for article in found:
            of += 1
            for kind, names in article.items():
                counters[kind].update(names)
        return Facets(counters, of, below)


def term_of(kind: Kind, name: str) -> str:
    if kind == "year":
        return f"after:{name} before:{int(name) + 1:04}" if name.isdecimal() else f"published:{name}"
    from reader.domain.completion import written  # counting does without

    return f"{kind}:{written(kind, name)}"

"""The commonplace book: every highlighted passage with its article, filtered by a query and grouped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, get_args

from reader.domain.colours import COLOURS, Colour
from reader.domain.highlight import Highlight
from reader.domain.lighting import find
from reader.domain.query import Query, parse, quoted
from reader.domain.ranges import period
from reader.domain.summary import ArticleId, Summary
from reader.domain.terms import And, Field, Node, Not, Or, Phrase, Value, Word
from reader.domain.text import clean_tag

Grouping = Literal["article", "tag", "colour", "date"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)


@dataclass(frozen=True, slots=True)
class Entry:
    """A highlight with its article; ``proposed`` are the words at the place that is offered, if it is to review."""

    highlight: Highlight
    article: Summary
    proposed: str = ""

    @property
    def day(self) -> date | None:
        """The local day on which the highlight was made."""
        made = self.highlight.made
        return made.astimezone().date() if made is not None else None


class Group(NamedTuple):
    """Passages under one heading. ``key`` is the same as long as the heading means the same."""

    key: str
    title: str
    entries: tuple[Entry, ...]


# --- filtering ---

HoldsArticle = Callable[[Field], Collection[ArticleId]]


def meant(entries: Iterable[Entry], query: Query, articles_of: HoldsArticle, today: date) -> list[Entry]:
    """Those of *entries* that *query* speaks of.

    Words have to stand in the passage, its note, its tags, or in what is known of its article: title, author,
    site, tags, address. ``hl: note: colour: tag: highlighted: is:review is:orphan has:note`` ask of the highlight
    itself (a tag may also be its article's); any other field asks of the article, and *articles_of* says which ones
    hold.
    """
    if query.root is None:
        found = list(entries)
    else:
        reading = _Reading(articles_of, today)
        found = [entry for entry in entries if reading.holds(query.root, entry)]
    return found[: query.limit] if query.limit else found


class _Reading:
    """One query being answered; what articles hold a field is asked once."""

    def __init__(self, articles_of: HoldsArticle, today: date) -> None:
        self._articles_of = articles_of
        self._today = today
        self._known: dict[Field, Collection[ArticleId]] = {}
        self._words: dict[Value, tuple[Word | Phrase, ...]] = {}

    def holds(self, node: Node, entry: Entry) -> bool:
        match node:
            case And(nodes):
                return all(self.holds(part, entry) for part in nodes)
            case Or(nodes):
                return any(self.holds(part, entry) for part in nodes)
            case Not(inner):
                return not self.holds(inner, entry)
            case Word() | Phrase():
                return bool(find(_haystack(entry), (node,)))
            case Field(name, values):
                return any(self._field(name, value, entry) != value.negated for value in values)
        return False

    def _field(self, name: str, value: Value, entry: Entry) -> bool:
        highlight = entry.highlight
        match name, value.text.lower():
            case "colour", colour:
                return highlight.colour == colour
            case "is", ("review" | "orphan") as status:
                return highlight.placement.status == status
            case "has", "note":
                return bool(highlight.note)
            case "tag", _:
                return _is_tagged(value, (*highlight.tags, *entry.article.tags))
            case "highlighted", text:
                return self._is_in_period(text, entry.day)
            case (("hl" | "note"), _):
                text = highlight.note if name == "note" else highlight.anchor.exact
                return bool(find(text, self._words_of(value)))
        field = Field(name, (value._replace(negated=False),))
        if field not in self._known:
            self._known[field] = self._articles_of(field)
        return entry.article.id in self._known[field]

    def _words_of(self, value: Value) -> tuple[Word | Phrase, ...]:
        """What *value* looks for: its words one after the other, or, of one word, any of its forms."""
        if value.forms:
            return (Word(value.text, value.prefix, value.forms),)
        if value not in self._words:
            self._words[value] = parse(quoted(value.text) + "*" * value.prefix).words
        return self._words[value]

    def _is_in_period(self, text: str, day: date | None) -> bool:
        first, until = period(text, self._today) or (None, None)
        return day is not None and (first is None or day >= first) and (until is None or day < until)


def _haystack(entry: Entry) -> str:
    highlight, article = entry.highlight, entry.article
    parts = (
        highlight.anchor.exact,
        highlight.note,
        " ".join(highlight.tags),
        article.title,
        article.author or "",
        article.site or "",
        " ".join(article.tags),
        article.url or "",
    )
    return "\n".join(part for part in parts if part)


def _is_tagged(value: Value, tags: Sequence[str]) -> bool:
    wanted = clean_tag(value.text).casefold()
    folded = [tag.casefold() for tag in tags]
    if not value.prefix:
        return wanted in folded
    return any(tag.startswith(wanted) or tag == wanted.removesuffix("/") for tag in folded)


# --- grouping ---

REVIEW, ORPHAN = "review", "orphan"


def grouped(
    entries: Sequence[Entry], by: Grouping, meanings: Mapping[Colour, str] | None = None
) -> list[Group]:
    """*entries* under headings, each group in the order that they come in.

    Passages to review and those without a place come first, and stand nowhere else. Tags go by name, untagged
    passages last, and a passage of several tags stands under each; the newest month comes first.
    """
    placed = [entry for entry in entries if entry.highlight.placement.status == "anchored"]
    doubtful = [
        Group(status, f"{title} · {len(some)}", some)
        for status, title in ((REVIEW, "To review"), (ORPHAN, "Not found"))
        if (some := tuple(entry for entry in entries if entry.highlight.placement.status == status))
    ]
    return [*doubtful, *_GROUPERS[by](placed, meanings or {})]


def _by_article(entries: Sequence[Entry], meanings: Mapping[Colour, str]) -> Iterator[Group]:
    found: dict[ArticleId, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.article.id, []).append(entry)
    for article, some in found.items():
        yield _group(f"article:{article}", some[0].article.title, some)


def _by_tag(entries: Sequence[Entry], meanings: Mapping[Colour, str]) -> Iterator[Group]:
    found: dict[str, list[Entry]] = {}
    bare = []
    for entry in entries:
        for tag in entry.highlight.tags:
            found.setdefault(tag, []).append(entry)
        if not entry.highlight.tags:
            bare.append(entry)
    for tag in sorted(found, key=str.casefold):
        yield _group(f"tag:{tag.casefold()}", f"#{tag}", found[tag])
    if bare:
        yield _group("tag:", "Untagged", bare)


def _by_colour(entries: Sequence[Entry], meanings: Mapping[Colour, str]) -> Iterator[Group]:
    for colour in COLOURS:
        if some := [entry for entry in entries if entry.highlight.colour == colour]:
            meaning = meanings.get(colour, "")
            title = f"{colour.capitalize()}: {meaning}" if meaning else colour.capitalize()
            yield _group(f"colour:{colour}", title, some)


def _by_date(entries: Sequence[Entry], meanings: Mapping[Colour, str]) -> Iterator[Group]:
    dated = sorted(entries, key=_moment, reverse=True)
    found: dict[str, list[Entry]] = {}
    for entry in dated:
        found.setdefault(f"{entry.day:%B %Y}" if entry.day is not None else "Undated", []).append(entry)
    for title, some in found.items():
        yield _group(f"date:{title}", title, some)


def _moment(entry: Entry) -> tuple[float, int]:
    made = entry.highlight.made
    return (made.timestamp() if made is not None else 0.0), entry.highlight.id


def _group(key: str, title: str, entries: Sequence[Entry]) -> Group:
    return Group(key, f"{title} · {len(entries)}", tuple(entries))


_GROUPERS: Mapping[Grouping, Callable[[Sequence[Entry], Mapping[Colour, str]], Iterator[Group]]] = {
    "article": _by_article,
    "tag": _by_tag,
    "colour": _by_colour,
    "date": _by_date,
}

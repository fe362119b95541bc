"""What a reader of a foreign format gave, made into a record: its body read, every text clean. For the child alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from reader.domain.article import Draft
from reader.domain.document import Document
from reader.domain.identity import valid_url
from reader.domain.record import Marked, Record
from reader.domain.text import clean, clean_body, clean_line
from reader.exchange.imports.item import Body, Item
from reader.exchange.imports.values import published, tags
from reader.ingest import IngestError
from reader.ingest.decode import decode
from reader.ingest.intake import tidy
from reader.ingest.worker import ParserName, limit, parser_of
from reader.jobs.add import Known

Means = Literal["parsers", "tokens", "none"]
"""How much is dared with a body: what one that killed a child before is not read with again."""

CPU = 20
HASTE = 7
DEPTH = 10
LANGUAGE = 35

_MEDIA_TYPES: Mapping[str, str] = {
    "html": "text/html", "extracted": "text/html", "markdown": "text/markdown", "text": "text/plain",
    "pdf": "application/pdf", "epub": "application/epub+zip",
}  # fmt: skip
# What the rest of the program gives a meaning to among the extras of an article.
_TAKEN = frozenset(["tail", "fallback", "poor", "front", "part", "skipped", "summary", "chapters", "outline"])


class UnfitError(Exception):
    """The item gives no article; ``reason`` says why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def record_of(item: Item, app: str, means: Means = "parsers") -> tuple[Record, list[str]]:
    """The record that *item* of the program *app* is, and what its reader should be told.

    A body that cannot be read costs no more than itself. Raises UnfitError for what has neither address nor text.
    """
    if item.url is not None and not valid_url(item.url):
        raise UnfitError(f"not an address: {clean_line(item.url, 60)}")
    told: list[str] = []
    draft = _draft(item, means, told)
    if not (draft.url or draft.document.text or item.highlights or clean_line(item.title)):
        raise UnfitError("neither address nor text")
    highlights = tuple(marked for given in item.highlights if (marked := _marked(given)) is not None)
    if missing := len(item.highlights) - len(highlights):
        told.append(f"{missing} highlight{'s' * (missing != 1)} without words")
    record = Record(
        draft=draft,
        state=item.state,
        starred=item.starred,
        archived=item.archived,
        progress=min(1.0, max(0.0, item.progress)),
        added=item.added,
        note=clean(item.note).strip(),
        highlights=highlights,
        origin=clean_line(item.origin, 2100) or (f"{app}:{item.url}" if item.url else ""),
    )
    return record, told


def _draft(item: Item, means: Means, told: list[str]) -> Draft:
    """The body of *item*, with what the other program knew, which beats what the body says of itself."""
    body = _read(item.body, item, means, told) if item.body is not None else None
    draft = body or Draft(title="", document=Document("", ()))
    return tidy(
        replace(
            draft,
            title=clean_line(item.title) or draft.title or item.url or "",
            url=item.url or draft.url,
            author=item.author or draft.author,
            site=item.site or draft.site,
            published=published(item.published) or draft.published,
            language=clean_line(item.language or "", LANGUAGE) or draft.language,
            tags=tags([*item.tags, *draft.tags]),
            extra={**_extra(item.extra, draft.extra), **draft.extra},
        )
    )


# -- bodies --------------------------------------------------------------------------------------------------
def _read(body: Body, item: Item, means: Means, told: list[str]) -> Draft | None:
    """*body* read by its own parser, else by the simpler one; ``None`` if neither finds a text in it."""
    reasons: list[str] = []
    for parser, seconds in _ways(body, means):
        try:
            draft = _parsed(parser, seconds, body, item)
        except IngestError as error:
            reasons.append(error.reason)
        except MemoryError:
            reasons.append("could not be parsed (memory)")
        except Exception as error:  # noqa: BLE001  a parser of foreign bytes may raise anything
            reasons.append(f"could not be parsed ({type(error).__name__})")
        else:
            if draft.document.text:
                extra = {**draft.extra, "fallback": reasons[0]} if reasons else draft.extra
                media_type = _MEDIA_TYPES[body.kind]
                return replace(draft, original=body.data, media_type=media_type, extra=extra)
            reasons.append("no text")
    if means != "none":
        told.append(f"its text could not be taken: {clean_line(reasons[0], 100) if reasons else 'no text'}")
    return None


def _ways(body: Body, means: Means) -> list[tuple[ParserName | Literal["text"], int]]:
    if means == "none":
        return []
    simple: ParserName | Literal["text"] = "tokens" if body.kind in ("html", "extracted") else "text"
    ways: list[tuple[ParserName | Literal["text"], int]] = [(body.kind, CPU)] if means == "parsers" else []
    if body.kind in ("html", "extracted", "markdown"):
        ways.append((simple, HASTE))
    return ways


def _parsed(parser: ParserName | Literal["text"], seconds: int, body: Body, item: Item) -> Draft:
    title = clean_line(item.title)
    if parser == "text":
        from reader.ingest import plain

        limit(seconds)
        return Known(title=title or None).told(plain.parse(decode(body.data), stem=title), "")
    parse = parser_of(parser)
    limit(seconds)
    drafts = parse(body.data, stem=title, url=item.url)
    return drafts[0] if isinstance(drafts, list) else drafts


# -- cleaning ------------------------------------------------------------------------------------------------
def _marked(given: Marked) -> Marked | None:
    """*given* with clean texts; ``None`` if no word of it is left."""
    exact = clean_body(given.exact).strip()
    if not exact:
        return None
    return replace(
        given,
        exact=exact,
        note=clean(given.note).strip(),
        tags=tags(given.tags),
        prefix=clean_body(given.prefix),
        suffix=clean_body(given.suffix),
        origin=clean_line(given.origin, 2100),
        extra=cleaned(given.extra),
    )


def _extra(foreign: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """What the other program knew besides, under its own names, unless those mean something here."""
    taken = _TAKEN.union(own)
    return {f"{key}_" if key in taken else key: value for key, value in cleaned(foreign).items()}


def cleaned(value: Mapping[str, Any]) -> dict[str, Any]:
    """*value* as JSON can hold it, every text clean, what is nested too deep as text."""
    return {name: _clean(one) for key, one in value.items() if (name := clean_line(str(key), 100))}


def _clean(value: Any, depth: int = 0) -> Any:
    if isinstance(value, str):
        return clean(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else None  # no NaN, no infinity: they are no JSON
    if depth >= DEPTH:
        return clean_line(str(value))
    if isinstance(value, Mapping):
        return {clean_line(str(key), 100): _clean(one, depth + 1) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_clean(one, depth + 1) for one in value]
    return clean_line(str(value))

"""W3C Web Annotations in JSON-LD (https://www.w3.org/TR/annotation-model/): one collection with a page of all passages.

A position counts code points of our text, of which ``textHash`` is the hash; who has another text goes by the quote. A
note on a whole article is an annotation without selector. An article without address is named by its uid.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from reader.domain.article import Article, Summary
from reader.domain.document import Document, Span
from reader.domain.highlight import Highlight

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"reader": "urn:terminal-reader:"}]
URN = "urn:uuid:"

OPENING = (
    f'{{"@context":{json.dumps(CONTEXT, separators=(",", ":"))},"type":"AnnotationCollection",'
    '"first":{"type":"AnnotationPage","items":['
)
END = "\n]}}\n"


def said_of(article: Article, highlights: Sequence[Highlight]) -> Iterator[str]:
    """Those of one article, each as JSON on one line; commas between them are the caller's."""
    target = _target(article.summary)
    if article.note:
        yield _json(_of_article(article, target))
    for one in highlights:
        yield _json(_annotation(one, target, article.document))


def _of_article(article: Article, target: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f"{URN}{article.summary.uid}#note", "type": "Annotation", "motivation": "commenting",
        "body": [_body(article.note, "commenting")], "target": target,
    }  # fmt: skip


def _annotation(one: Highlight, target: dict[str, Any], document: Document) -> dict[str, Any]:
    span, text_hash = _place(one, document)
    quote = {
        "type": "TextQuoteSelector",
        "exact": one.anchor.exact,
        "prefix": one.anchor.prefix,
        "suffix": one.anchor.suffix,
    }
    place = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    body = [_body(one.note, "commenting")] if one.note else []
    target = target | {
        "textHash": f"sha256:{text_hash}" if text_hash else None,
        "selector": [quote, *([place] if text_hash else [])],
    }
    made = {
        "id": f"{URN}{one.uid}", "type": "Annotation", "motivation": "highlighting", "created": _time(one.made),
        "modified": _time(one.changed), "reader:colour": one.colour,
        "body": [*body, *(_body(tag, "tagging") for tag in one.tags)],
        "target": {key: value for key, value in target.items() if value},
    }  # fmt: skip
    return {key: value for key, value in made.items() if value}


def _place(one: Highlight, document: Document) -> tuple[Span, str]:
    """Where it is in the current text, if its words stand there as they were; else where it was made."""
    span = one.placement.span
    if one.placement.status == "anchored" and span and document.slice(span) == one.anchor.exact:
        return span, document.hash
    return one.anchor.span, one.anchor.text_hash


def _target(summary: Summary) -> dict[str, Any]:
    return {"source": summary.url or f"{URN}{summary.uid}", "reader:title": summary.title}


def _body(text: str, purpose: str) -> dict[str, str]:
    form = {"format": "text/markdown"} if purpose == "commenting" else {}
    return {"type": "TextualBody", "value": text, **form, "purpose": purpose}


def _time(value: datetime | None) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if value else ""


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

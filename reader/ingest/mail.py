"""A mail or a page saved as one (MHTML) to an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from reader.domain.article import Draft
from reader.domain.document import Document
from reader.ingest import html
from reader.ingest.errors import IngestError
from reader.ingest.language import plausible
from reader.ingest.letter import Letter, read_letter
from reader.ingest.masthead import cut_title
from reader.ingest.newsletter import read_newsletter
from reader.ingest.paragraphs import parts_of
from reader.ingest.plain import document_of, lines_of, without_tail

MEDIA_TYPE = "message/rfc822"
SIGNATURE_LINES = 12
LITTLE = 80

_QUOTES = re.compile(r"(?:> ?)*")


def parse(data: bytes, *, stem: str = "", url: str | None = None) -> Draft:
    """The article that the mail *data* is. ``extra["masthead"]`` and ``extra["tail"]`` hold what stood above and
    below it, one thing a line: a preheader, the small print of a subscription, a signature.

    Raises IngestError if there is no text in it.
    """
    letter = read_letter(data)
    if letter.is_page and letter.html:
        page = html.parse(
            letter.html.encode("utf-8", "replace"), stem=stem, url=url or letter.url, charset="utf-8"
        )
        return replace(page, media_type=MEDIA_TYPE)
    draft = _newsletter(letter) if letter.html else None
    if draft is None or (len(draft.document.text) < LITTLE and len(letter.text) > LITTLE):
        draft = _plain(letter)
    if not draft.document.text:
        raise IngestError("", "no text")
    return replace(
        draft,
        title=letter.subject or stem or cut_title(draft.document.text),
        url=url or letter.url or draft.url,
        author=letter.sender,
        site=letter.list_name,
        published=letter.sent,
        media_type=MEDIA_TYPE,
    )


def _newsletter(letter: Letter) -> Draft | None:
    try:
        told = read_newsletter(letter.html, letter.subject)
    except IngestError:
        return None
    aside = {"masthead": "\n".join(told.head), "tail": "\n".join(told.tail)}
    return Draft(
        title="",
        document=told.document,
        url=told.url,
        language=plausible(told.language, told.document.text),
        extra={name: text for name, text in aside.items() if text},
    )


def _plain(letter: Letter) -> Draft:
    lines = lines_of(_unflowed(letter.text, letter.joins) if letter.flows else letter.text)
    body, signature = _without_signature(lines)
    parts, tail = without_tail(parts_of(body))
    below = [*(part.text for part in tail), *(line for line in signature if line.strip())]
    document = document_of(parts) if parts else Document("", ())
    return Draft(title="", document=document, extra={"tail": "\n".join(below)} if below else {})


def _unflowed(text: str, joins: bool) -> str:
    """*text* with the lines joined that its writer did not end (RFC 3676): those that end in a space."""
    return "\n".join(_joined(text.split("\n"), joins))


def _joined(lines: list[str], joins: bool) -> Iterator[str]:
    held, quotes = "", None
    for line in lines:
        line = line.rstrip("\r")
        found = _QUOTES.match(line)
        depth = found[0].count(">") if found else 0
        words = line[found.end() :] if found and depth else line.removeprefix(" ")
        is_signature = words == "-- "
        if quotes is not None and (depth != quotes or is_signature):
            yield _quoted(held, quotes)
            held, quotes = "", None
        held += words
        if words.endswith(" ") and not is_signature:
            held, quotes = (held[:-1] if joins else held), depth
        else:
            yield _quoted(held, depth)
            held, quotes = "", None
    if quotes is not None:
        yield _quoted(held, quotes)


def _quoted(line: str, depth: int) -> str:
    return f"{'>' * depth} {line}" if depth else line


def _without_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    """*lines* divided at the dashes that mails have above a signature, if only a few follow."""
    for number in range(len(lines) - 1, max(0, len(lines) - SIGNATURE_LINES) - 1, -1):
        if lines[number] in ("-- ", "--") and any(line.strip() for line in lines[:number]):
            return lines[:number], lines[number + 1 :]
    return lines, []

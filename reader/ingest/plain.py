"""Plain text as it is scraped, mailed or typed: masthead, paragraphs, and the boilerplate below the end."""

from __future__ import annotations

import re
from dataclasses import asdict

from reader.domain.article import Draft
from reader.domain.document import Document, DocumentBuilder
from reader.domain.text import clean_body
from reader.ingest.errors import IngestError
from reader.ingest.masthead import read_masthead
from reader.ingest.paragraphs import Part, parts_of

TAIL_PARTS = 8
TAIL_LINE = 120

# What the eye takes for the end of a line or a page; clean() would delete these and glue words together.
_BREAKS = str.maketrans({"\f": "\n\n", "\v": "\n", "\x1c": "\n", "\x1d": "\n", "\x1e": "\n"})
_COLOUR = re.compile("\x1b\\[[0-9;:]{0,40}m")
_TAIL = re.compile(
    r"""(?ix) (?: comments\ (?:are\ )?(?:now\ )?closed | \d*\ ?comments? | leave\ a\ (?:comment|reply)
    | share\ (?:this|on|via)\b.* | share | sign\ up\ (?:for|to)\b.* | subscribe\b.*
    | (?:©|\(c\)|copyright)\s.* | .*\ball\ rights\ reserved | read\ (?:more|next)\ ?:.* | read\ more
    | related(?:\ (?:articles?|stories|posts?|reading))?\ ?(?::.*)? | advertisement | follow\ us\b.*
    | more\ from\ .* | tags?:.* | filed\ under:?.* | print\ this.* | (?:sign|log)\ in
    | (?:write\ to|contact|email|e-mail|reach)\ .*\S@\S.* | .*\bcan\ be\ reached\ (?:at|on|by)\ .*
    | (?:©|\(c\)|copyright).*\ball\ rights\ reserved\b.* | appeared\ in\ the\ .*\ print\ edition\b.* ) [.!…]?"""
)
# Above links to other articles, which end as titles do: without a full stop.
_LINKS = re.compile(
    r"(?i)(?:related(?: (?:articles?|stories|posts?|topics?|reading|content|links))?|more on this(?: story| topic)?"
    r"|(?:most|also) (?:read|popular)|recommended(?: .{1,20})?|you (?:may|might) also like|read (?:more|next)"
    r"|more stories|top stories)\s*[:…]?"
)


def parse(text: str, *, stem: str = "") -> Draft:
    """The article in *text*; *stem*, the readable name of its file, is the title if no line has words.

    ``extra["tail"]`` holds lines such as “Share this” from below the end, one a line; ``extra["masthead"]``
    those from above it that say more than author and date. Raises IngestError if nothing in the text can be seen.
    """
    lines = lines_of(text)
    if not any(line.strip() for line in lines):
        raise IngestError("", "no text")
    masthead = read_masthead(lines, stem)
    for number in masthead.taken:
        lines[number] = ""
    parts, tail = without_tail(parts_of(lines))
    document = document_of(parts)
    if not (masthead.taken or document.text or tail):
        raise IngestError("", "no text")
    return Draft(
        title=masthead.title,
        document=document,
        author=masthead.author,
        published=masthead.published,
        media_type="text/plain",
        extra={
            name: "\n".join(texts)
            for name, texts in (("masthead", masthead.rest), ("tail", [part.text for part in tail]))
            if texts
        },
    )


def lines_of(text: str) -> list[str]:
    """The clean lines of *text*; a page break is a blank line, colour of a terminal is nothing.

    Only complete colour sequences are taken out: looking for the end of others could swallow the rest.
    """
    return clean_body(_COLOUR.sub("", text).translate(_BREAKS)).split("\n")


def without_tail(parts: list[Part]) -> tuple[list[Part], list[Part]]:
    """*parts* divided where the boilerplate begins, which only ever is a run of short lines at the very end.

    A text that would be boilerplate and nothing else is an article: a note of one line, perhaps.
    """
    first = max(0, len(parts) - TAIL_PARTS)
    end = len(parts)
    while end > first and _is_tail(parts[end - 1]):
        end -= 1
    for number in range(first, end):
        if _LINKS.fullmatch(parts[number].text.partition("\n")[0]) and all(map(_is_link, parts[number:end])):
            end = number
            break
    while end > first and _is_tail(parts[end - 1]):
        end -= 1
    if not any(part.text for part in parts[:end]):
        return parts, []
    return parts[:end], [part for part in parts[end:] if part.text]


def _is_link(part: Part) -> bool:
    return part.kind in ("para", "heading", "item") and all(
        len(line) < TAIL_LINE and not line.endswith((".", ",", ";", "”", '"'))
        for line in part.text.split("\n")
    )


def _is_tail(part: Part) -> bool:
    if part.kind == "rule":
        return True
    lines = part.text.split("\n")
    return part.kind in ("para", "heading") and all(
        len(line) < TAIL_LINE and _TAIL.fullmatch(line.strip()) for line in lines
    )


def document_of(parts: list[Part]) -> Document:
    builder = DocumentBuilder()
    for part in parts:
        attributes = asdict(part)
        builder.add(attributes.pop("kind"), attributes.pop("text"), **attributes)
    return builder.build()

"""A PDF to an article: columns in order, paragraphs joined, running heads and page numbers set aside.

To be run in the child: a small file can unpack to more than there is memory.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pypdfium2
from pypdfium2 import PdfiumError

from reader.domain.article import Draft
from reader.domain.text import clean_line
from reader.ingest.columns import FEWEST_RUNS, Line, gutter_of, lines_of
from reader.ingest.dates import published
from reader.ingest.drawn import Drawn, drawn
from reader.ingest.edges import without_edges
from reader.ingest.errors import IngestError
from reader.ingest.flow import same_words
from reader.ingest.masthead import cut_title
from reader.ingest.printed import document_of, style_of, title_of

BYLINE = 100
ASIDE = 50
USUAL = 0.4

_DATE = re.compile(r"D?:?(\d{4})(\d\d)(\d\d)")
_NO_TITLE = re.compile(
    r"(?i)untitled.*|microsoft \w+ - .*|.*\.(?:docx?|tex|dvi|pdf|indd|qxd|rtf|odt|ps|html?)|[\W\d_]*|document\d*|title"
)
_NO_NAME = re.compile(r"(?i)user\d*|admin(?:istrator)?|owner|unknown|author|root|.*@.*|[\W\d_]*")


def parse(data: bytes, *, stem: str = "", url: str | None = None) -> Draft:
    """The text of the PDF *data*. ``extra["tail"]`` has what stood at the edges of its pages, one a line,
    without the numbers.

    Raises IngestError if a password is needed, the file is broken or its pages are pictures.
    """
    pages, said = _read(data)
    gutter = _gutter(pages)
    lines, edges = without_edges([_lines(page, number, gutter) for number, page in enumerate(pages)])
    if not any(lines):
        raise IngestError("", "no text in this PDF")
    style = style_of(lines)
    largest = title_of(lines[0], style)
    title = _title(said) or clean_line(" ".join(line.text for line in largest))
    is_above = bool(largest) and same_words(title, " ".join(line.text for line in largest))
    if is_above:
        lines[0] = [line for line in lines[0] if line not in largest]
    document = document_of(lines, style, "" if is_above else title)
    turned = [" ".join(page.aside) for page in pages]
    aside = [text for text in dict.fromkeys([*edges, *turned]) if any(map(str.isalpha, text))]
    return Draft(
        title=title or stem or cut_title(document.text),
        document=document,
        url=url,
        author=_author(said),
        published=_date(said),
        media_type="application/pdf",
        extra={"tail": "\n".join(aside[:ASIDE])} if aside else {},
    )


def _read(data: bytes) -> tuple[list[Drawn], Mapping[str, str]]:
    try:
        file = pypdfium2.PdfDocument(data)
    except PdfiumError as error:
        locked = "password" in str(error).lower()
        raise IngestError("", "locked with a password" if locked else "a damaged PDF") from error
    try:
        said = {name: clean_line(value) for name, value in file.get_metadata_dict().items()}
        return [_page(file, number) for number in range(len(file))], said
    finally:
        file.close()


def _page(file: Any, number: int) -> Drawn:
    try:
        page = file[number]
    except PdfiumError:  # the others may be whole
        return Drawn(1, 1, ())
    try:
        return drawn(page)
    finally:
        page.close()


def _gutter(pages: Sequence[Drawn]) -> float | None:
    """Where most of the pages with two columns are parted, if these are no exception."""
    found = Counter(where for page in pages if (where := gutter_of(page.runs, page.width)) is not None)
    full = sum(len(page.runs) >= FEWEST_RUNS for page in pages)
    return found.most_common(1)[0][0] if found.total() > USUAL * full else None


def _lines(page: Drawn, number: int, gutter: float | None) -> list[Line]:
    return [
        replace(line, page=number, share=line.base / page.height)
        for line in lines_of(page.runs, page.width, gutter)
        if line.text
    ]


def _title(said: Mapping[str, str]) -> str:
    title = said.get("Title", "")
    return "" if _NO_TITLE.fullmatch(title) else title


def _author(said: Mapping[str, str]) -> str | None:
    author = re.sub(r"\s*[;&]\s*", ", ", said.get("Author", ""))
    return author if author and len(author) <= BYLINE and not _NO_NAME.fullmatch(author) else None


def _date(said: Mapping[str, str]) -> str | None:
    found = _DATE.match(said.get("CreationDate", ""))
    return published("-".join(found.groups())) if found else None

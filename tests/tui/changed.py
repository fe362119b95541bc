"""An article whose text changed: some of its highlights are certain, one is to review, two have no place."""

from __future__ import annotations

from reader.domain.anchor import anchor_of, occurrences
from reader.domain.article import ArticleId, Draft
from reader.domain.colours import Colour
from reader.domain.document import Document
from reader.domain.highlight import Highlight
from reader.storage.library import Library

BEFORE = (
    "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness, "
    "we had everything before us, we had nothing before us, we were all going direct to Heaven.\n\n"
    "The lighthouse keeper wrote every evening what the sea had done. He wrote of ships and of weather, and he "
    "never once mentioned himself.\n\n"
    "The committee met on Tuesday. Nobody had read the report in full. The vote was postponed until May.\n\n"
    "Steady work leaves no mark except the absence of a mark. This is the last paragraph of a story."
)
AFTER = (
    BEFORE.replace("it was the age of foolishness, ", "")
    .replace(" Nobody had read the report in full.", "")
    .replace(
        "He wrote of ships and of weather, and he never once mentioned himself.", "He drew gulls instead."
    )
)
WORST, BEST, AGE = "it was the worst of times", "worst of times, it was", "it was the age of foolishness"
SHIPS, NOBODY = (
    "He wrote of ships and of weather, and he never once mentioned himself.",
    "Nobody had read the report in full.",
)
STEADY = "Steady work leaves no mark"


def draft(text: str) -> Draft:
    return Draft("A Tale of Two Texts", Document.plain(text), url="https://example.org/tale", author="C. D.")


def highlight(
    library: Library,
    article: ArticleId,
    words: str,
    *,
    colour: Colour = "yellow",
    note: str = "",
    tags: tuple[str, ...] = (),
) -> Highlight:
    """Highlight the first place of *words* in the text as it is now."""
    document = library.articles.get(article).document
    anchor = anchor_of(document, occurrences(document, words)[0])
    assert anchor is not None
    return library.highlights.add(article, anchor, colour=colour, note=note, tags=tags)


def add_changed(library: Library) -> ArticleId:
    article = library.articles.add(draft(BEFORE)).id
    highlight(library, article, WORST, colour="green", note="how **it** began", tags=("opening",))
    highlight(library, article, BEST)
    highlight(library, article, AGE, colour="pink", note="which age?")
    highlight(library, article, SHIPS, colour="blue", note="modest")
    highlight(library, article, NOBODY, colour="purple", note="typical", tags=("work",))
    highlight(library, article, STEADY, tags=("work",))
    library.articles.add(draft(AFTER))
    return article


def one(library: Library, article: ArticleId, words: str) -> Highlight:
    """The highlight of *words*, wherever it is now."""
    return next(found for found in library.highlights.of(article) if found.anchor.exact == words)

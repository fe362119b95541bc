"""Where a highlighted passage is now: re-anchoring over folded text.

A position is trusted only while the text has the hash it was made on and still shows the passage there. In
another text the passage is looked for verbatim, after folding quotes, dashes, white space and case; when it is
nowhere, for words that are nearly the same, with what stood before and behind. What cannot be placed with
certainty is never ``anchored``: better none than the wrong words. Follows the W3C text-position and text-quote
selectors.

Every constant is measured: who changes one runs ``make bench`` (``--only anchoring``) and the tests again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from reader.domain.approximate import Match, matches, similarity
from reader.domain.document import Document, Span
from reader.domain.folding import Folded, folded_text, normalise
from reader.domain.highlight import Anchor, How, Placement, PlacementStatus
from reader.domain.loading import load_rapidfuzz

CONTEXT = 32
"""Code points that a selector keeps of what stands before and behind a passage."""

SHORT, LONG = 12, 30  # below the one, words alone prove nothing; from the other on, they need no neighbours
ERRORS_SHARE, MOST_ERRORS = (
    0.35,
    256,
)  # edits that a quote may have suffered: this share of it, and never more
LEAST_QUOTE, ACCEPT, REVIEW = 0.70, 0.75, 0.60
CONTEXT_ALONE, CONTEXT_AMONG_MANY = 0.5, 0.6
MARGIN = 0.01
QUOTE_ALONE = 0.90  # so much of the words needs no context
ACCEPT_BETWEEN = 0.68  # enough where both contexts are there, half of each at least
CANDIDATE_CAP = 200
MOST_COMPARED = 5  # places that are looked up in the text that the passage was made on
AROUND_HINT = 1500
EDGE, GAP_SHARE, REMOVED_BELOW = 14, 0.3, 0.80


def anchor_of(document: Document, span: Span) -> Anchor | None:
    """The selector of *span*, white space at both ends left out; ``None`` if nothing visible is in it."""
    text = document.text
    start, end = max(0, span.start), min(len(text), span.end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        return None
    return Anchor(
        Span(start, end),
        text[start:end],
        text[max(0, start - CONTEXT) : start],
        text[end : end + CONTEXT],
        document.hash,
    )


def locate(document: Document, anchor: Anchor, before: Document | None = None) -> Placement:
    """Find where *anchor*'s passage is in *document*, which may be another text than it was made on.

    *before* is the text that it was made on, if that is still known: what stood elsewhere in it already is then not
    taken for the passage, however alike it is, as the next line of a list or the next article of a law.

    Total: never raises, whatever the text. A passage that is not there verbatim takes tens of milliseconds, in a
    long text: that is no work for the thread that answers keys.
    """
    if document.hash == anchor.text_hash and document.slice(anchor.span) == anchor.exact:
        return Placement("anchored", anchor.span)
    wanted = _Wanted.of(anchor)
    if not wanted.quote:
        return _orphan("empty")
    folded = folded_text(document.text)
    # Without the hash of the text that it was made on, a position says nothing.
    hint = bisect_left(folded.offsets, anchor.span.start) if anchor.text_hash else None
    exact = [Match(start, start + len(wanted.quote), 0) for start in _finds(folded.text, wanted.quote)]
    if exact:
        return _among_exact(folded, wanted, _scored(folded.text, wanted, exact, hint))
    if len(wanted.quote) < SHORT:
        return _orphan("short")
    ranked = _scored(folded.text, wanted, _alike(folded.text, wanted, hint), hint)
    known = (
        before is not None and before.hash == anchor.text_hash and before.slice(anchor.span) == anchor.exact
    )
    found = _among_like(folded, wanted, ranked, _Origin.of(before, anchor) if before and known else None)
    from reader.domain.whole_words import on_words  # with the patterns of words, for this alone

    return on_words(document, found)


def occurrences(document: Document, words: str) -> list[Span]:
    """Every place where *words* stand in the text, quotes, dashes, white space and case aside; at most 200."""
    quote = normalise(words).text
    if not quote:
        return []
    folded = folded_text(document.text)
    return [folded.span(start, start + len(quote)) for start in _finds(folded.text, quote)]


# --- what is looked for, and what was found --------------------------------------------------------------------


class _Wanted(NamedTuple):
    """A selector's words, folded; the contexts keep the one space that touches the quote."""

    quote: str
    prefix: str
    suffix: str

    @classmethod
    def of(cls, anchor: Anchor) -> _Wanted:
        prefix, suffix = normalise(anchor.prefix).text, normalise(anchor.suffix).text
        return cls(
            normalise(anchor.exact).text,
            prefix + " " if prefix and anchor.prefix[-1:].isspace() else prefix,
            " " + suffix if suffix and anchor.suffix[:1].isspace() else suffix,
        )


class _Origin(NamedTuple):
    """The text that a selector was made on, folded, and where the passage stood in it."""

    text: str
    passage: Span

    @classmethod
    def of(cls, document: Document, anchor: Anchor) -> _Origin:
        folded = folded_text(document.text)
        start, end = (bisect_left(folded.offsets, offset) for offset in anchor.span)
        return cls(folded.text, Span(start, end))

    def has_once(self, *contexts: str) -> bool:
        return all(len(words) >= EDGE and self.text.count(words) == 1 for words in contexts)

    def had(self, words: str, quote: str) -> bool:
        """Whether *words* stood there elsewhere than *quote*, or something nearer to them than *quote* is."""
        like = _most_like(self.text, words)
        if like is None:
            return False
        shared = min(like.end, self.passage.end) - max(like.start, self.passage.start)
        if 2 * shared >= like.end - like.start:
            return False
        load_rapidfuzz()
        from rapidfuzz.distance import Levenshtein

        return Levenshtein.distance(self.text[like.start : like.end], words) < Levenshtein.distance(
            quote, words
        )


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A place in the folded text, and how much of each known side, the prefix and the suffix, is there."""

    start: int
    end: int
    quote: float
    score: float
    sides: tuple[float, ...]

    @property
    def context(self) -> float | None:
        return max(self.sides, default=None)


def _orphan(how: How) -> Placement:
    return Placement("orphan", None, 0.0, how, 0.0)


def _placed(
    status: PlacementStatus, how: How, folded: Folded, ranked: list[_Candidate], best: _Candidate
) -> Placement:
    margin = ranked[0].score - ranked[1].score if len(ranked) > 1 else 1.0
    span = None if status == "orphan" else folded.span(best.start, best.end)
    return Placement(status, span, best.score, how, best.quote, best.context, margin)


def _scored(text: str, wanted: _Wanted, found: list[Match], hint: int | None) -> list[_Candidate]:
    """*found*, best first: 50 points for the words, 20 for each stored context, 2 for nearness to *hint*; what was
    not stored does not count."""
    candidates = []
    for start, end, errors in found:
        quote = 1 - errors / len(wanted.quote)
        sides = []
        if wanted.prefix:
            sides.append(similarity(text[max(0, start - len(wanted.prefix)) : start], wanted.prefix))
        if wanted.suffix:
            sides.append(similarity(text[end : end + len(wanted.suffix)], wanted.suffix))
        points, weight = 50 * quote + 20 * sum(sides), 50 + 20 * len(sides)
        if hint is not None:
            points, weight = points + 2 * (1 - min(1, abs(start - hint) / len(text))), weight + 2
        candidates.append(_Candidate(start, end, quote, points / weight, tuple(sides)))
    return sorted(candidates, key=lambda candidate: -candidate.score)


# --- the very words ----------------------------------------------------------------------------------------------


def _finds(text: str, words: str) -> Iterator[int]:
    start = text.find(words)
    count = 0
    while start >= 0 and count < CANDIDATE_CAP:
        yield start
        count += 1
        start = text.find(words, start + 1)


def _among_exact(folded: Folded, wanted: _Wanted, ranked: list[_Candidate]) -> Placement:
    best = ranked[0]
    if len(ranked) == 1:
        certain = len(wanted.quote) >= SHORT or best.context is None or best.context >= CONTEXT_ALONE
    else:
        apart = best.score - ranked[1].score >= MARGIN
        certain = best.context is not None and best.context >= CONTEXT_AMONG_MANY and apart
    if len(wanted.quote) < LONG:
        certain = certain and not _belongs_elsewhere(folded.text, wanted, best)
    return _placed("anchored" if certain else "review", "exact", folded, ranked, best)


def _belongs_elsewhere(text: str, wanted: _Wanted, found: _Candidate) -> bool:
    """Whether the neighbours of a passage stand better at another place than at the one that was found: there its
    words were taken out or rewritten, and here are others that are spelled alike.

    Neighbours that were moved a little, by words put between, speak for a passage of many words all the same.
    """
    if found.context is None or found.context == 1:
        return False
    is_long = len(wanted.quote) >= LONG
    here = Span(found.start - 2 * CONTEXT, found.start), Span(found.end, found.end + 2 * CONTEXT)
    for words, neighbour in zip((wanted.prefix, wanted.suffix), here, strict=True):
        place = _most_like(text, words) if len(words) >= EDGE else None
        if place is None or (is_long and place.overlaps(neighbour)):
            continue
        if similarity(text[place.start : place.end], words) > found.context:
            return True
    return False


def _most_like(text: str, words: str) -> Span | None:
    """The stretch of *text* that is most like *words*, found fast and not to the letter."""
    if len(text) < len(words):  # it would look for the text in the words
        return None
    load_rapidfuzz()
    from rapidfuzz.fuzz import partial_ratio_alignment  # most passages are found without it

    found = partial_ratio_alignment(words, text, score_cutoff=60)
    return None if found is None else Span(found.dest_start, found.dest_end)


# --- words that are nearly the same --------------------------------------------------------------------------------


def _alike(text: str, wanted: _Wanted, hint: int | None) -> list[Match]:
    """Where *text* nearly says the quote: looked for around the most similar stretch and around *hint*.

    The whole text would take a second or more, and gives the same places.
    """
    limit = min(MOST_ERRORS, int(ERRORS_SHARE * len(wanted.quote)))
    found: set[Match] = set()
    for first, until in _windows(text, wanted.quote, limit + 20, hint):
        first = max(0, first)
        found |= {
            Match(first + start, first + end, errors)
            for start, end, errors in matches(text[first:until], wanted.quote, limit)
        }
    return sorted(found, key=lambda match: (match.errors, match.start, match.end))[:20]


def _windows(text: str, quote: str, around: int, hint: int | None) -> Iterator[tuple[int, int]]:
    if like := _most_like(text, quote):
        yield like.start - around, like.end + around
    if hint is not None:
        yield hint - AROUND_HINT, hint + len(quote) + AROUND_HINT


def _among_like(
    folded: Folded, wanted: _Wanted, ranked: list[_Candidate], origin: _Origin | None
) -> Placement:
    own = _own(folded.text, wanted, ranked, origin)
    ranked = own or ranked
    removed = _removed_at(folded.text, wanted)
    if removed is not None and (not own or own[0].quote < REMOVED_BELOW):
        offset = folded.offsets[removed]
        score, quote = (ranked[0].score, ranked[0].quote) if ranked else (0.0, 0.0)
        return Placement("orphan", Span(offset, offset), score, "deleted-here", quote, 1.0)
    if not ranked:
        return _orphan("nomatch")
    best = _snapped(folded.text, wanted, ranked[0])
    known = best.context is None or best.context >= CONTEXT_ALONE or best.quote >= QUOTE_ALONE
    between = len(best.sides) == 2 and min(best.sides) >= CONTEXT_ALONE
    enough = best.score >= (ACCEPT_BETWEEN if between else ACCEPT)
    certain = bool(own) and best.quote >= LEAST_QUOTE and enough and known
    if certain and not _belongs_elsewhere(folded.text, wanted, ranked[0]):
        return _placed("anchored", "fuzzy", folded, ranked, best)
    return _placed("review" if best.score >= REVIEW else "orphan", "fuzzy", folded, ranked, best)


def _own(text: str, wanted: _Wanted, ranked: list[_Candidate], origin: _Origin | None) -> list[_Candidate]:
    """*ranked* from the first on that may be the passage; none if all that is there stood elsewhere before."""
    if origin is None:
        return ranked
    neighbours_tell = origin.has_once(wanted.prefix, wanted.suffix)
    for place, candidate in enumerate(ranked[:MOST_COMPARED]):
        # Words that became those of another passage are the passage where they stand between its old neighbours.
        if neighbours_tell and _is_between(text, wanted, candidate):
            return ranked[place:]
        if not origin.had(text[candidate.start : candidate.end], wanted.quote):
            return ranked[place:]
    return []


def _is_between(text: str, wanted: _Wanted, found: _Candidate) -> bool:
    """Whether nothing but *found* is between the neighbours that are known, word for word."""
    found = _snapped(text, wanted, found)
    return text.startswith(wanted.suffix, found.end) and text.endswith(wanted.prefix, 0, found.start)


def _removed_at(text: str, wanted: _Wanted) -> int | None:
    """Where the passage was taken out of *text*: what stood before it and behind it still does, with next to
    nothing between. ``None`` if that is not certain."""
    before, behind = wanted.prefix.rstrip(), wanted.suffix.lstrip()
    if len(before) < EDGE or len(behind) < EDGE:
        return None
    before, behind = before[-EDGE:], behind[:EDGE]
    start = text.find(before)
    if start < 0 or text.find(before, start + 1) >= 0:
        return None
    end = start + EDGE
    gap = int(GAP_SHARE * len(wanted.quote))
    return end if text.find(behind, end, end + gap + EDGE) >= 0 else None


def _snapped(text: str, wanted: _Wanted, found: _Candidate) -> _Candidate:
    """*found* with its ends where the contexts say they are, if the words between are then still the quote's."""
    length = len(wanted.quote)
    reach = max(8, int(ERRORS_SHARE * length))
    start, end = found.start, found.end
    for size in (16, 8):
        places = _places(text, wanted.prefix[-size:], size, start - reach - size, start + reach)
        if places:
            start = min((place + size for place in places), key=lambda place: abs(place - found.start))
            break
    for size in (16, 8):
        places = _places(text, wanted.suffix[:size], size, max(start + 1, end - reach), end + reach)
        if places:
            end = min(places, key=lambda place: abs(place - found.end))
            break
    if (start, end) == (found.start, found.end) or start >= end:
        return found
    load_rapidfuzz()
    from rapidfuzz.distance import Levenshtein

    errors = Levenshtein.distance(text[start:end], wanted.quote)
    if errors > (1 - LEAST_QUOTE) * length + max(4, 0.1 * length):
        return found
    quote = max(found.quote, 1 - errors / max(length, end - start))
    return replace(found, start=start, end=end, quote=quote)


def _places(text: str, words: str, size: int, first: int, until: int) -> list[int]:
    """Where *words*, which must be *size* long, begin in ``text[first:until]``."""
    if len(words) < size:
        return []
    found = []
    first, until = max(0, first), min(len(text), until)
    start = text.find(words, first, until + size - 1)
    while start >= 0:
        found.append(start)
        start = text.find(words, start + 1, until + size - 1)
    return found

"""Who wrote an article: the people and organisations that its byline names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.domain.patterns import lazy
from reader.domain.text import has_cjk


@dataclass(frozen=True, slots=True)
class Name:
    """A person, or an organisation: then ``given`` is empty and ``family`` its whole name.

    ``family`` begins with its particle (``van der Berg``); ``suffix`` is ``Jr.``, ``III`` and the like.
    """

    family: str
    given: str = ""
    suffix: str = ""

    @property
    def in_order(self) -> str:
        """As one says it: ``Ludwig van Beethoven``."""
        between = "" if has_cjk(self.family) else " "
        first, second = (self.family, self.given) if not between else (self.given, self.family)
        return " ".join(filter(None, (f"{first}{between}{second}".strip(), self.suffix)))

    @property
    def inverted(self) -> str:
        """As a bibliography sorts it: ``van Beethoven, Ludwig``."""
        if has_cjk(self.family):
            return self.in_order
        return ", ".join(filter(None, (self.family, self.given, self.suffix)))

    @property
    def shortened(self) -> str:
        """``Sartre, J.-P.``, ``King, M. L., Jr.``"""
        if has_cjk(self.family):
            return self.in_order
        initials = " ".join("-".join(f"{part[0]}." for part in _parts(word)) for word in self.given.split())
        return ", ".join(filter(None, (self.family, initials, self.suffix)))


def names(byline: str | None) -> tuple[Name, ...]:
    """The authors in *byline*, in its order: ``By A, B and C``, ``Doe, Jane; Roe, Rick``, ``Reuters``.

    What cannot be told apart with some certainty is one name, as it is written.
    """
    text = _BY.sub("", " ".join((byline or "").split())).strip(" ,;")
    if not text:
        return ()
    if _TOGETHER.search(text):
        return (Name(text),)
    return tuple(_name(part) for part in _divided(text))


def _divided(text: str) -> list[str]:
    """The parts of a byline that are a name each."""
    if len(parts := _split(_STRONG, text)) > 1:
        return [name for part in parts for name in _divided(part)]
    parts = _split(_AND, text)
    if len(parts) > 1 and (_is_one_organisation(text, parts) or not all(map(_can_stand_alone, parts))):
        return [text]
    listed = [_split(",", part) for part in parts]
    if len(parts) == 1 and _is_inverted(listed[0]):
        return [text]
    return [name for part in listed for name in _with_suffixes(part)]


def _split(separator: str, text: str) -> list[str]:
    return [part.strip() for part in re.split(separator, text) if part and part.strip()]


def _is_one_organisation(text: str, parts: list[str]) -> bool:
    """``Food and Agriculture Organization``, ``Department of Health and Human Services``."""
    if _OF.search(text):
        return _is_organisation(text)
    return _is_organisation(parts[-1]) and not any(len(part.split()) > 1 for part in parts[:-1])


def _can_stand_alone(part: str) -> bool:
    """``Marks and Spencer`` are no two people: one word beside an "and" is half of a name."""
    return len(part.split()) > 1 or has_cjk(part) or _is_organisation(part)


def _is_inverted(parts: list[str]) -> bool:
    """``Doe, Jane`` and ``van der Berg, Anna``, but not ``Jane Doe, Jr.``"""
    if len(parts) != 2 or _SUFFIX.fullmatch(parts[1]) or _is_organisation(parts[1]):
        return False
    *particles, family = parts[0].split()
    return bool(family) and all(word.lower() in _PARTICLES for word in particles)


def _with_suffixes(parts: list[str]) -> list[str]:
    """*parts* between commas, each suffix with the name that it belongs to; degrees are no part of a name."""
    joined: list[str] = []
    for part in parts:
        if _DEGREE.fullmatch(part) and joined:
            continue
        if _SUFFIX.fullmatch(part) and joined:
            joined[-1] += f" {part}"
        else:
            joined.append(part)
    return joined


def _name(text: str) -> Name:
    if _is_organisation(text) or re.search(_AND, text):
        return Name(text)
    if "," in text:
        family, given = _split(",", text)[:2]
        return Name(_recased(family), _recased(given))
    words = [word for word in text.split() if not _TITLE.fullmatch(word)] or text.split()
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    if len(words) == 1:
        return Name(text)
    if has_cjk(text):
        return Name(words[0], " ".join(words[1:]))
    first = next(
        (place for place, word in enumerate(words[1:-1], 1) if word.lower() in _PARTICLES), len(words) - 1
    )
    return Name(_recased(" ".join(words[first:])), _recased(" ".join(words[:first])), suffix)


def _is_organisation(text: str) -> bool:
    return bool(_ORGANISATION.search(text)) or any(character.isdigit() for character in text)


def _recased(name: str) -> str:
    """``JOAN QUIST`` as ``Joan Quist``; initials stay."""
    return " ".join(_quieter(word) if len(word) > 2 and word.isupper() else word for word in name.split())


def _quieter(word: str) -> str:
    return word if "." in word else re.sub(r"[^\W\d_]+", lambda found: found[0].capitalize(), word)


def _parts(word: str) -> list[str]:
    return [part for part in word.split("-") if part] or [word]


_BY = lazy(r"(?i)^(?:(?:words|text|story|written|reported|posted)\s+)?by:?(?:\s+|$)")
_TOGETHER = lazy(r"(?i)\bet al\b|\band others\b")
_STRONG = r"\s*[;|、，／]\s*|\s+/\s+"
_AND = r"(?i),?\s+(?:and|with|und)\s+|\s*&\s*"
_OF = lazy(r"(?i)\b(?:of|for)\b")
_SUFFIX = lazy(r"(?i)(?:jr|sr|ii|iii|iv)\.?")
_DEGREE = lazy(r"(?i)(?:ph\.?\s?d|m\.?d|m\.?a|m\.?sc|mba|esq|d\.?phil|r\.?n)\.?")
_TITLE = lazy(r"(?i)(?:dr|prof|professor|mr|mrs|ms|sir|dame)\.?")
_ORGANISATION = lazy(
    r"(?i)^the\b|\b(?:press|news|times|post|agency|reuters|agence|staff|editors?|editorial|board|team|university|"
    r"institute|foundation|society|committee|council|ministry|department|office|association|organi[sz]ation|group|"
    r"inc|ltd|llc|gmbh|collective|desk|magazine|journal|project|bureau|company|corporation|bank|museum|library|"
    r"centre|center|services?|contributors?|correspondents?|community|network|union|authority|blog)\b|"
    r"\b(?:of|for)\b|[@_]|\.(?:com|org|net)\b"
)
_PARTICLES = frozenset((
    "van", "von", "der", "den", "de", "del", "della", "delle", "di", "da", "das", "dos", "do", "du", "des", "la",
    "le", "lo", "af", "av", "zu", "zum", "zur", "ten", "ter", "te", "bin", "ibn", "al", "el", "y", "'t",
))  # fmt: skip

"""The stems of words, so that a search for one inflection finds the others.

The rules are Snowball's. Its package loads every language, some 18 ms, so it is imported when a stem is first asked
for; most searches find theirs in the library's table of terms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

# The languages that articles name, as the stemmers are called.
STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali",
    "nl": "dutch", "nb": "norwegian", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
SHORTEST, LONGEST = 3, 40


def has_stem(term: str) -> bool:
    """Whether *term* is a word that may be inflected: no number, no mixture, not too short."""
    return SHORTEST <= len(term) <= LONGEST and term.isalpha()


def stems(term: str, languages: Iterable[str]) -> tuple[str, ...]:
    """The stem of *term* in each of *languages*, as ``en:walk``; *term* is in lower case and without accents."""
    if not has_stem(term):
        return ()
    return tuple(f"{language}:{_stemmer(language)(term)}" for language in languages)


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    import snowballstemmer

    stem: Callable[[str], str] = snowballstemmer.stemmer(STEMMERS[language]).stemWord
    return stem

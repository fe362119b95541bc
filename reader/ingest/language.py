"""Whether a text can be in the language that its page or front matter claims."""

from __future__ import annotations

import re
import unicodedata

_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*")
_SAMPLE = 2000
_SCRIPTS = {
    "ar": "ARABIC", "fa": "ARABIC", "ur": "ARABIC", "he": "HEBREW", "yi": "HEBREW", "el": "GREEK",
    "ru": "CYRILLIC", "uk": "CYRILLIC", "bg": "CYRILLIC", "be": "CYRILLIC", "mk": "CYRILLIC",
    "zh": "CJK", "ja": "CJK HIRAGANA KATAKANA", "ko": "HANGUL CJK", "th": "THAI", "hi": "DEVANAGARI",
    "mr": "DEVANAGARI", "ne": "DEVANAGARI", "bn": "BENGALI", "ta": "TAMIL", "te": "TELUGU", "ka": "GEORGIAN",
    "hy": "ARMENIAN", "am": "ETHIOPIC", "km": "KHMER", "my": "MYANMAR",
}  # fmt: skip
_BOTH = frozenset(["sr", "kk", "uz", "az", "mn", "bs", "pa", "ku", "sh", "tg", "tk"])


def plausible(claimed: str | None, text: str) -> str | None:
    """The language code *claimed*, such as ``en`` of ``en-GB``, if *text* is in a script that it is written in."""
    found = _CODE.fullmatch((claimed or "").strip())
    if found is None:
        return None
    code = found[1].lower()
    letters = [character for character in text[:_SAMPLE] if character.isalpha()]
    if not letters or code in _BOTH:
        return code
    scripts = tuple(_SCRIPTS.get(code, "LATIN").split(" "))
    fitting = sum(unicodedata.name(character, "").startswith(scripts) for character in letters)
    return code if fitting >= 0.3 * len(letters) else None

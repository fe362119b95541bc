"""Cleaning, folding and measuring text from outside.

Every string that came from outside goes through :func:`clean` (bodies) or :func:`clean_line` (titles,
names, tags, messages) after decoding and extraction, and again when a row becomes a value: no byte of an
article may ever control the terminal.
"""

from __future__ import annotations

import re
from functools import cache

from reader.domain.patterns import lazy

MARKS_IN_A_ROW = 4
LINE_LIMIT = 300

_UNSAFE = lazy(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_DELETED = (
    (0x00, 0x08), (0x0B, 0x0B), (0x0E, 0x1F), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x61C, 0x61C),
    (0x200B, 0x200B), (0x200E, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB), (0xE0000, 0xE007F),
)  # fmt: skip
_LINE_ENDS = (0x0C, 0x0D, 0x85, 0x2028, 0x2029)


@cache
def _replacement() -> dict[int, str | None]:
    deleted = {code: None for first, last in _DELETED for code in range(first, last + 1)}
    return deleted | dict.fromkeys(_LINE_ENDS, "\n") | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


# A run of combining marks longer than the cap; the first few stay, since scripts such as Thai need them.
_MARK_RANGES = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_PILED_MARKS = lazy(f"([{_MARK_RANGES}]{{{MARKS_IN_A_ROW}}})[{_MARK_RANGES}]+")


def clean(text: str) -> str:
    """*text* without anything that could steer a terminal or hide from the eye. Idempotent.

    Line ends of every kind become ``\\n``; other control characters, bidirectional overrides, soft hyphens
    and invisible format characters go; lone surrogates become U+FFFD. TAB, ZWNJ and ZWJ stay.
    """
    # Everything unsafe is unprintable; most texts are settled here, at a tenth of the cost.
    if not text.replace("\n", "").isprintable() and _UNSAFE.search(text):
        text = text.replace("\r\n", "\n").translate(_replacement())
    return text


def clean_body(text: str) -> str:
    """:func:`clean`, then NFC, then at most four combining marks in a row: canonical text, idempotent."""
    text = clean(text)
    if text.isascii():
        return text
    import unicodedata  # most of what a command reads is ASCII

    return _PILED_MARKS.sub(r"\1", unicodedata.normalize("NFC", text))


def clean_line(text: str, limit: int = LINE_LIMIT) -> str:
    """One line of at most *limit* code points: cleaned, white space folded, marks capped."""
    if len(text) <= limit and text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()  # nearly every line is like this, and a list cleans hundreds at each move
    return " ".join(clean_body(text).split())[:limit].rstrip()


def clean_tag(text: str) -> str:
    """The tag that *text* names, or ``""`` if nothing is left.

    A tag holds no comma, quotation mark or control character and starts with none of ``+ - #``; case and
    apostrophes are kept.
    """
    return clean_line(re.sub('[,"“”`]', " ", text).strip().lstrip("+-# "), limit=100)


def text_hash(text: str) -> str:
    """The identity of a canonical text: SHA-256 of its UTF-8, as hexadecimal."""
    from hashlib import sha256  # it loads OpenSSL, which takes longer than a list

    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def word_count(text: str) -> int:
    """Words as a reader counts them: runs of letters and digits, and each CJK character as half a word."""
    plain = without_signs(text.replace("’", "'"))
    if plain.isascii():
        return _plain_word_count(plain.encode())
    ideographs = len(CJK.findall(text))
    return len(_WORDS.findall(CJK.sub(" ", text))) + (ideographs + 1) // 2


def without_signs(text: str) -> str:
    """*text* with spaces for the signs beyond ASCII that an English text is full of; the words stay as they are."""
    if not text.isascii():
        for sign in _SIGNS:
            text = text.replace(sign, " ")
    return text


def _plain_word_count(text: bytes) -> int:
    """The number of matches of ``_WORDS`` in ASCII, at a tenth of the cost: the runs of letters, less one for each
    joint between two of them."""
    marked = text.translate(_MARKED)
    joints = marked.count(b".w") - marked.count(b" .w") - marked.count(b"..w") - marked.startswith(b".w")
    return len(text.translate(PLAIN_WORDS).split()) - joints


_WORDS = lazy(r"\w+(?:['’.-]\w+)*")
_SIGNS = "‘’“”–—…\u00a0"
PLAIN_WORDS = bytes(
    ord(sign.lower()) if sign.isalnum() or sign == "_" else ord(" ") for sign in map(chr, range(128))
).ljust(256)
"""For ``bytes.translate``: ASCII in lower case, all but its words left out."""
_MARKED = bytes(
    ord("w" if byte != ord(" ") else "." if code in b"'.-" else " ") for code, byte in enumerate(PLAIN_WORDS)
)
CJK = lazy(
    "[\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f]"
)
FIRST_CJK = "\u3040"
CJK_RUN = lazy(CJK.pattern + "+")
_LETTER = f"[^\\W_{CJK.pattern[1:-1]}]"
# Words of other scripts that touch a CJK run: full text sees one word there, so they are listed with the pairs.
_CJK_OR_TOUCHING = lazy(
    f"{CJK_RUN.pattern}|(?<={CJK.pattern}){_LETTER}++|(?<!{_LETTER}){_LETTER}++(?={CJK.pattern})"
)


def has_cjk(text: str) -> bool:
    # The pattern takes 3 ms to compile, so it is not asked about what cannot match.
    return not text.isascii() and CJK.search(text) is not None


def cjk_bigrams(text: str) -> str:
    """The overlapping pairs of every run of CJK characters in *text*, joined by spaces, for full-text search.

    A run of one character gives that character, so that a search for it can use a prefix. A word of another
    script that touches a run (``使用Python``) is given too.
    """
    if text.isascii():
        return ""
    pairs: list[str] = []
    for run in _CJK_OR_TOUCHING.findall(text):
        pairs += [run[i : i + 2] for i in range(len(run) - 1)] if CJK.match(run) else []
        pairs += [run] if len(run) == 1 or not CJK.match(run) else []
    return " ".join(pairs)

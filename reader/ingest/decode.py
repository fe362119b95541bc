"""Bytes to text, for files that seldom say what they are encoded in, and pages that often say it wrongly.

The order of the steps was measured: strict UTF-8 comes before any guess, since a detector asked first takes
a damaged UTF-8 file for one in another encoding.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from reader.ingest.errors import IngestError

_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)
_NUL_SAMPLE = 4096
_GUESS_SAMPLE = 20_000
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\x0b\x0c\r\x1b")) + b"\x7f"
_HIGH = bytes(range(0x80, 0x100))
_ESCAPED = re.compile("[\udc80-\udcff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_AS_CP1252 = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}


def decode(data: bytes) -> str:
    """The text of *data*. Raises IngestError only for what is not text at all; the text is not clean yet."""
    text = _marked(data)
    if text is None:
        text = _wide(data)
    if text is None:
        text = _utf8(data)
    return _other(data) if text is None else text


def decode_html(data: bytes, charset: str | None = None) -> str:
    """The source of the page *data*; *charset* is what its server called it.

    A page that is good UTF-8 is UTF-8 whatever it or its server says.
    """
    text = _marked(data)
    if text is not None:
        return text
    is_iso2022 = b"\x1b$" in data or b"\x1b(" in data
    if not is_iso2022 and b"\x00" not in data[:_NUL_SAMPLE]:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    for label in (charset, _declared(data)):
        codec = _codec(label) if label else None
        if codec and codec != "utf-8":
            return data.decode(codec, "replace")
    return decode(data)


def _marked(data: bytes) -> str | None:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    return None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: Latin text has a NUL in every second byte."""
    sample = data[:_NUL_SAMPLE]
    nuls = sample.count(0)
    if not nuls:
        return None
    half = max(1, len(sample) // 2)
    odd, even = sample[1::2].count(0) / half, sample[::2].count(0) / half
    if odd > 0.3 and even < 0.05 and _is_text(sample.decode("utf-16-le", "replace")):
        return data.decode("utf-16-le", "replace")
    if even > 0.3 and odd < 0.05 and _is_text(sample.decode("utf-16-be", "replace")):
        return data.decode("utf-16-be", "replace")
    if nuls > len(sample) / 100:
        raise IngestError("", "binary file")
    return None


def _is_text(sample: str) -> bool:
    return sum(character < " " and character not in "\t\n\x0b\x0c\r" for character in sample) * 50 < len(
        sample
    )


def _utf8(data: bytes) -> str | None:
    """UTF-8, or mostly UTF-8 with some bytes of another hand, which are read as cp1252."""
    text = data.decode("utf-8", "surrogateescape")
    bad = len(_ESCAPED.findall(text))
    if not bad:
        return text
    good = len(_NOT_ASCII.findall(text)) - bad
    return text.translate(_AS_CP1252) if bad <= max(3, good / 2) else None


def _other(data: bytes) -> str:
    if len(data.translate(None, _CONTROLS)) < 0.98 * len(data):
        raise IngestError("", "binary file")
    few_high = len(data) - len(data.translate(None, _HIGH)) < 0.1 * len(data)
    return data.decode("cp1252" if few_high else _guess(data[:_GUESS_SAMPLE]), "replace")


_SHIFTED = ["cp932", "shift_jis", "shift_jis_2004", "shift_jisx0213"]


def _guess(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best and _is_half_width(sample.decode(best.encoding, "replace")):
        # Cyrillic in KOI8-R is well-formed Shift-JIS, in signs that nobody writes a text with.
        best = from_bytes(sample, cp_exclusion=_SHIFTED).best()
    if best is None:
        return "cp1252"
    # Among the single-byte Latin pages the detector's choice is chance; cp1252 is by far the likeliest.
    return "cp1252" if _is_latin(sample.decode(best.encoding, "replace")) else best.encoding


def _is_half_width(text: str) -> bool:
    foreign = [character for character in text if ord(character) > 0x7F]
    return sum("\uff61" <= character <= "\uff9f" for character in foreign) * 3 > len(foreign)


def _is_latin(text: str) -> bool:
    foreign = [character for character in text if ord(character) > 0x7F and character.isalpha()]
    latin = sum(unicodedata.name(character, "").startswith("LATIN") for character in foreign)
    return latin * 2 >= len(foreign)


_META = re.compile(
    rb"""<meta\b[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml\b[^>]{0,200}?encoding=["']([\w.:-]+)""",
    re.IGNORECASE,
)
# What a label means on the web, where it differs from what it means to Python.
_LABELS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949", "tis-620": "cp874",
}  # fmt: skip
_ALIASES = {"x-sjis": "cp932", "ks_c_5601-1987": "cp949", "utf8": "utf-8"}
_NOT_FOR_PAGES = frozenset(["utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"])


def _declared(data: bytes) -> str | None:
    found = _META.search(data[:1024])
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


def _codec(label: str) -> str | None:
    label = _ALIASES.get(label.lower(), label)
    try:
        b"a".decode(label)  # refuses what is a codec but no text encoding, such as "zlib"
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return None
    return None if name.replace("_", "-") in _NOT_FOR_PAGES else _LABELS.get(name, name)

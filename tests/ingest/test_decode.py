from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest import IngestError
from reader.ingest.decode import decode, decode_html

ENGLISH = "The naïve café charged £5 for “tea” – twice."
RUSSIAN = "Съешь же ещё этих мягких французских булок, да выпей чаю. " * 4
JAPANESE = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。" * 4
CHINESE = "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。" * 4


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfplain", "plain"),
        (ENGLISH.encode("utf-16"), ENGLISH),
        (b"\xff\xfe\x00\x00" + ENGLISH.encode("utf-32-le"), ENGLISH),
        (ENGLISH.encode("utf-16-le"), ENGLISH),
        (ENGLISH.encode("utf-16-be"), ENGLISH),
        (ENGLISH.encode(), ENGLISH),
        (ENGLISH.encode("cp1252"), ENGLISH),
        ((ENGLISH * 9).encode() + "é".encode("cp1252"), ENGLISH * 9 + "é"),
        (b"caf\xe9", "café"),
        (JAPANESE.encode("shift_jis"), JAPANESE),
        (CHINESE.encode("gb18030"), CHINESE),
        (RUSSIAN.encode("koi8_r"), RUSSIAN),
        (b"", ""),
    ],
    ids=[
        "UTF-8 with mark", "UTF-16 with mark", "UTF-32 with mark", "UTF-16LE", "UTF-16BE", "UTF-8", "cp1252",
        "mixed", "one byte", "Shift-JIS", "GB18030", "KOI8-R", "empty",
    ],
)  # fmt: skip
def test_text_is_read_in_the_encoding_it_was_written_in(data: bytes, text: str) -> None:
    assert decode(data) == text


def test_utf8_that_was_cut_loses_no_more_than_its_last_letter() -> None:
    assert decode((ENGLISH * 3).encode()[:-2] + "é".encode()[:1]).startswith(ENGLISH * 2)


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02\x03" * 100, b"\x01\x02\x8f\xfe\x90" * 100], ids=["NULs", "controls"]
)
def test_what_is_not_text_is_refused(data: bytes) -> None:
    with pytest.raises(IngestError, match="binary file"):
        decode(data)


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        (b'<meta charset="iso-8859-1"><p>\x93x\x94', None, "“x”"),
        ('<meta charset="iso-8859-1"><p>é'.encode(), None, "é"),
        ('<meta charset="windows-1251"><p>Привет'.encode("cp1251"), None, "Привет"),
        ('<meta http-equiv=x content="text/html; charset=shift_jis"><p>猫'.encode("cp932"), None, "猫"),
        ("<p>Привет".encode("koi8_r"), "koi8-r", "Привет"),
        (b'<meta charset="unicode_escape"><p>\\u0041\xe9', None, "\\u0041é"),
        (b'<meta charset="no-such"><p>\xe9', None, "é"),
        ("<p>猫".encode("utf-16"), None, "猫"),
        ('<meta charset="iso-2022-jp"><p>猫'.encode("iso2022_jp"), None, "猫"),
    ],
)
def test_a_page_is_read_in_its_encoding_whatever_it_says(data: bytes, charset: str | None, text: str) -> None:
    assert decode_html(data, charset).endswith(text)


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "zlib", "x", "utf-7"]))
def test_any_bytes_are_text_or_refused(data: bytes, charset: str | None) -> None:
    for read in (decode, lambda data: decode_html(data, charset)):
        with suppress(IngestError):
            assert isinstance(read(data), str)


def test_a_short_russian_text_is_not_taken_for_katakana() -> None:
    """A text of some lines in KOI8-R was read as Shift-JIS, in half-width signs."""
    text = "Погода\n\nСегодня будет дождь, а завтра снег.\n"
    assert decode(text.encode("koi8_r")) == text

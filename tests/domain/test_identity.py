from __future__ import annotations

import random
import re
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.identity import similarity, sketch, text_key, url_key, valid_url


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://Example.com:443/a/../b/?utm_source=x&b=2&a=1#top", "http://www.example.com/b?a=1&b=2"),
        ("https://e.org/%7Eu/caf%C3%A9", "https://e.org/~u/café"),
        ("https://user:secret@e.org./", "http://e.org:80"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example"),
        ("https://e.org/a/./b/%2e%2e/c", "https://e.org/a/c"),
        ("https://e.org/a?fbclid=1&UTM_Medium=2", "https://e.org/a?"),
        ("https://e.org/a%3ab", "https://e.org/a%3Ab"),
    ],
)
def test_addresses_of_the_same_page_have_the_same_key(one: str, other: str) -> None:
    assert url_key(one) == url_key(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://e.org/#!/r/1", "https://e.org/"),
        ("https://e.org/#/r/1", "https://e.org/#/r/2"),
        ("https://m.e.org/s?id=5", "https://e.org/s?id=5"),
        ("https://e.org/a/amp", "https://e.org/a"),
        ("https://e.org/a?ref=x", "https://e.org/a"),
        ("https://e.org/a%2Fb", "https://e.org/a/b"),
        ("https://e.org:8080/", "https://e.org/"),
        ("https://www.org/", "https://org/"),
    ],
)
def test_addresses_of_different_pages_have_different_keys(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


@pytest.mark.parametrize(
    "url",
    [
        "", "e.org/a", "ftp://e.org/", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x",
        "https://", "https:///a", "https://e.org/a b", "https://e.org/\x1b]0;x", "https://e.org/\u202ea",
        "https://[::1", "https://e.org:port/", "https://e.org\\@f.org/", "https://e.org/" + "a" * 2048,
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(url: str) -> None:
    assert not valid_url(url)
    assert url_key(url) is None


def test_an_address_with_a_numeric_host_keeps_its_brackets() -> None:
    assert url_key("http://[2001:DB8::1]:8080/a") == "https://[2001:db8::1]:8080/a"


@given(st.text())
def test_any_string_has_a_key_or_none(text: str) -> None:
    url_key(text)
    url_key("https://e.org/" + text)


@given(st.from_regex(r"https?://[a-z]{1,5}\.org(/[a-z.%~é]{0,4}){0,3}(\?[a-z=&%]{0,8})?", fullmatch=True))
def test_the_key_of_an_address_is_an_address(url: str) -> None:
    key = url_key(url)
    assert key is not None
    assert valid_url(key)


def test_case_and_white_space_do_not_change_the_key_of_a_text() -> None:
    assert text_key("A Title", "One  two\n\nthree") == text_key("a title", "one two three")
    assert text_key("a", "b c") != text_key("a b", "c")


WORDS = [f"word{number}" for number in range(3000)]


def _text(seed: int, length: int = 600) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def test_a_sketch_is_at_most_64_hashes_in_ascending_order() -> None:
    made = sketch(_text(1))
    hashes = [made[i : i + 8] for i in range(0, len(made), 8)]
    assert len(made) == 512
    assert hashes == sorted(hashes)


def test_an_edited_text_resembles_its_first_version() -> None:
    words = _text(1).split()
    for place in range(0, 600, 33):
        words[place] = "changed"
    assert similarity(sketch(_text(1)), sketch(" ".join(words))) >= 0.7
    assert similarity(sketch(_text(1)), sketch(_text(1) + " " + _text(2, 60))) >= 0.8


def test_unrelated_texts_resemble_each_other_not_at_all() -> None:
    assert similarity(sketch(_text(1)), sketch(_text(2))) == 0.0


def test_a_middling_text_is_compared_whole() -> None:
    text = _text(3, 40)
    assert similarity(sketch(text), sketch(text + " one more")) == pytest.approx(38 / 40)


def test_a_short_text_resembles_only_itself() -> None:
    assert similarity(sketch("Lunch at noon today"), sketch("lunch, at noon today!")) == 1.0
    assert similarity(sketch("Lunch at noon today"), sketch("Lunch at noon")) == 0.0
    assert similarity(sketch("a a a"), sketch("a " * 30)) == 0.0


def test_texts_without_words_resemble_nothing() -> None:
    assert sketch("…") == b""
    assert similarity(b"", b"") == 0.0


@given(st.text(alphabet="abc ", max_size=300), st.text(alphabet="abc ", max_size=300))
def test_similarity_is_symmetric_and_within_bounds(a: str, b: str) -> None:
    score = similarity(sketch(a), sketch(b))
    assert score == similarity(sketch(b), sketch(a))
    assert 0.0 <= score <= 1.0
    assert not sketch(a) or similarity(sketch(a), sketch(a)) == 1.0


@given(st.text(st.sampled_from("aBc1_ .-“’éİK漢\x85"), max_size=300))
def test_a_sketch_is_of_the_words_alone_whatever_stands_between_them(text: str) -> None:
    words = re.findall(r"\w+", text.lower())
    assert sketch(text) == sketch(" ".join(words)) == sketch("“".join(words))


def test_sketches_stay_what_they_were() -> None:
    """They are stored, and compared with those of today."""
    text = " ".join(f"Word{number}, “ein Wörtchen” {number}." for number in range(400))
    assert (
        sha256(sketch(text)).hexdigest() == "d60cb382f0cb33aa9531a5f476170f6190fd67aede77787ae244836a42205a7a"
    )
    assert (
        sha256(sketch(text.replace("ö", "o"))).hexdigest()
        == "f63e3b492cab7d98336fffe85194b2dad8e8a41526e61a2ff4dd74238c745dfa"
    )
    assert sketch("Two words").hex() == "7aabbd3f9d53404c"

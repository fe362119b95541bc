from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.folding import normalise

texts = st.text(st.characters(codec="utf-8") | st.sampled_from("  \n\t\u200b\u00adﬁß…“’"), max_size=120)


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("  A  b\n\nc ", "a b c"),
        ("in\u00advis\u200bible", "invisible"),
        ("a \u200b b", "a b"),
        ("\u200b a", "a"),
        ("“It’s” „so“ «it» ‚goes‛ 5′ 6″", '"it\'s" "so" "it" \'goes\' 5\' 6"'),
        ("a‐b‑c‒d–e—f―g−h", "a-b-c-d-e-f-g-h"),
        ("wait…", "wait..."),
        ("oﬀer ﬁne ﬂow oﬃce baﬄe", "offer fine flow office baffle"),
        ("STRASSE Straße", "strasse strasse"),
        ("東京\u3000タワー", "東京 タワー"),
    ],
)
def test_what_looks_alike_is_one(raw: str, folded: str) -> None:
    assert normalise(raw).text == folded


def test_every_folded_character_knows_where_it_came_from() -> None:
    folded = normalise(" Der  Kaﬀee… ")
    assert folded.text == "der kaffee..."
    assert list(folded.offsets) == [1, 2, 3, 4, 6, 7, 8, 8, 9, 10, 11, 11, 11, 13]
    assert folded.span(4, 10) == (6, 11)


@given(texts)
def test_folding_keeps_a_map_back_to_every_character(text: str) -> None:
    folded = normalise(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    assert folded.offsets[-1] == len(text)
    assert folded.text == folded.text.strip()


@given(texts)
def test_words_on_their_own_fold_as_in_their_text(text: str) -> None:
    """What is taken out of a text must be found in it again."""
    assert " ".join(filter(None, (normalise(word).text for word in text.split()))) == normalise(text).text

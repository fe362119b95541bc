import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.clauses import clauses
from reader.domain.document import Span


@pytest.mark.parametrize(
    "text",
    [
        "When it rained hard, |we all went home; |nobody asked why.",
        "He paid 1,000 at 10:30 for v. 2, |which was far too much.",
        "He bought apples, pears, plums and nuts.",
        "However, he left.",
        "“I do not know,” |said the old man, |“and I do not care.”",
        "It was late—|too late—|for all of us.",
        "It was late — |too late – |for all of us.",
        "It is a well-known fact.",
        "The years 1914–1918 were long.",
        "The house |(which nobody had seen for years) |was red again.",
        "The agency (FBI) and others (2019) disagree.",
        "He said one thing: |go away now.",
        "See https://example.org/a:b;c,d for more of it.",
        "他来了，|我走了；|大家都说：|再见。",
        "我买了苹果、梨、香蕉和葡萄。",
        "東京の駅前で待ち合わせて、|それから二人で映画を見た。",
        "彼は東京へ行った|（それは十年前のことだ）|と母が言っていた。",
        "لم يكن يعرف أحدا، |ولكنه ذهب إلى هناك؛ |ثم عاد.",
        "A sentence without any of them.",
        "—",
        "(((",
    ],
)
def test_a_sentence_divides_into_its_clauses(text: str) -> None:
    whole = text.replace("|", "")
    assert [whole[span.start : span.end] for span in clauses(whole, Span(0, len(whole)))] == [
        part.strip() for part in text.split("|")
    ]


@given(st.text(alphabet='ab 1,;:—–()（），、「」日本。."”’\n') | st.text())
def test_clauses_hold_all_of_their_sentence_but_white_space(text: str) -> None:
    pieces = clauses(text, Span(0, len(text)))
    shown = [offset for span in pieces for offset in range(*span)]
    assert shown == sorted(set(shown))
    assert not "".join(sign for offset, sign in enumerate(text) if offset not in set(shown)).strip()
    assert all(span.start < span.end for span in pieces)


def test_a_sentence_of_nothing_but_brackets_is_divided_in_time() -> None:
    """Each was counted from the start of the sentence."""
    assert clauses("（" * 50_000, Span(0, 50_000)) == [Span(0, 50_000)]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.document import Document
from reader.domain.words import Words
from tests.render.documents import documents


def words(text: str, *, long: bool = False) -> list[str]:
    document = Document.plain(text)
    return [document.slice(word) for word in Words(document).onward(document.blocks[0].span, 0, long=long)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don't stop—it’s 3.14!", ["don't", "stop", "—", "it’s", "3", ".", "14", "!"]),
        ("e-mail, foo_bar (x)", ["e-mail", ",", "foo_bar", "(", "x", ")"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("می‌خواهم بروم", ["می‌خواهم", "بروم"]),
        ("한글은 띄어", ["한글은", "띄어"]),
        ("日本語の文章。カタカナー食べる", ["日本語", "の", "文章", "。", "カタカナー", "食", "べる"]),
        ("我们走了，abc再见", ["我", "们", "走", "了", "，", "abc", "再", "见"]),
        ("👩‍👩‍👧‍👦 é! 1️⃣", ["👩‍👩‍👧‍👦", "é", "!", "1️⃣"]),
    ],
)
def test_words_of_many_scripts(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don't stop—it’s 3.14!", ["don't", "stop—it’s", "3.14!"]),
        ("你好，我走了。「再见！」", ["你好，", "我走了。", "「再见！」"]),
    ],
)
def test_long_words_end_at_white_space_or_chinese_signs(text: str, expected: list[str]) -> None:
    assert words(text, long=True) == expected


@given(documents(), st.booleans())
def test_words_hold_all_of_a_block_but_white_space(document: Document, long: bool) -> None:
    found = Words(document)
    for block in (block.span for block in document.blocks if block.span.start < block.span.end):
        spans = list(found.onward(block, block.start, long=long))
        shown = [offset for span in spans for offset in range(*span)]
        assert shown == [offset for offset in range(*block) if not document.text[offset].isspace()]


@given(documents(), st.booleans())
def test_going_back_meets_the_same_words(document: Document, long: bool) -> None:
    found = Words(document)
    for block in (block.span for block in document.blocks if block.span.start < block.span.end):
        spans = list(found.onward(block, block.start, long=long))
        back, at = [], block.end
        while word := found.behind(block, at, long=long):
            back.append(word.start)
            at = word.start
        assert back == [span.start for span in reversed(spans)]


def test_a_word_far_into_a_long_paragraph_is_found() -> None:
    document = Document.plain("word " * 30_000 + "end")
    block, found = document.blocks[0].span, Words(document)
    assert document.slice(found.at(block, block.end - 1) or block) == "end"
    before = found.behind(block, block.end - 3)
    assert before is not None
    assert document.slice(before) == "word"

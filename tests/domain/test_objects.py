import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.document import Document, Span
from reader.domain.objects import OBJECTS, Objects
from reader.domain.sentences import Sentences
from reader.domain.units import Units
from tests.render.documents import documents

TEXT = "One two, (three [four] five).  He said “six ‘seven’ eight” twice.\n\nNext one. Last 👩‍👩‍👧‍👦 one."


def objects_of(document: Document) -> Objects:
    sentences = Sentences(document)
    return Objects(document, sentences, Units(document, sentences))


def found(name: str, at: str, count: int = 1, text: str = TEXT) -> str | None:
    document = Document.plain(text)
    span = objects_of(document).find(name, document.text.index(at), count)
    return None if span is None else document.slice(span)


@pytest.mark.parametrize(
    ("name", "at", "count", "expected"),
    [
        ("iw", "ne two", 1, "One"), ("iw", "ne two", 2, "One "), ("iw", "ne two", 3, "One two"),
        ("iw", "wo,", 2, "two,"), ("iw", " two", 1, " "),
        ("iw", "👩", 1, "👩‍👩‍👧‍👦"), ("iw", "one.", 9, "one. Last 👩‍👩‍👧‍👦 one."),
        ("aw", "ne two", 1, "One "), ("aw", "ne two", 2, "One two"), ("aw", "wo,", 1, " two"),
        ("aw", "wo,", 2, "two, "), ("aw", " two", 1, " two"), ("aw", " two", 2, " two,"),
        ("is", "three", 1, "One two, (three [four] five)."), ("is", "One", 2, TEXT.split("\n\n")[0]),
        ("is", "Next", 9, "Next one. Last 👩‍👩‍👧‍👦 one."), ("is", "  He", 1, "One two, (three [four] five)."),
        ("as", "three", 1, "One two, (three [four] five).  "), ("as", "Last", 1, " Last 👩‍👩‍👧‍👦 one."),
        ("as", "twice", 1, "  He said “six ‘seven’ eight” twice."),
        ("ip", "five", 1, TEXT.split("\n\n")[0]), ("ip", "five", 2, TEXT), ("ip", "five", 7, TEXT),
        ("ap", "five", 1, TEXT.split("\n\n")[0] + "\n\n"), ("ap", "Last", 1, "\n\n" + TEXT.split("\n\n")[1]),
        ('i"', "six", 1, "six ‘seven’ eight"), ('i"', "seven", 1, "seven"), ('i"', "seven", 2, "six ‘seven’ eight"),
        ('i"', "seven", 9, "six ‘seven’ eight"), ('a"', "six", 1, "“six ‘seven’ eight”"),
        ('i"', "One", 1, "six ‘seven’ eight"), ('i"', "twice", 1, None), ('i"', "Next", 1, None),
        ("i(", "four", 1, "four"), ("a(", "four", 1, "[four]"), ("i(", "four", 2, "three [four] five"),
        ("i(", "three", 1, "three [four] five"), ("a(", ").", 1, "(three [four] five)"), ("i(", "four", 3, None),
        ("i(", "One", 1, None), ("ih", "One", 1, None),
    ],
)  # fmt: skip
def test_text_objects_take_what_vim_users_expect(
    name: str, at: str, count: int, expected: str | None
) -> None:
    assert found(name, at, count) == expected


def test_brackets_of_chinese_and_japanese_count_too() -> None:
    text = "彼は（それは「十年」前）と言った。"
    assert [found("i(", "十", count, text) for count in (1, 2)] == ["十年", "それは「十年」前"]
    assert found("a(", "前", 1, text) == "（それは「十年」前）"
    assert found('a"', "十", 1, text) == "「十年」"


def test_a_highlight_is_the_innermost_around_the_caret() -> None:
    objects = objects_of(Document.plain(TEXT))
    around = [Span(0, 20), Span(4, 8), Span(6, 30)]
    assert objects.find("ih", 5, 1, around) == Span(4, 8)
    assert objects.find("ih", 10, 1, around) == Span(0, 20)
    assert objects.find("ih", 25, 1, around) == Span(6, 30)
    assert objects.find("ih", 40, 1, around) is None


def test_an_unknown_object_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="unknown text object"):
        objects_of(Document.plain(TEXT)).find("ix", 0)


@given(documents(), st.data())
@settings(max_examples=300)
def test_an_object_is_never_empty_and_holds_the_caret(document: Document, data: st.DataObject) -> None:
    objects = objects_of(document)
    name = data.draw(st.sampled_from(OBJECTS))
    offset = data.draw(st.integers(0, len(document.text)))
    marked = [Span(3, 9)] if len(document.text) >= 9 else []  # a highlight is inside its text
    span = objects.find(name, offset, data.draw(st.integers(1, 4)), marked)
    if span is not None:
        assert 0 <= span.start < span.end <= len(document.text)
    letter = offset < len(document.text) and not document.text[offset].isspace()
    if letter and name[1] in "wsp":
        assert span is not None
    if letter and span is not None and name[1] in "wsp(h":
        assert span.contains(offset)

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.document import Document, DocumentBuilder
from reader.domain.quotations import Quotations
from tests.render.documents import documents


def every(document: Document | str) -> list[str]:
    """What stands between the marks, in reading order."""
    document = Document.plain(document) if isinstance(document, str) else document
    quotations = Quotations(document)
    found, at = [], -1
    while quotation := quotations.behind(at):
        found.append(document.slice(quotation.inside))
        at = quotation.inside.start
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “Go away.” and left.", ["Go away."]),
        ('He said "Go away." and left.', ["Go away."]),
        ("He said 'Go away.' and left.", ["Go away."]),
        ("“Well,” he said, “I know.”", ["Well,", "I know."]),
        ("“He said ‘no’ to me.”", ["He said ‘no’ to me.", "no"]),
        ("\"He said 'no' to me.\"", ["He said 'no' to me.", "no"]),
        ("« Pourquoi ? » demanda-t-elle.", ["Pourquoi ?"]),
        ("«Нет», — «да „или“ нет».", ["Нет", "да „или“ нет", "или"]),
        ("„Nein“, sagte sie. »Doch ›so‹.«", ["Nein", "Doch ›so‹.", "so"]),
        ("„Tak” i ”så här”.", ["Tak", "så här"]),
        ("他说：“你好‘吗’。”", ["你好‘吗’。", "吗"]),
        ("彼は「『本』を読む」と言った。", ["『本』を読む", "本"]),
        ('他说"你好"然后走了。', ["你好"]),
        ("(“In brackets”) and—“dashes”—too.", ["In brackets", "dashes"]),
        ("“One.” “Two.”", ["One.", "Two."]),
        ('"One." "Two."', ["One.", "Two."]),
        ('“” and "" hold nothing.', []),
    ],
)
def test_marks_of_many_languages_hold_quotations(text: str, expected: list[str]) -> None:
    assert every(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It’s the dogs’ house, isn’t it?",
        "It's the dogs' house, isn't it?",
        "’Tis the season of the ’90s, ’cause I said so.",
        "'Tis the season of the '90s, rock 'n' roll.",
        "‘Tis the season of the ‘90s.",
        "He is 6' 2\" tall.",
        "O’Brien and O'Neill met at Macy’s.",
        "The 1990's were fun.",
    ],
)
def test_apostrophes_and_inches_are_no_quotation_marks(text: str) -> None:
    assert every(text) == []


def test_an_apostrophe_inside_single_marks_ends_no_quotation() -> None:
    assert every("‘The dogs’ tails are wet,’ he said.") == ["The dogs’ tails are wet,"]
    assert every("‘I don’t know,’ she said, ‘who’s there.’") == ["I don’t know,", "who’s there."]
    assert every("He said ‘yes’ and the dogs’ tails wagged.") == ["yes"]


def test_a_quotation_that_is_never_closed_ends_with_its_paragraph() -> None:
    assert every("He said “never again.\n\nThen he left.") == ["never again."]
    assert every("“He said ‘never again” and left.") == ["He said ‘never again", "never again"]


def test_a_quotation_of_several_paragraphs_is_one() -> None:
    """Each of its paragraphs opens it again and only the last one closes it."""
    text = "“One goes on.\n\n“Two has ‘inner’ words.\n\n“Three ends.” He left. “Four.”\n\nFive."
    assert every(text) == ["One goes on.\n\n“Two has ‘inner’ words.\n\n“Three ends.", "inner", "Four."]
    quotations = Quotations(Document.plain(text))
    around = quotations.around(text.index("inner"))
    assert [text[slice(*quotation.whole)][:6] for quotation in around] == ["‘inner", "“One g"]
    assert Quotations(Document.plain(text)).around(text.index("Three"))[0].inside.start == 1


def test_a_heading_goes_on_with_no_quotation() -> None:
    builder = DocumentBuilder()
    builder.add("para", "“One has no end.")
    builder.add("heading", "“Two”", level=2)
    assert every(builder.build()) == ["One has no end.", "Two"]


def test_the_innermost_quotation_comes_first() -> None:
    text = "“a ‘b “c” d’ e” f"
    quotations = Quotations(Document.plain(text))
    assert [text[slice(*one.inside)] for one in quotations.around(text.index("c"))] == [
        "c",
        "b “c” d",
        "a ‘b “c” d’ e",
    ]
    assert quotations.around(text.index("f")) == []


@pytest.mark.parametrize("signs", ["“", "'a ", "‘a’s ", '"a', "„“"])
def test_no_heap_of_marks_takes_long(signs: str) -> None:
    document = Document.plain(signs * 30_000)
    Quotations(document).around(len(document.text) // 2)


def test_a_book_of_dialogue_is_gone_through_in_time() -> None:
    document = Document.plain("“One goes on and on.\n\n" * 5_000)
    assert Quotations(document).before(len(document.text)) is not None


marked = st.text(alphabet="ab s“”‘’\"'«»„「」.\n", max_size=80).map(Document.plain)


@given(documents() | marked, st.data())
@settings(max_examples=200)
def test_going_on_and_back_meets_the_same_quotations(document: Document, data: st.DataObject) -> None:
    quotations = Quotations(document)
    there, at = [], -1
    while one := quotations.behind(at):
        assert one.whole.start < one.inside.start < one.inside.end <= one.whole.end <= len(document.text)
        there.append(one)
        at = one.inside.start
    back, at = [], len(document.text) + 1
    while one := quotations.before(at):
        back.append(one)
        at = one.inside.start
    assert back == there[::-1]
    offset = data.draw(st.integers(0, len(document.text)))
    # Asked for in another order, they are the same.
    around = Quotations(document).around(offset)
    assert around == [one for one in reversed(there) if one.whole.contains(offset)]

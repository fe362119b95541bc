from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.document import Document
from reader.ingest import IngestError, pdf, read
from tests.ingest.drawn import FI, Put, column
from tests.ingest.drawn import pdf as drawn
from tests.invariants import assert_document

SENTENCE = "The whistle at the cannery blew at noon and everybody set a watch by it"


def prose(words: int, mark: str, wide: int = 8) -> list[str]:
    """Lines about as wide as a column, every word of them another."""
    return [
        " ".join(f"{mark}{number}" for number in range(start, min(start + wide, words)))
        for start in range(0, words, wide)
    ]


def kinds(document: Document) -> list[tuple[str, str]]:
    assert_document(document)
    return [(block.kind, document.slice(block.span)) for block in document.blocks]


def test_two_columns_drawn_row_by_row_are_read_one_after_the_other() -> None:
    pages = []
    for page in range(2):
        left, right = (column(prose(240, f"{side}{page}w", 6), x, 130) for side, x in (("a", 54), ("b", 320)))
        rows = [put for pair in zip(left, right, strict=True) for put in pair]
        pages.append(
            [*([Put(120, 72, "A Title Across Both of the Columns", 20, 1)] if not page else []), *rows]
        )
    draft = pdf.parse(drawn(pages, info={"Author": "Ada Penn", "CreationDate": "D:20210303120000Z"}))
    expected = [f"{side}{page}w{n}" for page in range(2) for side in "ab" for n in range(240)]
    assert draft.document.text.split() == expected
    assert len(draft.document.blocks) == 1  # no line in it ends a sentence
    assert (draft.title, draft.author, draft.published) == (
        "A Title Across Both of the Columns", "Ada Penn", "2021-03-03",
    )  # fmt: skip


def test_what_goes_across_both_columns_stays_in_its_place() -> None:
    left, right = prose(320, "a"), prose(320, "b")
    page = [
        *column(left[:20], 54, 60), *column(right[:20], 320, 60),
        Put(54, 320, "Figure 1. " + " ".join(f"across{n}" for n in range(9))),
        *column(left[20:], 54, 345), *column(right[20:], 320, 345),
    ]  # fmt: skip
    words = [word for word in pdf.parse(drawn([page])).document.text.split() if word[0] in "ab"]
    expected = [*(f"a{n}" for n in range(160)), *(f"b{n}" for n in range(160))]
    expected += [*(f"across{n}" for n in range(9))]
    assert words == [*expected, *(f"a{n}" for n in range(160, 320)), *(f"b{n}" for n in range(160, 320))]


def test_lines_become_paragraphs_headings_lists_and_code() -> None:
    page = [
        Put(72, 72, "The Noon Whistle", 20, 1),
        Put(72, 110, "Where it blew", 14, 1),
        Put(72, 130, "The whistle at the cannery blew at noon, and everybody in the har-"),
        Put(72, 142, f"bour set a watch by it, the of{FI}ce and the crews."),
        Put(72, 166, "Nobody knew how long it had done so."),
        Put(72, 190, "• One thing on the list"),
        Put(72, 202, "• Another thing that goes on and on, so that it has to be told"),
        Put(80, 214, "on two lines"),
        Put(72, 238, "A heading by weight", 10, 1),
        Put(72, 256, "And after it some text that runs on, and ends here."),
        Put(72, 280, "def blow(hours):", 10, 3),
        Put(96, 292, "return hours", 10, 3),
    ]
    draft = read(drawn([page]), name="a.pdf")
    assert (draft.title, draft.media_type) == ("The Noon Whistle", "application/pdf")
    assert kinds(draft.document) == [
        ("heading", "Where it blew"),
        ("para", "The whistle at the cannery blew at noon, and everybody in the harbour set a watch by it, "
                 "the office and the crews."),
        ("para", "Nobody knew how long it had done so."),
        ("item", "One thing on the list"),
        ("item", "Another thing that goes on and on, so that it has to be told on two lines"),
        ("heading", "A heading by weight"),
        ("para", "And after it some text that runs on, and ends here."),
        ("code", "def blow(hours):\n    return hours"),
    ]  # fmt: skip


def test_a_word_that_is_hyphenated_elsewhere_keeps_its_hyphen() -> None:
    lines = [
        "The well-known sound was heard by all, as a well-",
        "known sound is, by those who like to hear it.",
    ]
    assert pdf.parse(drawn([column(lines, 72, 72)])).document.text.count("well-known") == 2


def test_accents_that_tex_draws_before_their_letter_are_one_with_it() -> None:
    assert pdf.parse(drawn([[Put(72, 72, "Niels M\xa8oller and \xa8quoted\xa8")]])).document.text == (
        "Niels Möller and \xa8quoted\xa8"
    )


def test_running_heads_and_page_numbers_are_set_aside_and_paragraphs_go_on_over_the_page() -> None:
    pages = [
        [
            Put(72, 40, "The Harbour Ledger" if number % 2 else "Chapter One", 9),
            *column(prose(80, f"p{number}w"), 72, 90),
            *([Put(72, 700, "1 A note at the foot.", 7)] if number == 1 else []),
            Put(300, 760, f"- {number} -", 9),
        ]
        for number in range(1, 8)
    ]
    draft = pdf.parse(drawn(pages))
    assert draft.extra == {"tail": "The Harbour Ledger\nChapter One"}
    assert kinds(draft.document) == [
        ("para", " ".join(f"p{page}w{n}" for page in range(1, 8) for n in range(80))),
        ("para", "1 A note at the foot."),
    ]


def test_turned_pages_are_read_upright_and_a_stamp_in_the_margin_is_set_aside() -> None:
    lines = column([SENTENCE, SENTENCE + "."], 72, 72)
    assert pdf.parse(drawn([lines], rotate=90)).document.text == f"{SENTENCE} {SENTENCE}."
    stamped = pdf.parse(drawn([[*lines, Put(20, 500, "preprint of May", 12, 2, True)]]))
    assert (stamped.document.text, stamped.extra) == (f"{SENTENCE} {SENTENCE}.", {"tail": "preprint of May"})
    turned = [Put(100 + 12 * n, 700, f"{SENTENCE}.", 10, 0, True) for n in range(2)]
    assert pdf.parse(drawn([turned])).document.text.startswith(SENTENCE)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (drawn([[Put(72, 72, "x")]], password="secret"), "locked with a password"),
        (drawn([[]]), "no text in this PDF"),
        (drawn([[Put(72, 72, "  ")]]), "no text in this PDF"),
        (b"%PDF-1.4\n" + b"x" * 100, "a damaged PDF"),
        (drawn([[Put(72, 72, "x")]])[:200], "a damaged PDF"),
    ],
    ids=["locked", "pictures", "spaces", "rubbish", "cut"],
)
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(IngestError) as refused:
        pdf.parse(data)
    assert refused.value.reason == reason


@pytest.mark.parametrize("title", ["Microsoft Word - a.doc", "untitled", "thesis.tex", ""])
def test_a_title_that_a_program_made_up_is_not_believed(title: str) -> None:
    page = [Put(72, 72, "The Real Title", 24, 1), *column([SENTENCE] * 3, 72, 110)]
    draft = pdf.parse(drawn([page], info={"Title": title, "Author": "user"}), stem="File name")
    assert (draft.title, draft.author) == ("The Real Title", None)
    bare = pdf.parse(drawn([column([SENTENCE] * 3, 72, 110)], info={"Title": title}), stem="File name")
    assert bare.title == "File name"


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.integers(40, 400), st.integers(60, 700), st.sampled_from([7, 10, 14]),
            st.text("abcdefgh ,.", min_size=1, max_size=40),
        ),
        min_size=1, max_size=40, unique_by=lambda put: put[1] // 16,
    )
)  # fmt: skip
def test_no_word_is_lost_wherever_it_stands(places: list[tuple[int, int, int, str]]) -> None:
    page = [Put(x, y, text, size) for x, y, size, text in places]
    try:
        draft = pdf.parse(drawn([page]))
    except IngestError:
        assert not any(re.search(r"\w", text) for *_, text in places)
        return
    assert_document(draft.document)
    said = f"{draft.document.text} {draft.title if draft.title.strip() else ''}"
    letters = Counter(re.findall(r"\w", " ".join(text for *_, text in places)))
    assert not letters - Counter(re.findall(r"\w", said))

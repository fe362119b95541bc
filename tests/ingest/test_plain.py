from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.article import Draft
from reader.domain.text import clean_line
from reader.ingest import IngestError
from reader.ingest.dates import parse_date
from reader.ingest.masthead import read_masthead
from reader.ingest.plain import lines_of, parse
from tests.invariants import assert_document

LONG = (
    "The quick brown fox jumps over the lazy dog, and the dog, for once, gets up and follows it into the wood. "
    * 2
)


def _blocks(draft: Draft) -> list[tuple[str, str]]:
    assert_document(draft.document)
    return [(block.kind, draft.document.slice(block.span)) for block in draft.document.blocks]


def test_title_byline_date_and_tail_of_a_scraped_article_are_told_from_its_text() -> None:
    body = "\r\n\r\n".join(f"{number} {LONG}" for number in range(5))
    draft = parse(
        f"The Noon Whistle\r\n\r\nBy Jane Q. Doe\r\n\r\nMarch 3, 2021\r\n\r\n{body}\r\n\r\nComments are closed.\r\n"
    )
    assert (draft.title, draft.author, draft.published) == ("The Noon Whistle", "Jane Q. Doe", "2021-03-03")
    assert [kind for kind, _ in _blocks(draft)] == ["para"] * 5
    assert draft.extra["tail"] == "Comments are closed."


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ruth Ellen Vasko", "Ruth Ellen Vasko"),
        ("Von Anna-Lena Müller", "Anna-Lena Müller"),
        ("By JANE DOE", "Jane Doe"),
        ("By Ludwig van der Rohe and Lilly Reich", "Ludwig van der Rohe and Lilly Reich"),
        ("By the time it ended", None),
        ("By Monday", None),
    ],
)
def test_a_byline_names_people(line: str, author: str | None) -> None:
    draft = parse(f"Title\n\n{line}\n\n{LONG}")
    assert draft.author == author
    assert (line in draft.document.text) == (author is None)


@pytest.mark.parametrize(
    ("line", "author", "published"),
    [
        ("By JANE DOE, Staff Writer", "Jane Doe", None),
        ("By Jane Doe and John Roe, AP Sports Writers", "Jane Doe and John Roe", None),
        ("Von Katharina Schäfer, Berlin", "Katharina Schäfer", None),
        ("Published 3 March 2021 | Updated 4 March 2021 at 9:14 a.m.", None, "2021-03-03"),
        ("March 14, 2022 6:03 PM EDT", None, "2022-03-14"),
        ("Posted on April 2nd, 2019 by admin", None, "2019-04-02"),
        ("Tue 5 Nov 2024 06.00 GMT | 5 min read", None, "2024-11-05"),
    ],
)
def test_a_masthead_that_says_more_than_its_fields_is_kept_word_for_word(
    line: str, author: str | None, published: str | None
) -> None:
    """They stood as paragraphs above the text, undated, or made an author of “Jane Doe, Staff Writer”."""
    draft = parse(f"Title\n\n{line}\n\n{LONG}")
    assert (draft.author, draft.published) == (author, published)
    assert draft.extra == {"masthead": line}
    assert draft.document.text == LONG.strip()


def test_two_bylines_of_a_line_are_both_authors() -> None:
    """The second was lost with its line."""
    assert parse(f"Title\n\nBy Jane Doe | By John Roe\n\n{LONG}").author == "Jane Doe, John Roe"


def test_a_name_with_a_suffix_keeps_it() -> None:
    draft = parse(f"Title\n\nBy Martin Luther King, Jr.\n\n{LONG}")
    assert (draft.author, draft.extra) == ("Martin Luther King, Jr.", {})


def test_a_label_above_the_date_leaves_with_it() -> None:
    draft = parse(f"Title\n\nPublished\n22 June 2023\n\n{LONG}")
    assert (draft.published, draft.extra, draft.document.text) == (
        "2023-06-22", {"masthead": "Published"}, LONG.strip(),
    )  # fmt: skip


def test_a_link_for_screen_readers_is_no_title() -> None:
    draft = parse(f"Skip to main content\nTitle\n\n{LONG}")
    assert (draft.title, draft.extra) == ("Title", {"masthead": "Skip to main content"})


def test_an_article_without_any_blank_line_is_read_like_one_with_them() -> None:
    """Headline, byline, date and all paragraphs were one paragraph under a title that it repeated."""
    draft = parse(
        f"Scientists Find a Deep-Sea Reef\nBy John Smith\nMarch 14, 2022\n{LONG}\nShe agreed.\n{LONG}\n"
        f"“We can’t protect what we don’t know.”\n• one\n• two\n{LONG}\nRead more: The reefs"
    )
    assert (draft.title, draft.author, draft.published) == (
        "Scientists Find a Deep-Sea Reef", "John Smith", "2022-03-14",
    )  # fmt: skip
    kinds = [kind for kind, _ in _blocks(draft)]
    assert kinds == ["para"] * 4 + ["item"] * 2 + ["para"]
    assert draft.extra["tail"] == "Read more: The reefs"


def test_a_short_line_between_paragraphs_is_a_heading() -> None:
    text = f"Title\n\n{LONG}.\n\n{{}}\n\n{LONG}."
    assert [kind for kind, _ in _blocks(parse(text.format("What happens next")))] == [
        "para",
        "heading",
        "para",
    ]
    for line in ("Photo: A street", "He said nothing.", "Getty Images", "“Who is it”", "and then on"):
        assert [kind for kind, _ in _blocks(parse(text.format(line)))] == ["para"] * 3, line


def test_lines_behind_angle_brackets_are_a_quotation() -> None:
    draft = parse(f"Title\n\n{LONG}\n\n> To philosophise\n> is to learn to die.\n>\n> So he says.\n\n{LONG}")
    assert [kind for kind, _ in _blocks(draft)] == ["para", "quote", "quote", "para"]


def test_byline_and_date_may_share_a_line() -> None:
    draft = parse(f"Title\n\nBy Jane Doe | 3 March 2021\n\n{LONG}")
    assert (draft.author, draft.published) == ("Jane Doe", "2021-03-03")


def test_a_letterhead_tells_author_and_date_and_stays() -> None:
    draft = parse(f"A REPORT\n\nEdwin H. Sallow, Observer\nLower Thrupp, 4 July 2019\n\n{LONG}")
    assert (draft.author, draft.published) == ("Edwin H. Sallow", "2019-07-04")
    assert "Lower Thrupp" in draft.document.text


def test_a_long_first_paragraph_stays_and_lends_its_beginning_as_title() -> None:
    text = "word " * 150
    draft = parse(text)
    assert draft.document.text == text.strip()
    assert draft.title.endswith("…")
    assert len(draft.title) <= 81


def test_a_title_of_20000_characters_is_cut() -> None:
    draft = parse("x" * 20_000)
    assert len(draft.title) <= 81
    assert draft.document.text == "x" * 20_000


def test_a_title_alone_is_an_article_without_text() -> None:
    draft = parse("Just a title\n")
    assert (draft.title, draft.document.text) == ("Just a title", "")


WRAPPED = """\
A Report on Rain

The gauge is a copper cylinder, five inches across, sunk in the lawn
behind the house so that its rim stands twelve inches above the grass.
Rain falls into a funnel and runs down to a bottle.

1. The total

In thirty years the gauge has received 24,360 millimetres, which is to
say that if it had all stayed where it fell it would be standing over
the house, the chestnut tree and most of the church.

    awk '{ sum += $2 }
        END { print sum }' rain.csv

Forty-one days are marked in the register with a letter M. I think it
right to account for them:

  - Eleven days in March 1994, appendix. (My wife read the gauge on
    nine of these.)
  - Two days in 1998 when the bottle had frozen
    - and split.

It fell on the roof,
It fell on the road,
It fell where it liked.

        And some fell into the bottle, and so
        There was one of us knew what had come.

* * *

There is also the matter of the trace. When rain has fallen, but not
enough to reach the first line on the glass, nothing is to be added.
"""


def test_wrapped_lines_are_joined_and_code_lists_and_verse_are_kept() -> None:
    draft = parse(WRAPPED)
    blocks = _blocks(draft)
    assert [kind for kind, _ in blocks] == [
        "para", "heading", "para", "code", "para", "item", "item", "item", "para", "quote", "rule", "para",
    ]  # fmt: skip
    texts = [text for _, text in blocks]
    assert "\n" not in texts[0] + texts[2] + texts[4] + texts[5] + texts[-1]
    assert texts[1] == "1. The total"
    assert texts[3] == "awk '{ sum += $2 }\n    END { print sum }' rain.csv"
    assert texts[8].count("\n") == 2
    assert texts[9].count("\n") == 1
    assert [block.depth for block in draft.document.blocks if block.kind == "item"] == [0, 0, 1]


def test_one_line_a_paragraph_needs_no_blank_lines() -> None:
    assert [kind for kind, _ in _blocks(parse(f"Title\n\n{LONG}\n{LONG}\n{LONG}\n{LONG}"))] == ["para"] * 4


def test_paragraphs_that_begin_set_in_are_told_apart() -> None:
    lines = [
        f"{'  ' if number % 3 == 0 else ''}some words of a line about as long as all others"
        for number in range(9)
    ]
    block = "\n".join(lines)
    assert len(_blocks(parse(f"Title\n\n{block}\n\n{block}"))) == 6


def test_a_text_that_is_all_set_in_is_no_code() -> None:
    text = "\n".join(f"    {line}" if line else "" for line in WRAPPED.splitlines())
    assert parse(text).document.text == parse(WRAPPED).document.text


def test_a_single_line_that_opens_as_all_paragraphs_do_is_no_quotation() -> None:
    """In a text whose paragraphs begin set in, those of one line were quotations; and short verse was joined."""
    line = "some words of a line about as long as all the others are here"
    paragraph = f"     {line}\n{line}\n{line}"
    verse = "        Here where the water\n        turned the wheel,\n        but leaves."
    draft = parse(f"Title\n\n{paragraph}\n\n{paragraph}\n\n{verse}\n\n     The next day I came again.\n")
    assert [kind for kind, _ in _blocks(draft)] == ["para", "para", "quote", "para"]
    assert _blocks(draft)[2][1].count("\n") == 2


def test_links_to_other_articles_are_a_tail() -> None:
    tail = (
        "Related Stories\nSeawall costs double\nWho pays for the sea?\nWrite to Jane Doe at jane@example.com"
    )
    draft = parse(f"Title\n\n{LONG}\n\nRelated Stories\n\n{LONG}\n\n{tail}")
    assert draft.extra["tail"] == tail
    assert len(draft.document.blocks) == 3


def test_boilerplate_is_a_tail_only_at_the_very_end() -> None:
    draft = parse(
        f"Title\n\nShare this\n\n{LONG}\n\nRelated: other things\n\n© 2021 The Review. All rights reserved."
    )
    assert draft.document.text.startswith("Share this")
    assert draft.extra["tail"] == "Related: other things\n© 2021 The Review. All rights reserved."


@pytest.mark.parametrize("text", ["", " \n\t\n", "\u200b\ufeff\u2060", "\x00\x01", "-----"])
def test_a_text_with_nothing_to_see_is_refused(text: str) -> None:
    with pytest.raises(IngestError, match="no text"):
        parse(text)


def test_no_control_character_survives_and_no_word_is_lost_to_one() -> None:
    text = "T\n\none\x0btwo\x0cthree\x1cfour\u2028five\x85six \x1b[31mred\x1b[0m \x1b]0;open \x9b31m \u202egpj.exe last"
    draft = parse(text)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028]", draft.document.text)
    assert _words(draft.document.text) == _words("one two three four five six red ]0;open 31m gpj.exe last")


def test_ten_megabytes_in_a_line_and_a_million_blank_lines_are_read() -> None:
    assert len(parse("word " * 2_000_000).document.blocks) == 1
    draft = parse("Title\n" + "\n" * 1_000_000 + "paragraph")
    assert (draft.title, draft.document.text) == ("Title", "paragraph")


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


LINES = st.sampled_from(
    [
        "", "", "", " ", "A Title Here", "By Jane Q. Doe", "March 3, 2021", "By Jane Doe | 2021-03-03", LONG,
        "a line of a wrapped paragraph that is about seventy characters long", "short line", "- item one", "* item",
        "  - deeper", "1. First thing", "2) second", "    code = 1", "        Verse it is,",
        "\ttabbed", "* * *", "=====",
        "CAPITALS ALONE", "Share this", "© 2021 Everyone", "Comments are closed.", "Paris, 4 July 2019", "\x0c",
        "By JANE DOE, Staff Writer", "Posted 3 March 2021 | Updated 4 March 2021 at 9:14 a.m.", "5 min read",
        "> quoted lines", "Skip to main content", "What happens next", "Related Stories", "Published", "He agreed.",
    ]
) | st.text(max_size=30)  # fmt: skip


@given(st.lists(LINES, max_size=25))
def test_no_word_is_lost_or_moved(given_lines: list[str]) -> None:
    text = "\n".join(given_lines)
    try:
        draft = parse(text)
    except IngestError:
        return
    assert_document(draft.document)
    lines = lines_of(text)
    taken = read_masthead(lines).taken
    kept = " ".join(line for number, line in enumerate(lines) if number not in taken)
    blocks = (f"{block.marker} {draft.document.slice(block.span)}" for block in draft.document.blocks)
    assert _words(" ".join(blocks) + " " + draft.extra.get("tail", "")) == _words(kept)
    rest = [line for line in draft.extra.get("masthead", "").split("\n") if line]
    said = [line for number in sorted(taken) if _words(line := lines[number].strip())]
    for line in rest:
        said.remove(line)
    assert not taken or draft.title in map(clean_line, said)
    said = [line for line in said if clean_line(line) != draft.title]
    assert all(_is_in_fields(part, draft) for line in said for part in line.split(" | "))


def _is_in_fields(part: str, draft: Draft) -> bool:
    words = clean_line(part).removeprefix("By ")
    return words in (draft.author or "").split(", ") or parse_date(words) == draft.published is not None


def test_a_text_that_is_nothing_but_what_a_tail_may_be_is_not_set_aside() -> None:
    draft = parse("A short note\n\nShare this with bob@example.com or write to us.\n")
    assert draft.document.text == "Share this with bob@example.com or write to us."
    assert "tail" not in draft.extra

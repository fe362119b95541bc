import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.domain.document import Document
from reader.domain.motions import MOTIONS, Motions
from reader.domain.sentences import Sentences
from reader.render.flow import Flow
from reader.render.lines import BLANK
from reader.tui.screenlines import FlowLines
from tests.render.documents import documents

TEXT = "One two, three.  Four five.\n\nSix 👩‍👩‍👧‍👦 e\u0301!\n\nThe end"


class Caret:
    """A caret in a text laid out at a width."""

    def __init__(self, text: str | Document = TEXT, width: int = 72) -> None:
        self.document = Document.plain(text) if isinstance(text, str) else text
        self.motions = Motions(self.document, Sentences(self.document))
        self.lines = FlowLines(Flow(self.document, width, [BLANK], [BLANK]))
        self.at = 0

    def go(self, motion: str, count: int | None = None) -> str:
        """Move, and give what the caret stands on and a little more."""
        if motion not in "jk":
            self.lines.forget_column()
        self.at = self.motions.move(motion, self.at, count, self.lines)
        return self.document.text[self.at : self.at + 4]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("l", "ne t"), ("w", "two,"), ("ww", ", th"), ("www", "thre"), ("e", "e tw"), ("ee", "o, t"),
        (")", "Four"), ("))", "Six "), ("))))", "d"), ("}", "Six "), ("}}", "The "), ("}}}", "d"),
        ("G", "d"), ("$", ".\n\nS"), ("}$", "!\n\nT"), ("}w", "👩‍👩‍"), ("}wl", " é!\n"), ("}wlll", "!\n\nT"),
    ],
)  # fmt: skip
def test_motions_go_forward(keys: str, expected: str) -> None:
    caret = Caret()
    assert [caret.go(key) for key in keys][-1] == expected


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("h", "nd"),
        ("b", "end"),
        ("bb", "The "),
        ("bbb", "!\n\nT"),
        ("(", "The "),
        ("((", "Six "),
        ("{", "The "),
        ("{{{", "One "),
        ("0", "The "),
    ],
)
def test_motions_go_back(keys: str, expected: str) -> None:
    caret = Caret()
    caret.go("G")
    assert [caret.go(key) for key in keys][-1] == expected


def test_counts_repeat_and_name_paragraphs() -> None:
    caret = Caret()
    assert caret.go("w", 3) == "thre"
    assert caret.go("G", 2) == "Six "
    assert caret.go("gg", 9) == "The "
    assert caret.go("gg") == "One "


def test_up_and_down_follow_screen_lines_and_keep_the_column() -> None:
    caret = Caret("aaaaaa bbbb cc\n\nd\n\neeeeee ff", width=12)
    caret.go("l", 5)
    assert [caret.go("j") for _ in range(3)] == ["cc\n\n"[1:] + "d", "d\n\ne", "e ff"]
    assert [caret.go("k") for _ in range(3)][-1].startswith("a b")


def test_the_ends_of_a_line_are_those_on_screen() -> None:
    caret = Caret("one two three four", width=8)
    assert caret.go("$") == "o th"
    assert caret.go("j") == "e fo"
    assert caret.go("0") == "thre"
    assert caret.go("$", 2) == "r"


def test_selecting_ends_with_the_sentence_or_paragraph() -> None:
    """``v}`` took the first letter of the next paragraph too."""
    caret = Caret()

    def reach(motion: str, offset: int, count: int | None = None) -> str:
        end = caret.motions.move(motion, offset, count, caret.lines, selecting=True)
        return caret.document.text[: end + 1]

    assert reach("}", 0) == TEXT.split("\n\n")[0]
    assert reach("}", 0, 2).endswith("é!")
    assert reach("}", len(reach("}", 0)) - 1).endswith("é!")
    assert reach(")", 0) == "One two, three."
    assert reach(")", 0, 2) == "One two, three.  Four five."
    assert reach("}", 0, 9) == caret.document.text


@pytest.mark.parametrize(
    ("text", "keys", "expected"),
    [
        ("it's e.g. so", "W", "e.g."), ("it's e.g. so", "WE", ". so"), ("it's e.g. so", "WW", "so"),
        ("it's e.g. so", "WWB", "e.g."), ("it's e.g. so", "WWWB", "so"), ("it's e.g. so", "E", "s e."),
        ("日本語の本。行く", "w", "の本。行"),
        ("日本語の本。行く", "ww", "本。行く"), ("日本語の本。行く", "W", "行く"),
        ("我们走。再见", "w", "们走。再"), ("我们走。再见", "wwb", "们走。再"), ("我们走。再见", "We", "见"),
        ("हिन्दी में", "w", "में"), ("مرحبا بالعالم", "w", "بالع"), ("a 👩‍👩‍👧‍👦 b", "we", "b"),
    ],
)  # fmt: skip
def test_words_are_stepped_through_in_every_script(text: str, keys: str, expected: str) -> None:
    caret = Caret(text)
    assert [caret.go(key) for key in keys][-1] == expected


@pytest.mark.parametrize(
    ("command", "character", "count", "at", "expected"),
    [
        ("f", "t", 1, 0, 4), ("f", "t", 2, 0, 9), ("t", "t", 1, 0, 3), ("t", "t", 1, 3, 3), ("f", "x", 1, 0, None),
        ("F", "e", 1, 8, 2), ("T", "e", 1, 8, 3), ("f", "S", 1, 0, None), ("f", "O", 1, 0, None), ("F", "O", 1, 9, 0),
    ],
)  # fmt: skip
def test_a_character_is_found_in_the_paragraph(
    command: str, character: str, count: int, at: int, expected: int | None
) -> None:
    back, till = command in "FT", command in "tT"
    assert Caret().motions.find_character(at, character, count, back=back, till=till) == expected


def test_till_a_character_again_goes_on_to_the_next() -> None:
    motions = Caret("a-b-c-d").motions
    assert motions.find_character(0, "-", till=True) == 0
    assert motions.find_character(0, "-", till=True, again=True) == 2
    assert motions.find_character(2, "-", till=True, again=True) == 4
    assert motions.find_character(4, "-", 2, till=True, again=True) is None
    assert motions.find_character(6, "-", back=True, till=True, again=True) == 4


def test_a_character_inside_a_cluster_is_not_found() -> None:
    motions = Caret("x 👩‍👩‍👧 👧").motions
    assert motions.find_character(0, "👧") == 8
    assert motions.find_character(0, "👩") == 2


@pytest.mark.parametrize(
    ("motion", "count", "at", "expected"),
    [
        ("w", None, "One", "One"), ("w", 2, "One", "One two"), ("w", 5, "One", "One two, three."),
        ("w", 4, "five", "five.\n\nSix 👩‍👩‍👧‍👦"), ("w", None, "end", "end"),
        ("w", None, "d", "d"), ("w", None, "  Four", None),
        ("e", None, "One", "One"), ("e", None, "e two", "e two"),
        ("W", 2, "One", "One two,"), ("E", 2, "One", "One two,"),
        ("b", None, "two", "One"), ("B", None, "  Four", "three."), ("h", 2, "two", "e"), ("l", 3, "One", "One"),
        ("l", 7, "ve.", "ve.\n\nSix"), ("l", 9, "nd", "nd"),
        (")", None, "One", "One two, three."), (")", 2, "One", "One two, three.  Four five."),
        (")", None, "two", "two, three."), (")", None, "end", "end"), ("(", None, "two", "One"),
        ("(", None, "Four", "One two, three."), ("(", None, "One", None),
        ("}", None, "Four", "Four five."), ("}", 2, "Four", "Four five.\n\nSix 👩‍👩‍👧‍👦 é!"), ("}", 9, "end", "end"),
        ("{", None, "Four", "One two, three."), ("{", None, "Six", "One two, three.  Four five."),
        ("G", None, "end", "end"), ("G", 2, "Four", "Four five.\n\nSix 👩‍👩‍👧‍👦 é!"),
        ("G", 1, "Four", "One two, three.  Four five."),
        ("G", 1, "Six", "One two, three.  Four five."), ("gg", None, "Four", "One two, three."),
        ("gg", 3, "Six", "Six 👩‍👩‍👧‍👦 é!\n\nThe end"), ("$", None, "two", "two, three.  Four five."),
        ("0", None, "two", "One"), ("^", None, "One", None), ("0", None, "One", None), ("k", None, "Four", None),
        ("j", None, "two", "One two, three.  Four five.\n\nSix 👩‍👩‍👧‍👦 é!"),
        ("ft", None, "One", "One t"), ("ft", 2, "One", "One two, t"),
        ("tt", None, "One", "One"), ("Fn", None, "two", "ne"),
        ("TO", None, "two", "ne"), ("fx", None, "One", None),
    ],
)  # fmt: skip
def test_an_operator_takes_what_the_motion_passes(
    motion: str, count: int | None, at: str, expected: str | None
) -> None:
    """Never the blank line between paragraphs, nor white space at the end."""
    caret = Caret()
    offset = caret.document.text.rindex(at) if at == "d" else caret.document.text.index(at)
    span = caret.motions.target(motion, offset, count, caret.lines)
    assert (None if span is None else caret.document.slice(span)) == expected


def test_an_unknown_motion_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="unknown motion"):
        Caret().go("x")


def test_a_word_is_found_where_one_points() -> None:
    caret = Caret()
    assert caret.document.slice(caret.motions.word_at(5)) == "two"
    assert caret.document.slice(caret.motions.word_at(3)) == " "


@given(
    documents(),
    st.lists(st.tuples(st.sampled_from(MOTIONS), st.one_of(st.none(), st.integers(1, 4))), max_size=12),
    st.booleans(),
)
@settings(max_examples=200)
def test_the_caret_always_stands_on_a_cluster_of_a_block(
    document: Document, moves: list[tuple[str, int | None]], selecting: bool
) -> None:
    caret = Caret(document, width=20)
    if not document.text:
        assert caret.go("w") == ""
        return
    for motion, count in moves:
        if selecting:
            caret.at = caret.motions.move(motion, caret.at, count, caret.lines, selecting=True)
        else:
            caret.go(motion, count)
        block = document.blocks[document.block_at(caret.at)].span
        assert block.contains(caret.at)
        assert caret.motions.left_edge(caret.at) == caret.at < caret.motions.right_edge(caret.at)


@given(documents(), st.data())
@settings(max_examples=200)
def test_an_operator_takes_text_that_begins_or_ends_at_the_caret(
    document: Document, data: st.DataObject
) -> None:
    caret = Caret(document, width=20)
    if not document.text:
        assert caret.motions.target("w", 0, 1, caret.lines) is None
        return
    offset = caret.motions.left_edge(data.draw(st.integers(0, len(document.text) - 1)))
    motion = data.draw(st.sampled_from([*MOTIONS, "fa", "T ", "t。"]))
    span = caret.motions.target(motion, offset, data.draw(st.none() | st.integers(1, 4)), caret.lines)
    if span is not None:
        assert 0 <= span.start < span.end <= len(document.text)
        assert not document.text[span.end - 1].isspace()
        assert motion in "jkGgg" or offset == span.start or span.end <= offset


@given(documents(), st.data())
@settings(max_examples=200)
def test_a_found_character_is_a_cluster_of_the_paragraph(document: Document, data: st.DataObject) -> None:
    motions = Caret(document).motions
    if not document.text:
        assert motions.find_character(0, "a") is None
        return
    offset = motions.left_edge(data.draw(st.integers(0, len(document.text) - 1)))
    back, till = data.draw(st.booleans()), data.draw(st.booleans())
    character = data.draw(st.sampled_from('abe .,"。👩文'))
    found = motions.find_character(offset, character, back=back, till=till, again=data.draw(st.booleans()))
    if found is not None:
        assert motions.left_edge(found) == found
        assert document.block_at(found) == document.block_at(offset)
        assert found <= offset if back else found >= offset


@given(documents())
@settings(max_examples=100)
def test_right_and_left_meet_every_cluster_both_ways(document: Document) -> None:
    caret = Caret(document)
    seen = [0]
    while document.text and caret.go("l") is not None and caret.at != seen[-1]:
        seen.append(caret.at)
    assert seen == sorted(set(seen))
    back = [caret.at]
    while document.text and caret.go("h") is not None and caret.at != back[-1]:
        back.append(caret.at)
    assert back == seen[::-1] or not document.text

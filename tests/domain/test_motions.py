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
)
@settings(max_examples=200)
def test_the_caret_always_stands_on_a_cluster_of_a_block(
    document: Document, moves: list[tuple[str, int | None]]
) -> None:
    caret = Caret(document, width=20)
    if not document.text:
        assert caret.go("w") == ""
        return
    for motion, count in moves:
        caret.go(motion, count)
        block = document.blocks[document.block_at(caret.at)].span
        assert block.contains(caret.at)
        assert caret.motions.right_edge(caret.at) > caret.at


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

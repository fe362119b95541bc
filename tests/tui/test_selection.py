from reader.domain.document import Document, Span
from reader.domain.motions import Motions
from reader.domain.sentences import Sentences
from reader.tui.selection import Selecting

DOCUMENT = Document.plain("One two. Three.\n\nFour five. Six.")
SENTENCES = Sentences(DOCUMENT)
MOTIONS = Motions(DOCUMENT, SENTENCES)


def words(state: Selecting) -> str | None:
    span = state.span(MOTIONS)
    return None if span is None else DOCUMENT.slice(span)


def test_the_sentence_cursor_steps_and_grows_over_paragraphs() -> None:
    state = Selecting("sentence")
    assert words(state) == "One two."
    assert words(state.stepped(SENTENCES, 2)) == "Four five."
    assert words(state.stepped(SENTENCES, 9)) == "Six."
    grown = state.grown(SENTENCES, 2)
    assert words(grown) == "One two. Three.\n\nFour five."
    assert words(grown.grown(SENTENCES, -9)) == "One two."
    assert words(grown.stepped(SENTENCES, 1)) == "Six."
    assert words(grown.stepped(SENTENCES, -1)) == "One two."


def test_visual_holds_both_ends_in_either_direction() -> None:
    state = Selecting("visual", 4, 11)
    assert words(state) == "two. Thr"
    assert words(state.swapped()) == "two. Thr"
    assert state.swapped().caret == 4


def test_whole_paragraphs() -> None:
    assert words(Selecting("visual", 5, 18, whole=True)) == DOCUMENT.text


def test_v_drops_the_anchor_and_sets_it_again() -> None:
    state = Selecting("visual", 2, 5).toggled()
    assert (state.mode, words(state)) == ("caret", None)
    assert state.moved(9).toggled() == Selecting("visual", 9, 9)


def test_cancelling_goes_one_step_at_a_time() -> None:
    state = Selecting("visual", 2, 5)
    assert [state.cancelled().mode, state.cancelled().cancelled().mode] == ["caret", "reading"]
    assert Selecting("sentence").cancelled().mode == "reading"
    assert Selecting().span(MOTIONS) is None
    assert Selecting("visual", 0, 0).span(MOTIONS) == Span(0, 1)

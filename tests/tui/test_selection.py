from reader.domain.document import Document, Span
from reader.domain.motions import Motions
from reader.domain.sentences import Sentences
from reader.domain.units import Units
from reader.tui.selection import Selecting

DOCUMENT = Document.plain("One two. Three.\n\nFour five, “six”. Six.")
SENTENCES = Sentences(DOCUMENT)
MOTIONS = Motions(DOCUMENT, SENTENCES)
UNITS = Units(DOCUMENT, SENTENCES)
FIRST = SENTENCES.at(0)
assert FIRST is not None
START = Selecting.lit(FIRST)


def words(state: Selecting) -> str | None:
    span = state.span(MOTIONS)
    return None if span is None else DOCUMENT.slice(span)


def test_the_sentence_cursor_steps_and_grows_over_paragraphs() -> None:
    assert words(START) == "One two."
    assert words(START.stepped(UNITS, 2)) == "Four five, “six”."
    assert words(START.stepped(UNITS, 9)) == "Six."
    grown = START.grown(UNITS, 2)
    assert words(grown) == "One two. Three.\n\nFour five, “six”."
    assert words(grown.grown(UNITS, -9)) == "One two."
    assert words(grown.stepped(UNITS, 1)) == "Six."
    assert words(grown.stepped(UNITS, -1)) == "One two."


def test_it_goes_on_by_other_units_where_there_are_some() -> None:
    state, missing = START.changed(UNITS, 1)
    assert (state.unit, missing) == ("clause", ("quotation",))
    state, missing = START.stepped(UNITS, 2).changed(UNITS, 1)
    assert (words(state), missing) == ("six", ())
    seen = []
    for _ in range(4):
        state, _ = state.changed(UNITS, 1)
        seen.append((state.unit, words(state)))
    assert seen == [
        ("clause", "Four five, “six”."),
        ("paragraph", "Four five, “six”. Six."),
        ("section", DOCUMENT.text),
        ("sentence", "Four five, “six”."),
    ]
    assert state.changed(UNITS, -1)[0].unit == "section"


def test_it_reaches_to_another_sentence_in_either_direction() -> None:
    last = SENTENCES.at(len(DOCUMENT.text))
    assert last is not None
    assert words(START.reaching(last)) == DOCUMENT.text
    assert words(Selecting.lit(last).reaching(Span(0, 8))) == DOCUMENT.text


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
    assert START.cancelled().mode == "reading"
    assert Selecting().span(MOTIONS) is None
    assert Selecting("visual", 0, 0).span(MOTIONS) == Span(0, 1)

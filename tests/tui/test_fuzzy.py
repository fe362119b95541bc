"""Finding commands and paths by some of their letters."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reader.tui.completing import completions, grown
from reader.tui.fuzzy import match
from reader.tui.screens.picking import narrowed
from reader.tui.widgets.menu import Choice


def names(typed: str, *titles: str) -> list[str]:
    return [choice.title for choice in narrowed([Choice(title, title) for title in titles], typed)]


def test_a_word_begun_beats_letters_inside_and_letters_apart() -> None:
    assert names("star", "Restart", "Show the art of", "Star") == ["Star", "Restart", "Show the art of"]
    assert names("nu", "Next unread", "Menu", "Number") == ["Number", "Menu", "Next unread"]


def test_what_a_choice_says_counts_when_its_name_does_not() -> None:
    found = narrowed([Choice("a", "Archive", "Put away"), Choice("b", "Back", "Go")], "away")
    assert [choice.id for choice in found] == ["a"]


@given(st.text(max_size=8), st.text(max_size=20))
def test_lit_places_are_in_the_text_and_in_order(typed: str, text: str) -> None:
    found = match(typed, text)
    if found is not None:
        assert list(found[1]) == sorted(set(found[1]))
        assert all(place < len(text.casefold()) for place in found[1])


def test_paths_are_completed_folders_first(tmp_path: Path) -> None:
    (tmp_path / "essays").mkdir()
    (tmp_path / "essay.md").touch()
    (tmp_path / ".hidden").touch()
    assert completions(f"{tmp_path}/e") == [f"{tmp_path}/essays/", f"{tmp_path}/essay.md"]
    assert completions(f"{tmp_path}/.h") == [f"{tmp_path}/.hidden"]
    assert completions(f"{tmp_path}/nowhere/x") == []
    assert grown(f"{tmp_path}/e", completions(f"{tmp_path}/e")) == f"{tmp_path}/essay"
    assert grown("x", []) == "x"

"""Completing queries."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.completion import NAMES, Begun, begun, completed, fixed, written
from reader.domain.fields import CONTROLS, FIELDS
from reader.domain.query import parse
from reader.domain.terms import Field
from reader.domain.text import clean_line, clean_tag

TODAY = date(2024, 5, 1)


@pytest.mark.parametrize(
    ("text", "field", "typed"),
    [
        ("ta", None, "ta"),
        ("sea -ta", None, "ta"),
        ("(ta", None, "ta"),
        ("tag:", "tag", ""),
        ("Tag:s", "tag", "s"),
        ("tag:a,b", "tag", "b"),
        ('tag:"a, b",c', "tag", "c"),
        ("tag:-x", "tag", "x"),
        ('author:"Ann B', "author", "Ann B"),
        ("sort:-a", "sort", "-a"),
    ],
)
def test_the_last_term_is_what_is_begun(text: str, field: str | None, typed: str) -> None:
    found = begun(text)
    assert found is not None
    assert (found.field, found.typed) == (field, typed)


@pytest.mark.parametrize(
    "text", ["", "tag:sea ", '"tag:', 'tag:"sea"', "https://x", "x1", "colou:x", '"a phrase', "-", "("]
)
def test_nothing_is_begun_behind_a_blank_in_a_phrase_or_in_other_words(text: str) -> None:
    assert begun(text) is None


def test_every_field_and_control_can_be_completed() -> None:
    assert set(NAMES) == {*FIELDS, *CONTROLS}


@pytest.mark.parametrize("name", NAMES)
def test_what_the_language_offers_it_understands(name: str) -> None:
    for value in fixed(Begun(name, "", 0), TODAY):
        assert not parse(f"{name}:{value}").problems, (name, value)


def test_a_whole_value_is_not_completed() -> None:
    assert fixed(Begun("is", "read", 0), TODAY) == ()
    assert fixed(Begun("is", "rea", 0), TODAY) == ("reading", "read")


def test_a_field_is_put_in_with_its_colon_and_a_value_with_a_blank_behind() -> None:
    typed = begun("sea -ta")
    assert typed is not None
    assert completed("sea -ta", typed, "tag:") == "sea -tag:"
    typed = begun('x author:"an')
    assert typed is not None
    assert completed('x author:"an', typed, "Ann Bell") == 'x author:"Ann Bell" '


@given(st.text(max_size=40), st.sampled_from(["tag", "site", "author", "query"]))
def test_whatever_a_name_holds_it_is_read_as_one_value_of_its_field(text: str, field: str) -> None:
    name = clean_tag(text) if field == "tag" else clean_line(text.replace('"', " "))
    if not any(map(str.isalnum, name)):
        return
    read = parse(f"{field}:{written(field, name)} -is:read")
    assert not read.problems
    first = next(node for node in read.root.nodes if isinstance(node, Field))  # type: ignore[union-attr]
    assert first.name == field
    assert [value.text for value in first.values] == [" ".join(name.split())]


@given(st.text(alphabet='ab:",-(tgis )*', max_size=30))
def test_any_text_can_be_completed(text: str) -> None:
    typed = begun(text)
    if typed is not None:
        assert text[typed.start :].lstrip('"') == typed.typed
        for value in fixed(typed, TODAY)[:3]:
            assert completed(text, typed, value).startswith(text[: typed.start])

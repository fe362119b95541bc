"""What views ask for, and how filters narrow them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.domain.query import parse
from reader.domain.view import SavedView
from reader.tui.views import CONTINUE, INBOX, STARRED, View, narrowed, saved_view, view_of


@pytest.mark.parametrize(
    ("query", "text", "means"),
    [
        ("", "", ""),
        ("", "lighth", "lighth*"),
        ("is:starred", "", "is:starred"),
        ("is:starred", "a b", "is:starred a b*"),
        ("is:starred", "a OR b", "is:starred (a OR b*)"),
        ("a OR b", "c", "(a OR b) c*"),
        ("a b", "c", "a b c*"),
        ("a sort:title", "c", "a c* sort:title"),
        ("a sort:title", "c sort:words", "a c sort:words"),
        ("is:starred", "-", "is:starred"),
        ("is:starred", "***", "is:starred"),
    ],
)
def test_a_filter_narrows_a_view(query: str, text: str, means: str) -> None:
    view = INBOX if not query else STARRED if query == STARRED.query else _view(query)
    assert narrowed(view, text) == parse(means)


def _view(query: str) -> View:
    return View("x", "x", query)


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_saved_and_typed_the_text_of_both_means_both(query: str, text: str) -> None:
    found = narrowed(saved_view(SavedView("x", query)), text)
    assert parse(str(found)) == found
    assert found.text == str(found)


def test_an_order_in_a_saved_query_is_the_views_order() -> None:
    view = saved_view(SavedView("x", "tag:sea sort:-title"))
    assert (view.query, view.sort) == ("tag:sea", "-title")
    assert saved_view(SavedView("x", "tag:sea sort:-title", "words")).sort == "words"


def test_a_saved_view_is_known_again_by_its_name_whatever_its_case() -> None:
    saved = [SavedView("Sea", "tag:sea")]
    assert view_of(saved_view(saved[0]).id, saved).title == "Sea"
    assert view_of("view:sea", saved).title == "Sea"
    assert view_of("view:gone", saved) == INBOX
    assert view_of("tag:sea").query == 'tag:"sea"'


def test_what_is_half_read_comes_in_the_order_it_was_read_last() -> None:
    assert CONTINUE.sort == "read"

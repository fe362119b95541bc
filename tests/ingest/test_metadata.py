"""What a page says of itself, and which of several sayings is believed."""

from __future__ import annotations

import json

import pytest

from reader.ingest.metadata import Metadata, metadata
from reader.ingest.page import read_page


def _told(head: str, body: str = "<p>text</p>", url: str | None = "https://paper.example/a") -> Metadata:
    return metadata(read_page(f"<html><head>{head}</head><body>{body}</body></html>", url))


def _linked(**node: object) -> str:
    return f"<script type='application/ld+json'>\n<![CDATA[{json.dumps({'@type': 'NewsArticle', **node})}]]></script>"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (_linked(headline="Told", author="A B") + "<meta property=og:title content=Other>", "Told"),
        (_linked(name="Eel", headline="a fish") + "<title>Eel - Wiki</title>", "Eel"),
        ("<meta property='x:title dc:title' content=Core><meta property=og:title content=Graph>", "Core"),
        ("<meta name=DC.Title content=Core><title>x</title>", "Core"),
        ("<meta name=parsely-title content=Parsed><title>x</title>", "Parsed"),
        ("<title>Six men and a very long boat – My site</title>", "Six men and a very long boat"),
        ("<title>Rain – or shine</title>", "Rain – or shine"),
        ("<title>Rain | The Paper</title><meta property=og:site_name content='The Paper'>", "Rain"),
    ],
)
def test_the_title_is_what_the_page_calls_itself(head: str, title: str) -> None:
    assert _told(head).title == title


@pytest.mark.parametrize(
    ("head", "body", "author"),
    [
        (
            _linked(headline="T", author=[{"name": "Ana B. Cruz"}, {"name": "Li Wei"}]),
            "",
            "Ana B. Cruz, Li Wei",
        ),
        ("<meta name=author content='By Ana Cruz'>", "", "Ana Cruz"),
        (
            "<meta property=article:author content='https://paper.example/ana'>",
            "<a rel=author>Ana Cruz</a>",
            "Ana Cruz",
        ),
        ("", "<div class='post-byline'>By Ana Cruz | March 3, 2021</div>", "Ana Cruz"),
        ("", "<span class=byline>Por Ana Cruz\n 3 min read</span>", "Ana Cruz"),
        ("<meta name=author content=admin>", "", None),
    ],
)
def test_the_byline_is_a_name(head: str, body: str, author: str | None) -> None:
    assert _told(head, body + "<p>text</p>").author == author


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("<meta property=article:published_time content='2015-07-10 09:53:00 -0400'>", "2015-07-10"),
        (_linked(headline="T", datePublished="2023-06-07T20:54:26.829Z"), "2023-06-07"),
        ("<meta name=parsely-pub-date content='2999-01-01'>", None),
    ],
)
def test_the_date_is_a_day_that_has_been(head: str, date: str | None) -> None:
    assert _told(head).published == date


@pytest.mark.parametrize(
    "saved",
    [
        "<!--\n Page saved with SingleFile \n url: https://paper.example/a?b=1 \n saved date: Sun Nov 22 2026\n-->",
        "<!-- saved from url=(0030)https://paper.example/a?b=1 -->",
        "<link rel=canonical href='https://paper.example/a?b=1'>",
        "<meta property=og:url content='https://paper.example/a?b=1'>",
    ],
)
def test_a_saved_page_tells_its_address(saved: str) -> None:
    page = read_page(f"<html {'x' * 5000}><head>{saved}</head><body><p>text</p></body></html>")
    assert page.url == "https://paper.example/a?b=1"
    assert page.keys == ("url:https://paper.example/a?b=1",)

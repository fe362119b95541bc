from __future__ import annotations

from reader.jobs.guide import find, topics


def test_the_first_topic_is_the_one_to_begin_with() -> None:
    assert topics()[0].title == "Your first highlight"


def test_a_topic_is_found_by_its_name_or_its_beginning() -> None:
    assert find("searching") == find("Search") != None  # noqa: E711
    assert find("") is None
    assert find("gardening") is None


def test_every_topic_is_an_article_with_text() -> None:
    for topic in topics():
        article = topic.article()
        assert article.summary.title == topic.title
        assert len(article.document.text) > 500

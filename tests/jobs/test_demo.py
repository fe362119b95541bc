from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.domain.query import parse
from reader.jobs.demo import PASTS, make, throw_away
from reader.resources import resource
from reader.storage.commonplace import entries
from reader.storage.library import Library

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    make(path, NOW)
    return path


def test_every_sample_is_there_and_the_guide_begins_the_list(demo: Path) -> None:
    files = [path for path in resource("sample_articles").rglob("*") if path.is_file()]
    with Library.open(demo, write=False) as library:
        everything = library.articles.find(parse(""), scope="all")
        first = library.articles.summary(library.articles.order(parse(""))[0])
    assert len(everything) == len(files)
    assert first.title == "Your first highlight"
    assert first.state == "unread"


def test_it_looks_lived_in(demo: Path) -> None:
    with Library.open(demo, write=False) as library:
        for query in ("is:read", "is:reading", "is:starred", "is:archived", "has:highlight", "is:tagged"):
            assert library.articles.find(parse(query), scope="all"), query
        added = [summary.added for summary in library.articles.summaries(library.articles.order(parse("")))]
    assert added == sorted(added, reverse=True)
    assert (added[0] - added[-1]).days > 30
    assert added[0] <= NOW


def test_every_passage_of_its_past_is_in_the_articles(demo: Path) -> None:
    stems = {path.stem for path in resource("sample_articles").iterdir()}
    assert set(PASTS) <= stems
    with Library.open(demo, write=False) as library:
        made = {one.highlight.anchor.exact for one in entries(library)}
    wanted = {passage.exact for past in PASTS.values() for passage in past.passages}
    assert made == wanted


def test_it_is_thrown_away() -> None:
    with throw_away() as path:
        assert path.exists()
    assert not path.parent.exists()

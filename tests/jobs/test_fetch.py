from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.domain.article import ArticleId
from reader.ingest.errors import FetchError
from reader.ingest.fetch import Page, Unchanged
from reader.jobs.add import Added
from reader.jobs.crew import Manner
from reader.jobs.fetch import WAITS, Event, Fetched, Kept, NotFetched, Same, add_links, fetch_all
from reader.storage.fetching import link
from reader.storage.library import Library
from tests.pages import answer, article, serving

NOW = datetime.now(UTC)
TEXT = "The Ledger\n\nThe keeper wrote what the sea had done, and the ledger kept it."


class FakeWeb:
    """``pages`` are texts, or errors, or lists of either for one try after the other. ``asked`` are the addresses."""

    def __init__(self, **pages: object) -> None:
        self.pages = pages
        self.asked: list[str] = []
        self.etags: list[str] = []

    def __call__(
        self, url: str, *, etag: str, cancelled: Callable[[], bool], **how: object
    ) -> Page | Unchanged:
        name = url.rpartition("/")[2]
        self.asked.append(name)
        self.etags.append(etag)
        found = self.pages[name]
        found = found.pop(0) if isinstance(found, list) else found
        if callable(found):
            found = found(cancelled)
        if isinstance(found, FetchError):
            raise found
        if found is None:
            return Unchanged(url)
        return Page(str(found).encode(), f"{url}.txt", "text/plain", etag='"1"')

    @property
    def manner(self) -> Manner:
        return Manner(fetch=self, pause=0, now=lambda: NOW)


def captured(library: Library, *names: str, host: str = "example.org") -> list[ArticleId]:
    return [library.fetching.capture(f"https://{host}/{name}").id for name in names]


def fetched(library: Library, web: FakeWeb, ids: list[ArticleId]) -> dict[ArticleId, Event]:
    events = fetch_all(library.fetching.wanted(ids), library, manner=web.manner)
    return {event.wanted.article: event for event in events}


def test_each_link_is_fetched_and_each_failure_is_kept(library: Library) -> None:
    web = FakeWeb(
        a=TEXT,
        gone=FetchError("gone (410)", is_final=True),
        slow=FetchError("timed out after 30 s"),
        empty="",
        binary="\0\1\2" * 200,
    )
    ids = captured(library, *web.pages)
    events = fetched(library, web, ids)
    assert isinstance(events[ids[0]], Fetched)
    assert {event.reason: event.due for event in events.values() if isinstance(event, NotFetched)} == {
        "gone (410)": None,
        "timed out after 30 s": NOW + WAITS[0],
        "no text": None,
        "binary file": None,
    }
    assert [one.unfetched for one in library.articles.summaries(ids)] == [
        None, "gone (410)", "timed out after 30 s", "no text", "binary file",
    ]  # fmt: skip
    assert library.articles.get(ids[0]).document.text.startswith("The keeper")
    assert [one.article for one in library.fetching.due(NOW + WAITS[0])] == [ids[2]]


def test_what_fails_again_and_again_is_left_alone_in_the_end(library: Library) -> None:
    web = FakeWeb(a=FetchError("host not reachable"))
    ids = captured(library, "a")
    waits = []
    for _ in range(len(WAITS) + 1):
        event = fetched(library, web, ids)[ids[0]]
        assert isinstance(event, NotFetched)
        waits.append(event.due and event.due - NOW)
    assert waits == [*WAITS, None]


def test_a_hiccup_is_given_a_second_turn_at_once(library: Library) -> None:
    web = FakeWeb(
        a=[FetchError("the answer broke off", is_hiccup=True), TEXT],
        b=[FetchError("patience", retry_after=0.01), TEXT],
        c=[FetchError("broken", is_hiccup=True), FetchError("broken", is_hiccup=True), TEXT],
    )
    ids = captured(library, "a") + captured(library, "b", host="b.org") + captured(library, "c", host="c.org")
    events = fetched(library, web, ids)
    assert [type(events[id]) for id in ids] == [Fetched, Fetched, NotFetched]


def test_a_host_that_asks_for_patience_is_asked_nothing_more(library: Library) -> None:
    web = FakeWeb(a=FetchError("patience (429)", retry_after=7200), b=TEXT, c=TEXT)
    ids = captured(library, "a", "b") + captured(library, "c", host="other.org")
    events = fetched(library, web, ids)
    first, second = events[ids[0]], events[ids[1]]
    assert isinstance(first, NotFetched)
    assert isinstance(second, NotFetched)
    assert (first.due, second.reason) == (NOW + timedelta(hours=2), "put off: its host asks for patience")
    assert second.due is not None
    assert second.due > NOW + timedelta(hours=1)
    assert isinstance(events[ids[2]], Fetched)
    assert sorted(web.asked) == ["a", "c"]
    assert [one.tries for one in library.fetching.wanted(ids)] == [1, 0, 0]


def test_hosts_are_asked_side_by_side_and_each_for_one_page_at_a_time(library: Library) -> None:
    together = threading.Barrier(2, timeout=10)
    busy: dict[str, int] = {"one.org": 0, "two.org": 0}

    def visit(host: str) -> Callable[[object], str]:
        def page(cancelled: object) -> str:
            busy[host] += 1
            assert busy[host] == 1
            together.wait()
            busy[host] -= 1
            return f"{TEXT} {host}"

        return page

    web = FakeWeb(a=visit("one.org"), b=visit("one.org"), c=visit("two.org"), d=visit("two.org"))
    ids = captured(library, "a", "b", host="one.org") + captured(library, "c", "d", host="two.org")
    events = fetched(library, web, ids)
    assert all(isinstance(event, Fetched) for event in events.values())


def test_articles_are_fetched_again_only_if_their_server_has_something_new(library: Library) -> None:
    web = FakeWeb(a=[TEXT, None, TEXT + " And more.", FetchError("gone (410)", is_final=True)])
    ids = captured(library, "a")
    fetched(library, web, ids)
    same, new, gone = (
        next(fetch_all(library.fetching.wanted(ids), library, manner=web.manner, anew=True)) for _ in range(3)
    )
    assert isinstance(same, Same)
    assert isinstance(new, Fetched)
    assert new.outcome.status == "updated"
    assert isinstance(gone, NotFetched)
    assert (web.etags, library.articles.summary(ids[0]).unfetched) == (["", '"1"', '"1"', '"1"'], None)
    assert "And more." in library.articles.get(ids[0]).document.text


def test_an_article_that_is_purged_meanwhile_is_told_of(library: Library) -> None:
    ids = captured(library, "a")
    wanted = library.fetching.wanted(ids)
    library.articles.purge(ids)
    (event,) = fetch_all(wanted, library, manner=FakeWeb(a=TEXT).manner)
    assert isinstance(event, NotFetched)
    assert "not in the library any more" in event.reason


def test_whoever_stops_waits_for_nobody(library: Library) -> None:
    ended = threading.Event()

    def endless(cancelled: Callable[[], bool]) -> FetchError:
        while not cancelled():
            ended.wait(0.01)
        ended.set()
        return FetchError("cancelled")

    web = FakeWeb(a=TEXT, b=endless)
    ids = captured(library, "a") + captured(library, "b", host="other.org")
    events = fetch_all(library.fetching.wanted(ids), library, manner=web.manner)
    assert isinstance(next(events), Fetched)
    events.close()  # type: ignore[attr-defined]
    assert ended.wait(10)
    assert [one.article for one in library.fetching.due(datetime.now(UTC))] == [ids[1]]


def test_links_are_stored_before_anything_is_fetched(library: Library) -> None:
    def look(cancelled: object) -> str:
        with Library.open(library.path, write=False) as beside:
            assert len(beside.articles.order()) == 2
        return TEXT

    web = FakeWeb(a=look, b=FetchError("gone (410)", is_final=True))
    drafts = [link("https://example.org/a"), link("https://example.org/b", "Its Title")]
    first, second = add_links(drafts, library, tags=["x"], manner=web.manner)
    assert isinstance(first, Added)
    assert (first.outcome.status, first.outcome.title) == ("added", "The Ledger")
    assert isinstance(second, Kept)
    assert (second.reason, second.outcome.title) == ("gone (410)", "Its Title")
    assert {summary.tags for summary in library.articles.summaries([ArticleId(1), ArticleId(2)])} == {("x",)}
    (known,) = add_links(drafts[:1], library, manner=FakeWeb(a=None).manner)
    assert isinstance(known, Added)
    assert known.outcome.status == "known"


def test_a_page_is_read_as_its_server_says_and_known_by_where_it_was_found(library: Library) -> None:
    with serving() as web:
        words = "Тысяча слов о море и о том, кто его записывал. " * 9
        web.pages["/short"] = answer(b"", "Location: /article.html", status="301 Moved")
        web.pages["/article.html"] = answer(
            article("The Ledger", words).decode().encode("koi8-r"), kind="text/html; charset=koi8-r"
        )
        manner = Manner(allow_private=True, pause=0)
        (first,) = add_links([link(web.url("/short"))], library, manner=manner)
        assert isinstance(first, Added)
        found = library.articles.get(first.outcome.id)
        assert (found.summary.title, found.summary.url) == ("The Ledger", web.url("/short"))
        assert "кто его записывал" in found.document.text
        there = library.articles.at_address(web.url("/article.html"))
        assert there is not None
        assert there.id == first.outcome.id


@pytest.mark.slow
def test_a_fetch_that_is_killed_is_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    held, over = threading.Event(), threading.Event()

    def hold(asked: object) -> bytes:
        held.set()
        over.wait(30)
        return b""

    with serving() as web:
        web.pages["/a.txt"] = answer(TEXT.encode(), kind="text/plain")
        web.pages["/b.txt"] = hold
        with Library.open(path) as library:
            ids = [
                library.fetching.capture(web.url("/a.txt")).id,
                library.fetching.capture(web.url("/b.txt", host="localhost")).id,
            ]
        command = [sys.executable, "-m", "reader", "--library", str(path), "fetch", "--allow-private"]
        environment = {**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == f"fetched {ids[0]} The Ledger\n"
            assert held.wait(20)
            child.send_signal(signal.SIGKILL)
        over.set()
        with Library.open(path) as library:
            assert [one.unfetched for one in library.articles.summaries(ids)] == [None, ""]
            assert [one.article for one in library.fetching.due(datetime.now(UTC))] == ids[1:]
            assert library.care.check() == []
        web.pages["/b.txt"] = answer(TEXT.replace("Ledger", "Log").encode(), kind="text/plain")
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith(f"fetched {ids[1]} The Log")


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Log</title><link>https://example.org/</link>
<item><title>One</title><link>https://example.org/1</link><description>{text} one</description></item>
<item><title>Two</title><link>https://example.org/2</link><description>{text} two</description></item>
</channel></rss>""".format(text="The keeper wrote what the sea had done, and the ledger kept it. " * 12)


def test_a_feed_gives_its_articles_instead_of_one(library: Library) -> None:
    web = FakeWeb(feed=FEED)
    ids = captured(library, "feed")
    event = fetched(library, web, ids)[ids[0]]
    assert isinstance(event, Fetched)
    assert {outcome.title for outcome in event.several} == {"One", "Two"}
    feed = library.articles.summary(ids[0])
    assert (feed.trashed, feed.unfetched) == (True, "a feed of 2 articles")
    assert ids[0] not in [one.article for one in library.fetching.due(NOW + timedelta(days=900))]

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from tests.cli.conftest import LIGHTHOUSE, Shell
from tests.pages import Web, answer, redirect, serving

LEDGER = answer(LIGHTHOUSE.encode(), 'ETag: "1"', kind="text/plain")


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as web:
        web.pages["/ledger.txt"] = LEDGER
        yield web


def test_a_captured_link_is_there_at_once_and_its_text_later(reader: Shell, web: Web) -> None:
    done = reader("capture", web.url("/ledger.txt"), "The Ledger", "What it says.", "Some Feed")
    assert (done.code, done.out, done.err) == (
        0,
        "",
        "added 1 The Ledger\n",
    )  # newsboat shows what is on stdout
    assert reader("capture", web.url("/ledger.txt"), "--json").json["status"] == "known"
    assert web.asked == []
    (link,) = reader("list", "is:unfetched", "--json").json
    assert (link["title"], link["site"], link["unfetched"], link["words"]) == (
        "The Ledger",
        "Some Feed",
        "",
        0,
    )
    shown = reader("show", "1").out
    assert "Not fetched yet." in shown
    assert web.url("/ledger.txt") in shown
    assert "What it says." in shown
    done = reader("fetch", "--allow-private")
    assert (done.code, done.out, done.err) == (0, "fetched 1 The Ledger\n", "")
    assert "Light kept" in reader("show", "1").out
    assert reader("list", "is:unfetched", "--json").json == []
    done = reader("fetch")
    assert (done.code, done.out, done.err) == (0, "", "nothing to fetch\n")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:alert(1)", "example.org", "http://a b/"])
def test_what_is_no_address_is_not_captured(reader: Shell, url: str) -> None:
    done = reader("capture", url)
    assert (done.code, done.out, len(done.err.splitlines())) == (1, "", 1)
    assert reader("list", "--json").json == []


def test_an_address_is_added_like_a_file(reader: Shell, web: Web) -> None:
    url = web.url("/ledger.txt")
    done = reader("add", url, "--allow-private", "-t", "sea")
    assert (done.code, done.out, done.err) == (0, "added 1 The Lighthouse Ledger\n", "")
    done = reader("add", url, "--allow-private")
    assert (done.code, done.out) == (0, "known 1 The Lighthouse Ledger\n")
    (article,) = reader("list", "--json").json
    assert (article["url"], article["tags"], article["published"]) == (url, ["sea"], "2021-03-03")


def test_what_cannot_be_fetched_is_kept_as_a_link_that_says_why(reader: Shell, web: Web) -> None:
    good, gone = web.url("/ledger.txt"), web.url("/gone", host="localhost")
    done = reader("add", good, gone, "https://e.org:99999/x", "--allow-private")
    assert done.code == 1
    assert sorted(done.lines) == ["added 1 The Lighthouse Ledger", f"added 2 {gone}"]
    assert done.err.splitlines() == [
        "skipped https://e.org:99999/x: not an address that Reader fetches",
        f"not fetched {gone}: not found (404)",
        "2 added, 1 not fetched, 1 skipped",
    ]
    record = reader("add", gone, "--json", "--allow-private").json[0]
    assert (record["status"], record["id"], record["reason"]) == ("known", 2, "not fetched: not found (404)")
    assert reader("list", "is:unfetched", "--json").json[0]["unfetched"] == "not found (404)"
    assert "Not fetched: not found (404)." in reader("show", "2").out
    web.pages["/gone"] = answer(b"It Came Back\n\nThe page is here again.", kind="text/plain")
    assert reader("fetch", "--allow-private").err == "nothing to fetch\n"
    assert reader("fetch", "--allow-private", "2").out == "fetched 2 It Came Back\n"
    done = reader("fetch", "--allow-private", "2")
    assert (done.code, done.out) == (1, "")


def test_this_machine_is_asked_for_nothing_unless_the_user_says_so(reader: Shell, web: Web) -> None:
    done = reader("add", web.url("/ledger.txt"))
    why = "refused: an address of this computer or of a private network"
    assert (done.code, done.err) == (1, f"not fetched {web.url('/ledger.txt')}: {why}\n")
    assert web.asked == []
    web.pages["/a"] = redirect("file:///etc/passwd")
    done = reader("add", web.url("/a"), "--allow-private")
    assert "refused: file is not fetched" in done.err


def test_options_for_one_article_are_for_one_address(reader: Shell, web: Web) -> None:
    url = web.url("/ledger.txt")
    assert reader("add", url, url + "?2", "--title", "T", "--allow-private").code == 2
    assert reader("add", url, "--url", "https://e.org/").code == 2
    assert web.asked == []
    done = reader("add", url, "--title", "My Title", "--author", "Me", "--allow-private")
    assert done.out == "added 1 My Title\n"
    assert reader("list", "--json").json[0]["author"] == "Me"


def test_a_refresh_tells_what_changed_and_what_became_of_highlights(reader: Shell, web: Web) -> None:
    reader("add", web.url("/ledger.txt"), "--allow-private")
    reader("add", reader.file("other.txt", "Another\n\nWithout an address."))
    assert reader("highlight", "1", "Fog, standing.").code == 0
    web.pages["/ledger.txt"] = answer(status="304 Not Modified", length=False)
    done = reader("refresh", "1", "--allow-private")
    assert (done.code, done.out) == (0, "unchanged 1 The Lighthouse Ledger\n")
    assert web.asked[-1].headers["if-none-match"] == '"1"'
    web.pages["/ledger.txt"] = answer(
        LIGHTHOUSE.replace("two words", "three words").encode(), kind="text/plain"
    )
    done = reader("refresh", "1", "2", "--allow-private")
    assert done.out == "updated 1 The Lighthouse Ledger · 1 highlight: 1 placed\n"
    assert done.code == 1
    assert done.err.splitlines()[0] == "not fetched 2 Another: it has no address"
    web.pages["/ledger.txt"] = answer(status="410 Gone")
    done = reader("refresh", "1", "--allow-private", "--json")
    assert (done.code, done.json[0]["status"], done.json[0]["reason"]) == (1, "not fetched", "gone (410)")
    assert "three words" in reader("show", "1").out


def test_offline_is_one_line_for_each_link_and_a_later_try(reader: Shell) -> None:
    reader("capture", "https://nowhere.invalid/a")
    done = reader("fetch")
    assert (done.code, done.out) == (1, "")
    assert done.err == "not fetched 1 https://nowhere.invalid/a: host not reachable · again in 5 min\n"
    with sqlite3.connect(reader.library) as raw:
        raw.execute("update fetch set due = 0")
    raw.close()
    record = reader("fetch", "--json").json[0]
    assert (record["status"], record["id"], record["due"] is not None) == ("not fetched", 1, True)


def test_the_inbox_folder_is_taken_in_first(reader: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.jobs.inbox.STILL", 0.0)
    inbox = reader.file("inbox/ledger.txt", LIGHTHOUSE).parent
    reader.file("inbox/bad.txt", b"\0\1\2" * 300)
    reader.file("config/terminal-reader/config.toml", f'[inbox]\npath = "{inbox}"\n')
    done = reader("fetch")
    assert (done.code, done.out) == (1, "added 1 The Lighthouse Ledger\n")
    assert done.err.startswith(f"skipped {inbox}/bad.txt: binary file\n")
    assert (inbox / "done" / "ledger.txt").exists()
    assert (inbox / "failed" / "bad.txt.reason").read_text() == "binary file\n"

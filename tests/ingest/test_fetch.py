from __future__ import annotations

import gzip
import ssl
import subprocess
import threading
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path

import pytest

from reader.ingest import guard
from reader.ingest.errors import FetchError
from reader.ingest.fetch import Limits, Page, Unchanged
from reader.ingest.fetch import fetch as fetch_page
from reader.ingest.guard import is_public
from reader.ingest.inflating import Sizes
from tests.pages import Web, answer, article, redirect, serving

fetch = partial(fetch_page, allow_private=True)
PAGE = article("A Page")
PRIVATE = "refused: an address of this computer or of a private network"


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as web:
        yield web


def refusal(url: str, **how: object) -> FetchError:
    """Why nothing comes from *url*."""
    with pytest.raises(FetchError) as caught:
        fetch_page(url, **{"allow_private": True, **how})  # type: ignore[arg-type]
    return caught.value


def page(web: Web, path: str) -> Page:
    found = fetch(web.url(path))
    assert isinstance(found, Page)
    return found


# --- what comes ----------------------------------------------------------------------------------------------


def test_a_page_comes_with_what_its_server_says_of_it(web: Web) -> None:
    web.pages["/a%20b.html"] = answer(
        PAGE, 'ETag: "x1"', "Last-Modified: Sun, 01 Nov 2026 10:00:00 GMT", kind="text/html; charset=koi8-r"
    )
    found = page(web, "/a%20b.html#part")
    assert found.data == PAGE
    assert (found.media_type, found.charset, found.etag, found.name) == (
        "text/html", "koi8-r", '"x1"', "a b.html",
    )  # fmt: skip
    assert found.modified == "Sun, 01 Nov 2026 10:00:00 GMT"
    asked = web.asked[0]
    assert asked.path == "/a%20b.html"
    assert asked.headers["user-agent"].startswith("terminal-reader/")
    assert "cookie" not in asked.headers


def test_what_is_known_is_not_sent_again(web: Web) -> None:
    web.pages["/a"] = lambda asked: (
        answer(status="304 Not Modified", length=False)
        if asked.headers.get("if-none-match") == '"x1"'
        else answer(PAGE)
    )
    assert fetch(web.url("/a"), etag='"x1"', modified="bad\r\nheader: 1") == Unchanged(web.url("/a"))
    assert "header" not in web.asked[0].headers
    assert isinstance(fetch(web.url("/a")), Page)


def test_a_packed_page_is_unpacked(web: Web) -> None:
    packed = zlib.compress(PAGE)
    halves = gzip.compress(PAGE[:50]) + gzip.compress(PAGE[50:])
    whole = gzip.compress(PAGE)
    for encoding, data in (
        ("gzip", whole), ("gzip", halves), ("gzip", whole + b"end"), ("deflate", packed), ("deflate", packed[2:-4])
    ):  # fmt: skip
        web.pages["/a"] = answer(data, f"Content-Encoding: {encoding}")
        assert page(web, "/a").data == PAGE


def test_no_cookie_and_no_user_name_goes_along_a_redirect(web: Web) -> None:
    web.pages["/a"] = answer(b"", "Location: /b", "Set-Cookie: id=1", status="301 Moved")
    web.pages["/b"] = answer(PAGE)
    found = fetch(web.url("/a").replace("//", "//user:secret@"))
    assert isinstance(found, Page)
    assert found.redirects == (web.url("/a").replace("//", "//user:secret@"),)
    assert web.paths == ["/a", "/b"]
    assert not {"cookie", "authorization"} & set(web.asked[0].headers) | set(web.asked[1].headers) & {
        "cookie"
    }


# --- whom it may talk to -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True), ("2606:2800:21f:cb07::1", True), ("::ffff:93.184.215.14", True),
        ("127.0.0.1", False), ("10.1.2.3", False), ("192.168.1.1", False), ("169.254.169.254", False),
        ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("255.255.255.255", False),
        ("::1", False), ("::", False), ("fe80::1%eth0", False), ("fc00::1", False), ("ff02::1", False),
        ("::ffff:127.0.0.1", False), ("::ffff:10.0.0.1", False), ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::1", False), ("::127.0.0.1", False), ("::ffff:0:127.0.0.1", False), ("fec0::1", False),
        ("nonsense", False),
    ],
)  # fmt: skip
def test_only_what_the_whole_internet_can_reach_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "0x7f.1", "2130706433", "localhost", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_this_machine_is_refused_however_it_is_spelled(web: Web, host: str) -> None:
    error = refusal(web.url(host=host), allow_private=False)
    assert error.is_final
    assert error.reason in (PRIVATE, "host not reachable", "refused: not a web address")
    assert web.asked == []


def test_one_private_address_of_a_name_is_one_too_many(web: Web) -> None:
    found = {"both.example": ["93.184.215.14", "10.0.0.1"], "mapped.example": ["::ffff:192.168.0.1"]}
    for host in found:
        error = refusal(web.url(host=host), allow_private=False, resolver=lambda host, port: found[host])
        assert error.reason == PRIVATE


def test_the_connection_goes_to_the_address_that_was_judged_under_the_name_that_was_asked_for(
    web: Web,
) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])  # a name that leads elsewhere the second time
    web.pages["/a"] = answer(PAGE)
    url = web.url("/a", host="rebinding.example")
    assert isinstance(fetch(url, resolver=lambda host, port: next(answers)), Page)
    assert web.asked[0].headers["host"] == f"rebinding.example:{web.port}"
    assert next(answers) == ["10.0.0.1"]


def test_a_host_that_nobody_knows_may_be_known_later() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    error = refusal("http://nowhere.example/", resolver=unknown)
    assert (error.reason, error.is_final, error.is_hiccup) == ("host not reachable", False, False)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "refused: file is not fetched"), ("ftp://e.org/a", "refused: ftp is not fetched"),
        ("gopher://e.org", "refused: gopher is not fetched"), ("data:text/html,x", "refused: data is not fetched"),
        ("http://", "refused: not a web address"), ("http://e.org/a b", "refused: not a web address"),
        ("http://e.org:22/", "refused: port 22"), ("https://999.1.1.1/", "refused: not a web address"),
    ],
)  # fmt: skip
def test_what_is_no_page_of_the_web_is_refused(url: str, reason: str) -> None:
    error = refusal(url, resolver=lambda host, port: pytest.fail("nobody is to be asked"))
    assert (error.reason, error.is_final) == (reason, True)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("file:///etc/passwd", "refused: file is not fetched"),
        ("javascript:alert(1)", "refused: javascript is not fetched"),
        ("http://127.0.0.1:8080/x", PRIVATE), ("http://[::ffff:127.0.0.1]/", PRIVATE),
        ("http://169.254.169.254/latest", PRIVATE),
        ("//10.0.0.1/x", PRIVATE), ("http://e.org:25/", "refused: port 25"),
    ],
)  # fmt: skip
def test_every_hop_is_judged_again(
    web: Web, target: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the first host is let through."""

    def resolver(host: str, port: int) -> list[str]:
        return [host.strip("[]")]

    judged = guard.is_public
    web.pages["/a"] = redirect(target)
    monkeypatch.setattr(guard, "is_public", lambda address: not web.asked or judged(address))
    error = refusal(web.url("/a"), allow_private=False, resolver=resolver)
    assert (error.reason, error.is_final) == (reason, True)
    assert web.paths == ["/a"]


def test_redirects_that_do_not_end_are_given_up(web: Web) -> None:
    web.pages["/circle"] = redirect("/elsewhere")
    web.pages["/elsewhere"] = redirect("/circle")
    assert refusal(web.url("/circle")).reason == "redirects in a circle"
    for number in range(8):
        web.pages[f"/{number}"] = redirect(f"/{number + 1}")
    web.asked.clear()
    assert refusal(web.url("/0")).reason == "redirects more than 5 times"
    assert len(web.asked) == 6
    web.pages["/nowhere"] = answer(b"", status="302 Found")
    assert refusal(web.url("/nowhere")).reason == "redirects nowhere"


# --- how much and how long -----------------------------------------------------------------------------------


def test_what_is_too_large_is_not_read_to_its_end(web: Web) -> None:
    sent: list[int] = []

    def endless(asked: object) -> bytes:
        asked.send(answer(length=False))  # type: ignore[attr-defined]
        while True:
            asked.send(b"x" * 65536)  # type: ignore[attr-defined]
            sent.append(65536)

    small = Limits(sizes=Sizes(raw=2**20, decoded=2**19))
    web.pages["/endless"] = endless
    web.pages["/said"] = answer(kind="text/html", length=False).replace(
        b"\r\n\r\n", b"\r\nContent-Length: 300000000\r\n\r\n"
    )
    bomb = gzip.compress(bytes(60 * 2**20))
    web.pages["/bomb"] = answer(bomb, "Content-Encoding: gzip")
    web.pages["/many"] = answer(gzip.compress(PAGE * 3000), "Content-Encoding: gzip")
    web.pages["/brotli"] = answer(PAGE, "Content-Encoding: br")
    web.pages["/damaged"] = answer(b"\x1f\x8bdamaged", "Content-Encoding: gzip")
    assert refusal(web.url("/endless"), limits=small).reason.startswith("too large: more than")
    assert sum(sent) < 16 * 2**20  # what the socket takes in advance
    assert refusal(web.url("/said"), limits=small).reason == "too large: more than 1 MB"
    assert refusal(web.url("/bomb")).reason.startswith("too large: ")
    assert (
        refusal(web.url("/many"), limits=Limits(sizes=Sizes(decoded=2**20))).reason
        == "too large: more than 1 MB"
    )
    assert refusal(web.url("/brotli")).reason == "packed as br, which was not asked for"
    assert refusal(web.url("/damaged")).reason == "damaged: it cannot be unpacked"


def test_a_drip_ends_at_the_deadline_in_the_head_and_in_the_body(web: Web) -> None:
    over = threading.Event()

    def drip(first: bytes, asked: object) -> bytes:
        asked.send(first)  # type: ignore[attr-defined]
        while not over.wait(0.02):
            asked.send(b"x")  # type: ignore[attr-defined]
        return b""

    web.pages["/head"] = partial(drip, b"HTTP/1.1 200 OK\r\nX: ")
    web.pages["/body"] = partial(drip, answer(length=False))
    try:
        for path in ("/head", "/body"):
            error = refusal(web.url(path), limits=Limits(total=0.2))
            assert (error.reason, error.is_final) == ("timed out after 0.2 s", False)
    finally:
        over.set()


def test_silence_ends_at_the_time_for_one_wait(web: Web) -> None:
    over = threading.Event()
    web.pages["/a"] = lambda asked: bytes(over.wait(20))
    try:
        assert refusal(web.url("/a"), limits=Limits(read=0.05)).reason == "timed out after 0.05 s"
        assert refusal(web.url("/a"), cancelled=lambda: bool(web.asked[1:])).reason == "cancelled"
    finally:
        over.set()


def test_an_answer_that_breaks_off_is_worth_another_try(web: Web) -> None:
    web.pages["/short"] = answer(PAGE)[:-50]
    web.pages["/chunked"] = answer(b"zz\r\nnot hexadecimal", "Transfer-Encoding: chunked", length=False)
    web.pages["/cut"] = answer(gzip.compress(PAGE)[:-20], "Content-Encoding: gzip")
    web.pages["/noise"] = b"\x00\x01\x02 no HTTP at all\r\n\r\n"
    web.pages["/nothing"] = b""
    for path in ("/short", "/chunked", "/cut", "/noise", "/nothing"):
        error = refusal(web.url(path))
        assert (error.reason, error.is_hiccup) == ("the answer broke off", True), path


# --- what the server says ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "reason", "final"),
    [
        ("404 Not Found", "not found (404)", True), ("410 Gone", "gone (410)", True),
        ("403 Forbidden", "refused by the server (403)", True), ("401 No", "asks for a password (401)", True),
        ("500 Oh no", "the server answered 500 Oh no", False),
        ("418 Teapot", "the server answered 418 Teapot", True),
        ("304 Not Modified", "the server answered 304 Not Modified", True),
    ],
)  # fmt: skip
def test_a_server_that_has_no_page_says_why(web: Web, status: str, reason: str, final: bool) -> None:
    web.pages["/a"] = answer(b"", status=status)
    error = refusal(web.url("/a"))
    assert (error.reason, error.is_final) == (reason, final)


def test_a_server_that_asks_for_patience_says_how_much(web: Web) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    for said, least, most in (
        ("120", 120, 120),
        (later, 3500, 3601),
        ("soon", None, None),
        ("9" * 30, 604800, 604800),
    ):
        web.pages["/a"] = answer(b"", f"Retry-After: {said}", status="429 Too Many Requests")
        error = refusal(web.url("/a"))
        assert not error.is_final
        if least is None:
            assert error.retry_after is None
        else:
            assert error.retry_after is not None
            assert least <= error.retry_after <= (most or 0)


@pytest.mark.parametrize(
    ("kind", "path", "refused"),
    [
        ("image/png", "/a", True), ("video/mp4", "/a", True), ("application/zip", "/a.zip", True),
        ("application/octet-stream", "/a", True), ("application/octet-stream", "/a.pdf", False),
        ("", "/a", False), ("text/plain; charset=utf-8", "/a", False), ("application/rss+xml", "/a", False),
        ("application/epub+zip", "/a", False), ("Application/XHTML+xml", "/a", False),
    ],
)  # fmt: skip
def test_only_kinds_that_can_be_articles_are_taken(web: Web, kind: str, path: str, refused: bool) -> None:
    web.pages[path] = answer(PAGE, kind=kind)
    if refused:
        assert refusal(web.url(path)).reason == f"refused: {kind} is no kind of article"
    else:
        assert page(web, path).data == PAGE


def test_an_untrusted_certificate_is_refused(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "2", "-subj", "/CN=localhost", "-keyout", key, "-out", certificate],
        capture_output=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("needs openssl")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with serving(context) as web:
        error = refusal(web.url("/a").replace("http:", "https:"))
    assert (error.reason, error.is_final) == ("certificate refused: self-signed certificate", True)
    assert web.asked == []

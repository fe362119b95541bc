"""A page from the web, fetched as if the other end were a stranger's program, which it is.

Nothing is kept between two fetches: no cookie, no connection, no proxy of the environment. What a page is comes
from its content later; here only what cannot be an article is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from reader import __version__
from reader.domain.identity import valid_url
from reader.domain.text import clean_line
from reader.ingest.errors import FetchError
from reader.ingest.guard import Resolver, check_url, system_addresses
from reader.ingest.inflating import Sizes, too_large, unpacked

if TYPE_CHECKING:
    import httpx

USER_AGENT = f"terminal-reader/{__version__} (a personal reading program; one page at a time)"
REDIRECTS = 5

_ACCEPTED = frozenset(
    [
        "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown",
        "application/pdf", "application/x-pdf", "application/epub+zip", "application/xml", "text/xml",
        "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
        "message/rfc822", "multipart/related",
    ]
)  # fmt: skip
_UNSAID = ("", "application/octet-stream", "binary/octet-stream")
"""What a server says of a file that it knows nothing of: its name has to tell."""

_FILES = (".pdf", ".epub", ".md", ".markdown", ".txt", ".html", ".htm")
_BOOKS = ("application/pdf", "application/x-pdf", "application/epub+zip")
_ACCEPT = "text/html,application/xhtml+xml;q=0.9,text/plain;q=0.8,*/*;q=0.5"
_REDIRECTED = (301, 302, 303, 307, 308)
_PASSING = (408, 425, 429, 500, 502, 503, 504)  # another try may go better
_HICCUPS = (500, 502, 504)
_MOST_PATIENCE = 7 * 86_400.0
_TOKEN = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds in all, for one connection and for one wait; and sizes."""

    total: float = 30.0
    connect: float = 10.0
    read: float = 10.0
    sizes: Sizes = field(default_factory=Sizes)


@dataclass(frozen=True, slots=True)
class Page:
    """``url`` is where it was found in the end, after ``redirects`` from the address that was asked for; ``insecure``
    says that one of them led from https to http. ``media_type`` and ``charset`` are what the server says."""

    data: bytes
    url: str
    media_type: str = ""
    charset: str | None = None
    etag: str = ""
    modified: str = ""
    redirects: tuple[str, ...] = ()
    insecure: bool = False

    @property
    def name(self) -> str:
        """The file's name in its address, by which its kind may be told."""
        return clean_line(unquote(PurePosixPath(urlsplit(self.url).path).name))


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The server says that the page is the one that is known by its etag, or by the time of its last change."""

    url: str


def fetch(
    url: str,
    *,
    etag: str = "",
    modified: str = "",
    allow_private: bool = False,
    cancelled: Callable[[], bool] = lambda: False,
    limits: Limits | None = None,
    resolver: Resolver = system_addresses,
) -> Page | Unchanged:
    """What is at *url*, unless it is still what *etag* and *modified* say. Raises FetchError, nothing else.

    *allow_private* lets addresses of the own network pass: for what the user typed, never for what a page says.
    """
    check_url(url)
    import httpcore
    import httpx

    from reader.ingest.connecting import Deadline, GuardedTransport

    limits = limits or Limits()
    transport = GuardedTransport(
        Deadline(limits.total, cancelled),
        connect=limits.connect,
        resolver=resolver,
        allow_private=allow_private,
    )
    try:
        with transport:
            return _Fetch(transport, limits, _conditions(etag, modified)).follow(url)
    except httpx.InvalidURL as error:
        raise FetchError("refused: not a web address", is_final=True) from error
    except httpcore.TimeoutException as error:
        raise FetchError(_timed_out(error, limits), is_hiccup=False) from error
    except httpcore.ConnectError as error:
        raise _not_connected(error) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise FetchError("the answer broke off", is_hiccup=True) from error
    except (OSError, ValueError) as error:  # what a library lets through of a socket or a header
        raise FetchError("the answer could not be read") from error


class _Fetch:
    """One address and where it leads."""

    def __init__(self, transport: httpx.BaseTransport, limits: Limits, conditions: dict[str, str]) -> None:
        self._transport = transport
        self._limits = limits
        self._conditions = conditions

    def follow(self, url: str) -> Page | Unchanged:
        passed: list[str] = []
        insecure = False
        while True:
            response = self._ask(url)
            try:
                target = _target(response)
                if target is None:
                    return self._page(response, url, tuple(passed), insecure)
            finally:
                response.close()
            check_url(target)
            passed.append(url)
            if target in passed:
                raise FetchError("redirects in a circle", is_final=True)
            if len(passed) > REDIRECTS:
                raise FetchError(f"redirects more than {REDIRECTS} times", is_final=True)
            insecure = insecure or (url.startswith("https:") and target.startswith("http:"))
            url = target

    def _ask(self, url: str) -> httpx.Response:
        import httpx

        headers = {
            "User-Agent": USER_AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate",
            "Accept-Language": "*", "Connection": "close", **self._conditions,
        }  # fmt: skip
        waits = {"connect": self._limits.connect, "read": self._limits.read, "write": self._limits.read}
        parts = httpx.URL(url).copy_with(username=None, password=None, fragment=None)
        return self._transport.handle_request(
            httpx.Request("GET", parts, headers=headers, extensions={"timeout": waits})
        )

    def _page(
        self, response: httpx.Response, url: str, redirects: tuple[str, ...], insecure: bool
    ) -> Page | Unchanged:
        if response.status_code == 304 and self._conditions:
            return Unchanged(url)
        _check_status(response)
        media_type = _media_type(response)
        _check_kind(media_type, url)
        sizes = self._sizes(response, media_type)
        _check_length(response, sizes.raw)
        encoding = clean_line(response.headers.get("content-encoding", ""), 40).lower()
        return Page(
            unpacked(response.iter_raw(), encoding, sizes),
            url,
            media_type,
            response.charset_encoding,
            _kept(response.headers.get("etag", "")),
            _kept(response.headers.get("last-modified", "")),
            redirects,
            insecure,
        )

    def _sizes(self, response: httpx.Response, media_type: str) -> Sizes:
        """A book that comes as it is may be as large as the wire allows: its own parser has limits too."""
        sizes = self._limits.sizes
        is_book = media_type in _BOOKS and not response.headers.get("content-encoding")
        return Sizes(sizes.raw, sizes.raw, sizes.ratio) if is_book else sizes


def _conditions(etag: str, modified: str) -> dict[str, str]:
    said = {"If-None-Match": _kept(etag), "If-Modified-Since": _kept(modified)}
    return {name: value for name, value in said.items() if value}


def _kept(value: str) -> str:
    """A header's value, if it may be sent back as it is."""
    return value if len(value) <= 300 and _TOKEN.fullmatch(value) else ""


def _target(response: httpx.Response) -> str | None:
    """Where *response* leads; ``None`` if it is an answer itself."""
    location = response.headers.get("location", "")
    if response.status_code not in _REDIRECTED:
        return None
    if not location:
        raise FetchError("redirects nowhere", is_final=True)
    target = str(response.request.url.join(location.strip().replace(" ", "%20")))
    if target.partition(":")[0].lower() in ("http", "https") and not valid_url(target):
        raise FetchError("redirects to what is no address", is_final=True)
    return target


_SAID = {
    401: "asks for a password (401)", 402: "asks for money (402)", 403: "refused by the server (403)",
    404: "not found (404)", 410: "gone (410)", 429: "the server asks for patience (429)",
    451: "withheld for legal reasons (451)",
}  # fmt: skip


def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    if status == 200 or status == 203:
        return
    phrase = clean_line(response.reason_phrase, 40)
    reason = _SAID.get(status) or f"the server answered {status}{f' {phrase}' if phrase else ''}"
    patience = _retry_after(response.headers.get("retry-after", "")) if status in (429, 503) else None
    raise FetchError(
        reason,
        retry_after=patience,
        is_final=status not in _PASSING,
        is_hiccup=status in _HICCUPS or (status == 503 and patience is None),
    )


def _retry_after(value: str) -> float | None:
    """Seconds, from a number of them or from a date."""
    if value.strip().isascii() and value.strip().isdigit():
        return min(float(value.strip()[:9]), _MOST_PATIENCE)
    try:
        until = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(0.0, (until - datetime.now(UTC)).total_seconds()), _MOST_PATIENCE)


def _media_type(response: httpx.Response) -> str:
    return clean_line(response.headers.get("content-type", "").partition(";")[0], 60).lower()


def _check_kind(media_type: str, url: str) -> None:
    path = urlsplit(url).path.lower()
    if media_type in _ACCEPTED or not media_type:
        return
    if media_type in _UNSAID and path.endswith(_FILES):
        return
    raise FetchError(f"refused: {media_type} is no kind of article", is_final=True)


def _check_length(response: httpx.Response, limit: int) -> None:
    """What says itself that it is too large need not be waited for."""
    length = response.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:15]) > limit:
        raise too_large(limit)


def _timed_out(error: Exception, limits: Limits) -> str:
    from httpcore import ConnectTimeout

    seconds = limits.connect if isinstance(error, ConnectTimeout) else limits.read
    return f"timed out after {seconds:g} s"


def _not_connected(error: BaseException) -> FetchError:
    import ssl

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return FetchError(f"certificate refused: {cause.verify_message}", is_final=True)
        if isinstance(cause, ssl.SSLError):
            return FetchError("no secure connection could be made")
        cause = cause.__cause__ or cause.__context__
    return FetchError("host not reachable")

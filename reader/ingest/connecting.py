"""Connections that go where the guard says, and end when their time is over.

This module imports httpx and httpcore, some 90 ms: it is imported by the first fetch.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from time import monotonic
from typing import Any

import httpcore
import httpx

from reader.ingest import guard
from reader.ingest.errors import FetchError

_SLICE = 0.25  # seconds after which a read looks whether it is still wanted
_LEAST = 0.01


class Deadline:
    """When everything must be over: the library's own time-outs are per read, and a drip of bytes lasts for ever."""

    def __init__(self, seconds: float, cancelled: Callable[[], bool]) -> None:
        self._seconds = seconds
        self._end = monotonic() + seconds
        self._cancelled = cancelled

    def left(self) -> float:
        """Seconds, more than 0. Raises FetchError when there are none, or nobody wants them any more."""
        if self._cancelled():
            raise FetchError("cancelled")
        left = self._end - monotonic()
        if left <= 0:
            raise FetchError(f"timed out after {self._seconds:g} s")
        return max(left, _LEAST)


class GuardedTransport(httpx.BaseTransport):
    """One request and its answer, over a connection of their own. Raises what httpcore raises, and FetchError."""

    def __init__(
        self, deadline: Deadline, *, connect: float, resolver: guard.Resolver, allow_private: bool
    ) -> None:
        backend = _Backend(deadline, connect, resolver, allow_private)
        self._pool = httpcore.ConnectionPool(
            ssl_context=_trust(),
            max_connections=1,
            max_keepalive_connections=0,
            network_backend=backend,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        guard.check_port(url.port)
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        assert isinstance(answer.stream, Iterable)
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer.stream),
            extensions=answer.extensions,
            request=request,
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        if hasattr(self._stream, "close"):
            self._stream.close()


class _Backend(httpcore.NetworkBackend):
    """Looks the host up itself, and connects to one of the addresses that were judged: asked a second time, the name
    could lead elsewhere. The host of the address stays what certificates and servers are told."""

    def __init__(
        self, deadline: Deadline, connect: float, resolver: guard.Resolver, allow_private: bool
    ) -> None:
        self._deadline = deadline
        self._connect = connect
        self._resolver = resolver
        self._allow_private = allow_private
        self._system = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        found = guard.addresses(
            host,
            port,
            resolver=self._resolver,
            timeout=min(self._connect, self._deadline.left()),
            allow_private=self._allow_private,
        )
        failure: Exception = FetchError("host not reachable")
        for address in found:
            try:
                stream = self._system.connect_tcp(
                    address,
                    port,
                    timeout=min(self._connect, self._deadline.left()),
                    local_address=local_address,
                    socket_options=socket_options,
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Stream(stream, self._deadline)
        raise failure


class _Stream(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        end = monotonic() + (timeout or 0)
        while True:
            try:
                return self._stream.read(max_bytes, min(_SLICE, self._deadline.left()))
            except httpcore.ReadTimeout:
                if timeout is not None and monotonic() >= end:
                    raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        left = self._deadline.left()
        self._stream.write(buffer, left if timeout is None else min(timeout, left))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._deadline.left()
        within = left if timeout is None else min(timeout, left)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, within), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


@cache
def _trust() -> ssl.SSLContext:
    """Certificates are verified, always, against the usual list or that of SSL_CERT_FILE."""
    return httpx.create_ssl_context()

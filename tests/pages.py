"""A web server of our own on the loopback, whose pages misbehave as the web does."""

from __future__ import annotations

import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Answer = bytes | Callable[["Asked"], bytes]

ARTICLE = """<!doctype html><html lang="en"><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>
<p>The keeper of the light wrote every evening what the sea had done, and he wrote of ships and of weather. {words}</p>
<p>One winter the sea froze, and he wrote nothing at all; the ledger has a white page for it, and a date above.</p>
<p>Steady work leaves no mark except the absence of a mark, he said, and he went up the stairs once more. {words}</p>
</article></body></html>"""


def article(title: str, words: str = "", head: str = "") -> bytes:
    return ARTICLE.format(title=title, words=words, head=head).encode()


def answer(
    body: bytes = b"", *headers: str, status: str = "200 OK", kind: str = "text/html", length: bool = True
) -> bytes:
    """A whole answer as it goes over the wire."""
    lines = [f"HTTP/1.1 {status}"]
    lines += [f"Content-Type: {kind}"] if kind else []
    lines += [f"Content-Length: {len(body)}"] if length else []
    lines += [*headers, "Connection: close", "", ""]
    return "\r\n".join(lines).encode() + body


def redirect(to: str, status: str = "302 Found") -> bytes:
    return answer(b"", f"Location: {to}", status=status)


@dataclass(frozen=True, slots=True)
class Asked:
    """``headers`` by their names in lower case."""

    path: str
    headers: dict[str, str]
    send: Callable[[bytes], None]


@dataclass
class Web:
    """``pages`` maps paths to answers; one that is called may send what it wants by itself first. ``asked`` are the
    requests that came."""

    port: int = 0
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [one.path for one in self.asked]


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[Web]:
    """With *context* it speaks TLS."""
    web = Web()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            head = b""
            while b"\r\n\r\n" not in head and (line := self.rfile.readline()):
                head += line
            if not head:
                return
            first, *lines = head.decode("latin-1").split("\r\n")
            headers = {
                name.lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)
            }
            asked = Asked(first.split()[1], headers, self.wfile.write)
            web.asked.append(asked)
            found = web.pages.get(asked.path.partition("?")[0], answer(b"no", status="404 Not Found"))
            try:
                self.wfile.write(found(asked) if callable(found) else found)
            except OSError:  # whoever asked had enough
                pass

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

        def get_request(self) -> tuple[socket.socket, object]:
            connection, address = super().get_request()
            if context is not None:
                connection = context.wrap_socket(connection, server_side=True)
            return connection, address

        def handle_error(self, request: object, client_address: object) -> None:
            """Whoever asked went away."""

    with Server(("127.0.0.1", 0), Handler) as server:
        web.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield web
        finally:
            server.shutdown()

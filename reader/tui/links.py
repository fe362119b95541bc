"""The one door from an article to the world outside the terminal: its address, checked, in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from reader.domain.identity import valid_url
from reader.domain.text import clean_line

if TYPE_CHECKING:
    from webbrowser import BaseBrowser

    from reader.tui.app import ReaderApp


class RefusedError(ValueError):
    """An address that does not go to the browser; the message says why."""


def checked(url: str | None) -> str:
    """The host of *url* as it will be asked for, in ASCII. Raises RefusedError if a browser should not see the address.

    Only http and https pass, so what passes can be no option, no file and no script.
    """
    if not url:
        raise RefusedError("There is no address here")
    parts = urlsplit(url) if valid_url(url) else None
    if parts is None or parts.hostname is None:
        raise RefusedError("Only http and https addresses are opened")
    if parts.username is not None or parts.password is not None:
        raise RefusedError("An address with a user name in it is not opened")
    try:
        return parts.hostname if parts.hostname.isascii() else parts.hostname.encode("idna").decode("ascii")
    except UnicodeError:
        raise RefusedError("The host of this address is not a name") from None


def mail_address(url: str) -> str:
    """Whom a ``mailto:`` address would write to; ``""`` for any other."""
    scheme, _, address = url.partition(":")
    return clean_line(unquote(address)) if scheme.lower() == "mailto" else ""


def open_link(app: ReaderApp, url: str | None) -> None:
    """Show *url*, from whatever key, click or command, in the browser. Whom one could write to is only told."""
    if url and (address := mail_address(url)):
        app.say(f"A mail address: {address}")
        return
    try:
        host = checked(url)
    except RefusedError as refusal:
        app.say(str(refusal))
        return
    import webbrowser

    assert url is not None
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        app.fail("no browser was found: set BROWSER to the name of one")
        return
    app.say(f"{host} opened in the browser" if _launched(app, browser, url) else "The browser did not start")


def _launched(app: ReaderApp, browser: BaseBrowser, url: str) -> bool:
    import webbrowser

    # A browser that shares our terminal (w3m, lynx) gets it until it ends.
    if isinstance(browser, webbrowser.GenericBrowser) and not isinstance(
        browser, webbrowser.BackgroundBrowser
    ):
        with app.suspend():
            return browser.open(url)
    return browser.open(url)

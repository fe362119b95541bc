"""The door to the browser: what passes, what does not, and what is said."""

from __future__ import annotations

import webbrowser

import pytest

from reader.tui.app import ReaderApp
from reader.tui.links import RefusedError, checked
from tests.tui.driving import press, status


class Fake(webbrowser.BackgroundBrowser):
    """Keeps what it was given."""

    def __init__(self) -> None:
        super().__init__("fake")
        self.opened: list[str] = []

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
        self.opened.append(url)
        return True


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Fake:
    fake = Fake()
    monkeypatch.setattr(webbrowser, "get", lambda using=None: fake)
    return fake


@pytest.mark.parametrize(
    "url",
    [
        None, "", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "-P x", "--help", "//host/x",
        "http://user@host/", "http://user:word@host/", "https://a b/", "http://\x1b]52;c;x", "ftp://host/x",
        "http://" + "x" * 3000, "mailto:a@example.org", "https://",
    ],
)  # fmt: skip
def test_what_a_browser_should_not_see_is_refused(url: str | None) -> None:
    with pytest.raises(RefusedError):
        checked(url)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://example.org/a?b=$(id)#`c`", "example.org"),
        ("http://bücher.example/x", "xn--bcher-kva.example"),
    ],
)
def test_the_host_is_told_as_it_is_asked_for(url: str, host: str) -> None:
    assert checked(url) == host


async def test_o_opens_the_page_of_the_article(app: ReaderApp, browser: Fake) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "o")
        assert browser.opened == ["https://example.org/ledger"]
        assert "example.org" in status(app).message
        await press(pilot, "j", "o")
        assert len(browser.opened) == 1
        assert status(app).message == "There is no address here"

"""Texts that attack a terminal, a markup parser or a layout, and files that carry them.

Every control payload holds ``MARKER`` *inside* its sequence: a terminal that acts on the sequence
swallows the marker, and `tests.e2e.escape.findings` sees it there. The marker is made of digits,
because only digits can stand among the parameters of a control sequence.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from pathlib import Path

MARKER = "6049317"
ST = "\x1b\\"

#: The judge must find each of these when it is written to a terminal as it is.
CONTROLS: dict[str, str] = {
    "csi-style": f"\x1b[{MARKER}m",
    "csi-clear": f"\x1b[2;{MARKER}J",
    "csi-move": f"\x1b[1;{MARKER}H",
    "csi-mode": f"\x1b[?1049;{MARKER}h",
    "csi-report": f"\x1b[6;{MARKER}n",
    "csi-window-title-report": f"\x1b[21;{MARKER}t",
    "csi-keyboard": f"\x1b[>{MARKER}u",
    "csi-unfinished": f"\x1b[{MARKER}",
    "csi-with-control-inside": f"\x1b[1\n;{MARKER}m",
    "osc-title-bell": f"\x1b]0;{MARKER}\x07",
    "osc-title": f"\x1b]2;{MARKER}{ST}",
    "osc-palette": f"\x1b]4;1;#{MARKER}{ST}",
    "osc-link": f"\x1b]8;id={MARKER};http://example.org/{ST}click\x1b]8;;{ST}",
    "osc-link-file": f"\x1b]8;;file:///{MARKER}{ST}click\x1b]8;;{ST}",
    "osc-notification": f"\x1b]9;{MARKER}\x07",
    "osc-clipboard": f"\x1b]52;c;{MARKER}{ST}",
    "osc-image": f"\x1b]1337;File=name={MARKER}:AAAA\x07",
    "osc-unterminated": f"\x1b]0;{MARKER}",
    "osc-bell-stripped": f"\x1b]52;c;{MARKER} and all that follows",
    "osc-cancelled": f"\x1b]2;{MARKER}\x18",
    "osc-doubled-escape": f"\x1b\x1b]2;{MARKER}\x07",
    "dcs": f"\x1bP1$r{MARKER}{ST}",
    "dcs-unterminated": f"\x1bP{MARKER}",
    "apc": f"\x1b_Gi={MARKER};AAAA{ST}",
    "pm": f"\x1b^{MARKER}{ST}",
    "sos": f"\x1bX{MARKER}{ST}",
    "full-reset": f"\x1bc{MARKER}",
    "charset": f"\x1b(0{MARKER}",
    "alignment-test": f"\x1b#8{MARKER}",
    "lone-escape": f"\x1b{MARKER}",
    "escape-at-the-end": f"{MARKER}\x1b",
    "c1-csi": f"\x9b{MARKER}m",
    "c1-osc": f"\x9d0;{MARKER}\x9c",
    "c1-osc-unterminated": f"\x9d52;c;{MARKER}",
    "c1-dcs": f"\x90{MARKER}\x9c",
    "c1-apc": f"\x9f{MARKER}\x9c",
    "c1-pm": f"\x9e{MARKER}\x9c",
    "c1-sos": f"\x98{MARKER}\x9c",
    "c1-next-line": f"good\x85{MARKER}",
    "c1-reverse-index": f"good\x8d{MARKER}",
    "bell": f"\x07{MARKER}",
    "backspace": f"good\b\b\b\b{MARKER}",
    "carriage-return": f"good\r{MARKER}",
    "vertical-tab": f"good\x0b{MARKER}",
    "form-feed": f"good\x0c{MARKER}",
    "nul": f"good\x00{MARKER}",
    "delete": f"good\x7f\x7f\x7f\x7f{MARKER}",
    "shift-out": f"\x0e{MARKER}\x0f",
    "enquiry": f"\x05{MARKER}",
    "stop-output": f"\x13{MARKER}",
    "every-control": "".join(map(chr, [*range(9), *range(11, 32), *range(127, 160)])) + MARKER,
    "bidi-override": f"invoice\u202e{MARKER}fdp.exe\u202c",
    "bidi-embedding": f"\u202a{MARKER}\u202b",
    "bidi-isolate": f"\u2066{MARKER}\u2067\u2068\u2069",
    "bidi-mark": f"\u200e{MARKER}\u200f\u061c",
    "zero-width-space": f"pay\u200bpal {MARKER}",
    "word-joiner": f"pay\u2060pal {MARKER}\u206f",
    "byte-order-mark": f"\ufeff{MARKER}",
    "soft-hyphen": f"pay\u00adpal {MARKER}",
    "line-separator": f"good\u2028{MARKER}\u2029",
    "annotation": f"\ufff9good\ufffa{MARKER}\ufffb",
    "tag-characters": MARKER + "".join(chr(0xE0000 + ord(letter)) for letter in "ignore all"),
}

#: Harmless to a terminal; must be shown letter by letter, and do nothing when clicked.
MARKUP: dict[str, str] = {
    "markup-colour": f"[red]{MARKER}[/red]",
    "markup-close": f"[/] {MARKER}",
    "markup-close-bold": f"[/bold] {MARKER} [/b]",
    "markup-open-quote": f'[x="] {MARKER}',
    "markup-open-bracket": f"x[ {MARKER}",
    "markup-honest-title": f"[Review] Foo [2024] {MARKER}",
    "markup-action": f"[@click=app.quit]{MARKER}[/]",
    "markup-bell-action": f"[@click='app.bell']{MARKER}[/@click]",
    "markup-link": f"[link=file:///etc/passwd]{MARKER}[/link]",
    "markup-emoji-code": f":pile_of_poo: {MARKER}",
    "markup-escaped": f"\\[red] {MARKER} \\",
    "markup-variable": f"$primary {MARKER} {{0}} %s ${{HOME}} `id` $(id)",
}

#: Legal text of an awkward size or make.
EXTREMES: dict[str, str] = {
    "combining-marks": "Z" + "\u0301\u0327\u0336\u0489" * 100 + MARKER,
    "long-word": "w" * 100_000 + MARKER,
    "long-line": "word " * 20_000 + MARKER,
    "lone-surrogate": f"good\ud800{MARKER}\udfff",
    "non-character": f"good\ufffe\uffff{MARKER}",
}

PAYLOADS: dict[str, str] = CONTROLS | MARKUP | EXTREMES

#: Targets that must never become a live link, nor reach a browser.
LINKS: dict[str, str] = {
    "link-break-out": f"http://example.org/{ST}\x1b]52;c;{MARKER}{ST}",
    "link-c1-break-out": f"http://example.org/\x9c\x9d52;c;{MARKER}\x9c",
    "link-bell": f"http://example.org/\x07{MARKER}",
    "link-newline": f"http://example.org/\n{MARKER}",
    "link-space": f"http://example.org/ {MARKER}",
    "link-script": f"javascript:alert({MARKER})",
    "link-data": f"data:text/html,{MARKER}",
    "link-file": f"file:///{MARKER}",
    "link-option": f"--remote={MARKER}",
    "link-no-scheme": f"//example.org/{MARKER}",
    "link-credentials": f"http://example.org@evil.example/{MARKER}",
}

Escape = Callable[[str], str]
Render = Callable[[str, str], str]  # name and payload to the text of a file


def write_all(folder: Path, payloads: Mapping[str, str] = PAYLOADS) -> list[Path]:
    """Every payload in every kind of file, each kind in a folder of its own below *folder*."""
    writers = (write_html, write_references, write_double_references, write_markdown, write_text)
    paths = []
    for write in writers:
        paths += write(folder / write.__name__.removeprefix("write_"), payloads)
    return paths


def write_html(folder: Path, payloads: Mapping[str, str] = PAYLOADS) -> list[Path]:
    """Web pages that hold the raw characters, with only ``& < > "`` escaped."""
    return _write(folder, ".html", payloads, lambda name, text: _page(name, text, html.escape))


def write_references(folder: Path, payloads: Mapping[str, str] = PAYLOADS) -> list[Path]:
    """Web pages in pure ASCII: the controls appear only after the parser has read ``&#27;``."""
    return _write(folder, ".html", payloads, lambda name, text: _page(name, text, references))


def write_double_references(folder: Path, payloads: Mapping[str, str] = PAYLOADS) -> list[Path]:
    """Web pages with ``&amp;#27;``: a control only for a program that unescapes twice."""
    return _write(folder, ".html", payloads, lambda name, text: _page(name, text, _double_references))


def write_markdown(folder: Path, payloads: Mapping[str, str] = PAYLOADS) -> list[Path]:
    """Markdown with front matter; raw characters, and once more as references, which Markdown reads too."""
    return _write(folder, ".md", payloads, _markdown)


def write_text(folder: Path, payloads: Mapping[str, str] = PAYLOADS) -> list[Path]:
    """Plain text as a scraper leaves it: title, byline, date, paragraphs."""
    return _write(folder, ".txt", payloads, _plain)


def write_names(folder: Path) -> list[Path]:
    """Harmless articles whose *file names* are hostile; what this file system refuses is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, payload in CONTROLS.items():
        path = folder / (payload.replace("/", "_").replace("\x00", "") + f"-{name}\n.txt")
        try:
            path.write_text(f"A file named {name}\n\nIts name is the attack, its text is not.\n")
        except (OSError, ValueError):
            continue
        paths.append(path)
    return paths


def references(text: str) -> str:
    """*text* in ASCII with a decimal reference for all that is not a plain letter, digit or mark."""
    return re.sub(r"""[^ !#-%'-;=?-Z\\^-~]""", lambda match: f"&#{ord(match[0])};", text)


def _double_references(text: str) -> str:
    return html.escape(references(text))


def _write(folder: Path, suffix: str, payloads: Mapping[str, str], render: Render) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, payload in payloads.items():
        path = folder / (name + suffix)
        path.write_bytes(render(name, payload).encode("utf-8", "surrogatepass"))
        paths.append(path)
    return paths


def _around(name: str) -> tuple[str, str]:
    """Two honest paragraphs, so that an extractor takes the page for an article."""
    return (
        f"This page was made to test {name}. It begins with a paragraph of ordinary prose, long enough that a "
        "program looking for the article on the page, and not for its menus, has no doubt about what it found.",
        f"It also ends with one. Whoever reads this far, past {name}, should see every word of it in its place, "
        "on a screen that looks just as it did before, with a cursor, a title and colours that are their own.",
    )


def _page(name: str, payload: str, escape: Escape) -> str:
    text, (before, after) = escape(payload), _around(name)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f"<title>Hostile {name} {text} end</title>\n"
        f'<meta name="author" content="Ann {text} Writer">\n'
        f'<meta property="og:site_name" content="Site {text} name">\n'
        f"</head><body><article>\n<h1>Hostile {name} {text} end</h1>\n"
        f'<p class="byline">By <a rel="author" href="/ann">Ann {text} Writer</a></p>\n'
        f"<p>{before}</p>\n<p>Before {text} after.</p>\n"
        f'<p>A <a href="http://example.org/{text}" title="{text}">link {text} text</a>.</p>\n'
        f"<pre><code>code {text} code</code></pre>\n"
        f"<table><tr><th>head {text}</th><th>b</th></tr><tr><td>cell {text}</td><td>d</td></tr></table>\n"
        f'<figure><img src="/{name}.png" alt="alt {text} alt"><figcaption>caption {text}</figcaption></figure>\n'
        f"<p>{after}</p>\n</article></body></html>\n"
    )


def _markdown(name: str, payload: str) -> str:
    before, after = _around(name)
    return (
        f'---\ntitle: "Hostile {name} {payload} end"\nauthor: "Ann {payload} Writer"\n'
        f'tags: [{name}, "t{payload}"]\n---\n\n'
        f"# Hostile {name} {payload} end\n\n{before}\n\nBefore {payload} after.\n\n"
        f"Reference {references(payload)} after.\n\n"
        f"A [link {payload} text](<http://example.org/{payload}>) and ![alt {payload} alt](<{name}.png>).\n\n"
        f"```{payload}\ncode {payload} code\n```\n\n"
        f"| head {payload} | b |\n|---|---|\n| cell {payload} | d |\n\n{after}\n"
    )


def _plain(name: str, payload: str) -> str:
    before, after = _around(name)
    return (
        f"Hostile {name} {payload} end\n\nBy Ann {payload} Writer\nMarch 3, 2021\n\n"
        f"{before}\n\nBefore {payload} after.\n\nSee http://example.org/{payload} for more.\n\n"
        f"    code {payload} code\n\n{after}\n\nComments are closed. {payload}\n"
    )

"""Judge what a program wrote to a terminal: an ECMA-48 tokenizer, and two judges built on it.

The tokenizer reads like the most gullible terminal would: one-character C1 introducers count, also
as raw bytes 80-9f, and no string is believed to end only because it should.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "control", "escape", "csi", "osc", "dcs", "apc", "pm", "sos"]
Ended = Literal["whole", "cancelled", "aborted", "open"]

INTRODUCERS: dict[str, Kind] = {
    "\x1b[": "csi", "\x9b": "csi",
    "\x1b]": "osc", "\x9d": "osc",
    "\x1bP": "dcs", "\x90": "dcs",
    "\x1b_": "apc", "\x9f": "apc",
    "\x1b^": "pm", "\x9e": "pm",
    "\x1bX": "sos", "\x98": "sos",
}  # fmt: skip

TEXT = re.compile(r"[^\x00-\x1f\x7f-\x9f]+")
# C0 inside a control sequence is executed and the sequence goes on, except CAN, SUB and ESC.
CSI_BODY = re.compile(r"[\x00-\x17\x19\x1c-\x3f\x7f]*")
ESCAPE_BODY = re.compile(r"[\x20-\x2f]*")
OSC_BODY = re.compile(r"[^\x07\x18\x1a\x1b\x9c]*")
STRING_BODY = re.compile(r"[^\x18\x1a\x1b\x9c]*")
CANCEL = "\x18\x1a"

# What clean() must have deleted: bidi marks, zero-width, soft hyphen, separators, annotations, tags.
INVISIBLE = re.compile(
    "[\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
WEB_LINK = re.compile(r"(?:(?:https?|mailto):[\x21-\x7e]*)?")
CLIPBOARD = re.compile(r"c;[A-Za-z0-9+/=]*")
OSC_ALLOWED: Mapping[str, re.Pattern[str]] = {
    "8": re.compile(rf"(?:id=[^;:]*)?;{WEB_LINK.pattern}"),
    "22": re.compile(r"[a-z-]*"),  # pointer shape
}
# Keypad modes, reverse index, ASCII charset, save and restore cursor: less and terminfo use them.
ESCAPES_ALLOWED = {"=", ">", "M", "(B", "7", "8", "\\"}


@dataclass(frozen=True, slots=True)
class Token:
    """A run of text, one control character, or one sequence.

    ``body`` is what stands between introducer and end: CSI parameters with intermediates, or the
    contents of a string. ``final`` is the last character of a whole CSI or escape, which names its
    function. ``ended`` is ``aborted`` when another sequence or impossible character cut it short,
    ``open`` when the input stopped first.
    """

    kind: Kind
    raw: str
    body: str
    final: str = ""
    ended: Ended = "whole"


class Tokenizer:
    """Cuts text into tokens as it arrives, in pieces of any size."""

    def __init__(self) -> None:
        self.rest = ""

    def feed(self, text: str) -> Iterator[Token]:
        """Yield what is complete; the beginning of a sequence waits for more."""
        data, self.rest = self.rest + text, ""
        at = 0
        while at < len(data):
            token = _token(data, at)
            if token.ended == "open":
                self.rest = data[at:]
                return
            yield token
            at += len(token.raw)

    def close(self) -> Iterator[Token]:
        """Yield what was left unfinished, as one ``open`` token."""
        if self.rest:
            yield _token(self.rest, 0)
            self.rest = ""


def tokens(text: str) -> Iterator[Token]:
    """All tokens of *text*; their ``raw`` joined is *text* again."""
    tokenizer = Tokenizer()
    yield from tokenizer.feed(text)
    yield from tokenizer.close()


def _token(data: str, at: int) -> Token:
    if match := TEXT.match(data, at):
        return Token("text", match[0], match[0])
    for width in (1, 2):
        if kind := INTRODUCERS.get(data[at : at + width]):
            read = _control_sequence if kind == "csi" else _string
            return read(kind, data, at, at + width)
    if data[at] == "\x1b":
        return _escape(data, at)
    return Token("control", data[at], data[at])


def _control_sequence(kind: Kind, data: str, at: int, begin: int) -> Token:
    end = CSI_BODY.match(data, begin).end()  # type: ignore[union-attr]  # matches the empty string too
    body = data[begin:end]
    if end == len(data):
        return Token(kind, data[at:], body, ended="open")
    if "@" <= data[end] <= "~":
        return Token(kind, data[at : end + 1], body, data[end])
    if data[end] in CANCEL:
        return Token(kind, data[at : end + 1], body, ended="cancelled")
    return Token(kind, data[at:end], body, ended="aborted")


def _string(kind: Kind, data: str, at: int, begin: int) -> Token:
    pattern = OSC_BODY if kind == "osc" else STRING_BODY
    end = pattern.match(data, begin).end()  # type: ignore[union-attr]
    body = data[begin:end]
    if end == len(data) or data[end:] == "\x1b":
        return Token(kind, data[at:], body, ended="open")
    if data[end] in "\x07\x9c":
        return Token(kind, data[at : end + 1], body)
    if data[end : end + 2] == "\x1b\\":
        return Token(kind, data[at : end + 2], body)
    if data[end] in CANCEL:
        return Token(kind, data[at : end + 1], body, ended="cancelled")
    return Token(kind, data[at:end], body, ended="aborted")


def _escape(data: str, at: int) -> Token:
    end = ESCAPE_BODY.match(data, at + 1).end()  # type: ignore[union-attr]
    body = data[at + 1 : end]
    if end == len(data):
        return Token("escape", data[at:], body, ended="open")
    if "0" <= data[end] <= "~":
        return Token("escape", data[at : end + 1], body, data[end])
    return Token("escape", data[at:end], body, ended="aborted")


def decode(recording: bytes) -> str:
    """The bytes as a terminal could take them; a character cut off at the very end is dropped.

    A raw byte 80-9f becomes the C1 control of that number, any other byte that is not UTF-8 a lone
    surrogate ``U+DCxx``.
    """
    text = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(recording)
    return re.sub("[\udc80-\udc9f]", lambda match: chr(ord(match[0]) - 0xDC00), text)


def findings(
    recording: bytes,
    marker: str,
    *,
    bell: bool = False,
    osc: Mapping[str, re.Pattern[str]] = OSC_ALLOWED,
) -> list[str]:
    """What untrusted text did to the terminal, one line each; empty when it did nothing.

    *marker* stands inside every hostile sequence, so a parsed sequence that holds it proves a leak.
    The one exception: it may be part of the http, https or mailto target of a well-formed link.
    *osc* maps the allowed OSC numbers to what must match the rest of them whole; give
    ``OSC_ALLOWED | {"52": CLIPBOARD}`` where the program copies. *bell* allows BEL.
    """
    text = decode(recording)
    found = [line for token in tokens(text) for line in _judge(token, marker, bell, osc)]
    # \r and \b are allowed, since pagers use them, but not to write over what came before.
    if match := re.search(rf".{{0,20}}(?:\x08|\r){re.escape(marker)}", text):
        found.append(f"marker written over earlier text: {match[0]!a}")
    return list(dict.fromkeys(found))


def _judge(token: Token, marker: str, bell: bool, osc: Mapping[str, re.Pattern[str]]) -> Iterator[str]:
    shown = ascii(token.raw[:80])
    if token.kind == "text":
        yield from (f"invisible U+{ord(c):04X} in text" for c in INVISIBLE.findall(token.raw))
        for letter in re.findall("[\udca0-\udcff]", token.raw):
            yield f"byte 0x{ord(letter) - 0xDC00:x} is not UTF-8"
        return
    if token.kind == "control":
        if token.raw not in ("\n\r\t\b\x07" if bell else "\n\r\t\b"):
            yield f"control U+{ord(token.raw):04X}"
        return
    if token.raw[0] != "\x1b":
        yield f"C1 introducer: {shown}"
    if token.ended != "whole" and not (token.ended == "open" and token.kind in ("csi", "escape")):
        yield f"{token.ended} {token.kind}: {shown}"
    if token.kind == "escape" and token.ended == "whole" and token.body + token.final not in ESCAPES_ALLOWED:
        yield f"escape not allowed: {shown}"
    if token.kind in ("dcs", "apc", "pm", "sos"):
        yield f"{token.kind} not allowed: {shown}"
    suspect = token.raw
    if token.kind == "osc":
        number, _, rest = token.body.partition(";")
        if number not in osc or not osc[number].fullmatch(rest):
            yield f"osc not allowed: {shown}"
        elif number == "8":
            suspect = rest.partition(";")[0]
    if marker in suspect:
        yield f"marker inside {token.kind}: {shown}"


MODE_NAMES = {
    "4": "insert mode", "?1": "application cursor keys", "?7": "line wrap", "?25": "visible cursor",
    "?47": "alternate screen", "?1047": "alternate screen", "?1049": "alternate screen",
    "?1000": "mouse clicks", "?1002": "mouse drags", "?1003": "mouse moves", "?1004": "focus reports",
    "?1005": "mouse UTF-8", "?1006": "mouse SGR", "?1015": "mouse urxvt", "?1016": "mouse pixels",
    "?2004": "bracketed paste", "?2026": "synchronised output", "?2048": "resize reports",
    "keypad": "application keypad", "charset": "line drawing charset", "style": "colour or style",
}  # fmt: skip
ON_BY_DEFAULT = {"?7", "?8", "?25"}
ALTERNATE_SCREENS = {"?47", "?1047", "?1049"}
STYLE_RESETS = {"", "0", *map(str, range(22, 30)), "39", "49", "54", "55", "59"}


class ModeLedger:
    """Keeps account of the modes that a program switches, and of the kitty keyboard stacks.

    There is one kitty stack for the main and one for the alternate screen, as the protocol has it:
    a pop after leaving the alternate screen does not undo a push made in it.
    """

    def __init__(self) -> None:
        self.modes: dict[str, bool] = {}
        self.kitty: dict[bool, list[int]] = {False: [], True: []}

    @classmethod
    def of(cls, recording: bytes) -> ModeLedger:
        ledger = cls()
        ledger.feed(tokens(decode(recording)))
        return ledger

    @property
    def on_alternate_screen(self) -> bool:
        return any(self.modes.get(mode, False) for mode in ALTERNATE_SCREENS)

    def feed(self, sequence: Iterable[Token]) -> None:
        for token in sequence:
            if token.ended != "whole":
                continue
            if token.kind == "csi":
                self._control_sequence(token.body, token.final)
            elif token.kind == "escape":
                self._escape(token.body + token.final)

    def left_on(self) -> list[str]:
        """What is not back at its default, for people; a default that was switched off counts too."""
        changed = [mode for mode, on in self.modes.items() if on != (mode in ON_BY_DEFAULT)]
        lines = [
            f"{MODE_NAMES.get(mode, 'mode')} ({mode}) is {'on' if self.modes[mode] else 'off'}"
            for mode in changed
        ]
        for alternate, stack in self.kitty.items():
            if any(stack):
                screen = "alternate" if alternate else "main"
                lines.append(f"kitty keyboard of the {screen} screen is {stack}")
        return lines

    def _control_sequence(self, body: str, final: str) -> None:
        if final in "hl":
            private = "?" if body.startswith("?") else ""
            for number in body.lstrip("?").split(";"):
                self.modes[private + number] = final == "h"
        elif final == "u" and body[:1] in ("<", ">", "="):
            self._kitty_keyboard(body[0], body[1:])
        elif final == "m" and body[:1] not in (">", "?"):
            self.modes["style"] = not set(body.split(";")) <= STYLE_RESETS

    def _kitty_keyboard(self, action: str, arguments: str) -> None:
        stack = self.kitty[self.on_alternate_screen]
        first = int(digits) if (digits := arguments.partition(";")[0]).isdigit() else 0
        if action == ">":
            stack.append(first)
        elif action == "<":
            del stack[max(0, len(stack) - (first or 1)) :]
        else:
            stack[-1:] = [first]

    def _escape(self, name: str) -> None:
        if name == "c":  # full reset
            self.modes.clear()
            self.kitty = {False: [], True: []}
        elif name in ("=", ">"):
            self.modes["keypad"] = name == "="
        elif name in ("(0", "(B"):
            self.modes["charset"] = name == "(0"

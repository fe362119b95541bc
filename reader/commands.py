"""Every key command of the interface, declared once.

The footer, the palette, ``?`` help, the keymap in the README and user overrides are all made from
:data:`COMMANDS`. This module knows no Textual: what a command does is a method of the screen that names it.

A command's ``id`` is ``place.action``. Its ``keys`` are sequences in vim's notation: single characters, names in
angle brackets (``<enter>``, ``<c-d>``, ``<s-tab>``), and alternatives divided by a space. ``place`` says where it
works: ``everywhere``, ``list`` (any list of articles), ``article``, ``selection`` (while a passage is being
selected), and in it ``sentence`` (by the sentence cursor) or ``visual`` (by characters and words).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from reader.domain.colours import LETTERS, Colour

Tier = Literal[1, 2, 3]


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a key can do. ``tier`` 1 stands in the footer, 2 on the first page of help, 3 in the palette.

    ``counted`` commands take a number typed before them; ``takes`` names the characters of which one must
    follow; ``repeats`` marks actions that ``.`` does again.
    """

    id: str
    keys: str
    title: str
    help: str
    tier: Tier = 3
    counted: bool = False
    repeats: bool = False
    takes: str = ""

    @property
    def place(self) -> str:
        return self.id.partition(".")[0]

    @property
    def action(self) -> str:
        return self.id.partition(".")[2]

    @property
    def sequences(self) -> tuple[tuple[str, ...], ...]:
        """The key tokens of each alternative: ``gg <home>`` is ``(("g", "g"), ("<home>",))``."""
        return tuple(tokens(alternative) for alternative in self.keys.split())

    @property
    def label(self) -> str:
        """The first alternative as people write it: ``^d``, ``Enter``, ``]h``."""
        return "".join(_LABELS.get(token, _plain(token)) for token in self.sequences[0]) if self.keys else ""


_TOKEN = re.compile(r"<[a-z0-9-]+>|.", re.DOTALL)
_LABELS = {
    "<enter>": "Enter", "<escape>": "Esc", "<space>": "Space", "<tab>": "Tab", "<s-tab>": "S-Tab",
    "<pagedown>": "PgDn", "<pageup>": "PgUp", "<home>": "Home", "<end>": "End",
    "<up>": "↑", "<down>": "↓", "<left>": "←", "<right>": "→",
}  # fmt: skip


def tokens(keys: str) -> tuple[str, ...]:
    """*keys* in vim's notation as single key presses."""
    return tuple(_TOKEN.findall(keys))


def _plain(token: str) -> str:
    """``<c-d>`` as ``^d``; anything else as it is."""
    return f"^{token[3:-1]}" if token.startswith("<c-") else token


COMMANDS: tuple[Command, ...] = (
    # -- everywhere ------------------------------------------------------------------------------------
    Command("everywhere.help", "?", "Help", "Show the keys of this screen.", 1),
    Command("everywhere.palette", "<c-p>", "Palette", "Find a command by its name.", 2),
    Command("everywhere.command_line", ":", "Command", "Type a command by its name.", 2),
    Command("everywhere.undo", "u", "Undo", "Take back the last action.", 2, counted=True),
    Command("everywhere.redo", "<c-r>", "Redo", "Do again what was taken back.", 2, counted=True),
    Command("everywhere.repeat", ".", "Repeat", "Do the last action again, here.", 2),
    Command("everywhere.theme", "gc", "Theme", "Change to the next theme: light, dark, and Textual's.", 3),
    Command("everywhere.suspend", "<c-z>", "Suspend", "Give the terminal to the shell; fg comes back.", 3),
    Command("everywhere.quit_now", "<c-q>", "Quit", "Save everything and leave.", 3),
    # -- any list of articles --------------------------------------------------------------------------
    Command("list.open", "<enter> l", "Open", "Read the article under the cursor.", 1),
    Command("list.down", "j <down>", "Down", "Move to the next article.", 3, counted=True),
    Command("list.up", "k <up>", "Up", "Move to the article before.", 3, counted=True),
    Command(
        "list.top",
        "gg <home>",
        "Top",
        "Go to the first article; with a number to that one.",
        3,
        counted=True,
    ),
    Command(
        "list.end", "G <end>", "End", "Go to the last article; with a number to that one.", 3, counted=True
    ),
    Command("list.half_down", "<c-d>", "Half page down", "Move half a screen down.", 3, counted=True),
    Command("list.half_up", "<c-u>", "Half page up", "Move half a screen up.", 3, counted=True),
    Command("list.page_down", "<c-f> <pagedown>", "Page down", "Move a screen down.", 3, counted=True),
    Command("list.page_up", "<c-b> <pageup>", "Page up", "Move a screen up.", 3, counted=True),
    Command("list.next_unread", "]u gn", "Next unread", "Go to the next unread article.", 2, counted=True),
    Command(
        "list.previous_unread",
        "[u gp",
        "Previous unread",
        "Go to the unread article before.",
        3,
        counted=True,
    ),
    Command("list.read", "r", "Read", "Mark as read, or as unread again.", 2, repeats=True),
    Command("list.star", "s", "Star", "Star, or take the star away.", 2, repeats=True),
    Command("list.archive", "a", "Archive", "Put into the archive, or back.", 1, repeats=True),
    Command("list.trash", "D", "Trash", "Put into the trash; from the trash, put back.", 2, repeats=True),
    Command("list.tags", "t", "Tags", "Add and remove tags.", 1, repeats=True),
    Command("list.select", "x", "Select", "Select this article and move down.", 2, counted=True),
    Command("list.filter", "/", "Filter", "Narrow this list while you type.", 1),
    Command("list.search", "\\ g/", "Search", "Search every article, note and highlight.", 1),
    Command("list.sort", "S", "Sort", "Choose the order of this list.", 3),
    Command("list.go_inbox", "gi", "Inbox", "Show the inbox.", 3),
    Command("list.go_starred", "gs", "Starred", "Show the starred articles.", 3),
    Command("list.go_archive", "ga", "Archive view", "Show the archive.", 3),
    Command("list.go_highlights", "gh", "Highlighted", "Show the articles with highlights.", 3),
    Command("list.go_tags", "gt", "Tag view", "Choose a tag and show its articles.", 3),
    Command("list.go_recent", "gr", "Recent", "Show what was read last.", 3),
    Command("list.browser", "o", "Browser", "Open the article's page in the browser.", 2),
    Command("list.edit", "e", "Edit", "Change title, author, source, date and note.", 2),
    Command("list.copy_url", "yy", "Copy address", "Copy the article's address.", 3),
    Command("list.copy_title", "yt", "Copy title", "Copy the article's title.", 3),
    Command("list.copy_link", "ym", "Copy link", "Copy a Markdown link to the article.", 3),
    Command(
        "list.copy_citation", "yc", "Copy citation", "Copy author, title, source and date as one line.", 3
    ),
    Command("list.pipe", "|", "Pipe", "Give the article's text to a program.", 3),
    Command("list.preview", "p", "Preview", "Show or hide the text beside the list.", 2),
    Command("list.other_pane", "<tab>", "Other pane", "Move between the views and the list.", 2),
    Command("list.narrower", "<", "Narrower", "Make the list narrower.", 3, counted=True),
    Command("list.wider", ">", "Wider", "Make the list wider.", 3, counted=True),
    Command("list.add", "A", "Add", "Add a file, a folder or pasted text.", 1),
    Command("list.back", "h <escape>", "Back", "Clear filter or selection, then go back.", 2),
    Command("list.quit", "q", "Quit", "Leave the library; elsewhere, go back.", 2),
    # -- reading an article ----------------------------------------------------------------------------
    Command("article.select", "<enter>", "Select", "Light a sentence; Enter again highlights it.", 1),
    Command(
        "article.page_down",
        "<space> <c-f> <pagedown>",
        "Page",
        "Go on; at the end, to the next article.",
        1,
        counted=True,
    ),
    Command("article.page_up", "b <c-b> <pageup>", "Page up", "Go back a page.", 2, counted=True),
    Command("article.down", "j <down>", "Line down", "Scroll a line down.", 3, counted=True),
    Command("article.up", "k <up>", "Line up", "Scroll a line up.", 3, counted=True),
    Command("article.half_down", "<c-d>", "Half page down", "Scroll half a screen down.", 3, counted=True),
    Command("article.half_up", "<c-u>", "Half page up", "Scroll half a screen up.", 3, counted=True),
    Command("article.top", "gg <home>", "Top", "Go to the beginning.", 3),
    Command("article.end", "G <end>", "End", "Go to the end.", 3),
    Command(
        "article.next_article", "J", "Next article", "Read the next article of the list.", 2, counted=True
    ),
    Command(
        "article.previous_article",
        "K",
        "Previous article",
        "Read the article before in the list.",
        2,
        counted=True,
    ),
    Command("article.next_paragraph", "}", "Next paragraph", "Go to the next paragraph.", 3, counted=True),
    Command(
        "article.previous_paragraph",
        "{",
        "Previous paragraph",
        "Go to the paragraph before.",
        3,
        counted=True,
    ),
    Command("article.next_sentence", ")", "Next sentence", "Go to the next sentence.", 3, counted=True),
    Command(
        "article.previous_sentence", "(", "Previous sentence", "Go to the sentence before.", 3, counted=True
    ),
    Command(
        "article.next_highlight", "]h <tab>", "Next highlight", "Light the next highlight.", 2, counted=True
    ),
    Command(
        "article.previous_highlight",
        "[h <s-tab>",
        "Previous highlight",
        "Light the highlight before.",
        3,
        counted=True,
    ),
    Command("article.find", "/", "Find", "Find words in this article.", 1),
    Command("article.next_match", "n", "Next match", "Go to the next match.", 2, counted=True),
    Command("article.previous_match", "N", "Previous match", "Go to the match before.", 3, counted=True),
    Command("article.visual", "v", "Visual", "Select by characters and words.", 2),
    Command("article.visual_paragraphs", "V", "Visual paragraphs", "Select whole paragraphs.", 3),
    Command("article.comment", "c", "Note", "Write a note on the lit highlight, or on the article.", 1),
    Command(
        "article.recolour",
        "H",
        "Recolour",
        "Give the lit highlight another colour: y g b p u.",
        3,
        takes="ygbpu",
    ),
    Command("article.tag_highlight", "#", "Tag highlight", "Tag the lit highlight.", 3),
    Command(
        "article.delete_highlight", "dd", "Delete highlight", "Delete the lit highlight.", 2, repeats=True
    ),
    Command("article.notes_panel", "gA", "Notes", "Show or hide the notes beside the text.", 2),
    Command("article.narrower", "-", "Narrower", "Make the column narrower.", 3, counted=True),
    Command("article.wider", "+", "Wider", "Make the column wider.", 3, counted=True),
    Command("article.usual_width", "=", "Usual width", "Give the column its usual width.", 3),
    Command("article.zen", "Z", "Zen", "Hide everything but the text.", 3),
    Command("article.tail", "zt", "Tail", "Show or hide what was set aside below the end.", 3),
    Command("article.read", "r", "Read", "Mark as read, or as unread again.", 3, repeats=True),
    Command("article.star", "s", "Star", "Star, or take the star away.", 2, repeats=True),
    Command("article.archive", "a", "Archive", "Put into the archive, or back.", 1, repeats=True),
    Command("article.trash", "D", "Trash", "Put into the trash.", 3, repeats=True),
    Command("article.tags", "t", "Tags", "Add and remove the article's tags.", 2, repeats=True),
    Command("article.browser", "o", "Browser", "Open the article's page in the browser.", 2),
    Command("article.edit", "e", "Edit", "Change title, author, source, date and note.", 2),
    Command("article.copy_url", "yy", "Copy address", "Copy the article's address.", 3),
    Command("article.copy_title", "yt", "Copy title", "Copy the article's title.", 3),
    Command("article.copy_link", "ym", "Copy link", "Copy a Markdown link to the article.", 3),
    Command(
        "article.copy_citation", "yc", "Copy citation", "Copy author, title, source and date as one line.", 3
    ),
    Command("article.pipe", "|", "Pipe", "Give the article's text to a program.", 3),
    Command(
        "article.copy_highlight",
        "Y",
        "Copy quote",
        "Copy the lit highlight as a Markdown quote with its source.",
        3,
    ),
    Command("article.search", "\\ g/", "Search", "Search every article, note and highlight.", 2),
    Command("article.back", "q", "Back", "Go back to the list.", 1),
    Command(
        "article.let_go", "<escape>", "Let go", "Let go of what is lit, one thing at a time; then go back.", 2
    ),
    # -- a passage is being selected: by sentences, or by characters ------------------------------------
    Command("selection.highlight", "<enter>", "Highlight", "Highlight in the last colour.", 1, repeats=True),
    Command(
        "selection.in_colour",
        "H",
        "Colour",
        "Highlight in a colour: y g b p u.",
        1,
        repeats=True,
        takes="ygbpu",
    ),
    Command("selection.comment", "c", "Note", "Highlight and write a note.", 1),
    Command("selection.tag", "#", "Tag", "Highlight and tag it.", 2),
    Command("selection.copy", "y", "Copy", "Copy the words.", 1),
    Command("selection.copy_quote", "Y", "Copy quote", "Copy as a Markdown quote with its source.", 2),
    Command("selection.search", "\\", "Search", "Search the library for these words.", 2),
    Command("selection.cancel", "<escape>", "Cancel", "Let go, one step at a time.", 1),
    Command("sentence.next", "j <down>", "Next", "Light the next sentence.", 1, counted=True),
    Command("sentence.previous", "k <up>", "Previous", "Light the sentence before.", 2, counted=True),
    Command("sentence.grow", "l <right>", "Grow", "Take in the next sentence too.", 1, counted=True),
    Command("sentence.shrink", "h <left>", "Shrink", "Leave the last sentence out.", 2, counted=True),
    Command("sentence.half_down", "<c-d>", "Half page down", "Let go and scroll half a screen down.", 3),
    Command("sentence.page_down", "<space>", "Page", "Let go and go on a page.", 3),
    Command("sentence.visual", "v", "Visual", "Go on selecting by characters and words.", 2),
    Command("visual.left", "h <left>", "Left", "Move a character to the left.", 3, counted=True),
    Command("visual.down", "j <down>", "Down", "Move a line down.", 3, counted=True),
    Command("visual.up", "k <up>", "Up", "Move a line up.", 3, counted=True),
    Command("visual.right", "l <right>", "Right", "Move a character to the right.", 3, counted=True),
    Command("visual.word", "w", "Word", "Move to the next word.", 1, counted=True),
    Command("visual.word_back", "b", "Word back", "Move to the word before.", 2, counted=True),
    Command("visual.word_end", "e", "Word end", "Move to the end of the word.", 2, counted=True),
    Command("visual.line_start", "0 <home>", "Line start", "Move to the start of the line.", 3),
    Command("visual.line_text", "^", "Line text", "Move to the first word of the line.", 3),
    Command("visual.line_end", "$ <end>", "Line end", "Move to the end of the line.", 2),
    Command("visual.sentence_next", ")", "Sentence", "Move to the next sentence.", 2, counted=True),
    Command("visual.sentence_back", "(", "Sentence back", "Move to the sentence before.", 3, counted=True),
    Command("visual.paragraph_next", "}", "Paragraph", "Move to the next paragraph.", 2, counted=True),
    Command("visual.paragraph_back", "{", "Paragraph back", "Move to the paragraph before.", 3, counted=True),
    Command("visual.top", "gg", "Top", "Move to the beginning of the article.", 3),
    Command("visual.bottom", "G", "Bottom", "Move to the end of the article.", 3),
    Command("visual.swap", "o", "Other end", "Move the other end of the selection.", 2),
    Command("visual.anchor", "v", "Anchor", "Drop the anchor, or set it here.", 2),
    Command("visual.paragraphs", "V", "Paragraphs", "Select whole paragraphs.", 3),
)

COLOUR_KEYS: Mapping[str, Colour] = {letter: colour for colour, letter in LETTERS.items()}

# The places whose keys work in each mode; where two share a key, the first wins.
MODES: Mapping[str, tuple[str, ...]] = {
    "list": ("list", "everywhere"),
    "article": ("article", "everywhere"),
    "sentence": ("sentence", "selection", "everywhere"),
    "visual": ("visual", "selection", "everywhere"),
}


class KeymapError(ValueError):
    """An override names no command, or gives it a key that another command of the mode begins with."""


def commands(overrides: Mapping[str, str] | None = None) -> tuple[Command, ...]:
    """COMMANDS with the user's keys in place of ours.

    *overrides* maps ids to keys; an empty string leaves a command without a key, in the palette only. Raises
    KeymapError for an unknown id or for keys that collide.
    """
    overrides = overrides or {}
    known = {command.id for command in COMMANDS}
    if unknown := sorted(set(overrides) - known):
        raise KeymapError(f"no command is named {unknown[0]}: see reader keys")
    made = tuple(
        replace(command, keys=overrides[command.id]) if command.id in overrides else command
        for command in COMMANDS
    )
    for mode in MODES:
        _refuse_collisions(mode, made)
    return made


def commands_of(mode: str, among: tuple[Command, ...] = COMMANDS) -> tuple[Command, ...]:
    """The commands that work in *mode*, those of its own place first."""
    return tuple(command for place in MODES[mode] for command in among if command.place == place)


def _refuse_collisions(mode: str, among: tuple[Command, ...]) -> None:
    taken: dict[tuple[str, ...], Command] = {}
    for command in commands_of(mode, among):
        for sequence in command.sequences:
            for other, owner in taken.items():
                shorter = min(len(sequence), len(other))
                if sequence[:shorter] == other[:shorter]:
                    raise KeymapError(
                        f"{command.id} and {owner.id} both want {''.join(sequence)}: change one of them"
                    )
            taken[sequence] = command

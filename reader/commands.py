"""Every key command of the interface, declared once.

The footer, the palette, ``?`` help, the keymap in the README and user overrides are all made from
:data:`COMMANDS`. This module knows no Textual: what a command does is a method of the screen that names it.

A command's ``id`` is ``place.action``. Its ``keys`` are sequences in vim's notation: single characters, names in
angle brackets (``<enter>``, ``<c-d>``, ``<s-tab>``), and alternatives divided by a space. ``place`` says where it
works: ``everywhere``, ``list`` (any list of articles), ``article``, ``selection`` (while a passage is being
selected), and in it ``sentence`` (by the sentence cursor), ``visual`` (by characters and words), ``motion`` and
``object`` (where the caret goes and what it takes, also behind the ``operator``), ``highlight`` (the one that is lit
or that the caret is in), ``views`` (those beside the list), ``highlights`` and ``versions`` (their screens).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from string import ascii_lowercase
from typing import Literal

from reader.domain.colours import LETTERS, Colour

Tier = Literal[1, 2, 3]

ANY_CHARACTER = "any character"
"""What a command ``takes`` that wants one character, whichever."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a key can do. ``tier`` 1 stands in the footer, 2 on the first page of help, 3 in the palette.

    ``counted`` commands take a number typed before them; ``takes`` names the characters of which one must
    follow, or is ANY_CHARACTER; ``repeats`` marks actions that ``.`` does again.
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
        return spelled(self.sequences[0]) if self.keys else ""


_TOKEN = re.compile(r"<[a-z0-9-]+>|.", re.DOTALL)
_LABELS = {
    "<enter>": "Enter", "<escape>": "Esc", "<space>": "Space", "<tab>": "Tab", "<s-tab>": "S-Tab",
    "<pagedown>": "PgDn", "<pageup>": "PgUp", "<home>": "Home", "<end>": "End",
    "<up>": "↑", "<down>": "↓", "<left>": "←", "<right>": "→",
}  # fmt: skip


def tokens(keys: str) -> tuple[str, ...]:
    """*keys* in vim's notation as single key presses."""
    return tuple(_TOKEN.findall(keys))


def spelled(keys: Iterable[str]) -> str:
    """Key tokens as people write them: ``^d``, ``d Enter``, ``]h``."""
    labels = [_LABELS.get(token, _plain(token)) for token in keys]
    is_word = any(len(label) > 1 and label[0] != "^" for label in labels)
    return (" " if is_word else "").join(labels)


def _plain(token: str) -> str:
    """``<c-d>`` as ``^d``; anything else as it is."""
    return f"^{token[3:-1]}" if token.startswith("<c-") else token


MARKS = ascii_lowercase  # the letters under which places are remembered

# fmt: off
COMMANDS: tuple[Command, ...] = (
    # -- everywhere ------------------------------------------------------------------------------------
    Command("everywhere.help", "?", "Help", "Show the keys of this screen.", 1),
    Command("everywhere.palette", "<c-p>", "Palette", "Find a command by its name.", 2),
    Command("everywhere.command_line", ":", "Command", "Type a command, as in :tag +later mins:20..", 2),
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
    Command("list.top", "gg <home>", "Top", "Go to the first article; with a number to that one.", 3, counted=True),
    Command("list.end", "G <end>", "End", "Go to the last article; with a number to that one.", 3, counted=True),
    Command("list.half_down", "<c-d>", "Half page down", "Move half a screen down.", 3, counted=True),
    Command("list.half_up", "<c-u>", "Half page up", "Move half a screen up.", 3, counted=True),
    Command("list.page_down", "<c-f> <pagedown>", "Page down", "Move a screen down.", 3, counted=True),
    Command("list.page_up", "<c-b> <pageup>", "Page up", "Move a screen up.", 3, counted=True),
    Command("list.next_unread", "]u gn", "Next unread", "Go to the next unread article.", 2, counted=True),
    Command("list.previous_unread", "[u gp", "Previous unread", "Go to the unread article before.", 3, counted=True),
    Command("list.read", "r", "Read", "Mark as read, or as unread again.", 2, repeats=True),
    Command("list.star", "s", "Star", "Star, or take the star away.", 2, repeats=True),
    Command("list.archive", "a", "Archive", "Put into the archive, or back.", 1, repeats=True),
    Command("list.trash", "D", "Trash", "Put into the trash; from the trash, put back.", 2, repeats=True),
    Command("list.tags", "t", "Tags", "Add and remove tags.", 1, repeats=True),
    Command("list.select", "x", "Select", "Select this article and move down.", 2, counted=True),
    Command("list.range", "V", "Range", "Select from here on, by moving; again: done.", 3),
    Command("list.all", "*", "All", "Select all articles of the list, or none.", 3),
    Command("list.filter", "/", "Filter", "Narrow this list while you type.", 1),
    Command("list.search", "\\ g/", "Search", "Search every article, note and highlight.", 1),
    Command("list.sort", "S", "Sort", "Choose the order of this list.", 3),
    Command("list.facets", "f", "Facets", "Narrow by tag, source, author or year of what is shown.", 2),
    Command("list.save_view", "&", "Save view", "Save this query under a name, beside the list.", 2),
    Command("list.view", "'", "Saved view", "Show the saved view of a key.", 3, takes=ANY_CHARACTER),
    Command("list.related", "gm", "More like this", "Show the articles most like this one.", 3),
    Command("list.same", "g=", "Same article", "Make it a version of the article that it is similar to.", 3),
    Command("list.different", "g!", "Two articles", "Say that it is not the article that it is similar to.", 3),
    Command("list.fold", "za", "Copies", "Show or hide the copies of a story from other sites.", 2),
    Command("list.go_inbox", "gi", "Inbox", "Show the inbox.", 3),
    Command("list.go_starred", "gs", "Starred", "Show the starred articles.", 3),
    Command("list.go_archive", "ga", "Archive view", "Show the archive.", 3),
    Command("list.go_highlights", "gh", "Highlights", "Show every highlighted passage.", 3),
    Command("list.go_tags", "gt", "Tag view", "Choose a tag and show its articles.", 3),
    Command("list.go_recent", "gr", "Recent", "Show what was read last.", 3),
    Command("list.browser", "o", "Browser", "Open the article's page in the browser.", 2),
    Command("list.edit", "e", "Edit", "Change title, author, source, date and note.", 2),
    Command("list.copy_url", "yy", "Copy address", "Copy the article's address.", 3),
    Command("list.copy_title", "yt", "Copy title", "Copy the article's title.", 3),
    Command("list.copy_link", "ym", "Copy link", "Copy a Markdown link to the article.", 3),
    Command("list.copy_citation", "yc", "Copy citation", "Copy a citation, in the style of the configuration.", 3),
    Command("list.pipe", "|", "Pipe", "Give the article's text to a program.", 3),
    Command("list.preview", "p", "Preview", "Show or hide the text beside the list.", 2),
    Command("list.other_pane", "<tab>", "Other pane", "Move between the views and the list.", 2),
    Command("list.narrower", "<", "Narrower", "Make the list narrower.", 3, counted=True),
    Command("list.wider", ">", "Wider", "Make the list wider.", 3, counted=True),
    Command("list.add", "A", "Add", "Add a file, a folder, an address or pasted text.", 1),
    Command("list.fetch", "F", "Fetch", "Fetch the text of this link.", 3),
    Command("list.refresh", "gR", "Refresh", "Fetch the article's page again.", 3),
    Command("list.back", "h <escape>", "Back", "Clear filter or selection, then go back.", 2),
    Command("list.quit", "q", "Quit", "Leave the library; elsewhere, go back.", 2),
    # -- the views beside the list -----------------------------------------------------------------------
    Command("views.open", "<enter> l", "Go to", "Show the view under the cursor.", 1),
    Command("views.down", "j <down>", "Down", "Move to the next view.", 3, counted=True),
    Command("views.up", "k <up>", "Up", "Move to the view before.", 3, counted=True),
    Command("views.top", "gg <home>", "Top", "Go to the first view.", 3, counted=True),
    Command("views.end", "G <end>", "End", "Go to the last one.", 3, counted=True),
    Command("views.half_down", "<c-d>", "Half page down", "Move half a screen down.", 3, counted=True),
    Command("views.half_up", "<c-u>", "Half page up", "Move half a screen up.", 3, counted=True),
    Command("views.page_down", "<c-f> <pagedown>", "Page down", "Move a screen down.", 3, counted=True),
    Command("views.page_up", "<c-b> <pageup>", "Page up", "Move a screen up.", 3, counted=True),
    Command("views.change", "e", "Change", "Give the saved view another name, key or query.", 1),
    Command("views.delete", "dd", "Delete", "Delete the saved view; its articles stay.", 1),
    Command("views.later", "J", "Later", "Move the saved view down.", 2, counted=True),
    Command("views.earlier", "K", "Earlier", "Move the saved view up.", 2, counted=True),
    Command("views.back", "<tab> h <escape>", "List", "Go back to the list.", 1),
    # -- reading an article ----------------------------------------------------------------------------
    Command("article.select", "<enter>", "Select", "Light a sentence; Enter again highlights it.", 1),
    Command("article.page_down", "<space> <c-f> <pagedown>", "Page", "Go on; at the end, to the next article.", 1, counted=True),
    Command("article.page_up", "b <c-b> <pageup>", "Page up", "Go back a page.", 2, counted=True),
    Command("article.down", "j <down>", "Line down", "Scroll a line down.", 3, counted=True),
    Command("article.up", "k <up>", "Line up", "Scroll a line up.", 3, counted=True),
    Command("article.half_down", "<c-d>", "Half page down", "Scroll half a screen down.", 3, counted=True),
    Command("article.half_up", "<c-u>", "Half page up", "Scroll half a screen up.", 3, counted=True),
    Command("article.top", "gg <home>", "Top", "Go to the beginning.", 3),
    Command("article.end", "G <end>", "End", "Go to the end.", 3),
    Command("article.next_article", "J", "Next article", "Read the next article of the list.", 2, counted=True),
    Command("article.previous_article", "K", "Previous article", "Read the article before in the list.", 2, counted=True),
    Command("article.next_paragraph", "}", "Next paragraph", "Go to the next paragraph.", 3, counted=True),
    Command("article.previous_paragraph", "{", "Previous paragraph", "Go to the paragraph before.", 3, counted=True),
    Command("article.next_sentence", ")", "Next sentence", "Go to the next sentence.", 3, counted=True),
    Command("article.previous_sentence", "(", "Previous sentence", "Go to the sentence before.", 3, counted=True),
    Command("article.next_highlight", "]h <tab>", "Next highlight", "Light the next highlight.", 2, counted=True),
    Command("article.previous_highlight", "[h <s-tab>", "Previous highlight", "Light the highlight before.", 3, counted=True),
    Command("article.find", "/", "Find", "Find words in this article.", 1),
    Command("article.next_match", "n", "Next match", "Go to the next match.", 2, counted=True),
    Command("article.previous_match", "N", "Previous match", "Go to the match before.", 3, counted=True),
    Command("article.visual", "v", "Visual", "Select by characters and words.", 2),
    Command("article.visual_paragraphs", "V", "Visual paragraphs", "Select whole paragraphs.", 3),
    Command("article.comment", "c", "Note", "Write a note on the lit highlight, or on the article.", 1),
    Command("article.recolour", "H", "Recolour", "Give the lit highlight another colour: y g b p u.", 3, takes="ygbpu"),
    Command("article.tag_highlight", "#", "Tag highlight", "Tag the lit highlight.", 3),
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
    Command("article.copy_citation", "yc", "Copy citation", "Copy a citation, in the style of the configuration.", 3),
    Command("article.pipe", "|", "Pipe", "Give the article's text to a program.", 3),
    Command("article.copy_highlight", "Y", "Copy quote", "Copy the lit highlight as a Markdown quote with its source.", 3),
    Command("article.labels", ";", "Labels", "Select a visible sentence by its letter.", 2),
    Command("article.reselect", "gv", "Reselect", "Select again what was selected last.", 3),
    Command("article.operate", "gh", "Highlight to…", "Highlight what a motion or text object takes: ghis.", 3, counted=True),
    Command("article.operate_note", "gH", "Note to…", "The same, and write a note.", 3, counted=True),
    Command("article.next_heading", "]]", "Next heading", "Go to the next heading.", 3, counted=True),
    Command("article.previous_heading", "[[", "Previous heading", "Go to the heading before.", 3, counted=True),
    Command("article.next_link", "]l", "Next link", "Light the next link.", 3, counted=True),
    Command("article.previous_link", "[l", "Previous link", "Light the link before.", 3, counted=True),
    Command("article.percent", "%", "Percent", "With a number: go to so many percent of the text.", 3, counted=True),
    Command("article.outline", "gO", "Outline", "Choose a heading and go there.", 2),
    Command("article.set_mark", "m", "Set mark", "Remember this place under a letter.", 3, takes=MARKS),
    Command("article.go_mark", "'", "Go to mark", "Go to the place of a letter; '' to where the last jump began.", 3, takes=MARKS + "'"),
    Command("article.jump_back", "<c-o> <a-left>", "Jump back", "Go back to where a jump began, also to the article before.", 3, counted=True),
    Command("article.jump_forward", "<a-right>", "Jump forward", "Go on again after jumping back.", 3, counted=True),
    Command("article.follow", "f", "Follow link", "Open a visible link by its letter; stored articles open here.", 2),
    Command("article.link_browser", "F", "Link in browser", "Open a visible link in the browser by its letter; without a text yet: fetch it.", 3),
    Command("article.refresh", "gR", "Refresh", "Fetch the article's page again.", 3),
    Command("article.replace", "A", "Saved page", "Take the text from a page that was saved as a file.", 3),
    Command("article.copy_link_address", "yf", "Copy link address", "Copy the address of a visible link by its letter.", 3),
    Command("article.line_spacing", "zs", "Line spacing", "Set the lines closer or wider apart.", 3),
    Command("article.editor", "E", "Editor", "Read the text in your editor; the article is not changed.", 3),
    Command("article.versions", "gV", "Versions", "Compare the versions of the text and choose one.", 3),
    Command("article.same", "g=", "Same article", "Make it a version of the article that it is similar to.", 3),
    Command("article.different", "g!", "Two articles", "Say that it is not the article that it is similar to.", 3),
    Command("article.next_review", "]r", "Next to review", "Light the next passage that was not found with certainty.", 3, counted=True),
    Command("article.previous_review", "[r", "Previous to review", "Light the passage to review before.", 3, counted=True),
    Command("article.accept", "R", "Accept place", "Say that the lit passage is found at the right place.", 3),
    Command("article.refuse", "X", "Refuse place", "Say that the lit passage is not there: it is kept without a place.", 3),
    Command("article.search", "\\ g/", "Search", "Search every article, note and highlight.", 2),
    Command("article.related", "gm", "More like this", "Show the articles most like this one.", 3),
    Command("article.back", "q", "Back", "Go back to the list.", 1),
    Command("article.let_go", "<escape>", "Let go", "Let go of what is lit, one thing at a time; then go back.", 2),
    # -- the highlight that is lit, or that the caret is in ----------------------------------------------
    Command("highlight.delete", "dd", "Delete highlight", "Delete the highlight.", 2, repeats=True),
    Command("highlight.end_back", "<", "End back", "Move the highlight's end back by a word.", 3, counted=True),
    Command("highlight.end_on", ">", "End on", "Move the highlight's end on by a word.", 3, counted=True),
    Command("highlight.start_back", "g<", "Start back", "Move the highlight's start back by a word.", 3, counted=True),
    Command("highlight.start_on", "g>", "Start on", "Move the highlight's start on by a word.", 3, counted=True),
    # -- a passage is being selected: by sentences, or by characters ------------------------------------
    Command("selection.highlight", "<enter>", "Highlight", "Highlight in the last colour.", 1, repeats=True),
    Command("selection.in_colour", "H", "Colour", "Highlight in a colour: y g b p u.", 1, repeats=True, takes="ygbpu"),
    Command("selection.comment", "c", "Note", "Highlight and write a note.", 1),
    Command("selection.tag", "#", "Tag", "Highlight and tag it.", 2),
    Command("selection.copy", "y", "Copy", "Copy the words.", 1),
    Command("selection.copy_quote", "Y", "Copy quote", "Copy as a Markdown quote with its source.", 2),
    Command("selection.search", "\\", "Search", "Search the library for these words.", 2),
    Command("selection.related", "gm", "More like this", "Show passages of other articles like these words.", 3),
    Command("selection.look_up", "gK", "Look up", "Look the words up with the program of the configuration.", 3),
    Command("selection.pipe", "|", "Pipe", "Give the words to a program.", 3),
    Command("selection.reattach", "R", "Re-attach", "Attach the passage that is waiting for its place to these words.", 3),
    Command("selection.cancel", "<escape>", "Cancel", "Let go, one step at a time.", 1),
    Command("sentence.next", "j <down>", "Next", "Light the next sentence.", 1, counted=True),
    Command("sentence.previous", "k <up>", "Previous", "Light the sentence before.", 2, counted=True),
    Command("sentence.grow", "l <right>", "Grow", "Take in the next sentence too.", 1, counted=True),
    Command("sentence.shrink", "h <left>", "Shrink", "Leave the last sentence out.", 2, counted=True),
    Command("sentence.unit", "<tab>", "Unit", "Go on by sentence, quotation, clause, paragraph or section.", 1),
    Command("sentence.unit_back", "<s-tab>", "Unit back", "The unit before.", 3),
    Command("sentence.labels", ";", "Labels", "Choose another visible sentence by its letter.", 3),
    Command("sentence.operate", "gh", "Highlight to…", "Highlight what a motion or text object takes from here.", 3, counted=True),
    Command("sentence.operate_note", "gH", "Note to…", "The same, and write a note.", 3, counted=True),
    Command("sentence.half_down", "<c-d>", "Half page down", "Let go and scroll half a screen down.", 3),
    Command("sentence.page_down", "<space>", "Page", "Let go and go on a page.", 3),
    Command("sentence.visual", "v", "Visual", "Go on selecting by characters and words.", 2),
    Command("visual.left", "h <left>", "Left", "Move a character to the left.", 3, counted=True),
    Command("visual.down", "j <down>", "Down", "Move a line down.", 3, counted=True),
    Command("visual.up", "k <up>", "Up", "Move a line up.", 3, counted=True),
    Command("visual.right", "l <right>", "Right", "Move a character to the right.", 3, counted=True),
    Command("visual.swap", "o", "Other end", "Move the other end of the selection.", 2),
    Command("visual.anchor", "v", "Anchor", "Drop the anchor, or set it here.", 2),
    Command("visual.paragraphs", "V", "Paragraphs", "Select whole paragraphs.", 3),
    Command("visual.operate", "gh", "Highlight to…", "Highlight what a motion or text object takes from the caret.", 3, counted=True),
    Command("visual.operate_note", "gH", "Note to…", "The same, and write a note.", 3, counted=True),
    Command("visual.reselect", "gv", "Reselect", "Select again what was selected last.", 3),
    Command("visual.cycle", "<tab>", "Highlight under caret", "Light the highlights under the caret, one after the other.", 3),
    # -- where the caret goes: in visual mode, and behind gh ---------------------------------------------
    Command("motion.word", "w", "Word", "To the next word.", 1, counted=True),
    Command("motion.word_back", "b", "Word back", "To the word before.", 2, counted=True),
    Command("motion.word_end", "e", "Word end", "To the end of the word.", 2, counted=True),
    Command("motion.long_word", "W", "Long word", "To the next word behind white space.", 3, counted=True),
    Command("motion.long_word_back", "B", "Long word back", "To the word behind white space before.", 3, counted=True),
    Command("motion.long_word_end", "E", "Long word end", "To the last character before white space.", 3, counted=True),
    Command("motion.line_start", "0 <home>", "Line start", "To the start of the line.", 3),
    Command("motion.line_text", "^", "Line text", "To the first word of the line.", 3),
    Command("motion.line_end", "$ <end>", "Line end", "To the end of the line.", 2, counted=True),
    Command("motion.sentence", ")", "Sentence", "To the next sentence.", 2, counted=True),
    Command("motion.sentence_back", "(", "Sentence back", "To the sentence before.", 3, counted=True),
    Command("motion.paragraph", "}", "Paragraph", "To the next paragraph.", 2, counted=True),
    Command("motion.paragraph_back", "{", "Paragraph back", "To the paragraph before.", 3, counted=True),
    Command("motion.top", "gg", "Top", "To the beginning of the article, or to a paragraph's number.", 3, counted=True),
    Command("motion.bottom", "G", "Bottom", "To the end of the article, or to a paragraph's number.", 3, counted=True),
    Command("motion.find", "f", "To character", "To the next such character.", 3, counted=True, takes=ANY_CHARACTER),
    Command("motion.find_back", "F", "Back to character", "To such a character before.", 3, counted=True, takes=ANY_CHARACTER),
    Command("motion.till", "t", "Till character", "To just before the next such character.", 3, counted=True, takes=ANY_CHARACTER),
    Command("motion.till_back", "T", "Back till character", "To just behind such a character before.", 3, counted=True, takes=ANY_CHARACTER),
    Command("motion.again", ";", "Character again", "The last f F t or T once more.", 3, counted=True),
    Command("motion.reversed", ",", "Character reversed", "The last f F t or T the other way.", 3, counted=True),
    Command("motion.words", "/", "To words", "To words that you type.", 3),
    Command("motion.match", "n", "Match", "To the next match.", 3, counted=True),
    Command("motion.match_back", "N", "Match back", "To the match before.", 3, counted=True),
    # -- what the caret takes ----------------------------------------------------------------------------
    Command("object.word", "iw", "Word", "The word.", 3, counted=True),
    Command("object.word_around", "aw", "Word and space", "The word with the space behind it.", 3, counted=True),
    Command("object.sentence", "is", "Sentence", "The sentence.", 2, counted=True),
    Command("object.sentence_around", "as", "Sentence and space", "The sentence with the space behind it.", 3, counted=True),
    Command("object.paragraph", "ip", "Paragraph", "The paragraph.", 2, counted=True),
    Command("object.paragraph_around", "ap", "Paragraph and break", "The paragraph with the break behind it.", 3, counted=True),
    Command("object.quotation", 'i" iq', "Quotation", "What stands between the quotation marks.", 3),
    Command("object.quotation_around", 'a" aq', "Quotation and marks", "The quotation with its marks.", 3),
    Command("object.brackets", "i( i) ib", "Brackets", "What stands between the brackets.", 3, counted=True),
    Command("object.brackets_around", "a( a) ab", "Brackets around", "The brackets and what is in them.", 3, counted=True),
    Command("object.highlight", "ih", "Highlight", "The highlight.", 3),
    # -- gh waits for a motion or a text object ----------------------------------------------------------
    Command("operator.sentence", "h", "This sentence", "This sentence, as in ghh.", 1, counted=True),
    Command("operator.cancel", "<escape>", "Cancel", "Highlight nothing.", 1),
    # -- every highlighted passage -----------------------------------------------------------------------
    Command("highlights.open", "<enter> l", "Open", "Open the article at the passage.", 1),
    Command("highlights.down", "j <down>", "Down", "Move to the next passage.", 3, counted=True),
    Command("highlights.up", "k <up>", "Up", "Move to the passage before.", 3, counted=True),
    Command("highlights.top", "gg <home>", "Top", "Go to the first passage; with a number to that one.", 3, counted=True),
    Command("highlights.end", "G <end>", "End", "Go to the last passage; with a number to that one.", 3, counted=True),
    Command("highlights.half_down", "<c-d>", "Half page down", "Move half a screen down.", 3, counted=True),
    Command("highlights.half_up", "<c-u>", "Half page up", "Move half a screen up.", 3, counted=True),
    Command("highlights.page_down", "<c-f> <pagedown> <space>", "Page down", "Move a screen down.", 3, counted=True),
    Command("highlights.page_up", "<c-b> <pageup> b", "Page up", "Move a screen up.", 3, counted=True),
    Command("highlights.next_group", "] }", "Next group", "Go to the next group.", 3, counted=True),
    Command("highlights.previous_group", "[ {", "Previous group", "Go to the group before.", 3, counted=True),
    Command("highlights.grouping", "<tab>", "Grouping", "Group by article, tag, colour or date.", 1),
    Command("highlights.filter", "/", "Filter", "Narrow the passages while you type.", 1),
    Command("highlights.search", "\\ g/", "Search", "Search every article, note and highlight.", 3),
    Command("highlights.select", "x", "Select", "Select this passage and move down.", 2, counted=True),
    Command("highlights.range", "V", "Range", "Select from here on; again: done.", 3),
    Command("highlights.all", "*", "All", "Select all passages that are shown, or none.", 2),
    Command("highlights.comment", "c", "Note", "Write a note on the passage.", 1),
    Command("highlights.recolour", "H", "Colour", "Give another colour: y g b p u.", 2, repeats=True, takes="ygbpu"),
    Command("highlights.tag", "#", "Tag", "Add and remove tags.", 2, repeats=True),
    Command("highlights.delete", "dd", "Delete", "Delete the passages' highlights.", 2, repeats=True),
    Command("highlights.accept", "R", "Accept, re-attach", "Accept the place to review; without one, open the article to select the words.", 2),
    Command("highlights.refuse", "X", "Refuse place", "Say that the passage is not there: it is kept without a place.", 3),
    Command("highlights.copy", "y", "Copy", "Copy the words.", 3),
    Command("highlights.copy_quote", "Y", "Copy quote", "Copy as Markdown quotes with source and notes.", 2),
    Command("highlights.go_inbox", "gi", "Inbox", "Show the inbox.", 3),
    Command("highlights.go_starred", "gs", "Starred", "Show the starred articles.", 3),
    Command("highlights.go_archive", "ga", "Archive view", "Show the archive.", 3),
    Command("highlights.go_tags", "gt", "Tag view", "Choose a tag and show its articles.", 3),
    Command("highlights.go_recent", "gr", "Recent", "Show what was read last.", 3),
    Command("highlights.back", "q <escape> h", "Back", "Clear filter or selection, then go back.", 1),
    # -- the versions of an article's text ---------------------------------------------------------------
    Command("versions.use", "<enter>", "Use", "Make this version the article's text.", 1),
    Command("versions.older", "J", "Older", "Look at the version before.", 1, counted=True),
    Command("versions.newer", "K", "Newer", "Look at the version after.", 1, counted=True),
    Command("versions.down", "j <down>", "Down", "Scroll a line down.", 3, counted=True),
    Command("versions.up", "k <up>", "Up", "Scroll a line up.", 3, counted=True),
    Command("versions.page_down", "<space> <c-f> <pagedown>", "Page down", "Scroll a screen down.", 3, counted=True),
    Command("versions.page_up", "b <c-b> <pageup>", "Page up", "Scroll a screen up.", 3, counted=True),
    Command("versions.half_down", "<c-d>", "Half page down", "Scroll half a screen down.", 3, counted=True),
    Command("versions.half_up", "<c-u>", "Half page up", "Scroll half a screen up.", 3, counted=True),
    Command("versions.top", "gg <home>", "Top", "Go to the beginning.", 3),
    Command("versions.end", "G <end>", "End", "Go to the end.", 3),
    Command("versions.next_change", "]c n", "Next change", "Go to the next change.", 1, counted=True),
    Command("versions.previous_change", "[c N", "Previous change", "Go to the change before.", 2, counted=True),
    Command("versions.back", "q h <escape>", "Back", "Go back to the article.", 1),
)
# fmt: on


COLOUR_KEYS: Mapping[str, Colour] = {letter: colour for colour, letter in LETTERS.items()}

# The places whose keys work in each mode; where two share a key, the first wins.
MODES: Mapping[str, tuple[str, ...]] = {
    "list": ("list", "everywhere"),
    "views": ("views", "everywhere"),
    "article": ("article", "highlight", "everywhere"),
    "sentence": ("sentence", "selection", "everywhere"),
    "visual": ("visual", "motion", "object", "selection", "highlight", "everywhere"),
    "operator": ("operator", "motion", "object"),
    "highlights": ("highlights", "everywhere"),
    "versions": ("versions", "everywhere"),
}


class KeymapError(ValueError):
    """An override names no command, or gives it a key that another command of the mode begins with."""


def commands(overrides: Mapping[str, str] | None = None) -> tuple[Command, ...]:
    """COMMANDS with the user's keys in place of ours.

    *overrides* maps ids to keys; an empty string leaves a command without a key, in the palette only. Raises
    KeymapError for an unknown id or for keys that collide.
    """
    if not overrides:
        return COMMANDS  # a test looks after these; each start would wait for it
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

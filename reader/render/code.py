"""Colours for code, from pygments, which is imported with the first code block and never on a key's path."""

from __future__ import annotations

from typing import NamedTuple

LIMIT = 100_000


class Token(NamedTuple):
    """A coloured part of a code block; offsets count from the block's start."""

    start: int
    end: int
    role: str


# The first that fits wins; names are those of pygments' token tree.
_ROLES = (
    ("Comment.Preproc", "keyword"),
    ("Comment", "comment"),
    ("Keyword.Constant", "number"),
    ("Keyword", "keyword"),
    ("Operator.Word", "keyword"),
    ("Literal.String", "string"),
    ("Literal.Number", "number"),
    ("Name.Function", "name"),
    ("Name.Class", "name"),
    ("Name.Tag", "keyword"),
    ("Name.Attribute", "name"),
    ("Name.Decorator", "name"),
    ("Name.Builtin", "builtin"),
    ("Name.Exception", "builtin"),
    ("Generic.Deleted", "deleted"),
    ("Generic.Inserted", "string"),
    ("Generic.Heading", "name"),
    ("Generic.Subheading", "name"),
    ("Generic.Prompt", "comment"),
    ("Operator", "operator"),
    ("Punctuation", "operator"),
)


def tokens(text: str, language: str) -> list[Token]:
    """The parts of *text* that have a colour in *language*; none if the language is unknown or the text huge."""
    if not language or len(text) > LIMIT:
        return []
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language.lower(), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return []
    found: list[Token] = []
    for start, kind, value in lexer.get_tokens_unprocessed(text):
        role = _role(str(kind).removeprefix("Token."))
        if role and value:
            found.append(Token(start, start + len(value), f"code.{role}"))
    return found


def _role(kind: str) -> str:
    return next((role for prefix, role in _ROLES if kind.startswith(prefix)), "")

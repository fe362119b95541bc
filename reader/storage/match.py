"""The one place where words of a query become full-text MATCH expressions: every word quoted, none raw.

FTS5 divides a quoted string as it divided the articles, so ``foo-bar``, ``don't`` and a pasted address are
phrases of their parts. CJK runs are looked for by their pairs in the column ``cjk``.
"""

from __future__ import annotations

from collections.abc import Iterable

from reader.domain.fields import has_term
from reader.domain.lighting import LONGEST_TERM, tokens
from reader.domain.terms import And, Node, Or, Phrase, Value, Word
from reader.domain.text import CJK_RUN, cjk_bigrams, has_cjk


def is_full_text(node: Node) -> bool:
    """Whether :func:`expression` can say all of *node*. An address is also looked up by its key, so it cannot."""
    match node:
        case Word(text):
            return not is_address(text)
        case Phrase():
            return True
        case And(nodes) | Or(nodes):
            return all(map(is_full_text, nodes))
    return False


def is_any_word(node: Node) -> bool:
    """Whether *node* is about one word or any of some: whole ones, in one piece. Whether an article has it is found at
    once. Full text goes from an article on to the next one that has all the words, or the phrase, however far that is,
    and makes the list of all that have a beginning first."""
    match node:
        case Word(text, prefix):
            return not prefix and not has_cjk(text) and len(tokens(text)) == 1
        case Or(nodes):
            return all(map(is_any_word, nodes))
    return False


def is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://", "www."))


def expression(node: Node) -> str:
    """The MATCH expression of words and phrases joined by AND and OR."""
    match node:
        case Word(text, prefix, forms):
            return _any_form(text, prefix, forms)
        case Phrase(text, None, prefix):
            return term(text, prefix=prefix)
        case Phrase(text, near):
            return f"NEAR({' '.join(map(_quoted, tokens(text[:LONGEST_TERM])))}, {near})"
        case And(nodes):
            return joined("AND", map(expression, nodes))
        case Or(nodes):
            return joined("OR", map(expression, nodes))
    raise ValueError(f"not full text: {node}")


def loosened(node: Node) -> Node:
    """*node* with the words of its phrases anywhere: all that it finds, and more."""
    match node:
        case Phrase(text, _, prefix) if not has_cjk(text) and len(words := tokens(text[:LONGEST_TERM])) > 1:
            return And((*map(Word, words[:-1]), Word(words[-1], prefix)))
        case And(nodes) | Or(nodes):
            return type(node)(tuple(map(loosened, nodes)))
    return node


def in_column(column: str, value: Value) -> str:
    """The MATCH expression of a word or phrase, without CJK characters, in one column."""
    return f"({column} : {_any_form(value.text, value.prefix, value.forms)})"


def _any_form(text: str, prefix: bool, forms: Iterable[str]) -> str:
    return joined("OR", [term(text, prefix=prefix), *map(_quoted, forms)])


def joined(operator: str, expressions: Iterable[str]) -> str:
    parts = [*expressions]
    return f"({f' {operator} '.join(parts)})" if len(parts) > 1 else "".join(parts)


def term(text: str, *, prefix: bool = False) -> str:
    """*text* as a phrase; its CJK runs apart, since they stand in a column of their own."""
    text = text[:LONGEST_TERM]
    if not has_cjk(text):
        return _quoted(text, prefix)
    parts = []
    end = 0
    for run in CJK_RUN.finditer(text):
        parts.append(_plain(text[end : run.start()]))
        parts.append(f"(cjk : {_quoted(cjk_bigrams(run[0]), len(run[0]) == 1)})")
        end = run.end()
    parts.append(_plain(text[end:], prefix))
    return joined("AND", filter(None, parts))


def _plain(text: str, prefix: bool = False) -> str:
    return _quoted(text, prefix) if has_term(text) else ""


def _quoted(text: str, prefix: bool = False) -> str:
    return '"' + text.replace('"', '""').replace("\0", " ") + '"' + " *" * prefix

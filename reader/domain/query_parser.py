"""Reads the query language. Total: any text gives a tree, and what is odd becomes literal words or is left out.

::

    query := and ("OR" and)*          and  := term+, an "AND" between is ignored
    term  := ("-" | "NOT")* ( name ":" value ("," value)* | phrase | word["*"] | "(" query ")" )
    value := ["-"] ( word["*"] | "quoted" )        phrase := "…" ["~" n] ["*"]
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reader.domain.fields import CONTROLS, FIELDS, WORD_FIELDS, control_fault, fault, has_term
from reader.domain.query_scanner import Scanner, one_line
from reader.domain.terms import And, Field, Node, Not, Nothing, Or, Phrase, Value, Word

DEPTH = 50
TERMS = 32
FIELDS_IN_ALL = 200
VALUES = 2000
FARTHEST = 1000


class Problem(NamedTuple):
    """Words of a query that were not understood as they seem to be meant, and why, in one line."""

    text: str
    reason: str

    @property
    def told(self) -> str:
        """``is:purple: is: knows read, …``, without saying twice what the reason names: ``is: needs a value``."""
        return self.reason if self.reason.startswith(self.text) else f"{self.text}: {self.reason}"


class Parsed(NamedTuple):
    root: Node | None
    sort: str | None
    limit: int | None
    problems: tuple[Problem, ...]


def read(text: str) -> Parsed:
    """The tree of *text*, which should be clean, with its controls and problems."""
    return _Parser(text).parse()


class _Parser:
    """A method for each rule of the grammar. One that gives ``None`` found only what is left out."""

    def __init__(self, text: str) -> None:
        self.scan = Scanner(text)
        self.root: Node | None = None
        self.sort: str | None = None
        self.limit: int | None = None
        self.problems: list[Problem] = []
        self.bounds = _Bounds()
        self.depth = 0
        self.literal_depth = 0
        self.left_out = False

    def parse(self) -> Parsed:
        nodes = [self.alternatives()]
        while self.leave_out(")"):  # it closes nothing
            nodes.append(self.alternatives())
        self.root = _and(nodes)
        if self.bounds.are_passed:
            self.give_up("too long: nothing is searched")
        elif self.root is None and self.left_out:
            self.give_up("no search terms")
        return Parsed(self.root, self.sort, self.limit, tuple(self.problems))

    def alternatives(self) -> Node | None:
        nodes = [self.together()]
        while self.leave_out_keyword("OR"):
            nodes.append(self.together())
        return _or(nodes)

    def together(self) -> Node | None:
        nodes = []
        while not self.is_at_end_of_group() and self.scan.keyword() != "OR":
            if not self.leave_out_keyword("AND"):
                nodes.append(self.term())
        return _and(nodes)

    def term(self) -> Node | None:
        negated = False
        while True:
            if self.leave_out_keyword("NOT"):
                negated = not negated
            elif self.leave_out("-"):
                negated = not negated
                if self.scan.sees_space_or_end():
                    return None
            elif not self.leave_out_keyword("AND"):
                break
        if self.is_at_end_of_group() or self.scan.keyword() == "OR":
            return None
        node = self.operand()
        return _not(node) if negated and node is not None else node

    def operand(self) -> Node | None:
        if self.scan.sees("("):
            return self.group()
        if self.scan.sees('"'):
            return self.phrase()
        if name := self.scan.name():
            return self.qualified(name)
        return self.word()

    def group(self) -> Node | None:
        self.leave_out("(")
        if self.depth >= DEPTH:
            self.literal_depth += 1
            return None
        self.depth += 1
        node = self.alternatives()
        self.scan.take(")")
        self.depth -= 1
        return node

    def phrase(self) -> Node | None:
        start = self.scan.at
        text, near = self.scan.take_quoted(), self.scan.take_near()
        near = None if near is None else min(near, FARTHEST)
        return self.text_term(Phrase(text, near, prefix=self.scan.take("*")), start)

    def word(self) -> Node | None:
        start = self.scan.at
        return self.text_term(_word(self.scan.take_word()), start)

    def text_term(self, node: Word | Phrase, start: int) -> Node | None:
        if not has_term(node.text):
            self.left_out = True
            return None
        self.bounds.terms += 1
        if self.bounds.terms == TERMS + 1:
            self.problem(self.scan.since(start), f"only the first {TERMS} words are searched")
        return node if self.bounds.terms <= TERMS else None

    def qualified(self, name: str) -> Node | None:
        """A field, a control, or else the same characters as literal words."""
        start, lower = self.scan.at, name.lower()
        if lower not in FIELDS and lower not in CONTROLS:
            return self.unknown(name)
        self.scan.at += len(name) + 1
        values = self.values()
        if reason := _fault(lower, values):
            self.problem(self.scan.since(start), reason)
            return self.literal(start)
        if lower in CONTROLS:
            self.control(lower, str(values[-1]))
            return None
        self.bounds.count(lower, values)
        return None if self.bounds.are_passed else Field(lower, values)

    def unknown(self, name: str) -> Node | None:
        """Literal words. A warning only where a field was meant: not for ``https://…``, ``std::x`` or ``Note:``."""
        start = self.scan.at
        self.scan.at += len(name) + 1
        is_meant = not self.scan.sees_space_or_end() and self.scan.text[self.scan.at] not in "/:()"
        if self.scan.sees('"'):
            self.values()
            node = self.literal(start)
        else:
            self.scan.at = start
            node = self.word()
        if is_meant:
            self.problem(self.scan.since(start), f"there is no field {name}:")
        return node

    def literal(self, start: int) -> Node | None:
        source = self.scan.since(start)
        node = Phrase(one_line(source.replace('"', ""))) if '"' in source else _word(source)
        return self.text_term(node, start)

    def control(self, name: str, value: str) -> None:
        if name == "sort":
            self.sort = value.lower()
        else:
            self.limit = int(value)

    def values(self) -> tuple[Value, ...]:
        values = [self.value()]
        while self.scan.take(","):
            values.append(self.value())
        return tuple(value for value in values if value is not None)

    def value(self) -> Value | None:
        negated = self.scan.take("-")
        if self.scan.sees('"'):
            text = self.scan.take_quoted()
            return Value(text, negated, quoted=True) if text else None
        word = _word(self.scan.take_value())
        return Value(word.text, negated, word.prefix) if word.text or word.prefix else None

    def is_at_end_of_group(self) -> bool:
        self.scan.skip_spaces()
        while self.literal_depth and self.leave_out(")"):
            self.literal_depth -= 1
            self.scan.skip_spaces()
        return self.scan.is_at_end or self.scan.sees(")")

    def leave_out(self, sign: str) -> bool:
        taken = self.scan.take(sign)
        self.left_out |= taken
        return taken

    def leave_out_keyword(self, keyword: str) -> bool:
        return self.scan.keyword() == keyword and self.leave_out(keyword)

    def give_up(self, reason: str) -> None:
        self.root = Nothing()
        self.problem(self.scan.text, reason)

    def problem(self, text: str, reason: str) -> None:
        self.problems.append(Problem(one_line(text)[:100], reason))


class _Bounds:
    """How much a query asks for. Words beyond the bound are left out; but a query less one of its fields would find
    more than was asked for, so with too many of them it finds nothing."""

    def __init__(self) -> None:
        self.terms = 0
        self.fields = 0
        self.values = 0
        self.field_words = 0

    def count(self, name: str, values: tuple[Value, ...]) -> None:
        self.fields += 1
        self.values += len(values)
        self.field_words += len(values) if name in WORD_FIELDS else 0

    @property
    def are_passed(self) -> bool:
        return self.fields > FIELDS_IN_ALL or self.values > VALUES or self.field_words > TERMS


def _fault(name: str, values: tuple[Value, ...]) -> str | None:
    if not values:
        return f"{name}: needs a value"
    if name in CONTROLS:
        return control_fault(name, str(values[-1]))
    return next(filter(None, (fault(name, value) for value in values)), None)


def _word(source: str) -> Word:
    return Word(source.rstrip("*"), source.endswith("*"))


def _and(nodes: Iterable[Node | None]) -> Node | None:
    return _joined(And, nodes)


def _or(nodes: Iterable[Node | None]) -> Node | None:
    return _joined(Or, nodes)


def _joined(kind: type[And] | type[Or], nodes: Iterable[Node | None]) -> Node | None:
    flat: list[Node] = []
    for node in nodes:
        if isinstance(node, kind):
            flat += node.nodes
        elif node is not None:
            flat.append(node)
    return kind(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def _not(node: Node) -> Node:
    return node.node if isinstance(node, Not) else Not(node)

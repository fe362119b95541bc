"""Only one module writes to the terminal, so what it writes is clean."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "reader"
DOOR = PACKAGE / "cli" / "output.py"
# What the child of the sandbox says to its parent goes over its own stdout, and is no text for people.
PIPES = {PACKAGE / "ingest" / "worker.py"}
SOURCES = sorted(PACKAGE.rglob("*.py"))


def writes(tree: ast.AST) -> list[str]:
    """Calls that would put text on a terminal: print, click's echoes, Console, sys.stdout."""
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="print" | "input" as name)):
                found.append(f"{node.lineno}: {name}")
            case ast.Call(func=ast.Attribute(value=ast.Name(id="click"), attr=name)) if name in (
                "echo", "secho", "prompt", "confirm", "echo_via_pager", "progressbar",
            ):  # fmt: skip
                found.append(f"{node.lineno}: click.{name}")
            case ast.Call(func=ast.Attribute(value=value, attr="print" | "print_json" | "log" | "out")) if (
                "console" in ast.unparse(value).lower()
            ):
                found.append(f"{node.lineno}: {ast.unparse(value)}.print")
            case ast.Call(
                func=ast.Attribute(
                    value=ast.Attribute(
                        value=ast.Name(id="sys"), attr="stdout" | "stderr" | "__stdout__" | "__stderr__"
                    ),
                    attr="write" | "writelines",
                )
            ):
                found.append(f"{node.lineno}: {ast.unparse(node.func)}")
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_else_writes(path: Path) -> None:
    if path not in {DOOR, *PIPES}:
        assert writes(ast.parse(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    ["print('x')", "click.echo('x')", "console.print('x')", "self.console.print(1)", "sys.stderr.write('x')"],
)
def test_a_breach_would_be_found(line: str) -> None:
    assert writes(ast.parse(line))

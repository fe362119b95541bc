"""What is loaded late is loaded whole, whichever threads need it first."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import reader

RACE = """
import sys, threading

class Slow:
    # Holds every import of the package up, so that the threads surely meet in it.
    def find_spec(self, name, path=None, target=None):
        if name.startswith("rapidfuzz"):
            threading.Event().wait(0.002)
        return None

sys.meta_path.insert(0, Slow())
from reader.domain.alignment import common
from reader.domain.anchor import anchor_of, locate
from reader.domain.document import Document, Span

words = "It was the age of foolishness in the old town. " * 9
old = Document.plain("A beginning. " + words + "The quick brown fox jumps over the lazy dog.")
new = Document.plain("A beginning. " + words + "The quick black fox jumped over a lazy dog.")
anchor = anchor_of(old, Span(len(old.text) - 44, len(old.text)))
failed = []

def run(work):
    try:
        work()
    except BaseException as error:
        failed.append(error)

works = [lambda: list(common([1, 2, 3, 4], [1, 5, 3, 6])), lambda: locate(new, anchor)]
threads = [threading.Thread(target=run, args=(work,)) for work in works * 2]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(failed)
"""


def test_two_threads_may_need_the_library_at_once() -> None:
    """The versions screen compared two texts while the library placed highlights: one of them got an ImportError,
    which ended the app."""
    done = subprocess.run([sys.executable, "-c", RACE], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_nothing_of_it_is_imported_before_it_is_loaded() -> None:
    for path in Path(reader.__file__).parent.rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef) and path.name != "loading.py":
                lines = [ast.unparse(line) for line in function.body]
                for number, line in enumerate(lines):
                    if line.startswith("from rapidfuzz"):
                        assert lines[number - 1] == "load_rapidfuzz()", (path, line)

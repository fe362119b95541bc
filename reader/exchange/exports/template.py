"""What a note looks like: a template in Jinja (https://jinja.palletsprojects.com), ours or the user's.

Jinja, since passages need loops and conditions, which ``string.Template`` has not; in its sandbox, so that a template
that was copied from somewhere reaches no file and no program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.domain.quoting import contained, quoted, tag_word

if TYPE_CHECKING:
    from jinja2 import Template

DEFAULT = Path(__file__).with_name("note.md.jinja")
_PARAGRAPH = re.compile(r"(?m)^> (?P<words>(?:.+)(?:\n> .+)*)")


class TemplateFault(Exception):  # noqa: N818  (said as such)
    """The template cannot be used; the message is for people and names the line."""


class Look:
    """A template, compiled once. ``name`` is how faults call it."""

    def __init__(self, text: str, name: str) -> None:
        from jinja2 import StrictUndefined, TemplateError
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        environment = ImmutableSandboxedEnvironment(
            undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
        )
        environment.filters |= {
            "yaml": yaml, "tag": tag_word, "quote": quote, "contained": contained, "tagged": tagged,
        }  # fmt: skip
        self._name = name
        try:
            self._template: Template = environment.from_string(text)
        except TemplateError as error:
            raise self._fault(error) from error

    @classmethod
    def of(cls, path: Path | None = None) -> Look:
        """The template in the file *path*, or ours. Raises TemplateFault."""
        if path is None:
            return cls(DEFAULT.read_text("utf-8"), DEFAULT.name)
        try:
            return cls(path.read_text("utf-8"), str(path))
        except OSError as error:
            raise TemplateFault(f"{path}: cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise TemplateFault(f"{path}: is not in UTF-8, from byte {error.start} on") from error

    def fill(self, values: Mapping[str, Any]) -> str:
        """Raises TemplateFault for what the template asks and nobody knows."""
        from jinja2 import TemplateError

        try:
            return self._template.render(values)
        # What a template computes may fail in any way that Python can.
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
            raise self._fault(error) from error

    def _fault(self, error: Exception) -> TemplateFault:
        line = getattr(error, "lineno", None) or _line_in_template(error)
        where = f"line {line}: " if line else ""
        return TemplateFault(f"{self._name}: {where}{error}")


def yaml(value: str | Iterable[str]) -> str:
    """*value* as YAML: always in double quotes, so that nothing in it means anything; a list in brackets."""
    if not isinstance(value, str):
        return f"[{', '.join(map(yaml, value))}]"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def quote(text: str, colour: str = "") -> str:
    """*text* as a block quote; with *colour* each of its paragraphs is marked in it."""
    made = quoted(text)
    if not colour:
        return made
    return _PARAGRAPH.sub(lambda found: f'> <mark class="hl-{colour}">{found["words"]}</mark>', made)


def tagged(note: str, tags: Iterable[str]) -> str:
    """*note*, with *tags* behind it as words with ``#``; below it where they would become a part of it."""
    words = " ".join(f"#{tag_word(tag)}" for tag in tags)
    made = contained(note)
    # A note of many lines may end in a list, a quote or code, which the tags would become a part of.
    between = "\n\n" if "\n" in made or made != note.strip() else " "
    return between.join(filter(None, (made, words)))


def _line_in_template(error: Exception) -> int | None:
    """The line where a template failed while it was filled: the last place of the trace that is in it."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line

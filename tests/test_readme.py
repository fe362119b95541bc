"""The README says what the program does."""

from __future__ import annotations

import re

from reader.commands import COMMANDS
from reader.resources import resource
from tests.readme import PARTS, PICTURES_MADE, README, ROOT, with_parts


def test_the_generated_parts_are_what_the_program_makes():
    text = README.read_text(encoding="utf-8")
    for name in PARTS:
        assert re.search(rf"<!-- {name}: .*? -->\n.*<!-- /{name} -->", text, re.DOTALL), name
    assert with_parts(text) == text, "run `make readme`"


def test_every_picture_it_shows_is_made_by_the_program():
    shown = re.findall(r"\]\(tests/screenshots/([\w-]+)\.svg\)", README.read_text(encoding="utf-8"))
    assert shown
    assert set(shown) <= {picture.name for picture in PICTURES_MADE}
    assert all((ROOT / "tests" / "screenshots" / f"{name}.svg").is_file() for name in shown)


def test_every_command_that_readme_and_guide_name_for_a_shell_exists():
    import click

    from reader.cli import reader as group

    known = group.list_commands(click.Context(group))
    texts = [README, *(resource("sample_articles") / "guide").glob("*.md")]
    for path in texts:
        fences = re.findall(r"```sh\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
        for name in re.findall(r"^reader (\w[\w-]*)", "\n".join(fences), re.MULTILINE):
            assert name in known, f"{path.name}: reader {name}"


def test_ids_of_commands_that_readme_and_guide_name_exist():
    ids = {command.id for command in COMMANDS}
    for path in (README, *(resource("sample_articles") / "guide").glob("*.md")):
        for name in re.findall(
            r'^"((?:list|article|everywhere)\.\w+)"', path.read_text(encoding="utf-8"), re.MULTILINE
        ):
            assert name in ids, f"{path.name}: {name}"

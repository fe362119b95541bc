"""The wheel, installed by itself somewhere else, is a whole Reader."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    [wheel] = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def script(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `reader` of an environment that has the wheel, and what it needs, and nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True, cwd=folder)
    python = folder / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # The pip that Python 3.11 comes with cannot resolve lxml's extra beside trafilatura.
    subprocess.run([*install, "--upgrade", "pip>=24"], check=True, cwd=folder, capture_output=True)
    subprocess.run([*install, wheel], check=True, cwd=folder, capture_output=True)
    return folder / "bin" / "reader"


def test_every_style_and_sample_is_inside(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder in ("styles", "sample_articles"):
        files = {path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert files
        assert {f"reader/{path.as_posix()}" for path in files} <= names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"reader", "terminal_reader"}
    assert not [name for name in names if name.startswith("tests")]


def test_the_installed_command_works_from_anywhere(script: Path, tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "READER_LIBRARY": str(tmp_path / "l.db"),
    }
    (tmp_path / "a.html").write_text(
        "<html><title>A page</title><article><h1>A page</h1><p>The keeper kept the light, and wrote it down every "
        "night for thirty-one years, whatever the weather.</p><p>Nobody thanked him.</p></article></html>"
    )

    def reader(*words: str) -> str:
        done = subprocess.run(
            [script, *words], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert reader("--version").startswith("reader ")
    assert reader("add", "a.html") == "added 1 A page\n"
    assert "A page" in reader("list")
    assert "kept the light" in reader("show", "1")
    assert "your-first-highlight" in reader("guide")
    places = dict(line.split(maxsplit=1) for line in reader("locate").splitlines())
    assert all("site-packages/reader/" in places[name] for name in ("styles", "samples"))

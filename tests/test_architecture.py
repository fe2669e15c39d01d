"""The shape of the code: imports point one way, rooms say what they are for, modules stay small."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "quire").rglob("*.py"))
ROOMS = sorted(path.parent for path in MODULES if path.name == "__init__.py")
LONGEST = 500
"""Lines of a module; one that needs more holds two things."""

VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "core"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_point_one_way() -> None:
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", code, "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_it_is_for_and_stays_short(path: Path) -> None:
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), "no docstring"
    assert len(text.splitlines()) <= LONGEST


@pytest.mark.parametrize("path", [*MODULES, *ROOMS], ids=name_of)
def test_a_name_says_what_is_inside(path: Path) -> None:
    assert not VAGUE & set(path.stem.split("_"))


def test_every_room_stands_in_the_architecture() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    rooms = [room for room in ROOMS if room.parent.name == "quire"]
    assert rooms
    for room in rooms:
        assert f"`quire/{room.name}/`" in text, room.name


def test_starting_the_command_loads_nothing_heavy() -> None:
    heavy = {"fontTools", "pikepdf", "jieba", "PIL", "lxml", "ebooklib", "typst", "pydantic"}
    code = "import sys, quire.cli.main; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not heavy & set(done.stdout.split())

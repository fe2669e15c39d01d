"""build.py before set-up: it says what to do, and doesn't end in a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def words_of(python: list[str]) -> tuple[int, str]:
    done = subprocess.run(
        [*python, str(ROOT / "build.py")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


def test_without_the_packages_it_names_one_and_the_command_that_brings_them() -> None:
    # -S leaves out site-packages: this Python has nothing installed.
    code, said = words_of([sys.executable, "-S"])
    assert code == 3
    assert "The Python package " in said
    assert "`make book`" in said


def test_an_old_python_is_told_its_version_and_what_to_run() -> None:
    old = next(
        (path for name in ("3.10", "3.9", "3.8") if (path := shutil.which(f"python{name}"))), None
    )
    if old is None or subprocess.run([old, "-V"], check=False, capture_output=True).returncode:
        pytest.skip("there is no Python older than 3.11 here")
    code, said = words_of([old])
    assert code == 3
    assert "quire needs 3.11 or newer" in said


MAKE = shutil.which("make")


@pytest.mark.skipif(MAKE is None, reason="there is no make here")
@pytest.mark.parametrize(
    ("python", "words"),
    [
        ("#!/bin/sh\nexit 1", "quire needs Python 3.11 or newer"),
        ("#!/bin/sh\ncase $2 in *ensurepip*) exit 1;; esac", "python3-venv"),
    ],
)
def test_make_says_what_is_wrong_with_a_python_that_will_not_do(
    python: str, words: str, tmp_path: Path
) -> None:
    assert MAKE is not None
    named = tmp_path / "python"
    named.write_text(python + "\n")
    named.chmod(0o755)
    for name in ("Makefile", "pyproject.toml"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    done = subprocess.run(
        [MAKE, "venv", f"PYTHON={named}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"]},
    )
    assert done.returncode == 2
    assert words in done.stderr
    assert not (tmp_path / ".venv").exists()

"""Programs are found without being run; a missing one is named with how to get it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from quire.problems import ToolMissing
from quire.toolchain import tools

FINDERS = {
    "QUIRE_PANDOC": tools.pandoc_path,
    "QUIRE_JAVA": tools.java_path,
    "QUIRE_EPUBCHECK": tools.epubcheck_jar,
    "QUIRE_NODE": tools.node_path,
    "QUIRE_ACE": tools.ace_program,
    "QUIRE_CHROMIUM": tools.chromium_path,
}


@pytest.mark.parametrize(
    ("find", "question"),
    [(tools.pandoc_path, "--version"), (tools.java_path, "-version"), (tools.node_path, "-v")],
)
def test_set_up_brings_the_program_and_it_runs(find: Callable[[], Path], question: str) -> None:
    subprocess.run([find(), question], check=True, capture_output=True)


def test_set_up_brings_epubcheck_with_its_libraries() -> None:
    jar = tools.epubcheck_jar()
    assert jar.suffix == ".jar"
    assert (jar.parent / "lib").is_dir()


@pytest.mark.parametrize("variable", FINDERS)
def test_a_variable_points_to_another_copy(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.touch()
    monkeypatch.setenv(variable, str(other))
    assert FINDERS[variable]() == other


@pytest.mark.parametrize("variable", FINDERS)
def test_a_variable_that_points_nowhere_is_said_and_not_passed_over(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(tmp_path / "nothing"))
    with pytest.raises(ToolMissing) as missing:
        FINDERS[variable]()
    assert variable in str(missing.value)
    assert str(tmp_path / "nothing") in str(missing.value)


def test_without_chromium_the_message_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QUIRE_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(tools, "_CHROMIUM_PLACES", ())
    with pytest.raises(ToolMissing, match="Chromium is not installed") as missing:
        tools.chromium_path()
    assert missing.value.exit_code == 3
    assert "nstall" in missing.value.problems[0].remedy

"""Every edition in a folder put before the validator of its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from quire.checks.epubcheck import run_epubcheck
from quire.problems import Problem, Severity

__all__ = ["VALIDATORS", "CheckedEditions", "check_editions"]

VALIDATORS: Final[Mapping[str, tuple[str, Callable[[Path], list[Problem]]]]] = {
    ".epub": ("EPUBCheck", run_epubcheck),
}
"""File suffix → the validator's name and its run. One entry adds a validator."""


@dataclass(frozen=True)
class CheckedEditions:
    """What was validated, a line on each for the person, and what was found."""

    checked: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def check_editions(folder: Path) -> CheckedEditions:
    """Validate the editions that lie in a folder.

    Args:
        folder: where a build put them. A folder without editions is a note, not an error.

    Raises:
        quire.problems.ToolMissing: a validator isn't installed.
    """
    files = sorted(path for path in folder.glob("*") if path.suffix in VALIDATORS)
    if not files:
        missing = Problem(
            "no-editions",
            f"There is no edition in {folder} to validate.",
            "Run `build` first.",
            severity=Severity.NOTE,
        )
        return CheckedEditions(problems=(missing,))
    checked: list[str] = []
    lines: list[str] = []
    problems: list[Problem] = []
    for path in files:
        name, run = VALIDATORS[path.suffix]
        found = run(path)
        problems += found
        checked.append(str(path))
        worst = [one for one in found if one.severity is not Severity.NOTE]
        lines.append(f"{path}: {name} found {len(worst) or 'nothing'}")
    return CheckedEditions(tuple(checked), tuple(lines), tuple(problems))

"""Every edition in a folder put before the validator of its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from quire.checks.ace import run_ace
from quire.checks.epubcheck import run_epubcheck
from quire.checks.preflight import kind_of, preflight, run_verapdf
from quire.checks.stores import check_for_store
from quire.editions.epub.store import Store, store_named, stores
from quire.editions.typesetting.printers import Printer
from quire.problems import Problem, Severity, ToolMissing

__all__ = ["VALIDATORS", "CheckedEditions", "Validator", "check_editions"]


@dataclass(frozen=True, slots=True)
class Validator:
    """A program that judges editions of one kind.

    Attributes:
        name: what it is called.
        run: its run on a file, for a printer if the book names one; what it finds.
        needed: whether `check` stops without it. Without another, it says so and goes on.
        missed: whether it says so; what no set-up brings isn't missed.
    """

    name: str
    run: Callable[[Path, Printer | None], list[Problem]]
    needed: bool = True
    missed: bool = True


VALIDATORS: Final[Mapping[str, tuple[Validator, ...]]] = {
    # Set-up brings EPUBCheck; for Ace, the system must have a Chromium.
    ".epub": (
        Validator("EPUBCheck", lambda path, _: run_epubcheck(path)),
        Validator("Ace", lambda path, _: run_ace(path), needed=False),
    ),
    # veraPDF comes in no package; where a person has installed it, its word counts too.
    ".pdf": (
        Validator("the preflight", lambda path, printer: preflight(path, printer=printer)),
        Validator("veraPDF", lambda path, _: run_verapdf(path), needed=False, missed=False),
    ),
}
"""File suffix → its validators, in order. One entry adds one."""


@dataclass(frozen=True)
class CheckedEditions:
    """What was validated, a line on each for the person, and what was found."""

    checked: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def check_editions(
    folder: Path, for_stores: Sequence[str] = (), printer: Printer | None = None
) -> CheckedEditions:
    """Validate the editions that lie in a folder.

    Args:
        folder: where a build put them. A folder without editions is a note, not an error.
        for_stores: names of stores whose limits the EPUBs must keep too.
        printer: whose demands the print edition must meet.

    Raises:
        quire.problems.UsageError: there is no store of that name.
        quire.problems.ToolMissing: a validator that is needed isn't installed.
    """
    shops = [store_named(name) for name in dict.fromkeys(for_stores)]
    files = sorted(
        path for path in folder.glob("*") if path.suffix in VALIDATORS and not _is_proof(path)
    )
    if not files:
        missing = Problem(
            "no-editions",
            f"There is no edition in {folder} to validate.",
            "Run `build` first.",
            severity=Severity.NOTE,
        )
        return CheckedEditions(problems=(missing,))
    lines: list[str] = []
    problems: list[Problem] = []
    absent: dict[str, Problem] = {}
    for path in files:
        for validator in VALIDATORS[path.suffix]:
            if validator.name in absent:
                continue
            try:
                found = validator.run(path, printer)
            except ToolMissing as missing:
                if validator.needed:
                    raise
                if not validator.missed:
                    continue
                absent[validator.name] = _passed_over(validator.name, missing)
                continue
            problems += found
            lines.append(_line(path, validator.name, found))
    for shop in shops:
        for path in _files_for(shop, files):
            found = check_for_store(path, shop)
            problems += found
            lines.append(_line(path, shop.title, found))
    return CheckedEditions(tuple(map(str, files)), tuple(lines), (*problems, *absent.values()))


def _is_proof(path: Path) -> bool:
    """Nobody prints from a proof or reads it out: there is nothing to ask of it."""
    return path.suffix == ".pdf" and kind_of(path) == "proof"


def _files_for(store: Store, files: Sequence[Path]) -> list[Path]:
    """The EPUBs that go to a store: its own copies where there are any, else the common ones."""
    suffixes = [one.copy.suffix for one in stores().values() if one.copy]
    common = [path for path in files if not path.name.endswith(tuple(suffixes))]
    own = [path for path in files if store.copy and path.name.endswith(store.copy.suffix)]
    return own or common


def _line(path: Path, name: str, found: Sequence[Problem]) -> str:
    worst = [one for one in found if one.severity is not Severity.NOTE]
    return f"{path}: {name} found {len(worst) or 'nothing'}"


def _passed_over(name: str, missing: ToolMissing) -> Problem:
    """One note for all files that a validator didn't see."""
    (why,) = missing.problems
    return Problem(
        f"{name.lower()}-not-run",
        f"{name} checked nothing: {why.message}",
        why.remedy,
        severity=Severity.NOTE,
    )

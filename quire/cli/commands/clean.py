"""`clean`: a messy source into numbered chapters, with a ledger and a report."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from quire.cli.command import Command, Outcome
from quire.cli.commands.rules import book_settings
from quire.cli.console import Console
from quire.problems import Problem, Severity

if TYPE_CHECKING:
    from quire.cleaning import Cleaned

__all__ = ["COMMAND", "told"]


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, metavar="SOURCE", help="txt md html docx epub or pdf")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where chapters go (book)")
    parser.add_argument("--report", type=Path, metavar="FILE", help="where the report goes")
    parser.add_argument("--force", action="store_true", help="overwrite chapters edited by hand")


def _run(asked: argparse.Namespace, console: Console) -> Outcome:
    from quire.cleaning import DECISIONS_NAME, clean, read_decisions, write_cleaned
    from quire.sources import read_source

    out: Path = asked.out or asked.book / "book"
    settings, decisions = book_settings(asked.book), read_decisions(out / DECISIONS_NAME)
    console.step(f"reading {asked.source}")
    source = read_source(asked.source)
    console.step("cleaning")
    cleaned = clean(source, settings, decisions)
    files = write_cleaned(cleaned, out, asked.report, asked.force)
    result, problems = told(cleaned, console)
    for file in files:
        console.line(str(file))
    return Outcome(0, {**result, "files": [str(file) for file in files]}, problems)


def told(cleaned: Cleaned, console: Console) -> tuple[dict[str, object], tuple[Problem, ...]]:
    """What cleaning did, said to the person: counts, and a note on what wants an editor's eye."""
    counts = dict(cleaned.counts)
    console.line("  ".join(f"{name} {count}" for name, count in counts.items() if count))
    verdicts = dict(cleaned.verdicts)
    console.line("changes: " + ", ".join(f"{count} {name}" for name, count in verdicts.items()))
    doubtful = verdicts["ask"]
    problems = cleaned.problems
    if doubtful:
        what = f"{doubtful} places are in doubt and were left as they are."
        remedy = "Read them in the report; `quire decide` takes your word on each."
        problems += (Problem("doubtful-places", what, remedy, severity=Severity.NOTE),)
    return {"counts": counts, "verdicts": verdicts, "doubtful": doubtful}, problems


COMMAND = Command("clean", "make clean chapters of a messy source", _arguments, _run)

"""`check`: lint the manuscript and metadata, then validate the editions in dist/."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from quire.cli.command import Command, Outcome
from quire.cli.console import Console
from quire.problems import Problem, Severity

__all__ = ["COMMAND"]


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--strict", action="store_true", help="warnings fail too")
    parser.add_argument(
        "--store",
        action="append",
        default=[],
        metavar="NAME",
        help="what this store asks too, such as apple; may be given again",
    )
    parser.add_argument(
        "--staged",
        action="store_true",
        help="lint what is staged in git to be committed; look at no editions",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="where editions lie (dist)")


def _run(asked: argparse.Namespace, console: Console) -> Outcome:
    import tempfile

    from quire.checks import check_editions
    from quire.checks.editions import CheckedEditions
    from quire.comparison.versions import staged
    from quire.editions.typesetting.printers import printer_named
    from quire.production import proofread

    console.step("reading the manuscript")
    editions = CheckedEditions()
    if asked.staged:
        with tempfile.TemporaryDirectory(prefix="quire-staged-") as folder:
            draft = proofread(staged(asked.book, Path(folder) / "book"))
    else:
        draft = proofread(asked.book)
        console.step("validating the editions")
        printer = draft.metadata.print.printer if draft.metadata else None
        editions = check_editions(
            asked.out or asked.book / "dist",
            asked.store,
            printer_named(printer) if printer else None,
        )
    problems: tuple[Problem, ...] = (*draft.problems, *editions.problems)
    counts = Counter(problem.severity for problem in problems)
    failing = counts[Severity.ERROR] + (counts[Severity.WARNING] if asked.strict else 0)
    for line in editions.lines:
        console.line(line)
    console.line(
        f"{counts[Severity.ERROR]} errors, {counts[Severity.WARNING]} warnings, "
        f"{counts[Severity.NOTE]} notes"
    )
    result = {
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
        "notes": counts[Severity.NOTE],
        "checked": list(editions.checked),
    }
    return Outcome(1 if failing else 0, result, problems)


COMMAND = Command("check", "lint the manuscript, then validate the editions", _arguments, _run)

"""The assertions put to a file, and veraPDF where it is installed."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from quire.checks.preflight.assertions import ASSERTIONS, Assertion, Finding, Kind
from quire.checks.preflight.sheets import read_pdf
from quire.editions.typesetting.printers import Printer
from quire.problems import Problem, Severity, ToolMissing

__all__ = ["kind_of", "preflight", "run_verapdf"]

_MOST_PAGES: Final = 6
"""Pages that are named; of more, their number."""
_VERAPDF: Final = "verapdf"
_KINDS: Final[dict[str, Kind]] = {"print": "print", "cover": "cover", "proof": "proof"}
"""The end of a file's name → what it is for."""


def kind_of(path: Path) -> Kind:
    """What a PDF of a build is for, by its name: for the screen if that doesn't say.

    A title may end in such a word itself: then the book's own print edition lies beside it.
    """
    _, _, last = path.stem.rpartition("-")
    if path.with_name(f"{path.stem}-print.pdf").exists():
        return "screen"
    return _KINDS.get(last, "screen")


def preflight(
    path: Path, kind: Kind | None = None, printer: Printer | None = None
) -> list[Problem]:
    """Everything that is wrong with a PDF; nothing when a printer or a reader may have it.

    Args:
        path: the PDF.
        kind: what it is for; by its name when left out.
        printer: whose demands it must meet, if any.
    """
    kind = kind or kind_of(path)
    try:
        pdf = read_pdf(path)
    except OSError as error:
        return [Problem("pdf-unreadable", f"{error}.", "Build it anew.", file=str(path))]
    found: list[Problem] = []
    for assertion in ASSERTIONS:
        if kind in assertion.kinds:
            found += _problems(path, assertion, list(assertion.find(pdf, printer)))
    return found


def _problems(path: Path, assertion: Assertion, findings: list[Finding]) -> Iterator[Problem]:
    """One problem for each thing that is found, however many pages have it."""
    by_kind: dict[str, list[Finding]] = {}
    for one in findings:
        words = "".join("#" if sign.isdecimal() else sign for sign in one.what)
        by_kind.setdefault(words if one.page else one.what, []).append(one)
    for same in by_kind.values():
        pages = [one.page for one in same if one.page]
        where = f"{path}, {_pages(pages)}" if pages else str(path)
        yield Problem(
            assertion.name,
            f"{where}: {same[0].what}. {assertion.reason}",
            assertion.remedy,
            severity=assertion.severity,
        )


def _pages(pages: list[int]) -> str:
    named = ", ".join(str(page) for page in pages[:_MOST_PAGES])
    more = len(pages) - _MOST_PAGES
    said = f"{named} and {more} more" if more > 0 else named
    return f"page {said}" if len(pages) == 1 else f"pages {said}"


def run_verapdf(path: Path) -> list[Problem]:
    """What veraPDF has against a PDF's claims (PDF/UA-1 and PDF/A-2a).

    Raises:
        ToolMissing: it isn't installed.
    """
    program = shutil.which(_VERAPDF)
    if program is None:
        raise ToolMissing(
            "veraPDF",
            "Put the program `verapdf` (verapdf.org) on the PATH if you want its word too.",
        )
    if kind_of(path) != "screen":
        return []
    found: list[Problem] = []
    for flavour in ("ua1", "2a"):
        done = subprocess.run(
            [program, "--format", "json", "--flavour", flavour, str(path)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        try:
            report = json.loads(done.stdout)
        except ValueError:
            words = done.stderr.strip().splitlines()
            raise ToolMissing(
                "veraPDF's answer", f"It said {words[-1] if words else 'nothing'}."
            ) from None
        found += [
            Problem(
                f"verapdf-{flavour}", f"{path}: {said}.", "See veraPDF's own report.",
                severity=Severity.ERROR,
            )
            for said in _failures(report)
        ]  # fmt: skip
    return found


def _failures(report: Any) -> Iterator[str]:
    """Descriptions of the rules that veraPDF found broken, wherever its report has them."""
    if isinstance(report, dict):
        if report.get("ruleStatus") == "FAILED" or report.get("status") == "failed":
            yield f"clause {report.get('clause', '?')}: {report.get('description', 'broken')}"
        for value in report.values():
            yield from _failures(value)
    elif isinstance(report, list):
        for value in report:
            yield from _failures(value)

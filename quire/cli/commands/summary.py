"""`summary`: the last build, and what changed, as Markdown for a job's page."""

from __future__ import annotations

import argparse
from pathlib import Path

from quire.cli.command import Command, Outcome
from quire.cli.console import Console

__all__ = ["COMMAND"]


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--since",
        metavar="REV",
        help="what changed since this version too, as git names it; `release` is the last tag",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="where editions lie (dist)")


def _run(asked: argparse.Namespace, console: Console) -> Outcome:
    import json
    import tempfile

    from quire.comparison import ChapterChange, compare, version_at
    from quire.comparison.summary import summary_of
    from quire.comparison.versions import last_release
    from quire.problems import UsageError
    from quire.production import proofread
    from quire.shelf import REPORT_NAME

    root: Path = asked.book
    path = (asked.out or root / "dist") / REPORT_NAME
    try:
        report = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"There is no build to sum up: {path} can't be read.",
                         "Run `build` first.", code="no-build") from error  # fmt: skip
    since, chapters = "", tuple[ChapterChange, ...]()
    if asked.since:
        since = last_release(root) if asked.since == "release" else asked.since
        with tempfile.TemporaryDirectory(prefix="quire-summary-") as name:
            old = proofread(version_at(root, since, Path(name) / "old")).manuscript
            new = proofread(root).manuscript
            chapters = compare(old, new) if old and new else ()
    text = summary_of(report, since, chapters)
    console.line(text.rstrip("\n"))
    return Outcome(0, {"markdown": text})


COMMAND = Command("summary", "the last build and what changed, as Markdown", _arguments, _run)

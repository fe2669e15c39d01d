"""What a person sees: progress on a terminal, findings, the last line; or one JSON object."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TextIO

from quire.problems import Problem, Severity

__all__ = ["Console"]

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_WORTH_SAYING = 2  # seconds
_CLEAR_LINE = "\r\x1b[2K"
# GitHub's workflow commands (`::error file=…,line=…::words`) know these three levels.
_ANNOTATIONS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


@dataclass(frozen=True)
class Console:
    """Where words go, and in what dress.

    Attributes:
        quiet: only findings are said.
        as_json: nothing but one JSON object goes to stdout.
        colour: whether escape sequences may be used.
        progress: whether the line of progress is shown: on a terminal only.
        annotate: whether findings are said in GitHub's way as well.
        below: the book's folder as GitHub sees it, for files in annotations; empty at its top.
    """

    quiet: bool = False
    as_json: bool = False
    colour: bool = False
    progress: bool = False
    annotate: bool = False
    below: str = ""

    @classmethod
    def of(cls, words: Sequence[str]) -> Console:
        """The console that the command line and the environment ask for.

        It reads the words by itself, so that wrong usage too is told in the right dress.
        """
        quiet, as_json = "--quiet" in words, "--json" in words
        terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        plain = "--no-color" in words or bool(os.environ.get("NO_COLOR"))
        return cls(
            quiet=quiet,
            as_json=as_json,
            colour=terminal and not plain,
            progress=terminal and not quiet and not as_json,
            annotate=os.environ.get("GITHUB_ACTIONS") == "true",
            below=_below(words),
        )

    def step(self, words: str) -> None:
        """What is being done now; the next step takes its line."""
        if self.progress:
            _write(sys.stderr, f"{_CLEAR_LINE}{words} …")

    def timed(self, expected: float | None) -> Callable[[str], None]:
        """`step`, with about how long the rest takes.

        Args:
            expected: seconds that the whole took the last time, if that is known.
        """
        begin = time.monotonic()

        def step(words: str) -> None:
            left = (expected or 0) - (time.monotonic() - begin)
            self.step(f"{words}, about {left:.0f} s left" if left >= _WORTH_SAYING else words)

        return step

    def line(self, words: str = "") -> None:
        """A line of the result."""
        if not self.quiet and not self.as_json:
            self.clear()
            _write(sys.stdout, words + "\n")

    def turn(self, problems: Sequence[Problem], words: str, failed: bool) -> None:
        """How one of many turns ended: what is wrong, or the words that all is well."""
        self.clear()
        for problem in problems:
            _write(sys.stderr, f"{self._dressed(problem)}\n")
        if not failed:
            self.line(words)

    def clear(self) -> None:
        """Take the line of progress away."""
        if self.progress:
            _write(sys.stderr, _CLEAR_LINE)

    def close(
        self,
        command: str,
        exit_code: int,
        result: Mapping[str, object] | None = None,
        problems: Sequence[Problem] = (),
    ) -> None:
        """Say what was found, and, for ``--json``, everything."""
        self.clear()
        for problem in problems:
            if not self.as_json:
                _write(sys.stderr, f"{self._dressed(problem)}\n")
            if self.annotate:
                _write(sys.stderr, f"{annotation(problem, self.below)}\n")
        if self.as_json:
            answer = {
                "command": command,
                "exit": exit_code,
                "result": dict(result or {}),
                "problems": [_as_data(problem) for problem in problems],
            }
            _write(sys.stdout, json.dumps(answer, ensure_ascii=False, indent=2) + "\n")

    def _dressed(self, problem: Problem) -> str:
        word = problem.severity.value
        if self.colour:
            word = f"\x1b[1;{_COLOURS[problem.severity]}m{word}\x1b[0m"
        return f"{word}: {problem}"


def _below(words: Sequence[str]) -> str:
    """The book's folder below the workspace: annotations name files from there."""
    folder = next(
        (after for option, after in pairwise(words) if option == "--book"),
        next((word.partition("=")[2] for word in words if word.startswith("--book=")), "."),
    )
    below = os.path.relpath(folder, os.environ.get("GITHUB_WORKSPACE", "."))
    return "" if below == "." or below.startswith("..") else f"{below}/"


def annotation(problem: Problem, below: str = "") -> str:
    """A finding as a GitHub workflow command, special characters escaped as its syntax asks.

    Args:
        problem: what was found.
        below: what goes before its file: the book's folder.
    """
    file = problem.file and f"{below}{problem.file}"
    properties = {"file": file, "line": problem.line, "title": problem.code}
    named = ",".join(
        f"{key}={_escaped(str(value)).replace(':', '%3A').replace(',', '%2C')}"
        for key, value in properties.items()
        if value is not None
    )
    words = _escaped(f"{problem.message} {problem.remedy}".strip())
    return f"::{_ANNOTATIONS[problem.severity]} {named}::{words}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _as_data(problem: Problem) -> dict[str, object]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": problem.file,
        "line": problem.line,
        "message": problem.message,
        "remedy": problem.remedy,
    }


def _write(stream: TextIO, text: str) -> None:
    """Write at once; characters that the terminal's encoding lacks become question marks."""
    try:
        stream.write(text)
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        stream.write(text.encode(encoding, "replace").decode(encoding))
    stream.flush()

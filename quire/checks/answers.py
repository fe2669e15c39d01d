"""What every validator that is a program of its own has to say when it can't judge."""

from __future__ import annotations

from pathlib import Path

from quire.problems import Problem

__all__ = ["last_words", "no_such_epub"]


def no_such_epub(path: Path) -> Problem:
    """There is nothing to judge at `path`."""
    remedy = "Run `build`, or correct the path."
    return Problem("no-such-file", "There is no EPUB of that name.", remedy, str(path))


def last_words(said: str) -> str:
    """The last line of what a program said, or that it said nothing."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"

"""What can be wrong, in words for a person: what, where, and what to do about it.

Every room reports through these types; only `quire.cli` prints them. Exit codes are part of
the contract: 1 the book has errors, 2 wrong usage, 3 a tool is missing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["BookError", "Problem", "Severity", "ToolMissing", "UsageError", "did_you_mean"]


class Severity(StrEnum):
    """How bad a problem is. Errors stop a build; warnings stop `check --strict`."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding.

    Attributes:
        code: stable kebab-case name, such as ``note-without-text``.
        message: what is wrong, one sentence with a full stop.
        remedy: what to do, one sentence in the imperative; may be empty.
        file: path as the person knows it (relative to the book's folder), or None.
        line: line in that file, counted from 1, or None.
        severity: error, warning or note.
    """

    code: str
    message: str
    remedy: str = ""
    file: str | None = None
    line: int | None = None
    severity: Severity = Severity.ERROR

    @property
    def stops(self) -> bool:
        """Whether a book with it can't be built."""
        return self.severity is Severity.ERROR

    @property
    def place(self) -> str:
        """``file:line``, ``file`` or an empty string."""
        if self.file is None:
            return ""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def __str__(self) -> str:
        """``book/03-x.md:41: the note [^7] has no text. Write …`` on one line."""
        text = f"{self.message} {self.remedy}".strip()
        return f"{self.place}: {text}" if self.place else text


class BookError(Exception):
    """The book, or what was asked of it, is wrong in one or more ways."""

    exit_code = 1

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        """Carry one problem or several."""
        self.problems: tuple[Problem, ...] = (
            (problems,) if isinstance(problems, Problem) else tuple(problems)
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))


class UsageError(BookError):
    """The command was called in a way it can't serve."""

    exit_code = 2

    def __init__(self, message: str, remedy: str = "", code: str = "usage") -> None:
        """State what was asked and what to ask instead."""
        super().__init__(Problem(code, message, remedy))


class ToolMissing(BookError):
    """A program that the work needs isn't there."""

    exit_code = 3

    def __init__(self, tool: str, remedy: str) -> None:
        """Name the tool and how to get it."""
        super().__init__(Problem("tool-missing", f"{tool} is not installed.", remedy))
        self.tool = tool


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "", least: float = 0.6) -> str:
    """What to say to someone who wrote a name that isn't known.

    Args:
        word: what was written; capitals don't matter.
        known: the names that there are.
        otherwise: is said where none of them is near.
        least: how near, from 0 to 1, one must be.
    """
    import difflib  # needed only when something is wrong

    near = difflib.get_close_matches(word.lower(), list(known), 1, least)
    return f"Did you mean `{near[0]}`?" if near else otherwise

"""The history of a book's folder, where git keeps one."""

from __future__ import annotations

import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Final

__all__ = ["git", "git_program", "revision_of"]

_SECONDS: Final = 20


def git(root: Path, *arguments: str) -> str | None:
    """What git says of a folder, without the line end; None if it refuses or isn't there.

    Args:
        root: a folder, below or at the top of a repository.
        arguments: a command that only reads.
    """
    program = git_program()
    if program is None:
        return None
    # A repository's own settings may name programs; none is needed to read its history.
    command = [program, "-C", str(root), "-c", "core.fsmonitor=false", *arguments]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=_SECONDS, check=False, encoding="utf-8",
            errors="replace",
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.rstrip("\n") if done.returncode == 0 else None


def revision_of(root: Path) -> str:
    """The revision that is checked out, with the tag before it; empty without a history."""
    folder = root.resolve()
    if not any((one / ".git").exists() for one in (folder, *folder.parents)):
        return ""
    return git(root, "describe", "--tags", "--always", "--long", "--abbrev=40") or ""


@lru_cache(maxsize=1)
def git_program() -> str | None:
    """Where git is; None if it isn't installed."""
    return shutil.which("git")

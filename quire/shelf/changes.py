"""What is new since the last release, as the book's history in git tells it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["Changes", "changes_since_release"]

_SECONDS: Final = 10
_MOST: Final = 20


@dataclass(frozen=True)
class Changes:
    """What is new.

    Attributes:
        release: the name of the last release, a tag.
        lines: one a change, the newest first, as those who made them say it.
    """

    release: str
    lines: tuple[str, ...]


def changes_since_release(root: Path, matter: Sequence[str]) -> Changes | None:
    """The changes of a book since the last tag; of a release itself, since the one before.

    Args:
        root: the book's folder.
        matter: what belongs to the book, as paths below `root`.

    Returns:
        None where there is no git, no history or no tag.
    """
    program = shutil.which("git")
    if program is None:
        return None

    def git(*arguments: str) -> str | None:
        # A repository's own settings may name programs; none is needed to read its history.
        command = [program, "-C", str(root), "-c", "core.fsmonitor=false", *arguments]
        try:
            done = subprocess.run(
                command, capture_output=True, timeout=_SECONDS, check=False, encoding="utf-8",
                errors="replace",
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired):
            return None
        return done.stdout.strip() if done.returncode == 0 else None

    release = git("describe", "--tags", "--abbrev=0")
    if release and git("describe", "--tags", "--exact-match"):
        release = git("describe", "--tags", "--abbrev=0", "HEAD^")
    if not release:
        return None
    told = git(
        "log",
        "--no-merges",
        f"--max-count={_MOST}",
        "--format=%s",
        f"{release}..HEAD",
        "--",
        *matter,
    )
    lines = dict.fromkeys(filter(None, map(str.strip, (told or "").splitlines())))
    return Changes(release, tuple(lines)) if lines else None

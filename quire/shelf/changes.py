"""What is new since the last release, as the book's history in git tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from quire.toolchain.history import git

__all__ = ["Changes", "changes_since_release"]

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
    release = git(root, "describe", "--tags", "--abbrev=0")
    if release and git(root, "describe", "--tags", "--exact-match"):
        release = git(root, "describe", "--tags", "--abbrev=0", "HEAD^")
    if not release:
        return None
    since = f"{release}..HEAD"
    told = git(
        root, "log", "--no-merges", f"--max-count={_MOST}", "--format=%s", since, "--", *matter
    )
    lines = dict.fromkeys(filter(None, map(str.strip, (told or "").splitlines())))
    return Changes(release, tuple(lines)) if lines else None

"""What files say at one moment: their digests, to see later whether they still say it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias

__all__ = ["Snapshot", "changed_between", "snapshot"]

Snapshot: TypeAlias = Mapping[str, str]
"""Path below a folder, with slashes → SHA-256 of the file; an empty string where there is none."""

_NOT_READ: Final = "unreadable"
_NEVER: Final = frozenset({"__pycache__"})


def snapshot(root: Path, names: Iterable[str]) -> dict[str, str]:
    """What files and folders say now. Times are not looked at: clocks can go backwards.

    Args:
        root: the folder that names begin from.
        names: of files, and of folders, which stand for all files in them but hidden ones.
    """
    found: dict[str, str] = {}
    for name in names:
        place = root / name
        if place.is_dir():
            found[f"{name}/"] = ""
            found |= {path.relative_to(root).as_posix(): _digest(path) for path in _files(place)}
        else:
            found[name] = _digest(place)
    return found


def changed_between(before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """The files that are new, gone, or say something else."""
    names = dict.fromkeys((*before, *after))
    return tuple(
        name for name in names if before.get(name) != after.get(name) and not name.endswith("/")
    )


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name in _NEVER:
            continue
        if path.is_dir():
            yield from _files(path)
        else:
            yield path


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""
    except OSError:
        return _NOT_READ

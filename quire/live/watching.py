"""What changed in a book's folder, seen by looking again and again.

No system's way of telling is the same as another's, and some folders (of containers, of networks)
tell nothing. A book has few files: to look at all of them takes less than a millisecond.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, TypeAlias

__all__ = ["Watch"]

_Sight: TypeAlias = dict[str, tuple[int, int, int]]
"""Path → time, size and number of the file."""

_EVERY: Final = 0.05  # seconds between two looks
_QUIET: Final = 0.02  # seconds in which nothing may change before a change is whole


class Watch:
    """Files and folders that are watched."""

    def __init__(self, root: Path, names: Iterable[str]) -> None:
        """Begin to watch; what changes from now on is seen.

        Args:
            root: the folder that names begin from.
            names: of files, and of folders with all in them but hidden files; they needn't be
                there yet.
        """
        self.root = root
        self.names = tuple(names)
        self._before = self._look()

    def changed(self, enough: Callable[[], bool] = lambda: False) -> tuple[str, ...]:
        """Wait for a change, and until it is whole: names of files that are new, gone or changed.

        Args:
            enough: asked now and then; when it says so, the waiting is over, without a change.
        """
        while not enough():
            now = self._look()
            if now != self._before:
                # An editor that writes in steps, or a checkout of many files, isn't done yet.
                while (then := self._look_later()) != now:
                    now = then
                names = sorted(
                    name
                    for name in {*now, *self._before}
                    if now.get(name) != self._before.get(name)
                )
                self._before = now
                if names:
                    return tuple(names)
            time.sleep(_EVERY)
        return ()

    def follow(self, names: Iterable[str]) -> None:
        """Watch these from now on; a change since the last look counts still."""
        added = tuple(name for name in dict.fromkeys(names) if name not in self.names)
        self.names = (*self.names, *added)
        self._before |= dict(self._seen(added))

    def _look_later(self) -> _Sight:
        time.sleep(_QUIET)
        return self._look()

    def _look(self) -> _Sight:
        return dict(self._seen(self.names))

    def _seen(self, names: Iterable[str]) -> Iterator[tuple[str, tuple[int, int, int]]]:
        for name in names:
            yield from _files(self.root / name, name)


def _files(path: Path, name: str) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """The files at or below a path, with what tells one version of them from another."""
    try:
        told = path.stat()
        if not path.is_dir():
            yield name, (told.st_mtime_ns, told.st_size, told.st_ino)
            return
        with os.scandir(path) as found:
            inside = sorted(entry.name for entry in found)
    except OSError:  # gone since it was named
        return
    for one in inside:
        if not one.startswith(".") and one != "__pycache__":
            yield from _files(path / one, f"{name}/{one}")

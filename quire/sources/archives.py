"""ZIP archives (Word, EPUB) opened without harm: no path outside, no bomb, no password."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from quire.sources.reader import SourceFile, refusal

__all__ = ["LARGEST_UNPACKED", "Archive"]

LARGEST_UNPACKED: Final = 512 * 1024 * 1024
"""Bytes that everything in an archive may come to."""

_MOST_ENTRIES = 20_000


class Archive:
    """An archive whose list of contents was checked before anything is unpacked."""

    def __init__(self, file: SourceFile) -> None:
        """Open and check.

        Raises:
            BookError: the archive is damaged, too large, locked, or names a path outside itself.
        """
        self._file = file
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(file.content))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise self._damaged() from None
        for entry in entries:
            self._check(entry)
        total = sum(entry.file_size for entry in entries)
        if total > LARGEST_UNPACKED or len(entries) > _MOST_ENTRIES:
            size = f"{len(entries):,} files and {total / 1024 / 1024:,.0f} MB"
            raise refusal(
                file,
                "source-too-large",
                f"It unpacks to {size}; the limit is {_MOST_ENTRIES:,} files and "
                f"{LARGEST_UNPACKED // 1024 // 1024} MB.",
                "Take large pictures out of it, or split it.",
            )
        self._names = {entry.filename for entry in entries if not entry.is_dir()}

    def __contains__(self, name: str) -> bool:
        """Whether a file of that path is there."""
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        """Paths of all files, sorted."""
        return iter(sorted(self._names))

    def read(self, name: str) -> bytes:
        """The bytes of one file.

        Raises:
            BookError: it isn't there, or it can't be unpacked.
        """
        if name not in self._names:
            raise refusal(
                self._file, "source-damaged", f"The part {name} is missing.", "Save it again."
            )
        try:
            return self._zip.read(name)
        except (
            zipfile.BadZipFile,
            NotImplementedError,
            RuntimeError,
            EOFError,
            OSError,
            zlib.error,
        ):
            raise self._damaged() from None

    def _check(self, entry: zipfile.ZipInfo) -> None:
        # A path is judged as Windows reads it too: there a backslash parts folders.
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[:1]:
            raise refusal(
                self._file,
                "path-outside",
                f"It holds a path that leads outside: {entry.filename}",
                "Don't trust this file; ask for another copy.",
            )
        if entry.flag_bits & 1:
            raise refusal(
                self._file, "source-locked", "It is locked with a password.", "Save it without one."
            )

    def _damaged(self) -> Exception:
        return refusal(
            self._file, "source-damaged", "The file is damaged: it can't be unpacked.",
            "Open it in the program that made it and save it again.",
        )  # fmt: skip

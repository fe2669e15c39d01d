"""Files and folders that appear whole or not at all, and one build at a time in a folder."""

from __future__ import annotations

import contextlib
import fcntl
import filecmp
import os
import secrets
import shutil
import socket
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from quire.problems import BookError, Problem

__all__ = ["LOCK_NAME", "FolderLock", "replace_folder", "write_all", "write_whole"]

LOCK_NAME = ".quire-lock"


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file so that a reader, or a power cut, never meets half of it.

    The bytes go to a file of passage beside it, are flushed to the disk, and take the name in
    one step. Folders on the way are made. The mode is that of the file replaced, else 0644
    less the umask.

    Args:
        path: the file to write or replace.
        content: all its bytes.

    Returns:
        `path`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    passage = _passage(path)
    try:
        _fill(passage, path, (content,))
        passage.replace(path)
    except BaseException:
        passage.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)
    return path


def write_all(files: Mapping[Path, Iterable[bytes]]) -> None:
    """Write many files: all of them take their names, or none does.

    A file that has these very bytes is left alone. Folders on the way are made, and go again
    when the writing fails.

    Args:
        files: the content of each in pieces, which are asked for one after another, so that a
            large file needs to be nowhere but on the disk.
    """
    made = [folder for path in files for folder in _missing_folders(path.parent)]
    passages: dict[Path, Path] = {}
    before: dict[Path, Path | None] = {}
    try:
        for path, pieces in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            passages[path] = _passage(path)
            _fill(passages[path], path, pieces)
            if path.is_file() and filecmp.cmp(passages[path], path, shallow=False):
                passages.pop(path).unlink()
        for path, passage in passages.items():
            before[path] = _second_name(path)
            passage.replace(path)
    except BaseException:
        _take_back(before)
        for passage in passages.values():
            passage.unlink(missing_ok=True)
        for folder in sorted(set(made), reverse=True):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        raise
    for old in filter(None, before.values()):
        old.unlink()
    for folder in {path.parent for path in before}:
        _flush_folder(folder)


def _take_back(before: Mapping[Path, Path | None]) -> None:
    """Give files their old content again, by the second name that it was kept under."""
    for path, old in before.items():
        if old is None:
            path.unlink(missing_ok=True)
        else:
            old.replace(path)


def _fill(passage: Path, path: Path, pieces: Iterable[bytes]) -> None:
    """Write the file of passage for `path`, down to the disk."""
    with passage.open("xb") as file:
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileNotFoundError):
        passage.chmod(path.stat().st_mode & 0o7777)


def _second_name(path: Path) -> Path | None:
    """A file kept under a second name, so that it can come back; None when there is none."""
    if not path.exists():
        return None
    name = _passage(path)
    try:
        name.hardlink_to(path)
    except OSError:
        # Some file systems have one name for a file.
        shutil.copy2(path, name)
    return name


def _missing_folders(folder: Path) -> Iterator[Path]:
    while not folder.exists():
        yield folder
        folder = folder.parent


@contextlib.contextmanager
def replace_folder(folder: Path) -> Iterator[Path]:
    """Fill a new folder, and put it in the place of `folder` when the block ends well.

    ::

        with replace_folder(book / "dist") as fresh:
            (fresh / "index.html").write_text("…")

    If the block raises, `folder` is as it was, and what was written is gone.

    Args:
        folder: the folder to make or replace. What it held before is deleted.

    Yields:
        An empty folder beside it, to write into.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh, old = _passage(folder), _passage(folder)
    fresh.mkdir()
    try:
        yield fresh
        had_one = folder.is_dir()
        if had_one:
            folder.rename(old)
        try:
            fresh.rename(folder)
        except BaseException:
            if had_one:
                old.rename(folder)
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
    _flush_folder(folder.parent)


class FolderLock:
    """One build at a time in a folder.

    ::

        with FolderLock(book / "dist"):
            …

    The system lets go of the lock when the process ends, however it ends, so that a lock left
    behind by a crash holds nobody up. Lock a folder that stays, not one that `replace_folder`
    puts another in the place of.
    """

    def __init__(self, folder: Path) -> None:
        """Name the folder to lock; nothing happens until `acquire`.

        Args:
            folder: is made if it isn't there.
        """
        self.path = folder / LOCK_NAME
        self._descriptor: int | None = None

    def acquire(self) -> Self:
        """Take the lock.

        Raises:
            BookError: another process has it; the message says which.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        while self._descriptor is None:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            if not self._try(descriptor):
                holder = self._holder(descriptor)
                os.close(descriptor)
                raise BookError(self._refusal(holder))
            # The holder before us may have deleted the file that we opened: then try again.
            if self._is_still_there(descriptor):
                self._descriptor = descriptor
            else:
                os.close(descriptor)
        os.ftruncate(self._descriptor, 0)
        os.write(self._descriptor, f"{os.getpid()} {socket.gethostname()}\n".encode())
        return self

    def release(self) -> None:
        """Give the lock back and delete its file. Without the lock, do nothing."""
        if self._descriptor is not None:
            self.path.unlink(missing_ok=True)
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        """Take the lock."""
        return self.acquire()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give it back."""
        self.release()

    @staticmethod
    def _try(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    @staticmethod
    def _holder(descriptor: int) -> str:
        number, _, host = os.pread(descriptor, 300, 0).decode("utf-8", "replace").partition(" ")
        if not number.strip():
            return "another process"
        return f"process {number.strip()} on {host.strip()}"

    def _is_still_there(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), self.path.stat())
        except FileNotFoundError:
            return False

    def _refusal(self, holder: str) -> Problem:
        return Problem(
            "folder-locked",
            f"{self.path.parent} is being built by {holder}.",
            "Wait until it has finished, or end it, and try again.",
        )


def _passage(path: Path) -> Path:
    """A free name beside `path`, hidden, that nobody else will choose."""
    return path.with_name(f".quire-{path.name}-{secrets.token_hex(4)}.tmp")


def _flush_folder(folder: Path) -> None:
    """Make a rename in `folder` last through a power cut, where the system can."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # pragma: no cover - some systems can't open a folder
        return
    try:
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)

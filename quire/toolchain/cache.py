"""What was made before, kept by what it was made of.

An entry's name is a digest of everything that its content depends on: the text, the options, and
the programs. So nothing in a cache is ever out of date; it can only be missing. An entry that was
cut short, changed by someone, or written by something else is found out by its own digest, thrown
away and made anew. A cache that can't be read or written is no cache, and no error.

The folder carries CACHEDIR.TAG (https://bford.info/cachedir/), so that backups leave it out, and a
``.gitignore``. A folder that isn't empty and has no tag of quire's is somebody else's: it is left
alone.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

__all__ = ["NOTHING_KEPT", "Cache", "digest_of"]

_TAG: Final = "CACHEDIR.TAG"
_SIGNATURE: Final = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# What quire keeps of its builds. It may be deleted at any time.\n"
)
_OBJECTS: Final = "objects"
_HEAD: Final = b"quire 1 "
_MOST: Final = 512 * 2**20
"""Bytes that a cache may have before its oldest entries go."""
_KEPT: Final = 0.75
"""What is left of a cache that became too large."""


def digest_of(*parts: str | bytes) -> str:
    """A digest of some parts, each told from its neighbours."""
    made = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(f"{len(content)}:".encode())
        made.update(content)
    return made.hexdigest()


class Cache:
    """A folder of what was made before; or nothing, where nothing is to be kept.

    It may be used by several threads and processes at once: an entry takes its name when it is
    whole, and whoever makes the same thing makes the same entry.
    """

    def __init__(self, folder: Path | None, program: str = "", most: int = _MOST) -> None:
        """Keep in `folder`, or nowhere.

        Args:
            folder: is made when something is first kept.
            program: a digest of the programs at work; what others made isn't taken.
            most: bytes that the folder may have.
        """
        self.folder = folder if folder is not None and _is_ours(folder) else None
        self.program = program
        self.most = most
        self._grew = False

    def made(self, kind: str, parts: tuple[str | bytes, ...], make: Callable[[], bytes]) -> bytes:
        """What `make` gives; from the folder, if it was made before.

        Args:
            kind: what is made, such as ``blocks``.
            parts: everything that it depends on besides the programs.
            make: a function of nothing but these.
        """
        (content,) = self.all_made(kind, (parts,), lambda _: (make(),))
        return content

    def all_made(
        self,
        kind: str,
        parts: Sequence[tuple[str | bytes, ...]],
        make: Callable[[list[int]], Iterable[bytes]],
    ) -> list[bytes]:
        """What `make` gives for each of several things; those that were made before aren't again.

        Args:
            kind: what is made.
            parts: everything that each of them depends on besides the programs.
            make: gives those of some numbers, in their order, each of its own parts alone.
        """
        if self.folder is None:
            return list(make(list(range(len(parts)))))
        places = [self._place(kind, one) for one in parts]
        found = [_read(place) for place in places]
        missing = [number for number, content in enumerate(found) if content is None]
        if missing:
            for number, content in zip(missing, make(missing), strict=True):
                found[number] = content
                self._keep(places[number], content)
        return [content for content in found if content is not None]

    def _place(self, kind: str, parts: tuple[str | bytes, ...]) -> Path:
        name = digest_of(self.program, kind, *parts)
        return Path(self.folder or "") / _OBJECTS / name[:2] / name[2:]

    def note(self, place: Path, content: bytes) -> None:
        """Write a file of the cache's own by its name, or nothing where that can't be."""
        passage = place.with_name(f"{place.name}-{secrets.token_hex(4)}.tmp")
        try:
            self._begin()
            place.parent.mkdir(parents=True, exist_ok=True)
            passage.write_bytes(content)
            passage.replace(place)
        except OSError:  # a full disk, no right to write: then nothing is kept
            with suppress(OSError):
                passage.unlink()
            return
        self._grew = True

    def trim(self) -> None:
        """Let the entries go that were not used for longest, if there are too many."""
        if self.folder is None or not self._grew:
            return
        entries = sorted(_entries(self.folder / _OBJECTS))
        size = sum(length for _, length, _ in entries)
        if size <= self.most:
            return
        for _, length, path in entries:
            if size <= self.most * _KEPT:
                break
            with suppress(OSError):
                path.unlink()
                size -= length

    def _keep(self, place: Path, content: bytes) -> None:
        body = zlib.compress(content, 1)
        self.note(place, _HEAD + hashlib.sha256(body).digest() + body)

    def _begin(self) -> None:
        if self.folder is None or (self.folder / _TAG).is_file():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / ".gitignore").write_text("*\n", "utf-8")
        (self.folder / _TAG).write_text(_SIGNATURE, "utf-8")


NOTHING_KEPT: Final = Cache(None)
"""The cache that makes everything anew."""


def _is_ours(folder: Path) -> bool:
    try:
        tag = folder / _TAG
        if tag.is_file():
            return tag.read_text("utf-8", "replace").startswith(_SIGNATURE)
        return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    except OSError:
        return False


def _read(place: Path) -> bytes | None:
    """An entry's content; None if there is none or it isn't whole."""
    try:
        held = place.read_bytes()
    except OSError:
        return None
    head = len(_HEAD) + hashlib.sha256().digest_size
    body = held[head:]
    if held[: len(_HEAD)] == _HEAD and held[len(_HEAD) : head] == hashlib.sha256(body).digest():
        with suppress(OSError):
            os.utime(place)  # what is used stays
        return zlib.decompress(body)
    with suppress(OSError):
        place.unlink()
    return None


def _entries(folder: Path) -> Iterator[tuple[int, int, Path]]:
    """When each entry was last used, how long it is, and where it lies."""
    for path in folder.glob("*/*"):
        with suppress(OSError):
            told = path.stat()
            yield told.st_mtime_ns, told.st_size, path

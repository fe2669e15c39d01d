"""Which programs are at work, in a digest: quire's own code, and every package beside it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from quire.toolchain.cache import digest_of

__all__ = ["program_fingerprint"]

_OF_NO_WEIGHT = frozenset({"QUIRE_CACHE", "QUIRE_CACHE_LIMIT", "QUIRE_TRACEBACK"})
_OWN = Path(__file__).resolve().parents[1]


@lru_cache(maxsize=1)
def program_fingerprint() -> str:
    """A digest that changes when any program changes that an edition is made by.

    Of quire's own files, names, sizes and times; of packages, names and versions; of programs that
    the environment names, their files.
    """
    parts = [sys.version, sys.platform]
    parts += [f"{path} {size} {changed}" for path, size, changed in sorted(_files(_OWN))]
    parts += sorted(_packages())
    for name in sorted(os.environ):
        # These point to programs and typefaces, or say what a build calls its date.
        if name == "SOURCE_DATE_EPOCH" or (name.startswith("QUIRE_") and name not in _OF_NO_WEIGHT):
            parts.append(f"{name}={os.environ[name]}")
    return digest_of(*parts)


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _files(Path(entry.path))
            else:
                told = entry.stat()
                yield entry.path, told.st_size, told.st_mtime_ns


def _packages() -> Iterator[str]:
    """The packages on the path with their versions, as their folders say."""
    for place in sys.path:
        try:
            names = [path.name for path in Path(place or ".").iterdir()]
        except OSError:
            continue
        yield from (name for name in names if name.endswith((".dist-info", ".egg-info")))

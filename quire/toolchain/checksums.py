"""Checksums as ``sha256sum`` lists them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

__all__ = ["checksums"]


def checksums(files: Iterable[Path], folder: Path) -> bytes:
    """Lines that ``sha256sum --check`` and ``shasum --check`` read, sorted by name.

    Args:
        files: what they are of, all below `folder`.
        folder: what their names begin from.
    """
    named = {path.relative_to(folder).as_posix(): path for path in files}
    lines = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n"
        for name, path in sorted(named.items())
    )
    return "".join(lines).encode("utf-8")

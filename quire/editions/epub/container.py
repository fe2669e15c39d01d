"""An EPUB's container (EPUB 3.3 section 4.3): taken apart, and packed to the same bytes."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Final

__all__ = ["pack", "unpack"]

_MIMETYPE: Final = "mimetype"

_TEXTS = (".css", ".ncx", ".opf", ".svg", ".xhtml")
"""Ends of the names of files that deflating makes smaller."""


def unpack(content: bytes) -> dict[str, bytes]:
    """The files of an EPUB that quire made, by path, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def pack(files: Mapping[str, bytes], moment: datetime) -> bytes:
    """The container's bytes: ``mimetype`` first and stored, no extra fields, the rest sorted.

    ebooklib's entries carry the clock's time and stand in the order of its lists; these carry
    the book's and are sorted. Text is deflated; what deflating makes no smaller, such as most
    pictures, is stored, so that a reader need not unpack it.
    """
    packed = io.BytesIO()
    names = [_MIMETYPE, *sorted(name for name in files if name != _MIMETYPE)]
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
            shrinks = name.endswith(_TEXTS) or (name != _MIMETYPE and _shrinks(files[name]))
            entry.compress_type = zipfile.ZIP_DEFLATED if shrinks else zipfile.ZIP_STORED
            entry.create_system = 3  # else Python names the system that it runs on
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name], compresslevel=9)
    return packed.getvalue()


@lru_cache(maxsize=4)  # it holds what it was asked about: a cover, not a book of photographs
def _shrinks(content: bytes) -> bool:
    """Whether deflating makes it smaller, in the raw form that the container holds."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return len(packer.compress(content)) + len(packer.flush()) < len(content)

"""Plain text, in whatever encoding."""

from __future__ import annotations

from quire.sources.decoding import NotText, decode, unix_lines
from quire.sources.model import Source
from quire.sources.reader import Reader, SourceFile, not_text

__all__ = ["READER"]


def _read(file: SourceFile) -> Source:
    try:
        decoded = decode(file.content)
    except NotText:
        raise not_text(file) from None
    return Source(file.name, unix_lines(decoded.text), details=decoded.details)


def _sniff(content: bytes) -> bool:
    # Any bytes without a signature may be text: it is read so when nothing else fits.
    del content
    return False


READER = Reader("plain text", (".txt", ".text"), _sniff, _read)

"""What a book's files are called, and the identifier of a book that states none."""

from __future__ import annotations

import unicodedata
import uuid

from quire.metadata.model import Metadata

__all__ = ["file_stem", "identifier_of"]

_LONGEST = 150
"""Bytes of a stem: file systems allow 255, and ``-print.pdf`` and names of passage need room."""

_SPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # RFC 9562 section 6.6: URLs


def file_stem(metadata: Metadata) -> str:
    """The name of the book's files, without a suffix: the title as far as file names go.

    Letters, marks and digits of any script stay as they are (``书名``); each run of anything
    else becomes one hyphen, so that the name is safe in every file system, shell and URL.
    """
    title = unicodedata.normalize("NFC", metadata.title)
    kept = "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in title)
    stem = "-".join(kept.split())
    while len(stem.encode("utf-8")) > _LONGEST:
        stem = stem[:-1]
    return stem.rstrip("-") or "book"


def identifier_of(metadata: Metadata) -> str:
    """A URN for the book: its own, or one made from what doesn't change between builds.

    The made one (UUID version 5, RFC 9562 section 5.5) depends on title, authors and language
    alone: a new subtitle, blurb or date doesn't make it another book.
    """
    if metadata.identifier:
        return metadata.identifier
    stable = "\n".join((metadata.title, *metadata.authors, metadata.lang))
    return f"urn:uuid:{uuid.uuid5(_SPACE, stable)}"

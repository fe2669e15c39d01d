"""Sources: a file of some format becomes text with evidence about it.

One reader a format, found by looking into `quire.sources.readers`; each module there offers a
constant ``READER`` (`quire.sources.reader.Reader`).
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache
from pathlib import Path

from quire.problems import UsageError
from quire.sources.model import Hint, HintKind, Medium, Source, Span
from quire.sources.reader import (
    Reader,
    SourceFile,
    has_foreign_signature,
    not_text,
    refusal,
)

__all__ = ["Hint", "HintKind", "Medium", "Reader", "Source", "Span", "read_source"]

_LARGEST = 512 * 1024 * 1024
_PLAIN_TEXT = "plain text"


@lru_cache(maxsize=1)
def _readers() -> tuple[Reader, ...]:
    """The readers of all formats, by the names of their files."""
    from quire.sources import readers as room

    names = sorted(module.name for module in pkgutil.iter_modules(room.__path__))
    modules = (importlib.import_module(f"{room.__name__}.{name}") for name in names)
    return tuple(module.READER for module in modules)


def read_source(path: Path) -> Source:
    """The text of a file, with all that its format tells about it.

    What the file's bytes say goes before what its name says: a Word document that is called .txt
    is read as what it is.

    Raises:
        UsageError: there is no such file, or it can't be opened.
        BookError: it is empty, no text, locked, damaged, too large, or unsafe.
    """
    file = _opened(path)
    if not file.content.strip():
        raise refusal(
            file, "source-empty", "The file is empty.", "Give the file that holds the text."
        )
    source = _reader_for(file).read(file)
    if not source.text.strip():
        raise refusal(
            file, "source-empty", "The file is empty: it holds blanks alone.",
            "Give the file that holds the text.",
        )  # fmt: skip
    return source


def _opened(path: Path) -> SourceFile:
    if path.is_dir():
        raise UsageError(f"{path} is a folder.", "Name one file.", code="source-missing")
    if not path.exists():
        raise UsageError(
            f"There is no file {path}.", "Check the name; give txt, md, html, docx, epub or pdf.",
            code="source-missing",
        )  # fmt: skip
    try:
        size = path.stat().st_size
        if size > _LARGEST:
            raise refusal(
                SourceFile(path, b""), "source-too-large",
                f"The file has {size / 1024 / 1024:,.0f} MB; the limit is "
                f"{_LARGEST // 1024 // 1024} MB.", "Split it.",
            )  # fmt: skip
        return SourceFile(path, path.read_bytes())
    except OSError as error:
        raise UsageError(
            f"{path} can't be opened: {error.strerror}.", "Check who may read it.",
            code="source-missing",
        ) from None  # fmt: skip


def _reader_for(file: SourceFile) -> Reader:
    for reader in _readers():
        if reader.sniff(file.content):
            return reader
    if has_foreign_signature(file.content):
        raise not_text(file)
    suffix = file.path.suffix.lower()
    named = next((reader for reader in _readers() if suffix in reader.suffixes), None)
    if named is None:
        return next(reader for reader in _readers() if reader.name == _PLAIN_TEXT)
    if named.binary:
        raise refusal(
            file, "source-mislabelled", f"The file is called {suffix}, but isn't {named.name}.",
            "Give the right file, or name it for what it is (.txt for plain text).",
        )  # fmt: skip
    return named

"""What a reader of a format is. One file in `quire.sources.readers` holds one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from quire.problems import BookError, Problem
from quire.sources.model import Source

__all__ = ["Reader", "SourceFile", "has_foreign_signature", "not_text", "refusal"]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it lies on disk: the path that the person gave, and its bytes."""

    path: Path
    content: bytes

    @property
    def name(self) -> str:
        """The file's name, as messages and the report say it."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class Reader:
    """A source format.

    Attributes:
        name: what a person calls the format ("a Word document").
        suffixes: of its files, small, with their dot.
        sniff: whether bytes are surely this format, whatever the file is called. A format that
            can't be told by its bytes (plain text, Markdown) always answers no.
        read: the work. It raises `BookError` on a file that it refuses.
        binary: whether a file of this format begins with a signature; one that has the suffix but
            not the signature is refused.
    """

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    read: Callable[[SourceFile], Source]
    binary: bool = False


def refusal(file: SourceFile, code: str, message: str, remedy: str = "") -> BookError:
    """The error that refuses a file, with its path."""
    return BookError(Problem(code, message, remedy, file=str(file.path)))


_SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a picture or a sound"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"PK\x03\x04", "a ZIP archive, but neither a Word document nor an EPUB"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\xd0\xcf\x11\xe0", "a document of the old Word (.doc), or one locked with a password"),
)
_GIVE = "Give a txt, md, html, docx, epub or pdf file."
_SAVE_AS = "Save it as .docx, without a password, in the program that made it."


def not_text(file: SourceFile) -> BookError:
    """The error that refuses bytes that are no text, saying what they are where that is known."""
    for signature, what in _SIGNATURES:
        if file.content.startswith(signature):
            is_document = signature in {b"{\\rtf", b"\xd0\xcf\x11\xe0"}
            remedy = _SAVE_AS if is_document else _GIVE
            return refusal(file, "source-not-text", f"The file is {what}.", remedy)
    return refusal(file, "source-not-text", "The file isn't text: its bytes are no letters.", _GIVE)


def has_foreign_signature(content: bytes) -> bool:
    """Whether bytes begin as a format that no reader reads."""
    return content.startswith(tuple(signature for signature, _ in _SIGNATURES))

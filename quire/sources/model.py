"""What a reader of a format gives: text, with evidence about it as spans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["Hint", "HintKind", "Medium", "Source", "Span"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (half-open, counted in code points) of a source's text."""

    start: int
    end: int


class HintKind(StrEnum):
    """What a format tells about a stretch of text, beyond its characters."""

    HEADING = "heading"  # value: level, "1" to "6", or "part"
    ROLE = "role"  # of what a heading opens; value: such as "preface"
    EMPHASIS = "emphasis"
    STRONG = "strong"
    QUOTE = "quote"  # a block quotation; value: "epigraph" for one that opens a chapter
    VERSE = "verse"  # its lines stay lines
    ITEM = "item"  # a list item; value: "bullet" or the number printed
    NOTEREF = "noteref"  # a callout; value: the note's key
    NOTE = "note"  # a note's body; value: its key
    DESCRIPTION = "description"  # of a figure, at length; value: the figure's number
    LINK = "link"  # value: the target
    IMAGE = "image"  # value: the medium's name; the text is the alternative text
    MARKDOWN = "markdown"  # already Markdown (tables, maths, code, whole .md files): not escaped
    SIZE = "size"  # value: type size in points
    BOLD = "bold"
    SUPERSCRIPT = "superscript"
    NOTE_ZONE = "note-zone"  # in the place of notes at a printed page's foot
    GOES_ON = "goes-on"  # value: "yes" or "no": whether it goes on with the paragraph before


@dataclass(frozen=True, slots=True, order=True)
class Hint:
    """One piece of evidence about `start` to `end`."""

    start: int
    end: int
    kind: HintKind
    value: str = ""


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture or other file that came inside the source. `name` is a safe file name."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True)
class Source:
    """A document as it came in.

    Attributes:
        name: the file's name, for messages and the report.
        text: all its characters, line ends as U+000A, decoded; nothing else is changed.
        pages: where each page lies in `text`, when the format says so (PDF); else empty.
        hints: evidence in order of place.
        media: pictures that belong to it.
        details: what the format says of the whole (title, author, lang, encoding …).
    """

    name: str
    text: str
    pages: tuple[Span, ...] = ()
    hints: tuple[Hint, ...] = ()
    media: tuple[Medium, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)

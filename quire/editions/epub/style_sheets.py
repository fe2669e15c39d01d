"""The style sheet of a book, put together from files of one concern each in ``styles/``.

What a language asks for is an entry of `LANGUAGES`: the sheets for its script and for its own
habits. The sheets are written for lines from left to right; `turning` turns them for others.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from quire.editions.epub.documents import direction_of
from quire.editions.epub.turning import Writing, turned
from quire.metadata.model import Metadata

__all__ = [
    "LANGUAGES", "OPENINGS", "STYLES", "is_vertical", "sheets_of", "style_sheet", "writing_of",
]  # fmt: skip

STYLES: Final = Path(__file__).parent / "styles"

_ALPHABET: Final = ("alphabet", "hyphenation")
_LATIN: Final = (*_ALPHABET, "latin")
_BY_WEIGHT: Final = ("alphabet", "emphasis_by_weight")
_EAST_ASIAN: Final = ("east_asian", "ruby")

LANGUAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "ar": (*_BY_WEIGHT, "arabic"),
    "be": (*_ALPHABET, "indented"),
    "bg": (*_ALPHABET, "indented"),
    "el": _ALPHABET,
    "es": (*_LATIN, "indented"),
    "fa": (*_BY_WEIGHT, "arabic"),
    "fr": (*_LATIN, "indented"),
    "he": (*_BY_WEIGHT, "hebrew"),
    "it": (*_LATIN, "indented"),
    "ja": (*_EAST_ASIAN, "japanese"),
    "ko": (*_EAST_ASIAN, "korean"),
    "ps": (*_BY_WEIGHT, "arabic"),
    "pt": (*_LATIN, "indented"),
    "ru": (*_ALPHABET, "indented"),
    "sd": (*_BY_WEIGHT, "arabic"),
    "sr": (*_ALPHABET, "indented"),
    "ug": (*_BY_WEIGHT, "arabic"),
    "uk": (*_ALPHABET, "indented"),
    "ur": (*_BY_WEIGHT, "arabic"),
    "yi": (*_BY_WEIGHT, "hebrew"),
    "zh": (*_EAST_ASIAN, "chinese"),
}
"""Language → its sheets; a language without an entry has those of Latin letters."""

OPENINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "plain": (),
    "drop-cap": ("drop_cap",),
    "small-caps": ("small_capitals",),
}
"""What ``epub.opening`` may say → sheets."""

_FIRST: Final = ("base", "passages")
_THEN: Final = (
    "headings", "matter", "contents", "divisions", "verse", "notes", "bibliography",
)  # fmt: skip
_IN_LINES: Final = ("figures", "tables", "code")
"""Sheets of what stands in lines even in a book of columns."""
_NEVER_TURNED: Final = frozenset({"code", "passages"})
_LAST: Final = ("display",)


def style_sheet(metadata: Metadata) -> str:
    """The whole style sheet of a book."""
    writing = writing_of(metadata)
    return "\n".join(
        turned(_read(name), _writing_in(name, writing)) for name in sheets_of(metadata)
    )


def sheets_of(metadata: Metadata) -> tuple[str, ...]:
    """The names of a book's sheets, in the order in which they outrank each other."""
    language = LANGUAGES.get(metadata.lang.split("-", maxsplit=1)[0].lower(), _LATIN)
    columns = ("vertical",) if is_vertical(metadata) else ()
    opening = OPENINGS[metadata.epub.opening]
    return (*_FIRST, *language, *_THEN, *_IN_LINES, *opening, *columns, *_LAST)


def is_vertical(metadata: Metadata) -> bool:
    """Whether the book is set in columns, from right to left."""
    return metadata.epub.writing == "vertical"


def writing_of(metadata: Metadata) -> Writing:
    """Where lines begin and how they follow each other in a book."""
    if is_vertical(metadata):
        return Writing.COLUMNS
    return Writing.RIGHT_TO_LEFT if direction_of(metadata.lang) else Writing.LEFT_TO_RIGHT


def _writing_in(name: str, writing: Writing) -> Writing:
    """That of one sheet: what is written for columns, or for what keeps its lines, isn't turned."""
    keeps = writing is Writing.COLUMNS and name in (*_IN_LINES, "vertical")
    if keeps or name in _NEVER_TURNED:
        return Writing.LEFT_TO_RIGHT
    return writing


def _read(name: str) -> str:
    return (STYLES / f"{name}.css").read_text("utf-8")

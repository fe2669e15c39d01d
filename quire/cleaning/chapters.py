"""Which heading opens which file: parts as folders, chapters as numbered files, matter by name."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from quire.cleaning.draft import Draft, Mark, MarkKind
from quire.cleaning.matter_names import role_of

__all__ = [
    "Opening",
    "figures_path",
    "has_opening_words",
    "openings",
    "path_of",
    "plain_title",
    "slug_of",
]

_SLUG_LENGTH = 24
_YAML_HEAD = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)[ \t]*(?=\n|\Z)", re.DOTALL)
_NOTE = re.compile(r"\[\^[^\]]*\]")
_ATTRIBUTES = re.compile(r"\s*\{[^}]*\}$")
_NOT_IN_SLUG = re.compile(r"[^\w]+|_+")


@dataclass(frozen=True, slots=True)
class Opening:
    """A heading that opens a file.

    Attributes:
        mark: the heading.
        title: its text without Markdown.
        role: ``part``, ``chapter`` or the role that its name tells (``preface`` …).
        folder: number of the part in whose folder it lies, counted among the files and folders at
            the top; 0 for none.
        number: its place in its folder, counted from 1; 0 for a part's opening.
    """

    mark: Mark
    title: str
    role: str
    folder: int
    number: int


def openings(draft: Draft) -> list[Opening]:
    """The headings that open files, in order.

    Chapters after a part's heading lie in its folder, until matter of the book's front or back
    (an afterword, a bibliography) ends the parts.
    """
    told = {mark.start: mark.value for mark in draft.marked(MarkKind.ROLE)}
    found: list[Opening] = []
    top = inside = folder = 0
    marks = [mark for mark in draft.marked(MarkKind.HEADING) if mark.value in {"part", "1"}]
    if marks and has_opening_words(draft.text, marks[0].start):
        top = 1
    for mark in marks:
        title = plain_title(draft.text[mark.start : mark.end])
        if mark.value == "part":
            top += 1
            folder, inside = top, 0
            found.append(Opening(mark, title, "part", folder, 0))
            continue
        role = told.get(mark.start) or role_of(title)
        if role != "chapter":
            folder = 0
        if folder:
            inside += 1
            found.append(Opening(mark, title, role, folder, inside))
        else:
            top += 1
            found.append(Opening(mark, title, role, 0, top))
    return found


def has_opening_words(text: str, heading: int) -> bool:
    """Whether words stand before the first heading, which lies at `heading`: a file of their own.

    A YAML head alone belongs to the heading's file.
    """
    before = text[: text.rfind("\n", 0, heading) + 1]
    return bool(_YAML_HEAD.sub("", before, count=1).strip())


def figures_path(opened: Sequence[Opening], place: int) -> str:
    """The way from the file that holds `place` to the folder of figures.

    Args:
        opened: all openings of the draft, in order.
        place: an offset in the draft.
    """
    index = bisect_right(opened, place, key=lambda one: one.mark.start) - 1
    return "../figures/" if index >= 0 and opened[index].folder else "figures/"


def path_of(opening: Opening, folders: Sequence[str], width: int) -> str:
    """A file's path: ``03-slug.md``, ``02-part/01-slug.md`` or ``02-part/00-part.md``.

    Args:
        opening: the heading.
        folders: the name of each folder at the top, by number; see `Opening.folder`.
        width: digits of a number.
    """
    if opening.role == "part":
        return f"{folders[opening.folder]}/{0:0{width}}-part.md"
    name = f"{opening.number:0{width}}-{slug_of(opening.title)}.md"
    return f"{folders[opening.folder]}/{name}" if opening.folder else name


def plain_title(text: str) -> str:
    """A heading's words, without hashes, backslashes, callouts and attributes."""
    bare = _NOTE.sub("", text).replace("\\", "").strip()
    words = bare.lstrip("#").strip()
    return _ATTRIBUTES.sub("", words) if words.endswith("}") else words


def slug_of(title: str) -> str:
    """A title as part of a file's name: letters and digits of any script, short.

    Han characters are kept; marks and blanks become hyphens.
    """
    text = unicodedata.normalize("NFC", title).lower()
    words = [word for word in _NOT_IN_SLUG.split(text) if word]
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > _SLUG_LENGTH:
            break
        slug = longer
    return slug or (words[0][:_SLUG_LENGTH] if words else "untitled")

"""The pictures that a book shows: where they lie, and what they are called in the book."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from quire.assembly.model import Medium
from quire.assembly.parsing import ParsedChapter
from quire.assembly.picture_files import look_at
from quire.manuscript.model import Manuscript
from quire.manuscript.pictures import PictureAmiss, find_picture
from quire.problems import Problem

__all__ = ["Media"]

_TYPES: Final = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}


class Media:
    """Collects pictures while a book is put together.

    Attributes:
        problems: pictures that can't be in the book, and why.
    """

    def __init__(self, manuscript: Manuscript) -> None:
        """Begin with none."""
        self._manuscript = manuscript
        self._by_path: dict[Path, Medium] = {}
        self._names: set[str] = set()
        self.problems: list[Problem] = []

    @property
    def collected(self) -> tuple[Medium, ...]:
        """The pictures in the order in which the book shows them first."""
        return tuple(self._by_path.values())

    def name_of(self, target: str, parsed: ParsedChapter) -> str:
        """The name that a picture of a chapter has in the book, such as ``media/ladder.svg``.

        A picture that can't be in the book is written down in `problems`.
        """
        try:
            path = find_picture(target, parsed.chapter, self._manuscript)
            return self._medium(path).name
        except PictureAmiss as amiss:
            written = target if target in parsed.chapter.body else unquote(target)
            self.problems.append(parsed.problem(amiss.code, str(amiss), amiss.remedy, written))
            return target

    def _medium(self, path: Path) -> Medium:
        known = self._by_path.get(path)
        if known is None:
            media_type = _TYPES.get(path.suffix.lower())
            if media_type is None:
                raise PictureAmiss(
                    "image-kind",
                    f"{path.name} isn't a picture that books can show.",
                    f"Save it as one of {' '.join(sorted(_TYPES))}.",
                )
            look_at(path, media_type)
            known = Medium(self._name(path), path, media_type)
            self._by_path[path] = known
        return known

    def _name(self, path: Path) -> str:
        stem = re.sub(r"[^A-Za-z0-9]+", "-", path.stem).strip("-").lower()[:60] or "picture"
        name, number = f"media/{stem}{path.suffix.lower()}", 1
        # The cover lies beside the pictures in an EPUB.
        while name in self._names or name == "media/cover.jpg":
            number += 1
            name = f"media/{stem}-{number}{path.suffix.lower()}"
        self._names.add(name)
        return name

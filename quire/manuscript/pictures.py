"""Where the pictures are that a manuscript names; nothing outside the book's folder is one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from quire.manuscript.model import Chapter, Manuscript

__all__ = ["PictureAmiss", "find_picture", "is_remote"]

_REMOTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


class PictureAmiss(Exception):
    """A picture that can't be in the book: the message says why, `remedy` what to do."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        """State what is wrong."""
        super().__init__(message)
        self.code = code
        self.remedy = remedy


def is_remote(target: str) -> bool:
    """Whether a target names a scheme (``https:``, ``data:``) or another computer."""
    return _REMOTE.match(target) is not None


def find_picture(target: str, chapter: Chapter, manuscript: Manuscript) -> Path:
    """The file of a picture.

    It is looked for from the chapter's own folder, then from the manuscript's, then from the
    book's: manuscripts come from tools of all three habits.

    Raises:
        PictureAmiss: it is remote, outside the book's folder, or nowhere.
    """
    if is_remote(target):
        raise PictureAmiss(
            "image-remote",
            f"The picture {target[:80]} isn't a file of the book.",
            "Save it in the manuscript's folder and name it from there: nothing is fetched.",
        )
    root = manuscript.root.resolve()
    own = (manuscript.folder / chapter.file).parent
    outside = False
    for folder in (own, manuscript.folder, manuscript.root):
        for name in dict.fromkeys((target, unquote(target))):
            path = (folder / name).resolve()
            if not path.is_relative_to(root):
                outside = True
            elif path.is_file():
                return path
    if outside:
        raise PictureAmiss(
            "image-outside",
            f"The picture {target} lies outside the book's folder.",
            "Put it into the manuscript's folder, and name it from there.",
        )
    raise PictureAmiss(
        "image-missing",
        f"There is no picture {target}.",
        "Put it there, or correct its name; paths begin at the chapter's own folder.",
    )

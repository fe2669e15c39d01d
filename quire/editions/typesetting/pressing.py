"""One run of Typst over one folder: markup in, a PDF and the places of what is in it out.

It imports little and its types are plain, so that a process of its own can do it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    import typst

__all__ = ["Place", "PressRefused", "Pressed", "Work", "compiled", "fonts_in", "press"]

Place: TypeAlias = tuple[int, str]
"""Where something stands: the sheet, counted from 1 through the whole book, and the folio."""

_HEAD: Final = '#import "/template/book.typ": *\n#show: book\n'


@dataclass(frozen=True)
class Work:
    """What is to be set.

    Attributes:
        folder: what Typst sees; ``template/`` and ``media/`` lie in it.
        markup: for the template's functions.
        settings: what the template is told.
        pictures: name → path below `folder`, of all pictures.
        font_folders: where fonts lie.
        system_fonts: whether the system's count too.
        standards: the PDF standards to hold, by Typst's names.
        tags: whether the structure is marked.
        date: what the PDF calls its date.
    """

    folder: Path
    markup: str
    settings: Mapping[str, Any]
    pictures: Mapping[str, str]
    font_folders: tuple[str, ...]
    system_fonts: bool
    standards: Sequence[str]
    tags: bool
    date: datetime


@dataclass(frozen=True)
class Pressed:
    """What was set.

    Attributes:
        content: the PDF.
        pages: how many it has.
        places: identifier → place, for those of the settings' ``identifiers`` that are in it or in
            the settings' ``places``.
        ends: chapter → the page that it ends on, counted from 1, and how far down, in points.
    """

    content: bytes
    pages: int
    places: Mapping[str, Place]
    ends: Mapping[str, tuple[int, float]]


class PressRefused(Exception):
    """Typst can't set it.

    Attributes:
        said: what Typst says.
        hints: what it advises.
        picture: the name of the picture that is to blame, if one is.
    """

    def __init__(self, said: str, hints: tuple[str, ...] = (), picture: str = "") -> None:
        """Keep what was said."""
        super().__init__(said, hints, picture)
        self.said, self.hints, self.picture = said, hints, picture


@lru_cache(maxsize=4)
def fonts_in(folders: tuple[str, ...], *, system: bool) -> typst.Fonts:
    """The fonts of some folders, and of the system if wanted."""
    import typst

    return typst.Fonts(include_system_fonts=system, font_paths=list(folders))


def press(work: Work) -> Pressed:
    """Set it.

    Raises:
        PressRefused: Typst can't.
    """
    import typst

    (work.folder / "main.typ").write_text(_HEAD + work.markup, "utf-8")
    settings = json.dumps(work.settings, ensure_ascii=False)
    (work.folder / "setting.json").write_text(settings, "utf-8")
    fonts = fonts_in(work.font_folders, system=work.system_fonts)
    compiler = typst.Compiler(
        str(work.folder / "main.typ"), root=str(work.folder), font_paths=fonts
    )
    try:
        content = compiled(compiler, work.date, work.standards, tags=work.tags)
    except PressRefused as refused:
        refused.picture = _broken_picture(work, fonts, refused.said)
        raise
    told: dict[str, Any] = json.loads(compiler.query("<quire-told>", field="value"))[0]
    places = {name: (int(sheet), str(folio)) for name, (sheet, folio) in told["places"].items()}
    ends = {name: (int(page), float(down)) for name, (page, down) in told["ends"].items()}
    return Pressed(content, _pages(content), places, ends)


def compiled(
    compiler: typst.Compiler, date: datetime, standards: Sequence[str], *, tags: bool
) -> bytes:
    """A PDF of what the compiler holds.

    Args:
        compiler: of Typst.
        date: what the PDF calls its date.
        standards: the PDF standards to hold, by Typst's names.
        tags: whether the structure is marked.

    Raises:
        PressRefused: Typst can't set it.
    """
    import typst

    names: Any = list(standards)
    try:
        content = compiler.compile(format="pdf", timestamp=date, pdf_standards=names, pdf_tags=tags)
    except typst.TypstError as error:
        raise PressRefused(str(error.message).strip(), tuple(error.hints)) from error
    if not isinstance(content, bytes):
        raise TypeError("Typst gave pictures where a PDF was asked for")
    return content


def _broken_picture(work: Work, fonts: typst.Fonts, said: str) -> str:
    """The name of the first picture that can't be shown by itself; empty if all can."""
    import typst

    if "image" not in said and "SVG" not in said:
        return ""
    for name, path in work.pictures.items():
        try:
            source = f'#image("{path}")'.encode()
            typst.Compiler(source, root=work.folder, font_paths=fonts).compile()
        except typst.TypstError:
            return name
    return ""


def _pages(content: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()

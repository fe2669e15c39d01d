"""A PDF read as data: its pages with what is drawn on them, its fonts, outline and metadata.

Places are read with PDFium, as a printer's rasterizer would have them; colours, fonts and the
document's own statements with pikepdf. Lengths are in points, from the left and lower edge of the
sheet.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pikepdf

__all__ = ["Box", "Face", "PlacedPicture", "Printed", "Sheet", "read_pdf"]

_DEEPEST: Final = 5  # forms within forms
_PATCH: Final = 0.01
_SPACES: Final = {"/DeviceRGB": "rgb", "/CalRGB": "rgb", "/DeviceCMYK": "cmyk",
                  "/DeviceGray": "grey", "/CalGray": "grey", "/Lab": "rgb"}  # fmt: skip
_OF_COMPONENTS: Final = {1: "grey", 3: "rgb", 4: "cmyk"}
_COLOURS: Final = {"rg": "rgb", "RG": "rgb", "k": "cmyk", "K": "cmyk", "g": "grey", "G": "grey"}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `bottom` is the lesser of its heights."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    def within(self, other: Box, slack: float = _PATCH) -> bool:
        """Whether it lies in another, but for a hair."""
        return (
            self.left >= other.left - slack
            and self.bottom >= other.bottom - slack
            and self.right <= other.right + slack
            and self.top <= other.top + slack
        )

    def inset(self, left: float, bottom: float, right: float, top: float) -> Box:
        """The box that lies so far inside its edges."""
        return Box(self.left + left, self.bottom + bottom, self.right - right, self.top - top)


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture of pixels where it stands, with the pixels an inch that it has there."""

    box: Box
    resolution: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page.

    Attributes:
        number: counted from 1.
        label: what it is called (PDF 1.7, 12.4.2), usually its folio.
        media: the sheet.
        trim: the page when it is cut.
        bleed: what is printed beyond the trim, or None when the file doesn't say.
        words: where text is.
        shapes: where everything else is.
        pictures: those of pixels.
        inks: ``rgb``, ``cmyk``, ``grey``: the colours that are used.
        unset: how many glyphs are the empty box that stands for a missing one.
        lines: the text's lines, as they are read.
    """

    number: int
    label: str
    media: Box
    trim: Box
    bleed: Box | None
    words: tuple[Box, ...]
    shapes: tuple[Box, ...]
    pictures: tuple[PlacedPicture, ...]
    inks: frozenset[str]
    unset: int
    lines: tuple[str, ...]

    @property
    def is_recto(self) -> bool:
        """Whether it is a right-hand page (a left-hand one in a book bound at the right)."""
        return self.number % 2 == 1

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed on it."""
        return not (self.words or self.shapes or self.pictures)


@dataclass(frozen=True, slots=True)
class Face:
    """A font of the file: its name, and whether its glyphs and their meanings are in it."""

    name: str
    embedded: bool
    subset: bool
    readable: bool
    drawn: bool


@dataclass(frozen=True)
class Printed:
    """A PDF.

    Attributes:
        path: where it lies.
        sheets: its pages.
        faces: its fonts.
        outline: title and page number of each bookmark, in order.
        language: as it states, or an empty string.
        title: likewise.
        shows_title: whether a window shall show the title and not the file's name.
        tagged: whether its structure is marked.
        figures: how many figures its structure has.
        described: how many of them have words in their place.
        claims: standards that its XMP claims, such as ``PDF/UA-1`` and ``PDF/A-2a``.
        forbidden: what no printer takes: a lock, scripts, attachments.
        right_to_left: whether it is bound at the right.
    """

    path: Path
    sheets: tuple[Sheet, ...]
    faces: tuple[Face, ...]
    outline: tuple[tuple[str, int], ...]
    language: str
    title: str
    shows_title: bool
    tagged: bool
    figures: int
    described: int
    claims: frozenset[str]
    forbidden: tuple[str, ...]
    right_to_left: bool


def read_pdf(path: Path) -> Printed:
    """Read a PDF.

    Raises:
        OSError: there is no such file, or it isn't a PDF.
    """
    import pikepdf
    import pypdfium2

    try:
        with (
            pikepdf.open(path) as document,
            contextlib.closing(pypdfium2.PdfDocument(path)) as drawn,
        ):
            sheets = tuple(
                _sheet(number, document.pages[number - 1], drawn)
                for number in range(1, len(document.pages) + 1)
            )
            with document.open_metadata() as metadata:
                claims = frozenset(_claims(metadata))
            root = document.Root
            preferences = root.get("/ViewerPreferences", pikepdf.Dictionary())
            figures = list(_figures(root))
            outline = tuple(_outline(drawn))
            return Printed(
                path, sheets, tuple(_faces(document)), outline,
                language=str(root.get("/Lang", "")),
                title=str(document.docinfo.get("/Title", "")),
                shows_title=bool(preferences.get("/DisplayDocTitle", False)),
                tagged=bool(root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked", False))
                and "/StructTreeRoot" in root,
                figures=len(figures),
                described=sum("/Alt" in one or "/ActualText" in one for one in figures),
                claims=claims,
                forbidden=tuple(_forbidden(document)),
                right_to_left=str(preferences.get("/Direction", "")) == "/R2L",
            )  # fmt: skip
    except (pikepdf.PdfError, pypdfium2.PdfiumError) as error:
        raise OSError(f"{path} is no PDF that can be read ({error})") from error


def _sheet(number: int, page: pikepdf.Page, drawn: Any) -> Sheet:
    import pypdfium2.raw as pdfium

    shown = drawn[number - 1]
    media = Box(*map(float, page.mediabox))
    trim = Box(*map(float, page.obj.get("/TrimBox", page.mediabox)))
    bleed = Box(*map(float, page.obj["/BleedBox"])) if "/BleedBox" in page.obj else None
    words: list[Box] = []
    shapes: list[Box] = []
    pictures: list[PlacedPicture] = []
    for item in shown.get_objects(max_depth=_DEEPEST):
        box = Box(*item.get_bounds())
        if item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            words += [box] if box.width > 0 and box.height > 0 else []
        elif item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(PlacedPicture(box, _resolution(item, box)))
        elif item.type != pdfium.FPDF_PAGEOBJ_FORM:
            shapes.append(box)
    inks, unset = _inks_and_unset(page)
    text = shown.get_textpage().get_text_bounded()
    lines = tuple(line.strip() for line in text.splitlines() if line.strip())
    label = drawn.get_page_label(number - 1) or str(number)
    return Sheet(
        number, label, media, trim, bleed, tuple(words), tuple(shapes), tuple(pictures),
        inks, unset, lines,
    )  # fmt: skip


def _resolution(item: Any, box: Box) -> float:
    """Pixels an inch of a picture at its size; the lesser of both directions."""
    width, height = item.get_px_size()
    sides = [72 * n / side for n, side in ((width, box.width), (height, box.height)) if side > 0]
    return min(sides, default=math.inf)


def _inks_and_unset(page: pikepdf.Page) -> tuple[frozenset[str], int]:
    inks: set[str] = set()
    unset = _look_through(page, page.obj.get("/Resources"), inks, 0)
    return frozenset(inks), unset


def _look_through(content: Any, resources: Any, inks: set[str], depth: int) -> int:
    """Add the colours that a content stream uses; how many glyphs of number 0 it shows."""
    import pikepdf

    unset, wide = 0, False
    empty = pikepdf.Dictionary()
    resources = empty if resources is None else resources
    fonts, spaces = resources.get("/Font", empty), resources.get("/ColorSpace", empty)
    forms = resources.get("/XObject", empty)
    for instruction in pikepdf.parse_content_stream(content):
        operands: Any = instruction.operands
        name = str(instruction.operator)
        if name in _COLOURS:
            inks.add(_COLOURS[name])
        elif name in {"cs", "CS"}:
            inks.add(_space(spaces.get(str(operands[0]), operands[0])))
        elif name == "Tf":
            font = fonts.get(str(operands[0]), empty)
            wide = str(font.get("/Encoding", "")).startswith("/Identity")
        elif name in {"Tj", "'", '"'} and wide:
            unset += _noughts(operands[-1])
        elif name == "TJ" and wide:
            unset += sum(_noughts(one) for one in operands[0] if isinstance(one, pikepdf.String))
        elif name == "Do" and str(operands[0]) in forms and depth < _DEEPEST:
            form = forms[str(operands[0])]
            if str(form.get("/Subtype")) == "/Form":
                unset += _look_through(form, form.get("/Resources", resources), inks, depth + 1)
            elif not form.get("/ImageMask", False):
                inks.add(_space(form.get("/ColorSpace", pikepdf.Name.DeviceGray)))
    inks.discard("")
    return unset


def _noughts(shown: Any) -> int:
    codes = bytes(shown)
    return sum(codes[at : at + 2] == b"\0\0" for at in range(0, len(codes) - 1, 2))


def _space(space: Any) -> str:
    """The kind of a colour space (PDF 1.7, 8.6): ``rgb``, ``cmyk``, ``grey``, or nothing told."""
    import pikepdf

    if isinstance(space, pikepdf.Name):
        return _SPACES.get(str(space), "")
    if isinstance(space, pikepdf.Array) and len(space):
        kind = str(space[0])
        if kind == "/ICCBased":
            return _OF_COMPONENTS.get(int(space[1].get("/N", 0)), "")
        if kind == "/Indexed":
            return _space(space[1])
        if kind in {"/Separation", "/DeviceN"}:
            return _space(space[2])
        return _SPACES.get(kind, "")
    return ""


def _faces(document: pikepdf.Pdf) -> Iterator[Face]:
    """Every font that a page or a form names, once."""
    seen: set[tuple[int, int] | str] = set()
    for font in _fonts(document):
        key = font.objgen if font.objgen != (0, 0) else str(font.get("/BaseFont", ""))
        if key in seen:
            continue
        seen.add(key)
        name = str(font.get("/BaseFont", font.get("/Name", ""))).lstrip("/")
        below = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
        descriptor = below.get("/FontDescriptor", {})
        embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        prefix, plus, _ = name.partition("+")
        subset = bool(plus) and len(prefix) == 6 and prefix.isupper()  # PDF 1.7, 9.6.4
        drawn = str(font.get("/Subtype", "")) == "/Type3"
        yield Face(name, embedded or drawn, subset or drawn, "/ToUnicode" in font, drawn)


def _fonts(document: pikepdf.Pdf) -> Iterator[Any]:
    waiting = [(page.obj.get("/Resources"), 0) for page in document.pages]
    known: set[tuple[int, int]] = set()
    while waiting:
        resources, depth = waiting.pop()
        if resources is None or depth > _DEEPEST:
            continue
        if resources.objgen != (0, 0):
            if resources.objgen in known:
                continue
            known.add(resources.objgen)
        yield from resources.get("/Font", {}).values()
        waiting += [
            (form.get("/Resources"), depth + 1)
            for form in resources.get("/XObject", {}).values()
            if str(form.get("/Subtype")) == "/Form"
        ]


def _outline(drawn: Any) -> Iterator[tuple[str, int]]:
    for bookmark in drawn.get_toc():
        place = bookmark.get_dest()
        page = place.get_index() if place is not None else None
        yield bookmark.get_title(), (page if page is not None else -1) + 1


def _figures(root: Any) -> Iterator[Any]:
    """Figures of the structure tree (PDF 1.7, 14.8.4.5)."""
    import pikepdf

    waiting = [root["/StructTreeRoot"]] if "/StructTreeRoot" in root else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting += list(node)
        elif isinstance(node, pikepdf.Dictionary):
            if str(node.get("/S", "")) == "/Figure":
                yield node
            if "/K" in node:
                waiting.append(node["/K"])


def _claims(metadata: Any) -> Iterator[str]:
    if part := metadata.get("pdfuaid:part"):
        yield f"PDF/UA-{part}"
    if part := metadata.get("pdfaid:part"):
        yield f"PDF/A-{part}{metadata.get('pdfaid:conformance', '').lower()}"


def _forbidden(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    if document.is_encrypted:
        yield "it is locked"
    names: Any = root.get("/Names", {})
    if "/JavaScript" in names or "/JavaScript" in str(root.get("/OpenAction", "")):
        yield "it holds a script"
    if "/EmbeddedFiles" in names:
        yield "it has attachments"

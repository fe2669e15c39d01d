"""Pictures of vectors as pixels, for readers that can't draw vectors.

SVG is a core media type of EPUB (EPUB 3.3 section 3.2), which needs no fallback; but some
converters and the oldest devices drop it. A store's copy for these has PNG pictures in their place,
drawn by the same Typst that sets the pages.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final

from lxml import etree

from quire.editions.epub.store import Files
from quire.toolchain.fonts import find_fonts

__all__ = ["with_pictures_as_pixels"]

_PIXELS: Final = 1600
"""Of a picture's longer side: sharp on a tablet held upright."""
_LARGEST: Final = 4.0
"""Times that a small drawing is enlarged at the most."""
_PACKAGE: Final = re.compile(r"\.opf\Z")
_OPF: Final = "http://www.idpf.org/2007/opf"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_SIZED: Final = re.compile(r"[\s,]+")


def with_pictures_as_pixels(files: Files) -> Files:
    """The files with a PNG for each SVG, and with its name wherever it is named."""
    drawn = {path: str(PurePosixPath(path).with_suffix(".png")) for path in files if _is_svg(path)}
    if not drawn:
        return files
    folders = [str(path) for path in find_fonts().folders(_language(files))]
    made: Files = {}
    for path, content in files.items():
        if path in drawn:
            made[drawn[path]] = _drawn(content, folders)
        elif path.endswith((".xhtml", ".opf")):
            made[path] = _renamed(path, content, drawn)
        else:
            made[path] = content
    return made


def _is_svg(path: str) -> bool:
    return path.endswith(".svg")


def _language(files: Files) -> str:
    package = next(content for path, content in files.items() if _PACKAGE.search(path))
    return str(etree.fromstring(package, _PARSER).findtext(f".//{{{_DC}}}language") or "en")


def _drawn(content: bytes, folders: list[str]) -> bytes:
    """A picture drawn on white, so large that its longer side has `_PIXELS`."""
    import typst

    width, height = _size(content)
    scale = min(_LARGEST, _PIXELS / max(width, height))
    source = (
        f"#set page(width: {width}pt, height: {height}pt, margin: 0pt, fill: white)\n"
        f'#image(bytes(sys.inputs.picture), format: "svg", width: {width}pt, height: {height}pt)\n'
    )
    fonts = typst.Fonts(include_system_fonts=True, font_paths=folders)
    picture = content.decode("utf-8")
    return typst.compile(
        source.encode(), font_paths=fonts, format="png", ppi=72 * scale,
        sys_inputs={"picture": picture},
    )  # fmt: skip


def _size(content: bytes) -> tuple[float, float]:
    """Width and height of an SVG in its own units, by its view box or its sides."""
    root = etree.fromstring(content, _PARSER)
    box = _SIZED.split((root.get("viewBox") or "").strip())
    sides = box[2:] if len(box) == 4 else [root.get("width") or "", root.get("height") or ""]
    numbers = [re.match(r"[\d.]+", side) for side in sides]
    width, height = (float(one[0]) if one else 0.0 for one in numbers)
    return (width, height) if width > 0 and height > 0 else (300.0, 150.0)


def _renamed(path: str, content: bytes, drawn: dict[str, str]) -> bytes:
    folder = PurePosixPath(path).parent
    for old, new in drawn.items():
        before = PurePosixPath(old).relative_to(folder).as_posix()
        after = PurePosixPath(new).relative_to(folder).as_posix()
        content = content.replace(f'"{before}"'.encode(), f'"{after}"'.encode())
    if not path.endswith(".opf"):
        return content
    root = etree.fromstring(content, _PARSER)
    for item in root.iter(f"{{{_OPF}}}item"):
        if item.get("href", "").endswith(".png") and item.get("media-type") == "image/svg+xml":
            item.set("media-type", "image/png")
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"

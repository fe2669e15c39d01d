"""From metadata to a finished cover: which design, which colours, what it says."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from quire.covers.artwork import read_artwork, read_photograph
from quire.covers.designs import find_design, line_in, standard_designs
from quire.covers.inspection import faults
from quire.covers.lettering import Lettering, can_shape, right_to_left
from quire.covers.mirroring import mirrored
from quire.covers.model import (
    THUMBNAIL_WIDTH,
    WIDTH,
    Cover,
    Design,
    Extent,
    Palette,
    Request,
    Scene,
)
from quire.covers.painter import encode, paint
from quire.language import Words, is_right_to_left, words_of
from quire.metadata.model import Metadata
from quire.problems import BookError, Problem, did_you_mean
from quire.toolchain.cache import NOTHING_KEPT, Cache
from quire.toolchain.fonts import FontLibrary

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

__all__ = ["AUTO", "chosen_by_title", "compose", "make_cover", "request_for"]

AUTO: Final = "auto"
_PIXELS: Final = 1600
_HEIGHT: Final = 160.0
"""1600 × 2560 pixels: the form that stores ask for."""
_MOST_AUTHORS: Final = 3
_LONGEST_BYLINE: Final = 60
"""Characters; of longer names fewer are said."""
# A title that says two things says the second one smaller, if that isn't a whole title again.
_TWO_PARTS: Final = re.compile(r"^(.{2,}?)\s*(?:：|——|: | [—–] )\s*(.{2,48})$")


def make_cover(
    metadata: Metadata,
    fonts: FontLibrary,
    covers_folder: Path,
    extents: Callable[[], tuple[Extent, ...]] = tuple,
    cache: Cache = NOTHING_KEPT,
) -> Cover:
    """The book's cover: its finished picture, or the design that metadata.yaml names.

    Args:
        metadata: the book's.
        fonts: where type comes from.
        covers_folder: the book's ``covers/``; need not be there.
        extents: gives the extents of its chapters (`quire.covers.extents`).
        cache: where a scene that was painted before may be taken from.

    Raises:
        BookError: the picture or the design won't do, or a title is beyond what can be set.
        quire.problems.ToolMissing: there are no fonts.
    """
    said = words_of(metadata.lang, metadata.words).say("cover-of", title=metadata.title)
    if metadata.cover.image:
        picture = read_artwork(metadata.cover.image, covers_folder)
        return Cover("picture", *_pictures(picture), picture.width, picture.height, said)
    name = metadata.cover.design
    design = chosen_by_title(metadata.title) if name == AUTO else find_design(name, covers_folder)
    request = replace(
        request_for(metadata, fonts, design),
        extents=extents,
        photograph=_photograph(metadata.cover.photograph, covers_folder),
    )
    scene = compose(design, request, covers_folder)
    joint = "。" if request.cjk else ". "
    alt = f"{said}{joint}{scene.alt}" if scene.alt else said

    def painted() -> bytes:
        whole, small = _pictures(paint(scene, request.letters, _PIXELS))
        return len(whole).to_bytes(8, "big") + whole + small

    content = cache.made("cover", (repr(scene), fonts.fingerprint), painted)
    end = 8 + int.from_bytes(content[:8], "big")
    size = _PIXELS, round(scene.height * _PIXELS / WIDTH)
    cover = Cover(design.name, content[8:end], content[end:], *size, alt, scene)

    def at_height(height: float) -> Scene:
        return compose(design, replace(request, height=height), covers_folder)

    return replace(cover, palette=request.palette, compose=at_height)


def _photograph(name: str | None, covers_folder: Path) -> bytes:
    if not name:
        return b""
    content = io.BytesIO()
    read_photograph(name, covers_folder).save(content, "PNG", compress_level=1)
    return content.getvalue()


def chosen_by_title(title: str) -> Design:
    """One of the standard designs: the same title gets the same, on every machine.

    Each design draws a number for the title, and the highest wins; so a design that is added later
    takes its share of titles, and all others keep the cover they have.
    """
    return max(standard_designs().values(), key=lambda one: _seed(f"{title}\n{one.name}"))


def request_for(metadata: Metadata, fonts: FontLibrary, design: Design) -> Request:
    """What a design is asked to show.

    Raises:
        BookError: there is no such palette, or the words are written from right to left and
            Pillow can't shape them here.
    """
    title, subtitle = _titles(metadata)
    words = words_of(metadata.lang, metadata.words)
    series = metadata.series
    shown = "" if series is None else " ".join(
        str(part) for part in (series.name, series.number) if part is not None
    )  # fmt: skip
    request = Request(
        title=title,
        subtitle=subtitle,
        byline=_plain(_byline(metadata.authors, words)),
        publisher=_plain(metadata.publisher or ""),
        series=_plain(shown),
        language=metadata.lang,
        height=_HEIGHT,
        seed=_seed(metadata.title),
        palette=_palette(design, metadata),
        letters=Lettering(fonts, metadata.lang),
    )
    if not can_shape():
        _refuse_right_to_left(request)
    return request


def compose(design: Design, request: Request, covers_folder: Path) -> Scene:
    """The design's scene, looked over.

    Raises:
        BookError: the design fails, or lets words run out of the cover or into each other.
    """
    own = covers_folder / f"{design.name}.py"
    try:
        scene = design.compose(request)
        scene = mirrored(scene) if is_right_to_left(request.language) else scene
        wrong = faults(scene, request.letters)
    except BookError:
        raise
    except Exception as error:
        line = line_in(own, error)
        if line is None:
            raise
        raise BookError(
            Problem(
                "cover-design-fails", f"This cover design fails: {error!r}.",
                "Correct it, or choose another in metadata.yaml.", f"covers/{own.name}", line,
            )
        ) from error  # fmt: skip
    if wrong:
        raise BookError(
            Problem(
                "cover-does-not-fit",
                f"The cover design {design.name!r} can't hold these words: {'; '.join(wrong)}.",
                "Choose another design, or give the cover a short title with `cover: {title: …}`.",
                file="metadata.yaml",
            )
        )
    return scene


def _pictures(picture: Picture) -> tuple[bytes, bytes]:
    """The whole cover and its thumbnail, as JPEG."""
    from PIL import Image

    height = max(1, round(picture.height * THUMBNAIL_WIDTH / picture.width))
    small = picture.resize((THUMBNAIL_WIDTH, height), Image.Resampling.LANCZOS)
    return encode(picture), encode(small)


def _titles(metadata: Metadata) -> tuple[str, str]:
    """Title and subtitle as the cover shows them; a title of two parts is taken apart."""
    subtitle = _plain(metadata.subtitle or "")
    if metadata.cover.title:
        lines = (_plain(line) for line in metadata.cover.title.splitlines())
        own = "\n".join(line for line in lines if line)
        if own:
            return own, subtitle
    title = _plain(metadata.title)
    if not subtitle and (parts := _TWO_PARTS.match(title)):
        return parts[1], parts[2]
    return title, subtitle


def _byline(names: Sequence[str], words: Words) -> str:
    """The authors in one line: all of them, or the first and that there are others."""
    byline = ""
    for count in range(min(len(names), _MOST_AUTHORS), 0, -1):
        byline = words.say("joint").join(names[:count])
        if count < len(names):
            byline = words.say("and-others", names=byline)
        if len(byline) <= _LONGEST_BYLINE:
            break
    return byline


def _plain(text: str) -> str:
    """Composed characters, single blanks, no controls."""
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(
        " " if sign.isspace() or unicodedata.category(sign) == "Cc" else sign for sign in composed
    )
    return " ".join(visible.split())


def _palette(design: Design, metadata: Metadata) -> Palette:
    """The palette that the book names; else the design's own, or with `auto` the title's choice."""
    name = metadata.cover.palette
    if name is None:
        turn = _seed(metadata.title) // 1009 if metadata.cover.design == AUTO else 0
        return design.palettes[turn % len(design.palettes)]
    known = {palette.name: palette for palette in design.palettes}
    if name in known:
        return known[name]
    raise BookError(
        Problem(
            "no-such-palette",
            f"The cover design {design.name!r} has no palette {name!r}.",
            did_you_mean(name, known, f"Choose among {', '.join(known)}."),
            file="metadata.yaml",
        )
    )


def _seed(title: str) -> int:
    """A number made of the title: the same on every machine and in every process."""
    composed = unicodedata.normalize("NFC", title)
    return int.from_bytes(hashlib.sha256(composed.encode("utf-8")).digest()[:8], "big")


def _refuse_right_to_left(request: Request) -> None:
    shown = (request.title, request.subtitle, request.byline, request.publisher, request.series)
    for words in shown:
        if right_to_left(words):
            raise BookError(
                Problem(
                    "cover-right-to-left",
                    f"This Pillow can't set words written from right to left, such as {words!r}.",
                    "Install a Pillow with Raqm (the wheels of PyPI have it), or put a finished "
                    "picture into covers/ and name it in `cover: {image: …}`.",
                    file="metadata.yaml",
                )
            )

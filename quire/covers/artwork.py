"""A finished picture as the cover: let in if it is sound, and brought to one form.

Whatever its format, mode, turn or profile, what comes out is upright sRGB of at most the size
that stores want. What can't be a cover is refused by name before its pixels are unpacked.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from quire.problems import BookError, Problem

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

__all__ = ["read_artwork", "read_photograph"]

_FORMATS: Final = ("JPEG", "PNG", "TIFF", "WEBP")
_MOST_BYTES: Final = 64 * 2**20
_MOST_PIXELS: Final = 80_000_000
_LEAST_WIDTH, _LEAST_HEIGHT = 625, 1000
"""What stores take at least."""
_LEAST_SIDE: Final = 800
"""Of a photograph that a design shows."""
_FLATTEST, _SLIMMEST = 1.2, 1.9
"""Height to width."""
_LARGEST: Final = (1600, 2560)
_TURNS: Final = frozenset({5, 6, 7, 8})
"""Values of EXIF's Orientation that make width height."""
_ORIENTATION: Final = 0x0112


def read_artwork(name: str, folder: Path) -> Picture:
    """The finished cover of that name in the book's ``covers/``, as upright RGB in sRGB.

    Raises:
        BookError: it isn't there, lies elsewhere, is broken, or can't be a cover.
    """
    return _read(name, folder, _check_cover)


def read_photograph(name: str, folder: Path) -> Picture:
    """A picture for a design to show, likewise; of any form, but large enough to be printed.

    Raises:
        BookError: it isn't there, lies elsewhere, is broken or too small.
    """
    return _read(name, folder, _check_photograph)


def _read(name: str, folder: Path, check: Callable[[str, int, int], None]) -> Picture:
    from PIL import Image, UnidentifiedImageError

    path = _path_of(name, folder)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _refused(name, f"has more than {_MOST_BYTES // 2**20} MB", "Save it smaller.")
        with Image.open(io.BytesIO(path.read_bytes()), formats=_FORMATS) as picture:
            _check_size(name, picture, check)
            return _normal(picture)
    except FileNotFoundError as error:
        raise _refused(name, "isn't there", f"Put it into {folder.name}/.") from error
    except UnidentifiedImageError as error:
        raise _refused(
            name, f"is no picture of a kind that quire reads ({', '.join(_FORMATS)})",
            "Export it as JPEG or PNG.",
        ) from error  # fmt: skip
    except Image.DecompressionBombError as error:
        raise _refused(name, "unfolds into too many pixels", "Save it smaller.") from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise _refused(name, f"is broken ({error})", "Export it again.") from error


def _path_of(name: str, folder: Path) -> Path:
    """Where the picture lies; `covers/x.jpg` is as good as `x.jpg`."""
    path = folder / name
    if not path.exists() and name.startswith(f"{folder.name}/"):
        path = folder.parent / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise _refused(name, f"lies outside {folder.name}/", f"Copy it into {folder.name}/.")
    return path


def _check_size(name: str, picture: Picture, check: Callable[[str, int, int], None]) -> None:
    width, height = picture.size
    if picture.getexif().get(_ORIENTATION) in _TURNS:
        width, height = height, width
    if width * height > _MOST_PIXELS:
        size = f"is {width} × {height} pixels"
        raise _refused(name, size, f"A cover has at most {_MOST_PIXELS:,} pixels.")
    check(name, width, height)


def _check_photograph(name: str, width: int, height: int) -> None:
    if min(width, height) < _LEAST_SIDE:
        raise _refused(
            name,
            f"is {width} × {height} pixels",
            f"A photograph has at least {_LEAST_SIDE} on its shorter side; 1600 is best.",
        )


def _check_cover(name: str, width: int, height: int) -> None:
    size = f"is {width} × {height} pixels"
    if width < _LEAST_WIDTH or height < _LEAST_HEIGHT:
        raise _refused(
            name,
            size,
            f"A cover has at least {_LEAST_WIDTH} × {_LEAST_HEIGHT}; 1600 × 2560 is best.",
        )
    if not _FLATTEST <= height / width <= _SLIMMEST:
        raise _refused(
            name, size,
            f"A cover is {_FLATTEST} to {_SLIMMEST} times as high as wide; 1600 × 2560 is best.",
        )  # fmt: skip


def _normal(picture: Picture) -> Picture:
    """Upright, opaque on white, 8 bits a channel, sRGB, and no larger than stores want."""
    from PIL import Image, ImageOps

    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I") or upright.mode == "F":
        upright = _eight_bits(upright)
    plain = _to_srgb(upright)
    plain.thumbnail(_LARGEST, Image.Resampling.LANCZOS)
    plain.info.clear()
    return plain


def _eight_bits(picture: Picture) -> Picture:
    """A grey picture of 16 bits (or 32, or fractions) in 8; Pillow would cut, not scale."""
    wide = picture.convert("F")
    extrema = wide.getextrema()
    top = float(extrema[1]) if isinstance(extrema[1], (int, float)) else 255.0
    scale = 1 / 257 if picture.mode.startswith("I;16") or top > 255 else 1.0 if top > 1 else 255.0
    return wide.point(lambda value: value * scale + 0.0).convert("L")


def _to_srgb(picture: Picture) -> Picture:
    from PIL import Image, ImageCms

    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
        except ImageCms.PyCMSError:
            converted = None  # A profile that says nothing sensible is as good as none.
        if converted is not None:
            return converted
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "#ffffff")
        return Image.alpha_composite(ground, clear).convert("RGB")
    return picture.convert("RGB")


def _refused(name: str, what: str, remedy: str) -> BookError:
    return BookError(
        Problem(
            "cover-picture-refused", f"The cover's picture {name!r} {what}.", remedy,
            file="metadata.yaml",
        )
    )  # fmt: skip

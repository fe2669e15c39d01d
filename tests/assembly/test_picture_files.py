"""A picture's file is read once as a reader would read it, before a book takes it in."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from quire.assembly.picture_files import LONGEST_SIDE, look_at
from quire.manuscript.pictures import PictureAmiss


def picture(form: str, mode: str = "RGB", size: tuple[int, int] = (64, 48)) -> bytes:
    """A plain picture's bytes."""
    made = io.BytesIO()
    Image.new(mode, size).save(made, form)
    return made.getvalue()


def head_of_png(width: int, height: int) -> bytes:
    """A PNG that says its size and holds no pixel: only its head can be told."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    size = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


LONG = picture("PNG", "1", (20_000, 30))

REFUSED = {
    "empty": ("a.png", "image/png", b"", "image-damaged"),
    "no picture": ("a.png", "image/png", b"hello", "image-damaged"),
    "a PNG cut short": ("a.png", "image/png", picture("PNG")[:60], "image-damaged"),
    "a JPEG cut short": (
        "a.jpg", "image/jpeg", picture("JPEG", size=(600, 600))[:700], "image-damaged",
    ),
    "a JPEG named as PNG": ("a.png", "image/png", picture("JPEG"), "image-misnamed"),
    "of 20,000 pixels": ("a.png", "image/png", LONG, "image-too-large"),
    "a bomb by its area": ("a.png", "image/png", head_of_png(16_000, 16_000), "image-too-large"),
    "a bomb past every measure": (
        "a.png", "image/png", head_of_png(60_000, 60_000), "image-too-large",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_picture_that_readers_can_not_hold_is_refused_by_name(case: str, tmp_path: Path) -> None:
    name, media_type, content, code = REFUSED[case]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(PictureAmiss, match=name) as refused:
        look_at(tmp_path / name, media_type)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("form", "mode", "size"),
    [
        ("PNG", "RGBA", (64, 48)),
        ("PNG", "1", (LONGEST_SIDE, 2)),
        ("JPEG", "CMYK", (64, 48)),
        ("GIF", "P", (64, 48)),
        ("WEBP", "RGB", (64, 48)),
    ],
)
def test_a_sound_picture_goes_in(
    form: str, mode: str, size: tuple[int, int], tmp_path: Path
) -> None:
    (tmp_path / "a").write_bytes(picture(form, mode, size))
    look_at(tmp_path / "a", f"image/{form.lower()}")

"""Which printed pages look otherwise: pictures of both, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pypdfium2
    from PIL.Image import Image

__all__ = ["PagePair", "changed_pages"]

_SCALE: Final = 1.0  # pixels a point
_QUALITY: Final = 72


@dataclass(frozen=True)
class PagePair:
    """A page as it was and is.

    Attributes:
        before: its number in the old edition, from 1; None for a page that is new.
        after: its number in the new edition; None for one that is gone.
        picture: both beside each other, what differs on a tinted ground, as JPEG.
    """

    before: int | None
    after: int | None
    picture: bytes


def changed_pages(before: Path, after: Path, most: int = 24) -> tuple[list[PagePair], int]:
    """The pages of two print editions that look otherwise.

    Pages are paired by their words, so that a page more in front makes no others changed.

    Args:
        before: the old PDF.
        after: the new one.
        most: pairs that are drawn.

    Returns:
        The first of them, and how many there are.
    """
    import pypdfium2

    old, new = pypdfium2.PdfDocument(before), pypdfium2.PdfDocument(after)
    try:
        pairs = list(_paired(_texts(old), _texts(new)))
        drawn = [
            PagePair(
                None if was is None else was + 1,
                None if now is None else now + 1,
                _side_by_side(_drawn(old, was), _drawn(new, now)),
            )
            for was, now in pairs[:most]
        ]
        return drawn, len(pairs)
    finally:
        old.close()
        new.close()


def _texts(document: pypdfium2.PdfDocument) -> list[str]:
    texts = []
    for number in range(len(document)):
        words = document[number].get_textpage().get_text_bounded().split()
        # The folio says where a page is, not what is on it.
        texts.append(" ".join(word for word in words if not word.isdecimal()))
    return texts


def _paired(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    pairs: list[tuple[int | None, int | None]] = []
    for tag, begin, end, first, last in SequenceMatcher(None, old, new, False).get_opcodes():
        if tag == "equal":
            continue
        for step in range(max(end - begin, last - first)):
            was, now = begin + step, first + step
            pairs.append((was if was < end else None, now if now < last else None))
    return pairs


def _drawn(document: pypdfium2.PdfDocument, number: int | None) -> Image | None:
    if number is None:
        return None
    picture: Image = document[number].render(scale=_SCALE).to_pil().convert("RGB")
    return picture


def _side_by_side(old: Image | None, new: Image | None) -> bytes:
    from PIL import Image as Pillow
    from PIL import ImageChops

    sizes = [one.size for one in (old, new) if one is not None]
    width, height = max(size[0] for size in sizes), max(size[1] for size in sizes)
    blank = Pillow.new("RGB", (width, height), "#e8e8e8")
    left, right = (blank if one is None else _on(one, (width, height)) for one in (old, new))
    if old is not None and new is not None:
        grey = ImageChops.difference(left, right).convert("L")
        lines = grey.reduce((width, 4)).point([0 if value < 2 else 255 for value in range(256)])
        mask = lines.resize((width, height), Pillow.Resampling.NEAREST).point(
            [value // 8 for value in range(256)]
        )
        right = Pillow.composite(Pillow.new("RGB", (width, height), "#f2b400"), right, mask)
    both = Pillow.new("RGB", (2 * width + 8, height), "#808080")
    both.paste(left, (0, 0))
    both.paste(right, (width + 8, 0))
    file = BytesIO()
    both.save(file, "JPEG", quality=_QUALITY)
    return file.getvalue()


def _on(picture: Image, size: tuple[int, int]) -> Image:
    from PIL import Image as Pillow

    if picture.size == size:
        return picture
    page = Pillow.new("RGB", size, "#ffffff")
    page.paste(picture, (0, 0))
    return page

"""Running heads that say the title of the chapter being read, though no other page says it too."""

from __future__ import annotations

from collections.abc import Mapping

from quire.cleaning.numbering import Label, heading_label
from quire.cleaning.page_lines import PageLines
from quire.cleaning.short_lines import Said

__all__ = ["find_running_titles"]

_LEAST = 2  # characters of a title


def find_running_titles(page: PageLines) -> None:
    """Note the lines at joints that say what the last heading before them says.

    A chapter of two or three pages has its running head once, and that is no repetition. But a
    line at a page's edge that says the very title under which the text before it stands is no
    heading: that one came before. Contents say titles too; but there the last one said is the
    book's last.

    Args:
        page: the lines; its heads are filled in.
    """
    reading: dict[str, tuple[str, ...]] = {}  # what the last heading of each style said
    above: tuple[Label, str] | None = None  # a label alone on the line before
    for i, said in enumerate(page.said):
        opened, above = above, None
        if page.told(i) or said.leaders or not said.whole:
            continue
        joint = said.beside > 0 or i in page.edges or any(map(page.told, (i - 1, i + 1)))
        if joint and _says_one(said, reading):
            page.heads[i] = "head"
            continue
        own = heading_label(page.lines[i].text) if said.numbered else None
        if own and said.is_label:
            above = own, said.whole
        elif own and said.words:
            reading[own.style] = said.whole, said.words
        elif opened:
            label, words = opened
            reading[label.style] = words + said.whole, said.whole


def _says_one(said: Said, reading: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a line says one of the titles: with the number that it has there, or with none."""
    words = {said.whole} if said.numbered else {said.key, said.whole}
    return any(
        len(title) >= _LEAST and title in words for titles in reading.values() for title in titles
    )

"""How thick papers are: what makes a spine as wide as it is.

One entry is one paper. What printers state changes: each says where it was read, and when.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from quire.problems import BookError, Problem, did_you_mean

__all__ = ["PAPERS", "Paper", "paper_for", "spine_width"]

_INCH: Final = 25.4


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper. Lengths are in millimetres.

    Attributes:
        name: as metadata's ``print.paper`` names it.
        title: what people call it.
        page: thickness of one page, half a leaf's.
        cover: what cover board and glue add to the spine.
        source: who says so.
        read: when, ``YYYY-MM``.
    """

    name: str
    title: str
    page: float
    cover: float
    source: str
    read: str


_KDP: Final = "https://kdp.amazon.com/help/topic/G201834180"
_TRADE: Final = "trade practice in China; ask the printing house for its own figure"

_ENTRIES = (
    Paper("kdp-white", "KDP, white", 0.002252 * _INCH, 0.0, _KDP, "2026-11"),
    Paper("kdp-cream", "KDP, cream", 0.0025 * _INCH, 0.0, _KDP, "2026-11"),
    Paper("kdp-colour", "KDP, premium colour", 0.002347 * _INCH, 0.0, _KDP, "2026-11"),
    Paper(
        "ingramspark-white", "IngramSpark, white 50 lb", _INCH / 512, 0.0,
        "an estimate; IngramSpark's template by ISBN has the last word", "2026-11",
    ),
    Paper(
        "ingramspark-creme", "IngramSpark, crème 50 lb", _INCH / 444, 0.0,
        "an estimate; IngramSpark's template by ISBN has the last word", "2026-11",
    ),
    Paper(
        "lulu", "Lulu, 60 lb", _INCH / 444, 0.06 * _INCH,
        "https://assets.lulu.com/media/guides/en/lulu-book-creation-guide.pdf", "2026-11",
    ),
    Paper("offset-70", "70 克胶版纸", 0.092 / 2, 0.5, _TRADE, "2026-11"),
    Paper("offset-80", "80 克胶版纸", 0.105 / 2, 0.5, _TRADE, "2026-11"),
    Paper("offset-100", "100 克胶版纸", 0.13 / 2, 0.5, _TRADE, "2026-11"),
    Paper("light-80", "80 克轻型纸", 0.135 / 2, 0.5, _TRADE, "2026-11"),
)  # fmt: skip

PAPERS: Final[Mapping[str, Paper]] = {one.name: one for one in _ENTRIES}
"""Every paper by name."""

_USUAL: Final = {"kdp": "kdp-white", "ingramspark": "ingramspark-creme", "lulu": "lulu"}
_USUAL_ELSEWHERE: Final = "offset-80"


def paper_for(name: str | None, printer: str | None) -> Paper:
    """The paper of that name; the printer's usual one where none is named.

    Raises:
        BookError: there is none.
    """
    if not name:
        return PAPERS[_USUAL.get(printer or "", _USUAL_ELSEWHERE)]
    if name in PAPERS:
        return PAPERS[name]
    raise BookError(
        Problem(
            "unknown-paper",
            f"There is no paper {name!r}.",
            did_you_mean(
                name, PAPERS, f"Write one of {', '.join(PAPERS)} at print.paper, or none."
            ),
            file="metadata.yaml",
        )
    )


def spine_width(pages: int, paper: Paper) -> float:
    """The width of the spine, in millimetres; a leaf has two pages."""
    return (pages + pages % 2) * paper.page + paper.cover

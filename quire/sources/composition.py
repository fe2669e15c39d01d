"""Text and hints written side by side, block by block: offsets are right by construction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quire.language.scripts import is_cjk
from quire.sources.model import Hint, HintKind

__all__ = ["BlockText", "LineWriter", "compose"]

_PIECES = re.compile(r"[ \t\n\r\f]+|[^ \t\n\r\f]+")


@dataclass(frozen=True, slots=True)
class BlockText:
    """A block: its text, and hints in places of that text.

    `notes` are called in it. `opens_page` says that it is the first of a printed page.
    """

    text: str
    hints: tuple[Hint, ...] = ()
    notes: tuple[str, ...] = ()
    opens_page: bool = False


class LineWriter:
    """Writes one block's text with blanks collapsed as HTML collapses them."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._pieces: list[str] = []
        self._length = 0
        self._last = ""
        self._blank = ""
        self._hints: list[Hint] = []
        self._notes: list[str] = []

    def write(self, text: str) -> None:
        """Running text: a stretch of blanks becomes one, or none at the edge of a line.

        A line end between two wide characters is no blank (CSS Text 3, section 4.1.3).
        """
        for piece in _PIECES.findall(text):
            if piece[0] in " \t\n\r\f":
                self._blank = "\n" if "\n" in piece or self._blank == "\n" else " "
            else:
                self._flush_blank(piece[0])
                self._put(piece)

    def settle(self, coming: str) -> None:
        """Write the blank that waits, if one belongs before `coming`."""
        self._flush_blank(coming)

    def exactly(self, text: str) -> None:
        """Text of which nothing is collapsed."""
        if text:
            self._flush_blank(text[0])
            self._put(text)

    def line_end(self) -> None:
        """A line's end inside the block."""
        self._blank = ""
        if self._last and self._last != "\n":
            self._put("\n")

    def ends_in(self, pattern: re.Pattern[str]) -> bool:
        """Whether the last characters written, with nothing behind them, fit a pattern."""
        return not self._blank and pattern.search("".join(self._pieces[-4:])[-4:]) is not None

    def place(self) -> int:
        """Where a hint begins that is opened now."""
        return self._length

    def hint(self, start: int, kind: HintKind, value: str = "") -> None:
        """A hint over what was written since `start`."""
        self._hints.append(Hint(start, self._length, kind, value))

    def note(self, key: str) -> None:
        """A note is called here."""
        self._notes.append(key)

    def take(self) -> BlockText | None:
        """The block, without blanks at its edges; None when it holds nothing. Begin anew."""
        whole = "".join(self._pieces)
        text = whole.strip(" \t\n\r\f")
        lead = len(whole) - len(whole.lstrip(" \t\n\r\f")) if text else 0
        hints = tuple(
            trimmed for hint in self._hints if (trimmed := _trimmed(hint, lead, text)) is not None
        )
        notes = tuple(self._notes)
        self.__init__()  # type: ignore[misc]  # an empty writer again
        return BlockText(text, tuple(sorted(hints)), notes) if text else None

    def _flush_blank(self, coming: str) -> None:
        blank, self._blank = self._blank, ""
        if not blank or not self._last or self._last == "\n":
            return
        if blank == "\n" and _is_wide(self._last) and _is_wide(coming):
            return
        self._put(" ")

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
        self._last = text[-1]


def _is_wide(character: str) -> bool:
    """Whether no blank stands beside it at a line's end. Hangul is set with blanks."""
    return (
        is_cjk(character)
        and not "\u1100" <= character <= "\u11ff"
        and not ("\uac00" <= character <= "\ud7af")
    )


def _trimmed(hint: Hint, lead: int, text: str) -> Hint | None:
    """A hint in places of the stripped text, without blanks at its edges; None if empty."""
    start, end = max(0, hint.start - lead), min(len(text), hint.end - lead)
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return replace(hint, start=start, end=end) if start < end else None


def compose(blocks: Sequence[BlockText]) -> tuple[str, tuple[Hint, ...]]:
    """One text of blocks with a blank line between, and all hints in its places."""
    place, hints = 0, []
    for block in blocks:
        hints += [
            replace(hint, start=hint.start + place, end=hint.end + place) for hint in block.hints
        ]
        place += len(block.text) + 2
    return "\n\n".join(block.text for block in blocks), tuple(sorted(hints))

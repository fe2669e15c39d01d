"""Style sheets turned for lines from right to left, and for columns.

Old reading systems know top, right, bottom and left alone, not the beginning and end of lines (CSS
Logical Properties and Values Level 1). So sheets are written with sides, for lines from left to
right, and a book with other lines gets them with other sides. One declaration stands on a line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import Final

__all__ = ["Writing", "turned"]


class Writing(Enum):
    """How lines run, with the side that each side of a sheet becomes."""

    LEFT_TO_RIGHT = ("top", "right", "bottom", "left")
    RIGHT_TO_LEFT = ("top", "left", "bottom", "right")
    COLUMNS = ("right", "bottom", "left", "top")
    """From top to bottom, the first of them at the right (``vertical-rl``)."""

    @property
    def sides(self) -> Mapping[str, str]:
        """Side in a sheet → side in the book."""
        return dict(zip(_SIDES, self.value, strict=True))


_SIDES: Final = ("top", "right", "bottom", "left")
_DECLARATION = re.compile(r"^([ \t]+)([a-z-]+): ([^;{}]+);", re.MULTILINE)
_ONE_SIDED = re.compile(r"(margin|padding|border)-(top|right|bottom|left)")
_LINE_SIDED: Final = frozenset({"text-align", "float", "clear"})
"""Properties whose ``left`` is the beginning of a line in columns as well."""
_LENGTHS: Final[Mapping[str, str]] = {"width": "height", "height": "width"}


def turned(sheet: str, writing: Writing) -> str:
    """A sheet for lines from left to right as it must be for `writing`."""
    if writing is Writing.LEFT_TO_RIGHT:
        return sheet
    return _DECLARATION.sub(lambda found: _turned(found, writing), sheet)


def _turned(found: re.Match[str], writing: Writing) -> str:
    indent, name, value = found.groups()
    if name in {"margin", "padding"}:
        value = _round(value, writing)
    elif one := _ONE_SIDED.match(name):
        name = f"{one[1]}-{writing.sides[one[2]]}{name[one.end() :]}"
    elif name in _LINE_SIDED and writing is Writing.RIGHT_TO_LEFT:
        value = writing.sides.get(value, value)
    elif name in _LENGTHS and writing is Writing.COLUMNS:
        name = _LENGTHS[name]
    return f"{indent}{name}: {value};"


def _round(value: str, writing: Writing) -> str:
    """The values of all four sides: one, two, three or four of them (CSS Box Model Level 3)."""
    values = value.split()
    top, right, bottom, left = (values * 4)[:4] if len(values) < 3 else (*values, values[1])[:4]
    given = dict(zip(_SIDES, (top, right, bottom, left), strict=True))
    places = {writing.sides[side]: one for side, one in given.items()}
    return " ".join(_shortest([places[side] for side in _SIDES]))


def _shortest(values: list[str]) -> list[str]:
    """The values of four sides without those that go without saying."""
    if values[1] != values[3]:
        return values
    return values[:1] if len(set(values)) == 1 else values[: 2 if values[0] == values[2] else 3]

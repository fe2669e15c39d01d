"""Captions on a printed page: lines that begin with the label of a figure or a table."""

from __future__ import annotations

import re

__all__ = ["is_caption", "is_figure_caption"]

_NUMBER = r"[\s\u2060]*[\d一二三四五六七八九十]"
_FIGURE = re.compile(rf"(?:图|圖|插图|(?i:figure|fig\.?|plate|map|abb\.?)){_NUMBER}")
_TABLE = re.compile(rf"(?:表|附表|(?i:table|tab\.)){_NUMBER}")


def is_figure_caption(text: str) -> bool:
    """Whether a line begins with a figure's label."""
    return _FIGURE.match(text) is not None


def is_caption(text: str) -> bool:
    """Whether a line begins with the label of a figure or a table."""
    return is_figure_caption(text) or _TABLE.match(text) is not None

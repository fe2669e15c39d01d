"""Words as Typst code: strings and calls, quoted so that no text is ever read as code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

__all__ = ["Code", "call", "markup", "value"]

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})

# Signs that are code wherever they stand; those that two or three of make another sign; what
# begins a list or a heading, or goes on with the call right before it, at the start.
_MARKUP: Final = re.compile(r"[\\#$*_`<>@~\[\]/]|-(?=[-?\d])|\.(?=\.\.)|^[=+\-(.;]|^\d+\.")


class Code(str):
    """Typst code that stands as it is, such as ``rtl``."""

    __slots__ = ()


def value(item: object) -> str:
    """A Python value as a Typst literal: text, number, boolean, None, sequence or mapping."""
    if isinstance(item, Code):
        return item
    match item:
        case None:
            return "none"
        case bool():
            return "true" if item else "false"
        case str():
            return f'"{item.translate(_ESCAPES)}"'
        case int() | float():
            return repr(item)
        case Mapping():
            inside = ", ".join(f"{value(str(key))}: {value(part)}" for key, part in item.items())
            return f"({inside or ':'})"
        case list() | tuple():
            return "(" + "".join(f"{value(part)}, " for part in item) + ")"
    raise TypeError(f"no Typst literal for {type(item).__name__}")


def markup(words: str) -> str:
    """Words as Typst markup that says just these words, wherever they stand."""
    return _MARKUP.sub(_escaped, words).replace("\u00a0", "~")


def _escaped(found: re.Match[str]) -> str:
    """What was found with its last sign escaped: that of ``12.`` is the one that makes a list."""
    return f"{found[0][:-1]}\\{found[0][-1]}"


def call(function: str, *arguments: object, **named: object) -> str:
    """A call as it stands in Typst markup, ``#name(argument, key: value)``.

    Named arguments have their underscores read as hyphens.
    """
    parts = [value(argument) for argument in arguments]
    parts += [f"{name.replace('_', '-')}: {value(item)}" for name, item in named.items()]
    return f"#{function}({', '.join(parts)})"

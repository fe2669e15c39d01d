"""What an EPUB's own contents tell: which lines are headings where the documents don't say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quire.sources.markup import Element, local_name, one_line

__all__ = ["Entry", "entries_of", "make_headings"]

_DEEPEST = 6
_LINES = frozenset({"p", "div", "center"})
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: its words, its level from 1, the ``path#fragment`` it leads to."""

    title: str
    level: int
    place: str


def entries_of(contents: Element, resolve: Callable[[str], str]) -> Iterator[Entry]:
    """The entries of a navigation document (EPUB 3) or an NCX (EPUB 2), in order.

    Args:
        contents: the document's root.
        resolve: address in it → ``path#fragment``.
    """
    for nav in contents.iter("{*}nav"):
        kind = nav.get("{http://www.idpf.org/2007/ops}type") or nav.get("epub:type") or ""
        if "toc" in kind.split():
            for link in nav.iter("{*}a"):
                level = sum(local_name(one) == "ol" for one in link.iterancestors())
                yield Entry(one_line(link), min(level, _DEEPEST), resolve(link.get("href", "")))
            return
    for point in contents.iter("{*}navPoint"):
        label, target = point.find("{*}navLabel"), point.find("{*}content")
        if label is not None and target is not None:
            level = 1 + sum(local_name(one) == "navpoint" for one in point.iterancestors())
            address = resolve(target.get("src", ""))
            yield Entry(one_line(label), min(level, _DEEPEST), address)


def make_headings(path: str, body: Element, entries: list[Entry]) -> None:
    """Make headings of the lines that say what the contents say, in documents without any.

    Args:
        path: where the document lies.
        body: its content; lines in it are renamed.
        entries: all of the contents.
    """
    here = [one for one in entries if one.place.partition("#")[0] == path]
    if not here or any(local_name(one) in _HEADINGS for one in body.iter("{*}*")):
        return
    by_letters: dict[str, list[Element]] = {}
    for element in body.iter("{*}*"):
        if local_name(element) in _LINES and not any(
            local_name(child) in {"p", "div"} for child in element
        ):
            by_letters.setdefault(_letters(one_line(element)), []).append(element)
    for entry in here:
        found = by_letters.get(_letters(entry.title), [])
        if found:
            _rename(found.pop(0), entry.level)


def _rename(element: Element, level: int) -> None:
    space, brace, _ = str(element.tag).rpartition("}")
    element.tag = f"{space}{brace}h{level}"


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()

"""Ends of notes that stand apart: a dump of printed pages cuts a note where its page ended.

What a page says behind a linked note that has no end (a folio, a vendor's line, then the rest of
the note) is sorted by repetition and by its end: lines that come again, or end no sentence, are
furniture, and what is left, before the next note or heading, is the note's rest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from quire.language.scripts import is_cjk
from quire.sources.markup import Element, local_name, one_line
from quire.sources.note_links import NoteLinks

__all__ = ["bring_ends_home"]

_ENDS = re.compile(r"[.!?…。！？]['\"’”」』）)\]》]*$")
_TIMES = 3
_FARTHEST = 6  # elements behind a note that are looked at
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


def bring_ends_home(roots: Sequence[Element], notes: NoteLinks) -> None:
    """Move the rest of each note that has no end into its element."""
    if not notes.bodies:
        return
    often = Counter(_key(one) for root in roots for one in root.iter("{*}p", "{*}div"))
    for body in list(notes.bodies.values()):
        if local_name(body) != "p" or _ENDS.search(one_line(body)):
            continue
        rest = [
            one for one in _behind(body, notes)
            if _ENDS.search(one_line(one)) and often[_key(one)] < _TIMES
        ]  # fmt: skip
        if len(rest) == 1:
            _append(body, rest[0])


def _key(element: Element) -> str:
    """What is the same of a line of furniture on every page: its letters."""
    return re.sub(r"[\W\d_]+", "", one_line(element)).casefold()


def _behind(body: Element, notes: NoteLinks) -> Iterator[Element]:
    """The elements up to the next note or heading; none when that is far."""
    found: list[Element] = []
    following = body.getnext()
    while following is not None and len(found) <= _FARTHEST:
        if following in notes.keys or local_name(following) in _HEADINGS:
            yield from found
            return
        if one_line(following):
            found.append(following)
        following = following.getnext()
    if following is None:
        yield from found


def _append(body: Element, rest: Element) -> None:
    before, behind = one_line(body)[-1:], one_line(rest)[:1]
    blank = "" if is_cjk(before) or is_cjk(behind) or before == "-" else " "
    words = f"{blank}{rest.text or ''}"
    if len(body):
        body[-1].tail = (body[-1].tail or "").rstrip() + words
    else:
        body.text = (body.text or "").rstrip() + words
    body.extend(list(rest))
    parent = rest.getparent()
    if parent is not None:
        parent.remove(rest)

"""Take away a digital library's licence before and behind a book."""

from __future__ import annotations

import re

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome

__all__ = ["RULE"]

_NAME = "library-licence"
# "*** START OF THE PROJECT … EBOOK … ***": the library's own line between licence and book.
_LINE = re.compile(
    r"^[ \t]*\*{3} ?(?P<side>START|END) OF (?:THE|THIS) [^\n]{0,200}?E-?(?:BOOK|TEXT)[^\n]{0,300}$",
    re.MULTILINE | re.IGNORECASE,
)
_NAMES = re.compile(r"licen[cs]e|copyright|library|project|donat", re.IGNORECASE)


def _apply(draft: Draft) -> RuleOutcome:
    found: dict[str, re.Match[str]] = {}
    for line in _LINE.finditer(draft.text):
        found.setdefault(line["side"].upper(), line)
    begin, end = found.get("START"), found.get("END")
    if begin is None or end is None or begin.end() > end.start():
        return RuleOutcome()
    if begin.start() in draft.spans(MarkKind.MARKDOWN):
        return RuleOutcome()  # a manuscript, which is kept as it is
    text = draft.text
    first, last = begin.end(), end.start()
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    outside = text[: begin.end()] + text[end.start() :]
    if first == last or not _NAMES.search(outside):
        return RuleOutcome()
    why = "a digital library's licence, up to the line with which it parts itself from the book"
    edits = [
        Edit(_NAME, start, stop, "", why, 0.95)
        for start, stop in ((0, first), (last, len(text)))
        if start < stop
    ]
    return RuleOutcome(tuple(edits))


_BOOK = "The keeper counted the boats.\n\nHe counted them again."
_FULL = (
    "This book is given by a library under its licence.\n\n"
    f"*** START OF THE PROJECT EXAMPLE EBOOK THE KEEPER ***\n\n{_BOOK}\n\n"
    "*** END OF THE PROJECT EXAMPLE EBOOK THE KEEPER ***\n\nThe full licence follows."
)
_HALF = f"{_BOOK}\n\n*** END OF THE PROJECT EXAMPLE EBOOK THE KEEPER ***"

RULE = Rule(
    name=_NAME,
    order=205,
    summary="Takes away a digital library's licence before and behind a book.",
    why="Both of the library's own lines are there, and the licence lies outside them; what is "
    "taken away stands in the report.",
    apply=_apply,
    touches_markdown=True,
    examples=(Example(_FULL, _BOOK), Example(_HALF, _HALF)),
)

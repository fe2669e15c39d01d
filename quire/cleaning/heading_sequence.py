"""Which labels are headings: those in their place in nested sequences, with text between."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quire.cleaning.heading_candidates import Candidate
from quire.cleaning.known_titles import folded
from quire.cleaning.numbering import CHAPTER_STYLES, PART_STYLES

__all__ = ["in_sequence", "repeats", "with_company", "without_contents"]

_UNNUMBERED = {"title", "named", "entry"}
_FREE = CHAPTER_STYLES | PART_STYLES
_ALONE = _UNNUMBERED | _FREE | {"notes", "plain", "apart"}
# Styles of lists too: where two follow each other with no text between, it is a list.
_OF_LISTS = ("bare", "arabic", "roman", "han-comma", "han-bracket", "circle", "stem", "formal")
_APART = 80  # characters between two headings of a series inside a run, on the average


@dataclass
class _Ahead:
    """Where each number of each style stands."""

    places: dict[tuple[str, int], list[int]]

    @classmethod
    def of(cls, candidates: Sequence[Candidate]) -> _Ahead:
        places: dict[tuple[str, int], list[int]] = {}
        for i, one in enumerate(candidates):
            places.setdefault((one.label.style, one.label.number), []).append(i)
        return cls(places)

    def comes(self, style: str, number: int, i: int) -> bool:
        """Whether a number comes behind place `i`, before its series begins anew."""
        later, anew = self._behind(style, number, i), self._behind(style, 1, i)
        return later is not None and (anew is None or later < anew)

    def _behind(self, style: str, number: int, i: int) -> int | None:
        places = self.places.get((style, number), [])
        index = bisect_right(places, i)
        return places[index] if index < len(places) else None


def in_sequence(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those whose numbers run 1, 2, 3 … inside the heading above them.

    One number may be missing, where a label was damaged or lost, and nothing says otherwise.
    """
    ahead = _Ahead.of(candidates)
    stack: list[tuple[str, int]] = []
    kept: list[Candidate] = []
    for i, one in enumerate(candidates):
        style, number = one.label.style, one.label.number
        if style in {"notes", "plain", "apart"}:
            kept.append(replace(one, level=(style,)))
            continue
        if style in _UNNUMBERED:
            while stack and stack[-1][0] not in PART_STYLES:
                stack.pop()
            stack.append((style, 1))
        elif style in {s for s, _ in stack}:
            depth = max(d for d, (s, _) in enumerate(stack) if s == style)
            if not _follows(one, stack[depth][1], i, ahead):
                continue
            del stack[depth:]
            stack.append((style, number))
        elif (
            number == 1
            or one.vouched
            or style in _FREE
            or one.label.depth > 1
            or _first_lost(one, i, ahead)
        ):
            _nest(stack, style)
            stack.append((style, number))
        else:
            continue
        kept.append(replace(one, level=tuple(s for s, _ in stack)))
    return kept


def _follows(one: Candidate, last: int, i: int, ahead: _Ahead) -> bool:
    """Whether a number goes on where its series stopped."""
    style, number = one.label.style, one.label.number
    if number == last + 1:
        return True
    if number == 1 and not one.glued:
        return True
    if one.vouched and number > last:
        return True
    if number <= last or ahead.comes(style, last + 1, i):
        return False
    if style in _FREE and not one.glued:
        return True
    return number == last + 2 and ahead.comes(style, number + 1, i)


def _first_lost(one: Candidate, i: int, ahead: _Ahead) -> bool:
    """Whether a series begins with 2, and goes on: its first label was lost."""
    return one.label.number == 2 and not one.glued and ahead.comes(one.label.style, 3, i)


def _nest(stack: list[tuple[str, int]], style: str) -> None:
    """A part or a chapter doesn't stand below a section."""
    if style in PART_STYLES:
        stack.clear()
    elif style in CHAPTER_STYLES:
        while stack and stack[-1][0] not in PART_STYLES:
            stack.pop()


def with_company(kept: list[Candidate]) -> list[Candidate]:
    """Without a series of one, and without lists."""
    members = {(one.level, one.label.number) for one in kept}
    close = _close_series(kept)
    result = []
    for i, one in enumerate(kept):
        style = one.label.style
        steps = (-1, 1) if one.glued else (-2, -1, 1, 2)
        near = {(one.level, one.label.number + step) for step in steps} & members
        if one.vouched:
            result.append(one)
            continue
        if style not in _ALONE and not near:
            continue
        if style.startswith(_OF_LISTS) and (_is_list(one, kept, i) or i in close):
            continue
        result.append(one)
    return result


def _is_list(one: Candidate, kept: list[Candidate], i: int) -> bool:
    """Whether its neighbours of the same style follow without any text between."""
    if one.glued:
        return False
    around = [kept[j] for j in (i - 1, i + 1) if 0 <= j < len(kept)]
    return any(
        abs(other.block - one.block) == 1
        and other.label.style == one.label.style
        and abs(other.label.number - one.label.number) == 1
        for other in around
    )


def _close_series(kept: list[Candidate]) -> set[int]:
    """Members of glued series that follow each other at the distance of a list's items."""
    close: set[int] = set()
    last: dict[tuple[str, ...], list[int]] = {}

    def judge(run: list[int]) -> None:
        if len(run) < 2:
            return
        reach = kept[run[-1]].start - kept[run[0]].start
        if reach / (len(run) - 1) < _APART:
            close.update(run)

    for i, one in enumerate(kept):
        if not one.glued or one.label.style in _ALONE:
            continue
        run = last.get(one.level, [])
        if run and one.label.number != kept[run[-1]].label.number + 1:
            judge(run)
            run = []
        last[one.level] = [*run, i]
    for run in last.values():
        judge(run)
    return close


def without_contents(kept: list[Candidate]) -> list[Candidate]:
    """Without a table of contents: three or more chapters in a row, with no text between."""
    contents: set[int] = set()
    run: list[int] = []
    last: dict[str, int] = {}  # each style's last number in the run
    rises = False
    for i, one in enumerate(kept):
        style, number = one.label.style, one.label.number
        follows = bool(run) and one.block == kept[run[-1]].block + 1 and not one.glued
        if not follows or number <= last.get(style, 0):
            run, last, rises = [], {}, False
        rises = rises or style in last
        run.append(i)
        last[style] = number
        if rises and len(run) > 2:
            contents.update(run if len(run) == 3 else run[-1:])
    return [one for i, one in enumerate(kept) if i not in contents]


def repeats(kept: Sequence[Candidate], text: str) -> list[Candidate]:
    """Names of matter that stand again with no other chapter between: running heads that stayed."""
    found: list[Candidate] = []
    last = ""
    for one in kept:
        style = one.label.style
        if style == "named":
            name = folded(text[one.start : one.end])
            if name and name == last:
                found.append(one)
            last = name
        elif style in _FREE:
            last = ""
    return found

"""Callouts and bodies of a text, style by style, with a key for each note."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quire.cleaning.notes.bodies import (
    Allowed,
    BodyPlace,
    Extent,
    breaks_off,
    closing_bracket,
    end_in_stops,
    extent_of,
)
from quire.cleaning.notes.marks import STYLES, MarkStyle, Openings, Sign, signs_of
from quire.cleaning.notes.pairing import BY_ORDER
from quire.cleaning.notes.scopes import Pair, Scope, best_scopes
from quire.cleaning.notes.sequels import with_sequels
from quire.cleaning.vocabulary import NOTES_HEADINGS, SENTENCE_END

__all__ = ["Body", "Callout", "Notes", "find_notes"]

_HEADING = re.compile(r"^[^\n]{1,30}$", re.MULTILINE)
_RUN = re.compile(r"[^\n]{400,}")
_NEAR = 3000  # characters between two bodies of one page
_FIGURE_NEAR = 800  # the same, where a figure marks them that may count a list
_LONG_BODY = 1000
_SECOND_STYLE = 0.05  # of what the first style gained
_UNDER_HEADING = 60  # characters between a heading of notes and the first of them
_TAIL = 60  # characters above the notes that tell whether the text goes on
_MOST_ON_A_PAGE = 20  # notes at a page's foot
_EQUAL_NUMBERS_FIRST = 3  # pairs that a style has before a number may be misread


@dataclass(frozen=True, slots=True)
class Callout:
    """The mark at `start` to `end` calls the note `key`."""

    start: int
    end: int
    key: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Body:
    """A note's text at `start` to `end`.

    Attributes:
        mark: where its marks begin; they end at `start`.
        start: where its words begin.
        end: where they end.
        key: its callouts have the same.
        style: of its mark.
        closing: what ends it (a bracket) lies at `end` to here.
        goes_on: where more of it lies, such as on the next page, in order.
    """

    mark: int
    start: int
    end: int
    key: str
    style: str
    closing: int
    goes_on: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Notes:
    """Pairs in order of place, and what has no partner.

    `uncalled` are bodies that no mark calls; `alone` are marks at `start` to `end`, of either kind.
    """

    callouts: tuple[Callout, ...] = ()
    bodies: tuple[Body, ...] = ()
    uncalled: tuple[Body, ...] = ()
    alone: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """What one style gave."""

    style: MarkStyle
    scopes: list[Scope]
    signs: list[Sign]

    @property
    def gain(self) -> float:
        return sum(scope.gain for scope in self.scopes)


def find_notes(
    text: str,
    pages: Sequence[tuple[int, int]],
    allowed: Allowed = lambda start, end: True,
) -> Notes:
    """Find callouts and bodies, and pair them.

    Args:
        text: all of it.
        pages: where printed pages lie, without their furniture; empty when there are none.
        allowed: whether a mark at a place may be a note's mark.
    """
    headings = [
        found.start() for found in _HEADING.finditer(text) if NOTES_HEADINGS.match(found[0].strip())
    ]
    # A run that has lost its line ends holds a page, or a chapter, with its notes.
    pages = sorted(pages)
    runs = [] if pages else [run.span() for run in _RUN.finditer(text)]
    found: list[_Found] = []
    taken: set[int] = set()
    openings = Openings.of(text)
    styles = [
        one
        for style in STYLES
        for one in _of_style(
            text,
            style,
            pages,
            runs,
            headings,
            with_sequels(text, style.name, signs_of(text, style, openings, allowed)),
        )
    ]
    styles.sort(key=lambda one: -one.gain)
    for one in styles:
        if not _has_company(one, found):
            continue
        free = _free(one, taken)
        if free.scopes:
            found.append(free)
            taken |= _places(free.scopes)
    if not any(scope.page >= 0 for one in found for scope in one.scopes):
        runs = []  # they are paragraphs: no page's notes stand in them
    return _told(text, found, pages or runs, headings, allowed)


def _has_company(one: _Found, before: Sequence[_Found]) -> bool:
    """Whether a style may stand beside those that gained more.

    A text has one style of numbers, and perhaps another for notes of another kind; figures, and
    a few numbers beside a great many others, are none.
    """
    if one.style.name == "symbol" or not _has_numbers(before):
        return True
    return one.style.evident and one.gain >= _SECOND_STYLE * max(other.gain for other in before)


def _has_numbers(found: Sequence[_Found]) -> bool:
    return any(one.style.name != "symbol" for one in found)


def _of_style(
    text: str,
    style: MarkStyle,
    pages: Sequence[tuple[int, int]],
    runs: Sequence[tuple[int, int]],
    headings: Sequence[int],
    signs: list[Sign],
) -> Iterator[_Found]:
    if style.encloses and not any(sign.is_body for sign in signs):
        return
    if style.encloses:
        signs = [sign for sign in signs if sign.is_body or not sign.leads]
    scopes = best_scopes(text, signs, pages, runs, headings, style.evident)
    if not scopes:
        return
    sure = sum(pair.confidence == 1.0 for scope in scopes for pair in scope.pairs)
    if not sure:
        return
    if sure < _EQUAL_NUMBERS_FIRST:
        scopes = [
            replace(scope, pairs=tuple(pair for pair in scope.pairs if pair.confidence > BY_ORDER))
            for scope in scopes
        ]
    yield _Found(style, scopes, signs)


def _places(scopes: Sequence[Scope]) -> set[int]:
    pairs = [pair for scope in scopes for pair in scope.pairs]
    return {pair.callout.start for pair in pairs} | {pair.body.start for pair in pairs}


def _free(found: _Found, taken: set[int]) -> _Found:
    """What was found, without scopes of which another style, that gained more, has taken half."""
    if not taken:
        return found
    kept = []
    for scope in found.scopes:
        pairs = tuple(
            pair for pair in scope.pairs
            if pair.callout.start not in taken and pair.body.start not in taken
        )  # fmt: skip
        if 2 * len(pairs) > len(scope.pairs):
            kept.append(replace(scope, pairs=pairs))
    return replace(found, scopes=kept)


def _told(
    text: str,
    found: Sequence[_Found],
    pages: Sequence[tuple[int, int]],
    headings: Sequence[int],
    allowed: Allowed,
) -> Notes:
    pairs = [(pair, scope) for one in found for scope in one.scopes for pair in scope.pairs]
    ordered = sorted(pairs, key=lambda one: one[0].callout.start)
    keys: dict[int, str] = {}
    callouts = []
    for pair, _ in ordered:
        key = keys.setdefault(pair.body.start, f"n{len(keys) + 1}")
        callouts.append(Callout(pair.callout.start, pair.callout.end, key, pair.confidence))
    held = [*_called(ordered), *_uncalled(text, found, ordered)]
    held.sort(key=lambda one: one.sign.start)
    calls = [one.start for one in callouts]
    bodies = list(_bodies(text, held, keys, calls, pages, headings, allowed))
    return Notes(
        tuple(callouts),
        tuple(body for body in bodies if body.mark in keys),
        tuple(body for body in bodies if body.mark not in keys),
        tuple(_alone(text, found)),
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """A sign that begins a body, and the scope in which it stands."""

    sign: Sign
    scope: Scope


def _called(pairs: Sequence[tuple[Pair, Scope]]) -> list[_Held]:
    found = {pair.body.start: _Held(pair.body, scope) for pair, scope in pairs}
    return list(found.values())


def _uncalled(
    text: str, found: Sequence[_Found], pairs: Sequence[tuple[Pair, Scope]]
) -> Iterator[_Held]:
    """Signs among the bodies that nothing calls: they count on, or begin a line."""
    called = sorted(_called(pairs), key=lambda one: one.sign.start)
    starts = [one.sign.start for one in called]
    callouts = {pair.callout.start for pair, _ in pairs}
    for one in found:
        for sign in one.signs:
            index = bisect_right(starts, sign.start) - 1
            if (
                index < 0
                or starts[index] == sign.start
                or not callouts.isdisjoint(token.start for token in sign.tokens)
            ):
                continue
            before = called[index]
            near = _FIGURE_NEAR if sign.is_body else _NEAR
            if before.sign.style != sign.style or sign.start - before.sign.start > near:
                continue
            number = sign.tokens[0].number
            counts_on = number == before.sign.tokens[-1].number + 1
            following = called[index + 1 : index + 2]
            if following and following[0].sign.tokens[0].number == number:
                continue  # a figure in the body before: its own number comes yet
            ended = text[sign.start - 1] in SENTENCE_END
            if not one.style.evident and not _is_right_below(text, before.sign, sign):
                continue
            if counts_on and (sign.leads or ended):
                yield _Held(sign, before.scope)


def _is_right_below(text: str, body: Sign, sign: Sign) -> bool:
    """Whether a mark begins a line behind a body, and nothing but the body stands between."""
    return sign.leads and sign.is_body and "\n\n" not in text[body.end : sign.start].strip()


def _bodies(
    text: str,
    held: Sequence[_Held],
    keys: dict[int, str],
    calls: Sequence[int],
    pages: Sequence[tuple[int, int]],
    headings: Sequence[int],
    allowed: Allowed,
) -> Iterator[Body]:
    zones = sorted({one.scope.zone for one in held})
    page_starts = [start for start, _ in pages]
    stops = end_in_stops(_first_block(text, one.sign, stop) for one, stop in _followed(held))
    in_list = False
    for i, one in enumerate(held):
        sign, scope = one.sign, one.scope
        following = held[i + 1] if i + 1 < len(held) else None
        page = bisect_right(page_starts, sign.start) - 1
        on_page = page >= 0 and sign.start < pages[page][1]
        in_list = _is_list(scope, headings, pages) or (in_list and _counts_on(held[i - 1 : i + 1]))
        is_last = following is None or following.scope is not scope
        if following and not in_list:
            # The page's text ends above the body, and another's stands before the next.
            is_last = is_last or (on_page and following.sign.start >= pages[page][1])
            between = bisect_right(calls, sign.start), bisect_right(calls, following.sign.start)
            is_last = is_last or between[0] < between[1]
        if sign.encloses:
            end, closing = closing_bracket(text, sign.start)
            extent = Extent(sign.end, end)
        else:
            place = BodyPlace(
                start=sign.end,
                stop=following.sign.start if following else len(text),
                is_last=is_last,
                in_list=in_list,
                page_end=pages[page][1] if on_page else None,
                zone=_next_zone(zones, scope.zone, pages, page + 1),
                stops=stops,
                text_goes_on=_is_cut_above(text, scope.zone),
            )
            extent = extent_of(text, place, allowed)
            closing = extent.end
        yield Body(
            sign.start,
            extent.start,
            extent.end,
            keys.get(sign.start, f"uncalled-{sign.start}"),
            sign.style,
            closing,
            extent.goes_on,
        )


def _is_cut_above(text: str, zone: int) -> bool:
    """Whether the text above bodies stops inside a sentence; a heading of notes isn't text."""
    above = text[max(0, zone - _TAIL) : zone].rstrip()
    heading = above[above.rfind("\n") + 1 :].strip()
    return not NOTES_HEADINGS.match(heading) and breaks_off(above)


def _followed(held: Sequence[_Held]) -> Iterator[tuple[_Held, int | None]]:
    """Each body that has no bracket around it, and where the next begins."""
    for i, one in enumerate(held):
        if not one.sign.encloses:
            yield one, held[i + 1].sign.start if i + 1 < len(held) else None


def _first_block(text: str, sign: Sign, stop: int | None) -> str:
    """What stands behind a body's mark up to a blank line or the next body."""
    near = sign.end + _LONG_BODY
    return text[sign.end : near if stop is None else min(stop, near)].partition("\n\n")[0].rstrip()


def _counts_on(held: Sequence[_Held]) -> bool:
    """Whether the second of two bodies stands right below the first and has the next number."""
    one, other = held
    near = other.sign.start - one.sign.start < _FIGURE_NEAR
    return near and other.sign.tokens[0].number == one.sign.tokens[-1].number + 1


def _is_list(scope: Scope, headings: Sequence[int], pages: Sequence[tuple[int, int]]) -> bool:
    """Whether a scope's bodies are a list, and stand at no page's foot.

    They stand under a heading of notes, are too many for a page, or are called on other pages.
    """
    index = bisect_right(headings, scope.zone) - 1
    if index >= 0 and scope.zone - headings[index] < _UNDER_HEADING:
        return True
    if scope.page >= 0:
        return False
    if len(scope.pairs) > _MOST_ON_A_PAGE:
        return True
    elsewhere = sum(
        bisect_right(pages, (pair.callout.start, math.inf))
        != bisect_right(pages, (pair.body.start, math.inf))
        for pair in scope.pairs
    )
    return 2 * elsewhere > len(scope.pairs)


def _next_zone(
    zones: Sequence[int], zone: int, pages: Sequence[tuple[int, int]], following_page: int
) -> int | None:
    """Where the notes of the next page begin, or that page ends."""
    index = bisect_right(zones, zone)
    following = zones[index] if index < len(zones) else None
    if following_page >= len(pages):
        return following
    page_end = pages[following_page][1]
    return page_end if following is None else min(following, page_end)


def _alone(text: str, found: Sequence[_Found]) -> Iterator[tuple[int, int, str]]:
    """Marks without a partner, of styles whose marks are evidence."""
    told: set[tuple[int, int]] = set()
    for one in found:
        if not one.style.evident or one.style.name == "symbol":
            continue
        used = _places(one.scopes)
        for sign in one.signs:
            if sign.start in used or sign.is_body:
                continue
            for token in sign.tokens:
                place = (token.start, token.end)
                if token.number and token.start not in used and place not in told:
                    told.add(place)
                    yield (*place, text[token.start : token.end])

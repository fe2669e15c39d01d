"""Where bodies stand: at pages' feet, in lists at chapters' ends, or all at the text's end.

Each is a hypothesis about a whole style of marks. A hypothesis is worth what its pairs gain; the
best one is taken. Within a scope, where the callouts end and the bodies begin is tried at every
sign that may begin a body, and the place that gains most is taken.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from quire.cleaning.notes.marks import Sign, Token
from quire.cleaning.notes.pairing import BY_ORDER, GAINS, SURE, Link, align
from quire.cleaning.notes.reading import CALLOUT_LEADS, NO_BODY, Reading

__all__ = ["Pair", "Scope", "best_scopes"]

# What speaks for and against, in the unit of `PAIRED` (6: two marks that aren't left over).
UNDER_HEADING = 2.0  # the bodies stand under a heading such as "Notes"
INSIDE_LINES = -3.0  # the page has lines, and its mark begins none
LESS_ALIKE = 3.0  # at most, where another of the number looks more like a body
LIKE_A_BODY = 2.5  # a look from which a mark that begins a line is hardly a callout
LEFT_CALLOUT_LEADS = 4.0  # such a mark among the callouts
LEFT_BODY = 1.0  # a body without a callout
OTHER_TEXT = 3.0  # paragraphs that no mark begins stand between two bodies
OTHER_TEXT_IN_LIST = 9.0  # the same, where the marks are no evidence
LEFT_FIGURE = 0.5  # a line that begins with a figure may be anything
LEFT_CALLOUT = 1.0  # a mark without a body

_FEET_FIRST = 3  # times as many pairs at feet as in lists: there are no lists
_FAR_MORE = 1.05  # of what pairs gain at pages' feet
_SPLITS = 12  # places at which bodies may begin, tried in one scope
_MOST_ON_A_PAGE = 400  # signs; a page, or a chapter in one run, has no more
_MERGED = 4  # stretches of bodies that may belong to one scope
_LONG = 4000  # characters behind a body in which other text is looked for
_MANY_NUMBERS = 5  # numbers that count on, and are evidence though the first is lost
_NEARLY_ALL = 0.8
_LINES = 3  # line ends that a page has at the least when lines are left
_BLANK_LINE = re.compile(r"\n[ \t\u3000]*\n(?=\s*\S)")


@dataclass(frozen=True, slots=True)
class Pair:
    """A callout and the sign that begins its body."""

    callout: Token
    body: Sign
    confidence: float


@dataclass(frozen=True, slots=True)
class Scope:
    """The pairs of a stretch; `zone` is where its bodies begin, `gain` what the pairing is worth.

    `page` is the number of the page at whose foot the bodies stand; -1 for a list.
    """

    gain: float
    pairs: tuple[Pair, ...] = ()
    zone: int = 0
    page: int = -1


_NOTHING = Scope(0.0)


def _split(reading: Reading, first: int, last: int, lines: bool) -> Scope:
    """The best pairing of signs `first` to `last`: callouts, then bodies.

    Args:
        reading: the signs.
        first: index of the first.
        last: index behind the last.
        lines: whether a body's mark must begin a line.
    """
    signs = reading.signs
    if last - first < 2:
        return _NOTHING
    looks = {i: reading.look(i) for i in range(first + 1, last) if signs[i].leads or not lines}
    places = [i for i, look in looks.items() if look > NO_BODY]
    if len(places) > _SPLITS:
        # The first ones, and those that count from one.
        lowest = min(signs[i].tokens[0].number for i in places)
        counting = [i for i in places if signs[i].tokens[0].number == lowest]
        places = sorted({*places[: _SPLITS // 2], *counting[-_SPLITS // 2 :]})
    best = _NOTHING
    for k in places:
        found = _paired(reading, first, k, last, looks)
        if found.gain > best.gain:
            best = found
            if _is_whole(reading, [found], first, last):
                break
    return best


def _paired(reading: Reading, first: int, k: int, last: int, looks: dict[int, float]) -> Scope:
    signs = reading.signs
    called = [sign for sign in signs[first:k] if not sign.is_body]
    bodies = [i for i in range(k, last) if looks.get(i, NO_BODY) > NO_BODY]
    callouts = [(token, sign) for sign in called for token in sign.tokens]
    waiting = [(token, i) for i in bodies for token in signs[i].tokens]
    if (
        not callouts
        or not waiting
        or not {t.number for t, _ in callouts} & {t.number for t, _ in waiting}
    ):
        return _NOTHING
    costs = [reading.cost(sign) for _, sign in callouts]
    most = max(looks[i] for i in bodies)
    again = signs[k].style != "symbol"
    links = align(
        [t.number for t, _ in callouts],
        [t.number for t, _ in waiting],
        costs,
        [
            reading.doubt(signs[i])
            # A figure may count a list's items; other marks begin nothing but bodies.
            + (min(LESS_ALIKE, (most - looks[i]) / 2) if signs[i].is_body else 0.0)
            for _, i in waiting
        ],
        again,
    )
    held = {waiting[link.body][1] for link in links}
    if not held:
        return _NOTHING
    zone = [i for i in bodies if i <= max(held)]
    if 2 * len(held) < len(zone):
        return _NOTHING
    gain = sum(GAINS[link.confidence] - costs[link.callout] for link in links)
    other = OTHER_TEXT if reading.evident else OTHER_TEXT_IN_LIST
    gain -= other * _interrupted(reading, zone, last)
    gain += sum(looks[i] for i in bodies if i in held or not signs[i].is_body)
    for i in bodies:
        if i not in held:
            gain -= LEFT_FIGURE if signs[i].is_body else LEFT_BODY
    passed = sum(signs[i].leads and reading.look(i) >= LIKE_A_BODY for i in range(first, k))
    gain -= LEFT_CALLOUT_LEADS * passed
    if reading.is_under_heading(signs[k].start):
        gain += UNDER_HEADING * len(links)
    if reading.evident:
        taken = {link.callout for link in links}
        gain -= LEFT_CALLOUT * (len(callouts) - len(taken))
    pairs = tuple(_pair(link, callouts, signs[waiting[link.body][1]]) for link in links)
    return Scope(gain, pairs, signs[k].start)


def _interrupted(reading: Reading, bodies: Sequence[int], last: int) -> int:
    """How many bodies have paragraphs behind them that aren't bodies.

    Behind the last one of a page nothing may follow; behind the last of a list, anything.
    """
    stops = [reading.signs[i].start for i in bodies[1:]]
    if reading.at_foot:
        stops.append(reading.ends[last - 1])
    return sum(
        _BLANK_LINE.search(reading.text, at, min(stop, at + _LONG)) is not None
        for at, stop in zip((reading.signs[i].end for i in bodies), stops, strict=False)
    )


def _pair(link: Link, callouts: Sequence[tuple[Token, Sign]], body: Sign) -> Pair:
    return Pair(callouts[link.callout][0], body, link.confidence)


def _cycles(reading: Reading, first: int, last: int, lines: bool) -> list[Scope]:
    """Callouts, bodies, callouts, bodies …: the cuts between them that gain most.

    A cut lies between a sign that may begin a body and one that may be a callout. `_MERGED`
    neighbouring stretches at the most are taken as one.
    """
    signs = reading.signs
    turns = (
        i for i in range(first + 1, last)
        if not signs[i].leads and (
            signs[i - 1].leads
            or (not lines and "\n" in reading.text[signs[i - 1].end : signs[i].start])
        )
    )  # fmt: skip
    cuts = [first, *turns, last]
    best: list[tuple[float, int, Scope]] = [(0.0, 0, _NOTHING)]
    settled = 0
    for end in range(1, len(cuts)):
        options = []
        for begin in range(end - 1, max(settled - 1, end - 1 - _MERGED), -1):
            scope = _split(reading, cuts[begin], cuts[end], lines)
            options.append((best[begin][0] + scope.gain, begin, scope))
            if begin == end - 1 and _is_whole(reading, [scope], cuts[begin], cuts[end]):
                settled = end
                break
        best.append(max(options, key=lambda one: (one[0], one[1])))
    scopes = []
    end = len(cuts) - 1
    while end:
        _, begin, scope = best[end]
        scopes.append(scope)
        end = begin
    return [scope for scope in reversed(scopes) if scope.pairs]


def _is_whole(reading: Reading, scopes: Sequence[Scope], first: int, last: int) -> bool:
    """Whether of signs `first` to `last` none is left over, so that nothing gains more."""
    tokens = sum(len(sign.tokens) for sign in reading.signs[first:last])
    sure = sum(pair.confidence == SURE for scope in scopes for pair in scope.pairs)
    return sure > 0 and 2 * sure == tokens


def _at_feet(reading: Reading, pages: Sequence[tuple[int, int]], runs: bool) -> list[Scope]:
    """Bodies at the feet of pages; what is left may stand in lists."""
    starts = [sign.start for sign in reading.signs]
    scopes: list[Scope] = []
    for number, (start, end) in enumerate(pages):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if not 2 <= last - first <= _MOST_ON_A_PAGE:
            continue
        lines = reading.text.count("\n", start, end) >= _LINES
        within = replace(
            reading,
            signs=reading.signs[first:last],
            ends=(*reading.ends[first : last - 1], end),
            at_foot=True,
            in_runs=runs,
        )
        found = _cycles(within, 0, last - first, lines)
        if not found and lines:
            whole = _split(within, 0, last - first, lines=False)
            if whole.gain + INSIDE_LINES * len(whole.pairs) > 0:
                found = [replace(whole, gain=whole.gain + INSIDE_LINES * len(whole.pairs))]
        scopes += [replace(scope, page=number) for scope in found]
    scopes += _lone_on_pages(_without(reading, scopes), pages)
    return scopes + _near(_in_lists(_without(reading, scopes)), scopes, pages, reading)


def _lone_on_pages(reading: Reading, pages: Sequence[tuple[int, int]]) -> list[Scope]:
    """Pages on which one callout and one body are left, whose numbers differ: one was misread."""
    if not reading.evident:
        return []
    starts = [sign.start for sign in reading.signs]
    scopes = []
    for number, (start, end) in enumerate(pages):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if last - first != 2:
            continue
        callout, body = reading.signs[first:last]
        if callout.leads or callout.is_body or not body.leads or len(callout.tokens) != 1:
            continue
        if reading.look(last - 1) > 0 and reading.cost(callout) < CALLOUT_LEADS:
            pair = Pair(callout.tokens[0], body, BY_ORDER)
            scopes.append(Scope(GAINS[BY_ORDER], (pair,), body.start, number))
    return scopes


def _near(
    lists: list[Scope],
    feet: Sequence[Scope],
    pages: Sequence[tuple[int, int]],
    reading: Reading,
) -> list[Scope]:
    """Lists without pairs over many pages, where all other bodies stand at the feet of theirs."""
    pairs = sum(len(scope.pairs) for scope in feet)
    if pairs < _FEET_FIRST * sum(len(scope.pairs) for scope in lists):
        return lists
    begins = [start for start, _ in pages]

    def is_near(pair: Pair) -> bool:
        callout = bisect_right(begins, pair.callout.start)
        return bisect_right(begins, pair.body.start) - callout <= 1

    kept = []
    for scope in lists:
        near = tuple(pair for pair in scope.pairs if is_near(pair))
        if reading.is_under_heading(scope.zone):
            kept.append(scope)
        elif near:
            kept.append(replace(scope, pairs=near))
    return kept


def _without(reading: Reading, scopes: Sequence[Scope]) -> Reading:
    taken = {pair.callout.start for scope in scopes for pair in scope.pairs}
    taken |= {pair.body.start for scope in scopes for pair in scope.pairs}
    if not taken:
        return reading
    left = [
        sign for sign in reading.signs
        if sign.start not in taken and not any(token.start in taken for token in sign.tokens)
    ]  # fmt: skip
    return Reading.of(reading.text, left, reading.evident, reading.headings)


def _in_lists(reading: Reading) -> list[Scope]:
    """Bodies on lines, in stretches behind their callouts."""
    return _cycles(reading, 0, len(reading.signs), lines=True)


def _at_the_end(reading: Reading, headings: Sequence[int]) -> list[Scope]:
    """All bodies of the text in one list at its end: under its heading, or the last lines."""
    signs = reading.signs
    starts = [sign.start for sign in signs]
    begins = {bisect_right(starts, place) for place in headings[-2:]}
    k = len(signs)
    while k and signs[k - 1].leads:
        k -= 1
    begins.add(k)
    best = _NOTHING
    for begin in sorted(begins):
        if not 0 < begin < len(signs):
            continue
        looks = {i: reading.look(i) for i in range(begin, len(signs)) if signs[i].leads}
        found = _paired(reading, 0, begin, len(signs), looks)
        if found.gain > best.gain:
            best = found
    return [best] if best.pairs else []


def best_scopes(
    text: str,
    signs: Sequence[Sign],
    pages: Sequence[tuple[int, int]],
    runs: Sequence[tuple[int, int]],
    headings: Sequence[int],
    evident: bool,
) -> list[Scope]:
    """The scopes of one style, by the hypothesis that gains most.

    Args:
        text: all of it.
        signs: its signs of the style, in order of place.
        pages: where printed pages lie, without their furniture.
        runs: where text lies that may be a page without its line ends; asked when no page is known.
        headings: where headings such as "Notes" begin.
        evident: whether a mark of the style is evidence by itself.
    """
    if len(signs) < 2:
        return []
    reading = Reading.of(text, signs, evident, headings)
    hypotheses: list[Callable[[], list[Scope]]] = [
        lambda: _at_feet(reading, pages or runs, not pages) if pages or runs else [],
        lambda: _in_lists(reading),
        lambda: _at_the_end(reading, headings),
    ]
    best: list[Scope] = []
    most = 0.0
    for hypothesis in hypotheses:
        found = hypothesis()
        gain = sum(scope.gain for scope in found)
        # What stands at pages' feet gives way to a list that explains far more.
        if gain > most * (_FAR_MORE if pages and best else 1):
            best, most = found, gain
        if _is_whole(reading, found, 0, len(signs)):
            break
    if not evident and not _is_proven(best):
        return []
    return best


def _is_proven(scopes: Sequence[Scope]) -> bool:
    """Whether marks that are no evidence by themselves count: they count from one.

    The first callout may be lost; then nearly all of the numbers that follow must be there.
    """
    numbers = {pair.body.tokens[0].number for scope in scopes for pair in scope.pairs}
    if not numbers or 1 in numbers:
        return bool(numbers)
    return len(numbers) >= _MANY_NUMBERS and len(numbers) >= _NEARLY_ALL * max(numbers)

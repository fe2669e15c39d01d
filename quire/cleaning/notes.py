"""Note marks in a text, and which body belongs to which callout.

On each printed page the callouts come first and the bodies after them, in the same order. That
makes it an assignment with an order to keep: for every place where the bodies may begin, callouts
and bodies are aligned, and the place that leaves the fewest over is taken. A body may have several
marks (③④); callouts and bodies that stay alone are questions, never dropped.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from quire.cleaning.numbering import circled
from quire.cleaning.vocabulary import HAN, SENTENCE_END

__all__ = ["Body", "Callout", "Notes", "find_notes"]

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_STYLES = {
    "circled": re.compile(r"[①-⑳㉑-㉟㊱-㊿❶-❿⑴-⒇]"),
    "square": re.compile(r"\[\^?\d{1,3}(?:\s*[,，、–-]\s*\d{1,3})*\]|〔\d{1,3}〕|［\d{1,3}］"),
    "superscript": re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+"),
    "star": re.compile(r"[*＊]{1,3}|[†‡]"),
}
_MOST_ON_A_PAGE = 60
_LEFT_OVER = 3.0
# A body opens with an author (and a nation in brackets), a title, a name in Latin or a pointer.
_CITATION = re.compile(
    rf"\s*(?:[\[［〔(（【][{HAN}]{{1,4}}[\]］〕)）】]|《|“|\"|[A-Z]|参见|参阅|详见|见|引自|转引|同上|同前|"
    rf"本文|[{HAN}·]{{2,12}}[:：、,，]|https?:|Ibid|See|Cf)"
)
_REFERENCE = re.compile(
    r"《|出版社|[0-9]{4}|第\s*\d+|页|pp?\.|Press|ibid|同上|https?:", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Callout:
    """The mark at `start` to `end` calls the note `key`."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Body:
    """A note's text at `start` to `end`; its marks lie at `mark` to `start`."""

    mark: int
    start: int
    end: int
    key: str
    style: str


@dataclass(frozen=True, slots=True)
class Notes:
    """Pairs in order of place, and marks at `start` to `end` that have no partner."""

    callouts: tuple[Callout, ...] = ()
    bodies: tuple[Body, ...] = ()
    alone: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Run:
    """Marks in a row: `tokens` are (number, start, end)."""

    start: int
    end: int
    tokens: tuple[tuple[int, int, int], ...]
    leads: bool  # it stands at a line's start
    style: str


@dataclass(frozen=True, slots=True)
class _Pair:
    callout: tuple[int, int]
    body: _Run


def _numbers(mark: str, style: str) -> list[int]:
    if style == "circled":
        return [circled(mark)]
    if style == "star":
        return [{"†": 11, "‡": 12}.get(mark, len(mark))]
    if style == "superscript":
        return [int(mark.translate(_SUPERSCRIPTS))]
    found = [int(n) for n in re.findall(r"\d+", mark)]
    if len(found) == 2 and re.search(r"[–-]", mark) and 0 < found[1] - found[0] < 10:
        return list(range(found[0], found[1] + 1))
    return found


def _runs(text: str, start: int, end: int, style: str) -> list[_Run]:
    """The runs of marks of one style in a stretch."""
    runs: list[_Run] = []
    for found in _STYLES[style].finditer(text, start, end):
        tokens = tuple((n, found.start(), found.end()) for n in _numbers(found[0], style))
        # Not from the line's start: a line may be millions of characters long.
        before = text[max(0, found.start() - 40) : found.start()]
        leads = not before.rpartition("\n")[2].strip() and ("\n" in before or found.start() <= 40)
        if style == "star" and not _is_star(text, found.start(), found.end(), leads):
            continue
        if runs and runs[-1].end == found.start():
            last = runs.pop()
            runs.append(_Run(last.start, found.end(), last.tokens + tokens, last.leads, style))
        else:
            runs.append(_Run(found.start(), found.end(), tokens, leads, style))
    return runs


def _is_star(text: str, start: int, end: int, leads: bool) -> bool:
    """Whether a star is a note's mark, and not a break of scenes, emphasis or a bullet."""
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    if leads:
        return bool(behind.strip()) or bool(text[end : end + 2].strip(" *＊\n"))
    if before in "*＊" or behind in "*＊":
        return False
    return bool(before.strip()) and not (before.isascii() and before.isdigit())


def _looks_like_body(text: str, run: _Run, end: int) -> float:
    """How much the text behind a run of marks looks like a note's body."""
    behind = text[run.end : end].strip()
    if len(behind) < 2 or behind[0] in "。，、；！？,;.!?)）":
        return -6.0
    score = 2.0 if _CITATION.match(behind) else -0.5
    score += 1.0 if _REFERENCE.search(behind[:200]) else -0.5
    score += 0.5 if behind[-1] in ".。" else 0.0
    if run.leads:
        score += 2.0
    elif text[run.start - 1] not in SENTENCE_END + "」”." and score < 2:
        score -= 1.0
    return score


Aligned = list[tuple[int, int]]


def _align(left: Sequence[int], right: Sequence[int]) -> Aligned:
    """The longest order-keeping pairing of equal numbers, as pairs of indexes."""
    if len(left) * len(right) > 4_000_000:
        return _align_in_order(left, right)
    width = len(right) + 1
    table = [[0] * width for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        row, below = table[i], table[i + 1]
        for j in range(len(right) - 1, -1, -1):
            equal = left[i] == right[j]
            row[j] = below[j + 1] + 1 if equal else max(below[j], row[j + 1])
    pairs, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        if left[i] == right[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _align_in_order(left: Sequence[int], right: Sequence[int]) -> Aligned:
    """As `_align`, for thousands of marks: each takes the next equal number within reach."""
    pairs, j = [], 0
    for i, number in enumerate(left):
        ahead = next((k for k in range(j, min(j + 50, len(right))) if right[k] == number), None)
        if ahead is not None:
            pairs.append((i, ahead))
            j = ahead + 1
    return pairs


def _tokens(runs: Iterable[_Run]) -> list[tuple[int, int, int, _Run]]:
    return [(number, start, end, run) for run in runs for number, start, end in run.tokens]


def _pairs(callouts: Sequence[_Run], bodies: Sequence[_Run]) -> list[_Pair]:
    called, waiting = _tokens(callouts), _tokens(bodies)
    aligned = _align([one[0] for one in called], [one[0] for one in waiting])
    pairs = [_Pair((called[i][1], called[i][2]), waiting[j][3]) for i, j in aligned]
    taken = {i for i, _ in aligned}
    matched = {waiting[j][0]: waiting[j][3] for _, j in aligned}
    rising = [number for number, *_ in waiting]
    if rising == sorted(set(rising)):  # one list for all: a work may be cited more than once
        pairs += [
            _Pair((start, end), matched[number])
            for i, (number, start, end, _) in enumerate(called)
            if i not in taken and number in matched
        ]
    return pairs


def _on_a_page(text: str, runs: Sequence[_Run], end: int) -> list[_Pair]:
    """The pairs on one page: the place where the bodies begin that leaves the fewest over."""
    if len(runs) < 2 or len(runs) > _MOST_ON_A_PAGE:
        return []
    ends = [run.start for run in runs[1:]] + [end]
    looks = [_looks_like_body(text, run, stop) for run, stop in zip(runs, ends, strict=True)]
    best: tuple[float, list[_Pair]] = (_LEFT_OVER * sum(len(run.tokens) for run in runs), [])
    for k in range(1, len(runs)):
        if looks[k] <= -6 or runs[k].tokens[0][0] > runs[0].tokens[0][0] + 1:
            continue
        pairs = _pairs(runs[:k], runs[k:])
        paired = {pair.callout for pair in pairs}
        held = {pair.body.start for pair in pairs}
        left = sum(len({t[1:] for t in run.tokens} - paired) for run in runs[:k])
        left += sum(run.start not in held for run in runs[k:])
        cost = _LEFT_OVER * left - sum(looks[k:]) + sum(2.0 for run in runs[:k] if run.leads)
        if pairs and cost < best[0]:
            best = (cost, pairs)
    return best[1]


def _by_lines(text: str, runs: Sequence[_Run]) -> list[_Pair]:
    """The pairs of a text without pages: bodies stand at lines' starts, callouts don't."""
    bodies = [run for run in runs if run.leads and _looks_like_body(text, run, run.end + 200) > -6]
    callouts = [run for run in runs if not run.leads]
    pairs = []
    for called, waiting in _zones(callouts, bodies):
        pairs += _pairs(called, waiting)
    return pairs


def _zones(callouts: Sequence[_Run], bodies: Sequence[_Run]) -> list[tuple[list[_Run], list[_Run]]]:
    """Callouts up to each stretch of bodies, with those bodies; or all with all.

    When every stretch starts over at the same number as the callouts before it, each stretch is
    a chapter's; else the notes of the whole text stand together.
    """
    zones: list[tuple[list[_Run], list[_Run]]] = []
    starts = [run.start for run in callouts]
    done = 0
    for body in bodies:
        upto = bisect_right(starts, body.start)
        if upto > done or not zones:
            zones.append((list(callouts[done:upto]), []))
            done = upto
        zones[-1][1].append(body)
    if all(
        {t[0] for r in c for t in r.tokens} & {t[0] for r in b for t in r.tokens} for c, b in zones
    ):
        return zones
    return [(list(callouts), list(bodies))]


_PLAIN_BODY = re.compile(
    r"^[ \t]*(?P<n>\d{1,3})(?:[.．、)）]|[ \t]|(?=[A-Z《\[“\"]))[ \t]*(?=\S)", re.MULTILINE
)


def _plain(text: str, start: int, end: int) -> list[_Pair]:
    """Notes whose marks are plain digits.

    The bodies stand in sequence at the page's end, and each has exactly one digit before them that
    is glued to a word or a stop.
    """
    found = list(_PLAIN_BODY.finditer(text, start, end))
    zone: list[re.Match[str]] = []
    for match in reversed(found):
        if zone and int(match["n"]) != int(zone[0]["n"]) - 1:
            break
        zone.insert(0, match)
    if not zone or zone[0].start() == start:
        return []
    pairs, place = [], start
    for match in zone:
        pattern = re.compile(
            rf"(?<=[^\W\d_]|[.,;:!?”’\"'。，；：！？)）]){match['n']}(?=[\s。，；、,;:]|[{HAN}]|$)"
        )
        places = list(pattern.finditer(text, place, zone[0].start()))
        if len(places) != 1 or _is_counted(text, places[0]):
            return []
        one = places[0]
        token = (int(match["n"]), match.start("n"), match.end("n"))
        run = _Run(match.start("n"), match.end(), (token,), True, "plain")
        pairs.append(_Pair((one.start(), one.end()), run))
        place = one.end()
    return pairs


def _is_counted(text: str, found: re.Match[str]) -> bool:
    """Whether a digit belongs to a date, a measure or a number of something."""
    around = (
        text[max(0, found.start() - 2) : found.start()] + "#" + text[found.end() : found.end() + 2]
    )
    return bool(re.search(r"[第图表]#|#\s?[年月日号个人次岁页章节]|\d[.,:]#|#[.,:]\d", around))


def find_notes(
    text: str,
    pages: Sequence[tuple[int, int]],
    allowed: Callable[[int, int], bool] = lambda start, end: True,
) -> Notes:
    """Find callouts and bodies, and pair them.

    Args:
        text: all of it.
        pages: where printed pages lie, without their furniture; empty when there are none.
        allowed: whether a mark at a place may be a note's mark.
    """
    pairs: list[_Pair] = []
    seen: list[_Run] = []
    for style in _STYLES:
        runs = [run for run in _runs(text, 0, len(text), style) if allowed(run.start, run.end)]
        here = _of_style(text, runs, pages, style)
        pairs += here
        if here and style != "star":
            seen += runs
    if not pairs:
        for start, end in pages:
            pairs += _plain(text, start, end)
    return _told(text, pairs, pages, seen)


def _of_style(
    text: str, runs: Sequence[_Run], pages: Sequence[tuple[int, int]], style: str
) -> list[_Pair]:
    starts = [run.start for run in runs]
    pairs: list[_Pair] = []
    for start, end in pages:
        inside = runs[bisect_right(starts, start - 1) : bisect_right(starts, end)]
        pairs += _on_a_page(text, inside, end)
    taken = {pair.callout for pair in pairs} | {(p.body.start, p.body.end) for p in pairs}
    rest = [
        run for run in runs
        if (run.start, run.end) not in taken and not {t[1:] for t in run.tokens} & taken
    ]  # fmt: skip
    if style != "star":
        pairs += _by_lines(text, rest)
    return pairs


def _told(
    text: str, pairs: Sequence[_Pair], pages: Sequence[tuple[int, int]], seen: Sequence[_Run]
) -> Notes:
    ordered = sorted(pairs, key=lambda pair: pair.callout)
    keys: dict[int, str] = {}
    callouts = []
    for pair in ordered:
        key = keys.setdefault(pair.body.start, f"n{len(keys) + 1}")
        callouts.append(Callout(*pair.callout, key))
    runs = {pair.body.start: pair.body for pair in pairs}
    starts = sorted(runs)
    bodies = []
    for i, start in enumerate(starts):
        run = runs[start]
        stop = starts[i + 1] if i + 1 < len(starts) else len(text)
        end = _body_end(text, run.end, stop, pages)
        begin = run.end + len(text[run.end : end]) - len(text[run.end : end].lstrip())
        bodies.append(Body(start, begin, end, keys[start], run.style))
    used = {(one.start, one.end) for one in callouts}
    alone = [
        (start, end, text[start:end])
        for run in seen if run.start not in runs
        for _, start, end in run.tokens if (start, end) not in used
    ]  # fmt: skip
    return Notes(tuple(callouts), tuple(bodies), tuple(dict.fromkeys(alone)))


def _body_end(text: str, start: int, stop: int, pages: Sequence[tuple[int, int]]) -> int:
    """A body ends before the next one, with its page, or with its block."""
    index = bisect_right([page[0] for page in pages], start) - 1
    inside = index >= 0 and start < pages[index][1]
    block = text.find("\n\n", start)
    if inside:
        stop = min(stop, pages[index][1])
    elif block >= 0:
        stop = min(stop, block)
    return start + len(text[start:stop].rstrip())

"""Which callout calls which body: an assignment that keeps the order, solved exactly.

Callouts and bodies of one scope (a page, a chapter, the whole text) are two sequences of numbers.
The best chain of equal numbers is found by dynamic programming over the pairs that are possible,
so that a mark that is missing or damaged never shifts the rest; what lies alone between two pairs
of the chain is then looked at by itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

__all__ = ["BY_ORDER", "GAINS", "PAIRED", "SURE", "Link", "align"]

# What a pair of equal numbers gains: both would be left over otherwise, at 3 each.
PAIRED = 6.0
# How sure a link is. A number may be misread as one that looks like it; between two sure pairs
# the order alone says which body a mark means; a work may be cited again by its number.
SURE = 1.0
LIKE = 0.8
BY_ORDER = 0.65
AGAIN = 0.75
# What a link of each kind gains: weak ones never outweigh a pair of equal numbers.
GAINS = {SURE: PAIRED, LIKE: 4.0, BY_ORDER: 3.0, AGAIN: 1.0}
_LOOK_ALIKE = frozenset({
    frozenset(pair)
    for pair in (
        (0, 1), (0, 6), (0, 8), (1, 7), (2, 7), (3, 8), (5, 6), (6, 8), (6, 9), (7, 9), (8, 9),
    )
})  # fmt: skip
# The r-th mark of a number is looked for among the bodies of that number from r - 10 to r + 10.
_REACH = 10
_MOST_IN_A_GAP = 3


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Callout and body, by index in their sequences; `confidence` is 0 to 1."""

    callout: int
    body: int
    confidence: float = SURE


def align(
    callouts: Sequence[int],
    bodies: Sequence[int],
    costs: Sequence[float],
    doubts: Sequence[float] = (),
    again: bool = True,
) -> list[Link]:
    """The pairing of numbers that gains most, in order of the callouts.

    Args:
        callouts: their numbers, in order of place.
        bodies: their numbers, in order of place.
        costs: what speaks against each callout being one; from `PAIRED` on it is none.
        doubts: what speaks against each body being one; nothing when left out.
        again: whether a body may be called more than once.
    """
    links = [Link(i, j) for i, j in _chain(callouts, bodies, costs, doubts)]
    links += _in_gaps(callouts, bodies, costs, links)
    links.sort()
    if again:
        links = sorted([*links, *_called_again(callouts, bodies, costs, links)])
    return links


def _matches(callouts: Sequence[int], bodies: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Each callout with the bodies of its number within reach, the last first."""
    places: defaultdict[int, list[int]] = defaultdict(list)
    for j, number in enumerate(bodies):
        places[number].append(j)
    seen: defaultdict[int, int] = defaultdict(int)
    for i, number in enumerate(callouts):
        if not number or number not in places:
            continue  # a mark without a number is equal to none
        rank = seen[number]
        seen[number] += 1
        alike = places[number]
        # Where one side repeats a number more often, the shares of the way are compared.
        yield i, alike[max(0, rank - _REACH) : rank + _REACH + 1][::-1]


def _chain(
    callouts: Sequence[int],
    bodies: Sequence[int],
    costs: Sequence[float],
    doubts: Sequence[float],
) -> list[tuple[int, int]]:
    """The heaviest chain of equal numbers that rises on both sides.

    `ends` and `gains` hold, for chains that end at some body, the best gain so far: both rise.
    """
    ends: list[int] = []
    gains: list[float] = []
    nodes: list[tuple[int, int, int]] = []  # callout, body, node before
    last: list[int] = []
    for i, possible in _matches(callouts, bodies):
        for j in possible:
            gain = PAIRED - costs[i] - (doubts[j] if doubts else 0.0)
            if gain <= 0:
                continue
            place = bisect_left(ends, j)
            total = gain + (gains[place - 1] if place else 0.0)
            if place < len(ends) and ends[place] == j and gains[place] >= total:
                continue
            nodes.append((i, j, last[place - 1] if place else -1))
            stop = place
            while stop < len(ends) and gains[stop] <= total:
                stop += 1
            # A chain that ends earlier, or is as good and ends there, rules out worse ones.
            ends[place:stop] = [j]
            gains[place:stop] = [total]
            last[place:stop] = [len(nodes) - 1]
    chain = []
    node = last[-1] if last else -1
    while node >= 0:
        i, j, node = nodes[node]
        chain.append((i, j))
    return chain[::-1]


def _in_gaps(
    callouts: Sequence[int], bodies: Sequence[int], costs: Sequence[float], links: Sequence[Link]
) -> Iterator[Link]:
    """Marks whose number was misread: as many callouts as bodies are left between two pairs."""
    edges = [(-1, -1), *((one.callout, one.body) for one in links), (len(callouts), len(bodies))]
    for (i, j), (k, m) in pairwise(edges):
        waiting = [c for c in range(i + 1, k) if costs[c] < PAIRED / 2]
        if not waiting or len(waiting) != m - j - 1 or len(waiting) > _MOST_IN_A_GAP:
            continue
        for callout, body in zip(waiting, range(j + 1, m), strict=True):
            alike = frozenset((callouts[callout] % 10, bodies[body] % 10)) in _LOOK_ALIKE
            if alike or (links and len(waiting) == 1):
                yield Link(callout, body, LIKE if alike else BY_ORDER)


def _called_again(
    callouts: Sequence[int], bodies: Sequence[int], costs: Sequence[float], links: Sequence[Link]
) -> Iterator[Link]:
    """Callouts of a number whose body was called before: it is cited again.

    Where numbers begin anew with each chapter, the body is the one of the chapter that the callout
    before belongs to.
    """
    count = list(accumulate(pairwise(bodies), lambda n, two: n + (two[0] >= two[1]), initial=0))
    linked = {one.callout: one for one in links}
    called: dict[tuple[int, int], int] = {}  # the body of a count's number
    counting = 0
    for i, number in enumerate(callouts):
        link = linked.get(i)
        if link is not None:
            counting = count[link.body]
            if link.confidence == SURE:
                called[counting, bodies[link.body]] = link.body
        elif (counting, number) in called and costs[i] < PAIRED / 2:
            yield Link(i, called[counting, number], AGAIN)

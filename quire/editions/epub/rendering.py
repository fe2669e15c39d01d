"""Stretches of pandoc's tree to XHTML, many in one run of pandoc, several runs side by side.

pandoc starts in milliseconds, but a book has hundreds of stretches: chapters, titles, captions,
notes. They go in together with a mark between them, and are taken apart again by it. What was
rendered before isn't again: a long stretch is kept by itself, short ones by the dozen.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from quire.editions.epub.xhtml import Element, read_fragment
from quire.pandoc import Blocks, Inlines, raw_block, write_lists
from quire.toolchain.cache import NOTHING_KEPT, Cache

__all__ = ["Stretches", "plain", "render"]

Stretches = dict[str, Blocks]
"""Name → blocks. A stretch of inlines is one Plain block."""

_ARGUMENTS: Final = ("--mathml", "--syntax-highlighting=none")
_LONG: Final = 4_000
"""Bytes of a stretch that is kept by itself."""
_TOGETHER: Final = 64
"""Short stretches that are kept together."""
_A_RUN: Final = 1_600_000
"""Bytes that are worth a run of pandoc."""


def plain(inlines: Inlines) -> Blocks:
    """Inlines as a stretch of their own."""
    return [{"t": "Plain", "c": inlines}]


def render(stretches: Mapping[str, Blocks], cache: Cache = NOTHING_KEPT) -> dict[str, Element]:
    """Every stretch as an XHTML ``div`` that holds its content, by name."""
    told = {name: json.dumps(blocks, ensure_ascii=False) for name, blocks in stretches.items()}
    bundles = list(_bundles(told))

    def written(numbers: list[int]) -> Iterable[bytes]:
        runs = list(_runs(numbers, [sum(len(told[name]) for name in one) for one in bundles]))
        with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
            for pieces in pool.map(lambda run: _run([bundles[n] for n in run], told), runs):
                yield from pieces

    parts = [tuple(told[name] for name in names) for names in bundles]
    made: dict[str, Element] = {}
    for names, content in zip(bundles, cache.all_made("xhtml", parts, written), strict=True):
        for name, markup in zip(names, json.loads(content), strict=True):
            made[name] = read_fragment(markup)
    return {name: made[name] for name in stretches}


def _bundles(told: Mapping[str, str]) -> Iterator[list[str]]:
    """The names of stretches, those together that are kept together."""
    short = [name for name, content in told.items() if len(content) < _LONG]
    yield from ([name] for name, content in told.items() if len(content) >= _LONG)
    yield from (short[at : at + _TOGETHER] for at in range(0, len(short), _TOGETHER))


def _runs(numbers: Sequence[int], sizes: Sequence[int]) -> Iterator[list[int]]:
    """Numbers of bundles, in order, as many together as make a run."""
    run: list[int] = []
    size = 0
    for number in numbers:
        if run and size + sizes[number] > _A_RUN:
            yield run
            run, size = [], 0
        run.append(number)
        size += sizes[number]
    if run:
        yield run


def _run(bundles: Sequence[Sequence[str]], told: Mapping[str, str]) -> list[bytes]:
    """Each bundle's markup, a JSON list of a string for each of its stretches."""
    names = [name for bundle in bundles for name in bundle]
    # The mark can't stand in the book by chance: it is made from the stretches' own names.
    seal = hashlib.sha256("\n".join(names).encode()).hexdigest()[:32]
    mark = f"<!-- {seal} -->"
    sealed = json.dumps([raw_block("html", mark)])
    lists = [blocks for name in names for blocks in (sealed, told[name])]
    pieces = iter(write_lists(lists, "html5", _ARGUMENTS).split(mark)[1:])
    return [
        json.dumps([next(pieces).strip() for _ in bundle], ensure_ascii=False).encode("utf-8")
        for bundle in bundles
    ]

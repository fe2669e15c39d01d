"""A large printed book is set in gatherings, one after another, each in a process of its own.

Typst keeps all that it has laid out until it ends: of a book of thousands of pages, gigabytes. On
paper nothing ties one page to another but numbers, so a book can be parted wherever a right-hand
page begins, if each part is told the sheet and the folio that it begins with, and where things
stand that are in the others. The text and the notes follow each other; the matter before the text,
with the contents, is set first, for its notes' sake, and again at the end, when all is known.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import replace
from typing import Final

from quire.editions.typesetting.interior import Interior
from quire.editions.typesetting.pressing import Place, Pressed, Work, press

__all__ = ["MOST_AT_ONCE", "gathered", "press_book"]

MOST_AT_ONCE: Final = 1_500_000
"""Characters of markup that are set at once: some 700 pages, for which Typst takes a gigabyte."""

_BEGIN: Final = '#set page(numbering: "1")\n#counter(page).update({folio})\n'


def press_book(work: Work, text: Interior, *, whole: bool) -> tuple[Pressed, ...]:
    """Set a book: at once, or in gatherings where it is large.

    Args:
        work: all but its markup.
        text: the book.
        whole: whether it must be one file, whatever its size.

    Returns:
        The gatherings in order. Each but the last takes an even number of pages, of which a last
        blank one may be left out. The last knows every place.

    Raises:
        quire.editions.typesetting.pressing.PressRefused: Typst can't set it.
    """
    if whole or len(text.markup) <= MOST_AT_ONCE:
        begin = "#next-recto\n" + _BEGIN.format(folio=1) if text.stretches else ""
        markup = text.front + begin + "".join(text.stretches)
        return (press(replace(work, markup=markup)),)
    # Where it can be, a server that has imported all it needs begins each process.
    known = multiprocessing.get_all_start_methods()
    method = multiprocessing.get_context("forkserver" if "forkserver" in known else "spawn")
    if method.get_start_method() == "forkserver":
        method.set_forkserver_preload([press.__module__])
    with ProcessPoolExecutor(1, mp_context=method, max_tasks_per_child=1) as pool:
        return _in_gatherings(work, text, pool)


def _in_gatherings(work: Work, text: Interior, pool: Executor) -> tuple[Pressed, ...]:
    def pressed(markup: str, places: Mapping[str, Place], before: int) -> Pressed:
        settings = {**work.settings, "places": places, "sheets-before": before}
        return pool.submit(press, replace(work, markup=markup, settings=settings)).result()

    front = pressed(text.front, {}, 0)
    sheets, folio, places = _even(front.pages), 1, dict(front.places)
    done: list[Pressed] = []
    for markup in gathered(text.stretches):
        one = pressed(_BEGIN.format(folio=folio) + markup, places, sheets)
        places |= one.places
        sheets += _even(one.pages)
        folio += _even(one.pages)
        done.append(one)
    front = pressed(text.front, places, 0)
    last = replace(done[-1], places={**places, **front.places})
    return (front, *done[:-1], last)


def gathered(stretches: tuple[str, ...]) -> Iterator[str]:
    """Stretches put together to no more than `MOST_AT_ONCE`; a longer one stays alone."""
    together = ""
    for one in stretches:
        if together and len(together) + len(one) > MOST_AT_ONCE:
            yield together
            together = ""
        together += one
    yield together


def _even(pages: int) -> int:
    return pages + pages % 2

"""Gatherings that were set one by one become one book."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import ExitStack

__all__ = ["bound"]


def bound(gatherings: Sequence[bytes]) -> bytes:
    """One PDF of the pages of several, each called what it is called there.

    What the first says of the whole (title, date, language) holds for all.
    """
    if len(gatherings) == 1:
        return gatherings[0]
    import pikepdf

    with ExitStack() as open_files:
        opened = [open_files.enter_context(pikepdf.open(io.BytesIO(one))) for one in gatherings]
        book = opened[0]
        labels = pikepdf.Array()
        before = 0
        for gathering in opened:
            # PDF 1.7, 12.4.2: from which page on, counted from 0, and how pages are called there.
            for page, called in pikepdf.NumberTree(gathering.Root.PageLabels).items():
                labels.append(before + page)
                labels.append(called if gathering is book else book.copy_foreign(called))
            before += len(gathering.pages)
            if gathering is not book:
                book.pages.extend(gathering.pages)
        book.Root.PageLabels = pikepdf.Dictionary(Nums=labels)
        done = io.BytesIO()
        book.save(done, deterministic_id=True)
        return done.getvalue()

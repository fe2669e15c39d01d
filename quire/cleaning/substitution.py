"""Edits from a pattern: what most rules about characters are made of."""

from __future__ import annotations

import re
from collections.abc import Callable

from quire.cleaning.ledger import Edit

__all__ = ["substitute"]


def substitute(
    rule: str,
    pattern: re.Pattern[str],
    after: str | Callable[[re.Match[str]], str],
    text: str,
    why: str,
    confidence: float = 1.0,
) -> tuple[Edit, ...]:
    """An edit for each place of `text` that the pattern finds.

    Args:
        rule: who signs.
        pattern: what to find; it must run in linear time.
        after: what to put there, or how to tell from the match. A match that would stay the same
            gives no edit.
        text: where to look.
        why: the evidence, for the report.
        confidence: 0 to 1.
    """
    edits = []
    for found in pattern.finditer(text):
        new = after if isinstance(after, str) else after(found)
        if new != found.group():
            edits.append(Edit(rule, found.start(), found.end(), new, why, confidence))
    return tuple(edits)

"""Take away what the web page put around the text: menu, path, date, related pages, rights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from quire.cleaning.draft import Block, Draft, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.cleaning.vocabulary import ends_sentence
from quire.cleaning.web_page import HEAD_LINE, LIST_LABEL, PAGER, TAIL_LINE

__all__ = ["RULE"]

_NAME = "web-shell"
_DEPTH = 24  # blocks at either end that are looked at
_LONG = 200
_SHORT = 60  # a title, a menu's words
_UNLABELLED = 4  # blocks among those of the head that no word tells


def _is_short(text: str) -> bool:
    return len(text) <= _SHORT and not ends_sentence(text)


def _head(blocks: Sequence[Block]) -> tuple[int, str]:
    """How many blocks at the head are shell, and the page's title among them."""
    last, title, waiting, unlabelled = 0, "", "", 0
    for i, block in enumerate(blocks[:_DEPTH]):
        if len(block.text) <= _LONG and HEAD_LINE.search(block.text):
            last, title = i + 1, waiting or title
        elif _is_short(block.text) and unlabelled < _UNLABELLED:
            waiting, unlabelled = block.text, unlabelled + 1
        else:
            break
    return last, title


def _tail(blocks: Sequence[Block]) -> int:
    """The number of the first block of the shell at the tail."""
    first = len(blocks)
    waiting = 0
    for i in range(len(blocks) - 1, max(-1, len(blocks) - 1 - _DEPTH), -1):
        text = blocks[i].text
        if len(text) <= _LONG and TAIL_LINE.search(text):
            if waiting and not LIST_LABEL.search(text):
                break  # what follows is no list of other pages
            first, waiting = i, 0
        elif _is_short(text):
            waiting += 1
        else:
            break
    return first


def _pagers(blocks: Sequence[Block]) -> Iterator[Edit]:
    """Cuts of links inside the text, each with the blank line before it."""
    for before, block in pairwise(blocks):
        if len(block.text) <= _SHORT and PAGER.match(block.text):
            yield Edit(_NAME, before.end, block.end, "", "links to other pages and nothing else")


def _apply(draft: Draft) -> RuleOutcome:
    blocks = draft.blocks()
    if len(blocks) < 3 or draft.marked(MarkKind.MARKDOWN):
        return RuleOutcome()
    head, title = _head(blocks)
    tail = _tail(blocks)
    if tail <= head:
        return RuleOutcome()
    edits = []
    if head:
        why = "the web page's head: path, title, date"
        edits.append(Edit(_NAME, 0, blocks[head].start, "", why))
    edits += _pagers(blocks[head:tail])
    if tail < len(blocks):
        why = "the web page's tail: related words, rights, operator"
        edits.append(Edit(_NAME, blocks[tail - 1].end, len(draft.text), "", why))
    return RuleOutcome(tuple(edits), facts={"working-title": title} if title else {})


RULE = Rule(
    name=_NAME,
    order=200,
    summary="Takes away the web page around the text: path, date, related words, rights.",
    why="Only whole short blocks at the very head and tail go, each begun by a web page's words.",
    apply=_apply,
    examples=(
        Example(
            "散文频道\n\n河边的灯\n\n时间：2021-05-06 07:08:09 阅读：12\n\n"
            "灯在水边亮了一夜。\n\n天亮时才灭。\n\n相关热词搜索：灯 河\n\nPowered by 某某网",
            "灯在水边亮了一夜。\n\n天亮时才灭。",
        ),
        Example(
            "Home | Stories | Log in\n\nThe Lamp\n\nPosted on 2021-05-06 | Views: 12\n\n"
            "The lamp burned all night.\n\nAt dawn it went out.\n\nPrevious: The Weir\n\n"
            "Related posts\n\nA Rope for the Ferry\n\nAll rights reserved.",
            "The lamp burned all night.\n\nAt dawn it went out.",
        ),
        Example(
            "The lamp burned all night.\n\nRelated boats\n\nA Rope for the Ferry",
            "The lamp burned all night.\n\nRelated boats\n\nA Rope for the Ferry",
        ),
    ),
)

"""Take away what the web page put around the text: breadcrumb, date, hot words, copyright."""

from __future__ import annotations

from quire.cleaning.draft import Block, Draft, MarkKind
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.cleaning.vocabulary import SHELL_HEAD, SHELL_TAIL, ends_sentence

__all__ = ["RULE"]

_NAME = "web-shell"
_DEPTH = 6  # blocks at either end that are looked at
_LONG = 200


def _head(blocks: list[Block]) -> tuple[int, str]:
    """How many blocks at the head are shell, and the page's title among them."""
    for i, block in enumerate(blocks[:_DEPTH]):
        if len(block.text) <= _LONG and SHELL_HEAD.search(block.text):
            before = blocks[:i]
            if all(len(one.text) <= 60 and not ends_sentence(one.text) for one in before):
                last = i + 1
                while last < min(len(blocks), _DEPTH) and SHELL_HEAD.search(blocks[last].text):
                    last += 1
                return last, before[-1].text if before else ""
    return 0, ""


def _tail(blocks: list[Block]) -> int:
    """The number of the first block of the shell at the tail."""
    first = len(blocks)
    for i in range(len(blocks) - 1, max(-1, len(blocks) - 1 - _DEPTH), -1):
        text = blocks[i].text
        if len(text) > _LONG or not SHELL_TAIL.search(text):
            break
        first = i
    return first


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
    ),
)

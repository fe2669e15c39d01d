"""What must be known of a node's surroundings before it is lowered, written onto the node.

Lowering goes from the leaves up and sees one node at a time. This pass runs before it: headings
learn their level in an unbroken tree and whether one stands right above, figures whether they may
float, pictures their whole alternative text and whether they stand alone, verse loses the marks
that its Div already gives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from quire.pandoc import Block, Blocks, Inlines, plain_text, transform

__all__ = ["VERSE", "lines_as_paragraph", "prepared"]

VERSE: Final = frozenset({"verse", "poem", "poetry"})
_QUOTED: Final = frozenset({"epigraph", "letter", "quote", "quotation", "blockquote"}) | VERSE
_BLANKS: Final = frozenset({"Space", "SoftBreak", "LineBreak"})


def prepared(blocks: Blocks, depth: int, descriptions: Mapping[str, str]) -> Blocks:
    """The same blocks with what lowering needs to know.

    Args:
        blocks: of a section or a note.
        depth: the section's depth; its own heading is of level ``depth + 1`` in the tree.
        descriptions: identifier → words of the long descriptions that go into alternative texts.
    """
    level_of = _unbroken_levels(depth)

    def change(node: dict[str, Any]) -> Any:
        match node["t"]:
            case "Header":
                return _header_with(node, "tree-level", str(level_of(node["c"][0])))
            case "Div":
                return _div_without_doubles(node)
            case "Figure":
                return _described(node, descriptions)
            case "Para" | "Plain":
                return _alone(node)
        return None

    changed: Blocks = transform(blocks, change)
    return [_placed(block, before) for block, before in zip(changed, [None, *changed], strict=False)]


def lines_as_paragraph(lines: list[Inlines]) -> Block:
    """Lines of verse as one paragraph with line breaks."""
    inlines: Inlines = []
    for number, line in enumerate(lines):
        inlines += [{"t": "LineBreak"}] if number else []
        inlines += line
    return {"t": "Para", "c": inlines}


def _unbroken_levels(depth: int) -> Callable[[int], int]:
    """A heading's level so that none is skipped, as tagged PDF wants it (PDF/UA-1, 7.4.2)."""
    last = depth + 1

    def level_of(written: int) -> int:
        nonlocal last
        last = max(depth + 2, min(written + depth, last + 1))
        return last

    return level_of


def _placed(block: Block, before: Block | None) -> Block:
    if block["t"] == "Header" and before is not None and before["t"] == "Header":
        return _header_with(block, "stacked", "yes")
    if block["t"] == "Figure":
        (identifier, classes, pairs), caption, content = block["c"]
        return {"t": "Figure", "c": [[identifier, [*classes, "afloat"], pairs], caption, content]}
    return block


def _header_with(node: Block, name: str, said: str) -> Block:
    level, (identifier, classes, pairs), inlines = node["c"]
    return {"t": "Header", "c": [level, [identifier, classes, [*pairs, [name, said]]], inlines]}


def _div_without_doubles(node: Block) -> Block:
    attribute, blocks = node["c"]
    classes = set(attribute[1])
    if classes & VERSE:
        blocks = [
            lines_as_paragraph(block["c"]) if block["t"] == "LineBlock" else block
            for block in blocks
        ]
    if classes & _QUOTED:
        blocks = [
            inner
            for block in blocks
            for inner in (block["c"] if block["t"] == "BlockQuote" else [block])
        ]
    return {"t": "Div", "c": [attribute, blocks]}


def _described(node: Block, descriptions: Mapping[str, str]) -> Block:
    """A figure whose pictures say all that is to be said in place of seeing them."""
    (identifier, classes, pair_list), caption, content = node["c"]
    pairs = dict(pair_list)
    caption_text = plain_text(caption[1]).strip()
    more = descriptions.get(pairs.get("longdesc", ""), "")

    def change(image: dict[str, Any]) -> Any:
        if image["t"] != "Image":
            return None
        (name, kinds, image_pairs), inlines, target = image["c"]
        told = dict(image_pairs)
        alt = told.get("alt") or pairs.get("alt") or plain_text(inlines).strip() or caption_text
        told["alt"] = f"{alt} {more}".strip() or pairs.get("label", "")
        kinds = [*dict.fromkeys([*kinds, "alone"])]
        return {"t": "Image", "c": [[name, kinds, [list(pair) for pair in told.items()]], inlines, target]}

    return {"t": "Figure", "c": [[identifier, classes, pair_list], caption, transform(content, change)]}


def _alone(node: Block) -> Block | None:
    """A paragraph of pictures and nothing else: its pictures are blocks, not letters."""
    inlines = node["c"]
    kinds = {item["t"] for item in inlines} - _BLANKS
    if kinds != {"Image"}:
        return None
    images = []
    for item in inlines:
        if item["t"] == "Image":
            (name, classes, pairs), words, target = item["c"]
            images.append({"t": "Image", "c": [[name, [*classes, "alone"], pairs], words, target]})
    return {"t": "Plain", "c": images}

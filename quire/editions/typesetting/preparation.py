"""What must be known of a node's surroundings before it is lowered, written onto the node.

Lowering goes from the leaves up and sees one node at a time. This pass runs before it: headings
learn their level in an unbroken tree and whether one stands right above, figures and tables
whether they may float, pictures their whole alternative text and whether they stand alone, verse
loses the marks that its Div already gives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from quire.language import is_full_width, width_in_em
from quire.pandoc import Block, Blocks, Inlines, plain_text, raw_block, raw_inline, transform

__all__ = ["VERSE", "prepared", "verse_lines"]

VERSE: Final = frozenset({"verse", "poem", "poetry"})
_QUOTED: Final = frozenset({"epigraph", "letter", "quote", "quotation", "blockquote"}) | VERSE
# The text (in em) that must follow a figure or a table for it to float: without it, one at the
# foot of a chapter's last page stands below a hole.
_ENOUGH_TO_FLOAT: Final = 300.0
# More than this (in em, and rows of a table) may have to go on overleaf, which nothing afloat can.
_MOST_CAPTION: Final = 120.0
_MOST_TABLE: Final = 400.0
_MOST_ROWS: Final = 12
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
    return [_placed(changed, number) for number in range(len(changed))]


def verse_lines(blocks: Blocks) -> Blocks:
    """Stanzas (line blocks, or paragraphs with line breaks) as one paragraph a line.

    Each is a Para whose first inline calls the template's ``verse-line``; stanzas have a gap
    between them. Other blocks stay.
    """
    result: Blocks = []
    for block in blocks:
        if block["t"] == "LineBlock":
            lines = block["c"]
        elif block["t"] in {"Para", "Plain"}:
            lines = _split(block["c"])
        else:
            result.append(block)
            continue
        if result:
            result.append(raw_block("typst", "#verse-gap"))
        opening, closing = raw_inline("typst", "#verse-line["), raw_inline("typst", "]")
        result += [{"t": "Plain", "c": [opening, *line, closing]} for line in lines]
    return result


def _split(inlines: Inlines) -> list[Inlines]:
    lines: list[Inlines] = [[]]
    for inline in inlines:
        if inline["t"] in {"LineBreak", "SoftBreak"}:
            lines.append([])
        else:
            lines[-1].append(inline)
    return [line for line in lines if line]


def _unbroken_levels(depth: int) -> Callable[[int], int]:
    """A heading's level so that none is skipped, as tagged PDF wants it (PDF/UA-1, 7.4.2)."""
    last = depth + 1

    def level_of(written: int) -> int:
        nonlocal last
        last = max(depth + 2, min(written + depth, last + 1))
        return last

    return level_of


def _placed(blocks: Blocks, number: int) -> Block:
    """The block of that number, told whether it stands under a heading, or may float."""
    block = blocks[number]
    if block["t"] == "Header" and number and blocks[number - 1]["t"] == "Header":
        return _header_with(block, "stacked", "yes")
    if block["t"] in {"Figure", "Table"} and _may_float(block, blocks[number + 1 :]):
        (identifier, classes, pairs), *rest = block["c"]
        return {"t": block["t"], "c": [[identifier, [*classes, "afloat"], pairs], *rest]}
    return block


def _may_float(block: Block, after: Blocks) -> bool:
    """Whether enough text follows, and the block surely fits on a page with its caption."""
    if _width_of_text(after) < _ENOUGH_TO_FLOAT:
        return False
    if block["t"] == "Figure":
        return _width_of_text(block["c"][1][1]) <= _MOST_CAPTION
    _, caption, _, head, bodies, foot = block["c"]
    rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
    return len(rows) <= _MOST_ROWS and _width_of([caption[1], rows]) <= _MOST_TABLE


def _width_of_text(blocks: Blocks) -> float:
    """The length of the paragraphs in em, roughly."""
    return _width_of([block for block in blocks if block["t"] in {"Para", "Plain"}])


def _width_of(tree: Any) -> float:
    return width_in_em(plain_text(tree))


def _header_with(node: Block, name: str, said: str) -> Block:
    level, (identifier, classes, pairs), inlines = node["c"]
    return {"t": "Header", "c": [level, [identifier, classes, [*pairs, [name, said]]], inlines]}


def _div_without_doubles(node: Block) -> Block:
    attribute, blocks = node["c"]
    classes = set(attribute[1])
    if classes & VERSE:
        blocks = verse_lines(blocks)
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
        joint = "" if not alt or is_full_width(alt[-1]) else " "
        told["alt"] = f"{alt}{joint}{more}".strip() or pairs.get("label", "")
        kinds = [*dict.fromkeys([*kinds, "alone"])]
        return {
            "t": "Image",
            "c": [[name, kinds, [list(pair) for pair in told.items()]], inlines, target],
        }

    return {
        "t": "Figure",
        "c": [[identifier, classes, pair_list], caption, transform(content, change)],
    }


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

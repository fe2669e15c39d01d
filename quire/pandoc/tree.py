"""pandoc's syntax tree as plain data: building, walking, transforming, reading its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

__all__ = [
    "API_VERSION", "Attributes", "Block", "Blocks", "Inline", "Inlines", "attributes", "div",
    "link", "para", "plain_text", "raw_block", "raw_inline", "span", "text_inlines",
    "transform", "walk", "with_words_joined",
]  # fmt: skip

API_VERSION = [1, 23, 1]

Node: TypeAlias = dict[str, Any]
Block: TypeAlias = Node
Inline: TypeAlias = Node
Blocks: TypeAlias = list[Block]
Inlines: TypeAlias = list[Inline]
Attributes: TypeAlias = list[Any]
"""``[identifier, [class, …], [[key, value], …]]``"""


def attributes(
    identifier: str = "", classes: Sequence[str] = (), pairs: Mapping[str, str] | None = None
) -> Attributes:
    """pandoc's attribute triple."""
    return [identifier, list(classes), [[key, value] for key, value in (pairs or {}).items()]]


def text_inlines(text: str) -> Inlines:
    """A text as inlines: words as Str, blanks as Space."""
    inlines: Inlines = []
    for number, word in enumerate(text.split(" ")):
        if number:
            inlines.append({"t": "Space"})
        if word:
            inlines.append({"t": "Str", "c": word})
    return inlines


def span(content: Inlines, attribute: Attributes) -> Inline:
    """A Span."""
    return {"t": "Span", "c": [attribute, content]}


def link(content: Inlines, target: str, attribute: Attributes | None = None) -> Inline:
    """A Link without a title."""
    return {"t": "Link", "c": [attribute or attributes(), content, [target, ""]]}


def para(content: Inlines) -> Block:
    """A paragraph."""
    return {"t": "Para", "c": content}


def div(content: Blocks, attribute: Attributes) -> Block:
    """A Div."""
    return {"t": "Div", "c": [attribute, content]}


def raw_block(output_format: str, text: str) -> Block:
    """Text that goes as it is into one output format."""
    return {"t": "RawBlock", "c": [output_format, text]}


def raw_inline(output_format: str, text: str) -> Inline:
    """Text that goes as it is into one output format, in a line."""
    return {"t": "RawInline", "c": [output_format, text]}


def walk(tree: Any) -> Iterator[Node]:
    """Every node below `tree` (a node, or lists of them), parents first, in reading order."""
    # A stack of what is still to be seen: a book has millions of nodes.
    waiting = [tree]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting += reversed(item)
        elif isinstance(item, dict):
            if "t" in item:
                yield item
            if type(item.get("c")) is not str:
                waiting += [value for value in reversed(item.values()) if type(value) is not str]


def with_words_joined(tree: Any) -> Any:
    """The same tree with words and the blanks between them as one Str.

    pandoc gives each word and each blank a node of its own. HTML comes out the same of one Str, and
    all that goes through a book's tree has a tenth of the nodes to go through.
    """
    if isinstance(tree, dict):
        content = tree.get("c")
        return {**tree, "c": with_words_joined(content)} if type(content) is list else tree
    items: list[Any] = []
    words: list[str] = []
    blank = False
    for item in tree:
        kind = item.get("t") if type(item) is dict else None
        if kind == "Str":
            if words:
                words.append(f" {item['c']}" if blank else item["c"])
            else:
                words = [item["c"]]
            blank = False
        elif kind == "Space" and words and not blank:
            blank = True
        else:
            items += _joined(words, blank=blank)
            words, blank = [], False
            items.append(with_words_joined(item) if type(item) in {list, dict} else item)
    return items + _joined(words, blank=blank)


def _joined(words: list[str], *, blank: bool) -> Inlines:
    inlines: Inlines = [{"t": "Str", "c": "".join(words)}] if words else []
    return [*inlines, {"t": "Space"}] if blank else inlines


def transform(tree: Any, change: Callable[[Node], Node | list[Node] | None]) -> Any:
    """A new tree in which each node is what `change` makes of it, children first.

    `change` gets a node whose children are already changed, and gives the node to put there,
    a list of nodes to put there side by side, or None to leave it as it is.
    """
    if isinstance(tree, list):
        items: list[Any] = []
        for item in tree:
            if not isinstance(item, dict):
                items.append(transform(item, change) if isinstance(item, list) else item)
                continue
            changed = _transformed(item, change)
            if isinstance(changed, list) and "t" in item:
                items.extend(changed)
            else:
                items.append(changed)
        return items
    return _transformed(tree, change) if isinstance(tree, dict) else tree


def _transformed(node: dict[str, Any], change: Callable[[Node], Node | list[Node] | None]) -> Any:
    # Words and blanks, which are most of a book, have nothing below them.
    if type(node.get("c", "")) is str:
        twin = node.copy()
    else:
        twin = {
            key: transform(value, change) if isinstance(value, list | dict) else value
            for key, value in node.items()
        }
    if "t" not in twin:
        return twin
    result = change(twin)
    return twin if result is None else result


_BLANKS = {"Space": " ", "SoftBreak": " ", "LineBreak": " "}
_QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}


def plain_text(tree: Any) -> str:
    """The words of a tree as one line: no notes, no raw markup, quotes as curly marks."""
    if isinstance(tree, list):
        return "".join(plain_text(item) for item in tree)
    if not isinstance(tree, dict):
        return ""
    kind: Any = tree.get("t")
    content: Any = tree.get("c")
    if kind == "Str":
        return str(content)
    if kind in _BLANKS:
        return _BLANKS[kind]
    if kind in {"Note", "RawInline", "RawBlock"}:
        return ""
    if kind in {"Code", "Math", "CodeBlock"}:
        return str(content[1])
    if kind == "Quoted":
        before, after = _QUOTES[content[0]["t"]]
        return before + plain_text(content[1]) + after
    if kind in {"Link", "Image", "Span", "Div", "Cite"}:
        if kind == "Span" and "noteref" in content[0][1]:
            return ""
        return plain_text(content[1])
    return plain_text(content) if isinstance(content, list) else ""

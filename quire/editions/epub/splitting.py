"""Documents of a size that e-readers open without a wait.

Older devices lay out a whole file before they show its first page, and the oldest refuse one of
more than some 300 KB. A larger document is cut before a heading, else before a block; what was one
section then goes on in the next document, in the same elements, but without their identifiers and
roles: a chapter begins once, for those who hear it as well.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from quire.editions.epub.xhtml import EPUB, XHTML, Element, element, html_name

__all__ = ["LARGEST", "split"]

LARGEST: Final = 250_000
"""Bytes of a document's body."""

_LEAST_SHARE: Final = 4
"""A part that ends at a heading is a quarter of the largest at least."""

_BLOCK: Final = 7
"""Ranks are the levels of headings, lower is better; a block comes after them all."""

_TYPE: Final = f"{{{EPUB}}}type"
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_OPEN: Final = frozenset({"blockquote", "body", "dl", "div", "ol", "section", "ul"})
"""Elements that may go on in the next document."""

_OF_THE_BEGINNING: Final = frozenset({"aria-label", "aria-labelledby", "id", "role"})
"""Attributes that an element doesn't have again where it goes on."""

_REFERENCES: Final = ("aria-describedby", "aria-details", "aria-labelledby")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a document may be cut: before a node that so many bytes stand before."""

    node: Element
    before: int
    rank: int


def split(root: Element, largest: int = LARGEST) -> list[Element]:
    """The documents that a document becomes, in order; the first is the one given, shortened.

    Nothing of the text is lost, and no element is cut that a reader takes in at once: a paragraph,
    a figure with its long description, a table, a note.

    Args:
        root: an ``html`` element; it is changed.
        largest: bytes of a body that needn't be cut.
    """
    # Written, it may be a little shorter than it weighs, for its empty elements; never by a half.
    if 2 * len(etree.tostring(root, encoding="utf-8")) <= largest:
        return [root]
    roots = [root]
    weights = _weights(root)
    while (place := _best(roots[-1], largest, weights)) is not None:
        roots.append(_cut(roots[-1], place, weights))
    if len(roots) > 1:
        for one in roots:
            _forget_what_is_elsewhere(one)
    return roots


def _body(root: Element) -> Element:
    found = root.find(f"{{{XHTML}}}body")
    return root if found is None else found


def _weights(root: Element) -> dict[Element, int]:
    """Bytes of each element with all that is in it, and of the text behind it, as it is written.

    Each is weighed once: a document of megabytes is cut many times.
    """
    nodes = list(root.iter())
    weights = {node: _own_weight(node) for node in nodes}
    for node in reversed(nodes):  # what is inside comes behind
        parent = node.getparent()
        if node is not root and parent is not None:
            weights[parent] += weights[node]
    return weights


def _own_weight(node: Element) -> int:
    """Bytes of an element's tags and of the text in it and behind it, without other elements."""
    return (
        len(f"{node.text or ''}{node.tail or ''}".encode())
        + 2 * len(html_name(node)) + len("<></>")
        + sum(len(f' {key!s}=""{value!s}'.encode()) for key, value in node.attrib.items())
    )  # fmt: skip


def _best(root: Element, largest: int, weights: Mapping[Element, int]) -> _Place | None:
    """Where to cut a document first; None if it is small enough, or one piece."""
    body = _body(root)
    if weights[body] <= largest:
        return None
    fitting: list[_Place] = []
    for place in _places(body, 0, _BLOCK, weights):
        if place.before > largest:
            # One block alone may be too large: what follows it begins anew.
            return _last_of_the_highest(fitting) or place
        if place.before >= largest // _LEAST_SHARE:
            fitting.append(place)
    return _last_of_the_highest(fitting)


def _last_of_the_highest(places: Sequence[_Place]) -> _Place | None:
    return min(places, key=lambda one: (one.rank, -one.before), default=None)


def _places(
    container: Element, before: int, rank: int, weights: Mapping[Element, int]
) -> Iterator[_Place]:
    """Places inside an element, in order; `rank` is that of its plain blocks.

    The first child is none: what could be cut there can be cut before its container.
    """
    previous: Element | None = None
    for child in container:
        if previous is not None and _may_part(previous, child):
            yield _Place(child, before, _rank(child, rank))
        if _is_open(child):
            yield from _places(child, before, rank + 1, weights)
        before += weights[child]
        previous = child


def _is_open(node: Element) -> bool:
    """Whether a cut may go through an element: a container of blocks that is no unit itself."""
    classes = node.get("class", "").split()
    return (
        html_name(node) in _OPEN
        and not {"table", "line-block"} & {*classes}
        and not (node.text or "").strip()
        and not node.get("reversed")
    )


def _may_part(one: Element, next_one: Element) -> bool:
    """Whether two neighbours may stand in two documents."""
    stays = html_name(one) in _HEADINGS or _is_break(one) or (one.tail or "").strip()
    told = {html_name(next_one), *next_one.get("class", "").split()}
    return not stays and not told & {"dd", "long-description"} and bool(html_name(next_one))


def _is_break(node: Element) -> bool:
    return node.get(_TYPE) == "pagebreak"


def _rank(node: Element, usual: int) -> int:
    """The level of the heading that a place stands before, a page break between them or not."""
    while _is_break(node) and (following := node.getnext()) is not None:
        node = following
    first = node[0] if html_name(node) == "section" and len(node) else node
    return _HEADINGS.get(html_name(first), usual)


def _cut(root: Element, place: _Place, weights: dict[Element, int]) -> Element:
    """Move everything from a place on into a new document, and weigh what goes on there."""
    parent = place.node.getparent()
    moved: list[Element] = _from(place.node)
    while parent is not None and parent is not root:
        shell = _continued(parent, moved)
        following = parent.getnext()
        moved = [shell, *(_from(following) if following is not None else [])]
        shell.tail, parent.tail = parent.tail, "\n"
        weights[shell] = _own_weight(shell) + sum(weights[one] for one in shell)
        parent = parent.getparent()
    made = element(html_name(root), "\n")
    made.attrib.update(root.attrib)
    made.extend([copy.deepcopy(one) for one in root if one is not _body(root)])
    made.extend(moved)
    return made


def _from(node: Element) -> list[Element]:
    """An element and all its later siblings."""
    return [node, *node.itersiblings()]


def _continued(container: Element, moved: list[Element]) -> Element:
    """The container that goes on with what was moved out of another."""
    shell = element(html_name(container))
    of_section = {_TYPE} if html_name(container) != "body" else set()
    for key, value in container.attrib.items():
        if key not in _OF_THE_BEGINNING | of_section:
            shell.set(key, value)
    if html_name(container) == "ol":
        shell.set("start", str(_number(container, moved[0])))
    shell.text = "\n"
    shell.extend(moved)
    return shell


def _number(listed: Element, item: Element) -> int:
    """The number that an item of a list has."""
    number = int(listed.get("start", "1")) - 1
    for one in listed:
        number = int(one.get("value", number + 1))
        if one is item:
            break
    return number


def _forget_what_is_elsewhere(root: Element) -> None:
    """Take away references of attributes to other documents: only links lead there."""
    here = {node.get("id") for node in root.iter("*")}
    for node in root.iter("*"):
        for key in _REFERENCES:
            if not {*node.get(key, "").split()} <= here:
                del node.attrib[key]

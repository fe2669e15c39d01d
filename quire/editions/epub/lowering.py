"""From the conventions that assembly promises to EPUB's own markup.

pandoc has made XHTML of the tree; here its spans and attributes become what reading systems act
upon. Types are those of EPUB Structural Semantics Vocabulary 1.1, roles those of DPUB-ARIA 1.1.
Each function changes the one kind of element it is given; `lower` walks the tree once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from quire.editions.epub.pictures import Picture
from quire.editions.epub.xhtml import (
    EPUB,
    MATHML,
    Element,
    add,
    content_of,
    element,
    html_name,
    take_out,
    text_of,
)
from quire.language import Words, is_cjk
from quire.problems import BookError, Problem

__all__ = ["Setting", "lower", "without_callouts"]

_TYPE: Final = f"{{{EPUB}}}type"

DIVISIONS: Final[Mapping[str, tuple[str, str]]] = {
    "abstract": ("abstract", "doc-abstract"),
    "acknowledgments": ("acknowledgments", "doc-acknowledgments"),
    "dedication": ("dedication", "doc-dedication"),
    "epigraph": ("epigraph", "doc-epigraph"),
    "pullquote": ("pullquote", "doc-pullquote"),
}
"""Class of a Div → epub:type and role."""


@dataclass(frozen=True)
class Setting:
    """What lowering must know of the book.

    Attributes:
        words: the words that the book says by itself.
        pictures: by name.
        file: the manuscript file of the stretch, for messages.
    """

    words: Words
    pictures: Mapping[str, Picture]
    file: str | None = None


def lower(stretch: Element, setting: Setting) -> Element:
    """Change a rendered stretch in place, and give it back.

    Raises:
        BookError: it shows a picture that isn't in the book.
    """
    for node in list(stretch.iter()):
        change = _CHANGES.get(html_name(node))
        if change:
            change(node, setting)
        elif node.tag == f"{{{MATHML}}}math":
            _maths(node)
    return stretch


def without_callouts(stretch: Element) -> Element:
    """Take the callouts out of a stretch that stands in for another (lists, contents)."""
    for node in list(stretch.iter()):
        classes = node.get("class", "").split()
        if "noteref" in classes or "callout" in classes:
            take_out(node)
        elif node.get("id"):
            del node.attrib["id"]
    return stretch


def _take(node: Element, *names: str) -> str:
    """The first of these attributes, with pandoc's prefix for names HTML lacks or without it."""
    found = ""
    for name in names:
        for key in (f"data-{name}", name):
            value = node.attrib.pop(key, "")
            found = found or str(value)
    return found


def _span(node: Element, setting: Setting) -> None:
    if "noteref" in node.get("class", "").split():
        _callout(node)


def _callout(node: Element) -> None:
    """``<sup class="callout"><a epub:type="noteref" …>3</a></sup>``.

    The target's file isn't known yet: links are completed when all documents are there. A callout
    after a Chinese character is tied to it, for a line could otherwise begin with the callout.
    """
    note = _take(node, "note")
    number = _take(node, "number") or text_of(node)
    anchor = element(
        "a",
        number,
        class_="noteref",
        epub_type="noteref",
        role="doc-noteref",
        id=node.get("id", ""),
        href=f"#{note}",
    )
    node.tag = element("sup").tag
    node.attrib.clear()
    node.set("class", "callout")
    for child in list(node):
        node.remove(child)
    node.text = None
    node.append(anchor)
    _tie(node)


def _tie(callout: Element) -> None:
    """Keep a callout on the line of the Chinese character or mark before it."""
    parent, before = callout.getparent(), callout.getprevious()
    if parent is None:
        return
    text = (parent.text if before is None else before.tail) or ""
    if not text or not (is_cjk(text[-1]) or text[-1] in "“”‘’—…·"):
        return
    rest, last = text[:-1], text[-1]
    if before is None:
        parent.text = rest
    else:
        before.tail = rest
    tail, callout.tail = callout.tail, None
    knot = element("span", last, class_="tied")
    knot.tail = tail
    parent.replace(callout, knot)
    knot.append(callout)


def _figure(node: Element, setting: Setting) -> None:
    """The label before the caption; the long description named by the picture."""
    label, longdesc = _take(node, "label"), _take(node, "longdesc")
    caption = next((child for child in node if html_name(child) == "figcaption"), None)
    if label:
        if caption is None:
            caption = element("figcaption")
            node.append(caption)
        _put_label(caption, label)
    if caption is not None:
        # pandoc hides a caption that equals the alternative text; the label makes them differ.
        caption.attrib.pop("aria-hidden", "")
    if longdesc:
        for picture in node.iter(element("img").tag):
            picture.set("aria-details", longdesc)


def _put_label(caption: Element, label: str) -> None:
    rest = list(content_of(caption))
    add(caption, [element("span", label, class_="label"), *([" "] if rest else []), *rest])


def _picture(node: Element, setting: Setting) -> None:
    name = node.get("src", "")
    picture = setting.pictures.get(name)
    if picture is None:
        raise BookError(
            Problem(
                "picture-not-in-book",
                f"The picture {name} isn't part of the book.",
                "Put the file into the manuscript's folder and name it from there; pictures are "
                "never fetched from the network.",
                file=setting.file,
            )
        )
    alt = _take(node, "alt")
    node.set("alt", alt)
    if not picture.opaque:
        node.set("class", " ".join([*node.get("class", "").split(), "plate"]))
    for key in ("width", "height"):
        # pandoc writes `style="width:50%"` for lengths; bare numbers are pixels and stay.
        if not node.get(key, "0").isdigit():
            del node.attrib[key]
    if picture.size and not {"width", "height", "style"} & set(node.attrib):
        for key, side in zip(("width", "height"), picture.size, strict=True):
            node.set(key, str(side))


def _table(node: Element, setting: Setting) -> None:
    """Label before the caption, and a box that can tell the style sheet how wide the page is."""
    label = _take(node, "label")
    if label:
        caption = next((child for child in node if html_name(child) == "caption"), None)
        if caption is None:
            caption = element("caption")
            node.insert(0, caption)
        _put_label(caption, label)
    parent = node.getparent()
    if parent is not None:
        box = element("div", class_="table")
        box.tail, node.tail = node.tail, None
        parent.replace(node, box)
        box.append(node)


def _cell(node: Element, setting: Setting) -> None:
    """Alignment as a class (an inline style would outrank the reader's own)."""
    found = _ALIGNED.match(node.get("style", ""))
    if found:
        del node.attrib["style"]
        if found[1] != "left":
            node.set("class", found[1])
    if html_name(node) == "th" and not node.get("scope"):
        row = node.getparent()
        head = row.getparent() if row is not None else None
        in_head = head is not None and html_name(head) == "thead"
        node.set("scope", "col" if in_head else "row")


_ALIGNED = re.compile(r"text-align:\s*(left|right|center)\s*;?\s*$")


def _division(node: Element, setting: Setting) -> None:
    classes = node.get("class", "").split()
    for name in classes:
        if name in DIVISIONS:
            epub_type, role = DIVISIONS[name]
            node.set(_TYPE, epub_type)
            node.set("role", role)
    if "epigraph" in classes or "dedication" in classes:
        _attribution(node)
    if "long-description" in classes:
        _long_description(node, setting)
    if "line-block" in classes:
        _lines(node)


def _long_description(node: Element, setting: Setting) -> None:
    """A disclosure that the picture's ``aria-details`` points to."""
    node.tag = element("details").tag
    rest = list(content_of(node))
    summary = element("summary", setting.words.say("long-description"))
    add(node, ["\n", summary, *rest])


def _attribution(node: Element) -> None:
    """The last paragraph of an epigraph, if it opens with a dash, says who said it."""
    paragraphs = [child for child in node if html_name(child) == "p"]
    if len(paragraphs) > 1 and text_of(paragraphs[-1]).lstrip().startswith(("—", "–", "―")):
        paragraphs[-1].set("class", "attribution")


def _lines(node: Element) -> None:
    """A line block's lines as blocks of their own, so that a turned line is indented.

    The line breaks stay between them for readers without the style sheet.
    """
    lines: list[list[str | Element]] = [[]]
    for part in content_of(node):
        if not isinstance(part, str) and html_name(part) == "br":
            lines.append([])
        elif isinstance(part, str) and not lines[-1]:
            lines[-1].append(part.lstrip("\n"))
        else:
            lines[-1].append(part)
    for number, line in enumerate(lines):
        if number:
            add(node, [element("br"), "\n"])
        add(node, [element("span", *line, class_="line")])


def _emphasis(node: Element, setting: Setting) -> None:
    """Emphasis without a Chinese character is italic even in a Chinese book."""
    text = text_of(node)
    if setting.words.tag.startswith(("zh", "ja")) and not any(map(is_cjk, text)):
        node.set("class", "latin")


def _maths(node: Element) -> None:
    """The formula's source as what a reader without MathML says."""
    source = next((one for one in node.iter() if str(one.tag).endswith("}annotation")), None)
    if source is not None and source.text:
        node.set("alttext", source.text.strip())


def _script(node: Element, setting: Setting) -> None:
    """Scripts, frames and forms from raw HTML have no place in a book."""
    take_out(node)


_CHANGES: Final[Mapping[str, Callable[[Element, Setting], None]]] = {
    "span": _span,
    "figure": _figure,
    "img": _picture,
    "table": _table,
    "td": _cell,
    "th": _cell,
    "div": _division,
    "em": _emphasis,
    "script": _script,
    "iframe": _script,
    "object": _script,
    "embed": _script,
}

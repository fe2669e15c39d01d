"""From the conventions that assembly promises to EPUB's own markup.

pandoc has made XHTML of the tree; here its spans and attributes become what reading systems act
upon. Types are those of EPUB Structural Semantics Vocabulary 1.1, roles those of DPUB-ARIA 1.1.
Each function changes the one kind of element it is given; `lower` walks the tree once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from quire.editions.epub.pictures import Picture
from quire.editions.epub.ruby import make_ruby
from quire.editions.epub.tables import finish_table
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

__all__ = ["DIVISIONS", "ENTRIES", "Setting", "lower", "mark_entries", "without_callouts"]

_TYPE: Final = f"{{{EPUB}}}type"

DIVISIONS: Final[Mapping[str, tuple[str, str]]] = {
    "abstract": ("abstract", "doc-abstract"),
    "acknowledgments": ("acknowledgments", "doc-acknowledgments"),
    "dedication": ("dedication", "doc-dedication"),
    "epigraph": ("epigraph", "doc-epigraph"),
    "pullquote": ("pullquote", "doc-pullquote"),
    "qna": ("qna", "doc-qna"),
    "tip": ("tip", "doc-tip"),
    **dict.fromkeys(("caution", "important", "notice", "warning"), ("notice", "doc-notice")),
}
"""Class of a Div → epub:type and role. Quarto's ``callout-tip`` is ``tip``, and so on."""

ENTRIES: Final[Mapping[str, Mapping[str, str]]] = {
    "glossary": {"dt": "glossterm", "dd": "glossdef"},
}
"""Role of a section → element of its outermost lists → epub:type.

A bibliography's have none: EPUB Structural Semantics Vocabulary 1.1 deprecates biblioentry, and
DPUB-ARIA 1.1 its role, for a list's items must be items to those who hear it.
"""

_LISTS: Final = frozenset({"dl", "ol", "ul"})


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
    for node in stretch.iter("*"):
        _without_orders(node)
    return stretch


def mark_entries(content: Iterable[str | Element], role: str) -> Iterator[str | Element]:
    """The content of a section, its entries told by type where its role has such."""
    types = ENTRIES.get(role, {})
    for part in content:
        if not isinstance(part, str) and html_name(part) in _LISTS:
            for item in part:
                if html_name(item) in types:
                    item.set(_TYPE, types[html_name(item)])
        yield part


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
    classes = node.get("class", "").split()
    reading = _take(node, "ruby")
    if "noteref" in classes:
        _callout(node, setting)
    elif reading:
        make_ruby(node, reading)
    elif "math" in classes:
        # A formula that pandoc has no MathML for, as its source.
        node.tag = element("code").tag
        node.set("class", "language-tex")


def _callout(node: Element, setting: Setting) -> None:
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
        # A number alone tells nothing to those who hear it (WCAG 2.2, 2.4.4).
        aria_label=setting.words.say("note", n=number),
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


def _link(node: Element, setting: Setting) -> None:
    """A reference to a label (``Table 1``) isn't broken, and its page doesn't end within it."""
    if "crossref" in node.get("class", "").split() and _LABEL.fullmatch(text_of(node)):
        node.set("class", f"{node.get('class')} tied")


_LABEL = re.compile(r"\S{1,12}[ \u00a0][\w.]{1,6}")


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
        _describe_at_length(node, longdesc, setting)


def _describe_at_length(figure: Element, identifier: str, setting: Setting) -> None:
    """Tell where a figure's long description is.

    By ``aria-details`` (WAI-ARIA 1.2, section 6.6), and by a link for those whom that isn't told,
    unless the description comes next anyway.
    """
    *_, root = figure.iterancestors()
    if any(one.get("id") == identifier for one in root.iter("*")):
        for picture in figure.iter(element("img").tag):
            picture.set("aria-details", identifier)
    following = figure.getnext()
    if following is not None and following.get("id") == identifier:
        return
    caption = next((child for child in figure if html_name(child) == "figcaption"), None)
    if caption is None:
        caption = element("figcaption")
        figure.append(caption)
    words = setting.words.say("long-description")
    add(caption, [" ", element("a", words, class_="description", href=f"#{identifier}")])


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
    """Label before the caption; heads, alignment, and a box that scrolls where it must."""
    label = _take(node, "label")
    if label:
        caption = next((child for child in node if html_name(child) == "caption"), None)
        if caption is None:
            caption = element("caption")
            node.insert(0, caption)
        _put_label(caption, label)
    finish_table(node, setting.words)


def _division(node: Element, setting: Setting) -> None:
    classes = node.get("class", "").split()
    for name in (one.removeprefix("callout-") for one in classes):
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


def _code_block(node: Element, setting: Setting) -> None:
    """The language where HTML has it, as a class of ``code``: ``language-python``."""
    code = next((child for child in node if html_name(child) == "code"), None)
    classes = node.attrib.pop("class", "")
    if code is not None and classes:
        code.set("class", str(classes))  # and `_code` will have its turn


def _code(node: Element, setting: Setting) -> None:
    """The first class is pandoc's word for the language; others tell how to number lines."""
    classes = [one for one in node.get("class", "").split() if one not in _NUMBERING]
    if classes:
        node.set("class", f"language-{classes[0].removeprefix('language-')}")
    else:
        node.attrib.pop("class", "")


_NUMBERING: Final = frozenset({"numberLines", "number-lines", "lineAnchors", "line-anchors"})


def _without_orders(node: Element) -> None:
    """Take away what was meant for a program: handlers of events, and data that nobody reads.

    pandoc hands on whatever stands in an author's braces; EPUB 3.3 (section 6.1.3) wants such
    names in small letters at least.
    """
    for key in list(map(str, node.attrib)):
        if key.startswith("data-") or key.lower().startswith("on"):
            del node.attrib[key]


def _script(node: Element, setting: Setting) -> None:
    """Scripts, frames and forms from raw HTML have no place in a book."""
    take_out(node)


_CHANGES: Final[Mapping[str, Callable[[Element, Setting], None]]] = {
    "a": _link,
    "span": _span,
    "pre": _code_block,
    "code": _code,
    "figure": _figure,
    "img": _picture,
    "table": _table,
    "div": _division,
    "em": _emphasis,
    "script": _script,
    "iframe": _script,
    "object": _script,
    "embed": _script,
}

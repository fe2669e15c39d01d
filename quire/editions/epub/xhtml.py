"""XHTML as lxml elements: making, reading, writing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeAlias

from lxml import etree
from lxml import html as lxml_html

__all__ = [
    "EPUB", "MATHML", "SVG", "XHTML", "Children", "Element", "add", "content_of", "document",
    "element", "free_identifier", "html_name", "read_fragment", "take_out", "text_of", "write",
]  # fmt: skip

XHTML: Final = "http://www.w3.org/1999/xhtml"
EPUB: Final = "http://www.idpf.org/2007/ops"
MATHML: Final = "http://www.w3.org/1998/Math/MathML"
SVG: Final = "http://www.w3.org/2000/svg"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_NAMES: Final[dict[Any, str]] = {None: XHTML, "epub": EPUB}

Element: TypeAlias = etree._Element
Children: TypeAlias = Iterable[str | Element]

_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
)


def element(name: str, *children: str | Element, **attributes: str) -> Element:
    """An XHTML element.

    Args:
        name: without a namespace.
        children: texts and elements, in order.
        attributes: ``epub_type`` is ``epub:type``; ``class_`` is ``class``; other underscores
            are hyphens. Empty values are left out, but for ``alt``.
    """
    made = etree.Element(f"{{{XHTML}}}{name}", nsmap=_NAMES)
    for key, value in attributes.items():
        if value or key == "alt":
            made.set(_attribute(key), value)
    add(made, children)
    return made


def _attribute(key: str) -> str:
    if key == "epub_type":
        return f"{{{EPUB}}}type"
    return key.rstrip("_").replace("_", "-")


def add(parent: Element, children: Children) -> None:
    """Put texts and elements at the end of `parent`."""
    for child in children:
        if not isinstance(child, str):
            parent.append(child)
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + child
        else:
            parent.text = (parent.text or "") + child


def content_of(parent: Element) -> Iterator[str | Element]:
    """The texts and elements of `parent`, taken out of it, to be put elsewhere by `add`."""
    text, parent.text = parent.text, None
    if text:
        yield text
    for child in list(parent):
        tail, child.tail = child.tail, None
        parent.remove(child)
        yield child
        if tail:
            yield tail


def take_out(node: Element) -> None:
    """Take an element out of its parent, and leave the text that follows it."""
    parent, before, tail = node.getparent(), node.getprevious(), node.tail
    if parent is None:
        return
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    node.tail = None
    parent.remove(node)


def html_name(node: Element) -> str:
    """The name of an XHTML element; an empty string for anything else."""
    tag: object = node.tag  # comments have a function for a tag
    prefix = f"{{{XHTML}}}"
    return tag[len(prefix) :] if isinstance(tag, str) and tag.startswith(prefix) else ""


def free_identifier(wanted: str, taken: set[str]) -> str:
    """An identifier that isn't taken: the one wanted, or with a number behind it.

    Args:
        wanted: what it says.
        taken: all that there are; the one given is put to them.
    """
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    taken.add(name)
    return name


def text_of(node: Element) -> str:
    """All the text inside an element, blanks as they are."""
    return "".join(map(str, node.itertext()))


def read_fragment(markup: str) -> Element:
    """The ``div`` of a stretch of HTML.

    pandoc writes well-formed markup; what an author wrote as raw HTML may not be. Then the
    stretch is read as browsers do, so that its words aren't lost for an end tag.
    """
    try:
        return etree.fromstring(f'<div xmlns="{XHTML}" xmlns:epub="{EPUB}">{markup}</div>', _PARSER)
    except etree.XMLSyntaxError:
        parsed = lxml_html.fragment_fromstring(markup, create_parent="div")
        return _with_namespace(parsed)


def _with_namespace(node: Element, namespace: str = XHTML) -> Element:
    """An HTML tree as XHTML. Comments, and names that XML doesn't allow, are left out."""
    namespace = {"math": MATHML, "svg": SVG}.get(str(node.tag), namespace)
    names: dict[Any, str] = {None: namespace}
    made = etree.Element(f"{{{namespace}}}{node.tag}", nsmap=names)
    for key, value in node.attrib.items():
        if key != "xmlns" and ":" not in key:
            made.set(key, value)
    made.text = node.text
    for child in node:
        tag: object = child.tag
        if isinstance(tag, str) and tag.isidentifier():
            made.append(_with_namespace(child, namespace))
            made[-1].tail = child.tail
        else:
            add(made, [child.tail or ""])
    return made


def document(title: str, language: str, direction: str, style: str, body: Element) -> Element:
    """A whole XHTML document.

    Args:
        title: the text of ``title``.
        language: a BCP 47 tag.
        direction: ``rtl`` or an empty string.
        style: the address of the style sheet.
        body: the ``body`` element.
    """
    head = element(
        "head",
        "\n",
        element("meta", charset="utf-8"),
        "\n",
        element("title", title),
        "\n",
        element("link", rel="stylesheet", type="text/css", href=style),
        "\n",
    )
    root = element("html", "\n", head, "\n", body, "\n", lang=language, dir=direction)
    root.set(f"{{{_XML}}}lang", language)
    return root


def write(root: Element) -> bytes:
    """A document's bytes: UTF-8, with the declaration and HTML's document type."""
    etree.cleanup_namespaces(root, top_nsmap=_NAMES, keep_ns_prefixes=["epub"])
    # Elements that HTML wants an end tag for must not be written as <p/>: reading systems that
    # take the file for HTML would run on into the next one.
    for node in root.iter(f"{{{XHTML}}}*"):
        if node.text is None and not len(node) and html_name(node) not in _VOID:
            node.text = ""
    written: bytes = etree.tostring(
        root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>"
    )
    return written


_VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
     "wbr"}
)  # fmt: skip

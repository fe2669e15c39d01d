"""What Word keeps that pandoc drops: the type of headings made by hand, and what was left out.

A document without heading styles has headings all the same: larger or bolder lines. Its
paragraphs are given styles that say their type, which pandoc hands on. Contents that Word made
are taken out: they say the headings again, with folios of another book.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from quire.sources.markup import Element, local_name, parse_xml
from quire.sources.reader import SourceFile
from quire.sources.word_places import drop_page_fields, lift_text_boxes, nested_tables

__all__ = ["TYPE_STYLE", "Prepared", "prepare"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAME = "QuireType"
TYPE_STYLE = re.compile(rf"{_NAME}-(?P<half_points>\d{{1,4}})(?P<bold>-b)?")
"""The styles that say a paragraph's type: its size in half points, and whether it is bold."""

_HEADING = re.compile(r"(?:heading|标题|標題|überschrift|titre|título)\s*(\d)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录|目錄)\s*(?:\d|heading)", re.IGNORECASE)
_KEPT = re.compile(r"title|subtitle|author|date|abstract|quote|quotation|block text|list|caption|"
                   r"table|code|题|引文", re.IGNORECASE)  # fmt: skip
_DEFAULT_SIZE = 20  # half points, where nothing is said (ECMA-376, 17.3.2.38)
_FIELD = b":fldSimple"
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True)
class Prepared:
    """Parts to put in place of a document's own, and what is said of it."""

    parts: Mapping[str, bytes]
    details: Mapping[str, str]
    has_types: bool


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style: its name, what it is based on, and its type where it says so."""

    name: str = ""
    base: str = ""
    size: int = 0
    bold: bool | None = None
    level: int = 0


def prepare(file: SourceFile, document: bytes, styles: bytes, comments: bytes) -> Prepared:
    """Look a document's parts through before pandoc reads them.

    Args:
        file: for messages.
        document: ``word/document.xml``.
        styles: ``word/styles.xml``; empty when there is none.
        comments: ``word/comments.xml``; empty when there is none.

    Raises:
        BookError: a part is broken.
    """
    root = parse_xml(file, document)
    sheet = parse_xml(file, styles) if styles else None
    known = _styles(sheet) if sheet is not None else {}
    details = _left_out(root, parse_xml(file, comments) if comments else None)
    changed = _drop_contents(root, known)
    if changed:
        details["contents-left-out"] = str(changed)
    boxes, (fields, references) = lift_text_boxes(root), drop_page_fields(root)
    counts = {
        "text-boxes-kept": boxes,
        "page-fields-left-out": fields,
        "page-references": references,
    }
    details |= {name: str(count) for name, count in counts.items() if count}
    if nested := list(nested_tables(root)):
        details["nested-tables"] = "; ".join(nested)
    levels = _set_levels(root, known)
    types: set[str] = set()
    if not levels and not _has_headings(root, known):
        types = _set_types(root, known, _default_size(sheet))
    parts = {}
    if changed or boxes or fields or levels or types or _FIELD in document:
        parts["word/document.xml"] = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    if sheet is not None and (levels or types):
        for level in sorted(levels):
            sheet.append(_definition(f"{_NAME}Heading{level}", f"heading {level}"))
        for name in sorted(types):
            sheet.append(_definition(name, name))
        parts["word/styles.xml"] = etree.tostring(sheet, encoding="utf-8", xml_declaration=True)
    return Prepared(parts, details, bool(types))


def _left_out(root: Element, comments: Element | None) -> dict[str, str]:
    """What of a document isn't text: deletions, insertions that are accepted, comments."""
    counts = {
        "insertions-accepted": sum(1 for _ in root.iter(f"{{{_W}}}ins", f"{{{_W}}}moveTo")),
        "deletions-accepted": sum(1 for _ in root.iter(f"{{{_W}}}del", f"{{{_W}}}moveFrom")),
        "comments-left-out": 0 if comments is None
        else sum(1 for _ in comments.iter(f"{{{_W}}}comment")),
    }  # fmt: skip
    return {name: str(count) for name, count in counts.items() if count}


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(f"{{{_W}}}val", "")


def _child(element: Element | None, *names: str) -> Element | None:
    for name in names:
        element = None if element is None else element.find(f"{{{_W}}}{name}")
    return element


def _is_on(element: Element | None) -> bool | None:
    return None if element is None else _value(element).lower() not in _OFF


def _styles(sheet: Element) -> dict[str, _Style]:
    found = {}
    for style in sheet.iter(f"{{{_W}}}style"):
        size, level = _value(_child(style, "rPr", "sz")), _value(_child(style, "pPr", "outlineLvl"))
        found[style.get(f"{{{_W}}}styleId", "")] = _Style(
            _value(_child(style, "name")), _value(_child(style, "basedOn")),
            int(size) if size.isdecimal() else 0, _is_on(_child(style, "rPr", "b")),
            int(level) + 1 if level.isdecimal() and int(level) < 9 else 0,
        )  # fmt: skip
    return found


def _chain(known: Mapping[str, _Style], name: str) -> Iterator[_Style]:
    """A style and those that it is based on; a circle is left."""
    seen = set()
    while name in known and name not in seen:
        seen.add(name)
        yield known[name]
        name = known[name].base


def _paragraphs(root: Element) -> list[Element]:
    """The paragraphs of the text itself: not those of tables, boxes and notes."""
    body = _child(root, "body")
    return [] if body is None else [one for one in body.iter(f"{{{_W}}}p") if _is_own(one)]


def _is_own(paragraph: Element) -> bool:
    around = {local_name(one) for one in paragraph.iterancestors()}
    return around.isdisjoint({"tbl", "txbxcontent"})


def _drop_contents(root: Element, known: Mapping[str, _Style]) -> int:
    """Take out the contents that Word made; how many elements went."""
    doomed = [
        block for block in root.iter(f"{{{_W}}}sdt")
        if _value(_child(block, "sdtPr", "docPartObj", "docPartGallery")) == "Table of Contents"
    ]  # fmt: skip
    doomed += [
        one
        for one in root.iter(f"{{{_W}}}p")
        if any(_CONTENTS.fullmatch(style.name) for style in _chain(known, _style_of(one)))
    ]
    for element in doomed:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return len(doomed)


def _style_of(paragraph: Element) -> str:
    return _value(_child(paragraph, "pPr", "pStyle"))


def _level(paragraph: Element, known: Mapping[str, _Style]) -> int:
    """The level that a paragraph's outline or its style's name gives; 0 for none."""
    own = _value(_child(paragraph, "pPr", "outlineLvl"))
    if own.isdecimal():
        return int(own) + 1 if int(own) < 9 else 0
    for style in _chain(known, _style_of(paragraph)):
        named = _HEADING.fullmatch(style.name)
        if named or style.level:
            return int(named[1]) if named else style.level
    return 0


def _has_headings(root: Element, known: Mapping[str, _Style]) -> bool:
    return any(_level(one, known) for one in _paragraphs(root))


def _set_levels(root: Element, known: Mapping[str, _Style]) -> set[int]:
    """Give headings that pandoc wouldn't know the styles that it knows; the levels set."""
    levels = set()
    for paragraph in _paragraphs(root):
        level = min(6, _level(paragraph, known))
        style = known.get(_style_of(paragraph), _Style())
        if level and not re.fullmatch(r"heading \d", style.name, re.IGNORECASE):
            _set_style(paragraph, f"{_NAME}Heading{level}")
            levels.add(level)
    return levels


def _default_size(sheet: Element | None) -> int:
    size = _value(_child(sheet, "docDefaults", "rPrDefault", "rPr", "sz"))
    return int(size) if size.isdecimal() else _DEFAULT_SIZE


def _set_types(root: Element, known: Mapping[str, _Style], default: int) -> set[str]:
    """Give paragraphs styles that say their type; the styles given."""
    given = set()
    for paragraph in _paragraphs(root):
        names = [style.name for style in _chain(known, _style_of(paragraph))]
        if _child(paragraph, "pPr", "numPr") is not None or any(map(_KEPT.search, names)):
            continue
        size, bold = _type_of(paragraph, known, default)
        if size:
            name = f"{_NAME}-{size}{'-b' if bold else ''}"
            _set_style(paragraph, name)
            given.add(name)
    return given


def _type_of(paragraph: Element, known: Mapping[str, _Style], default: int) -> tuple[int, bool]:
    """The size of most characters, in half points (0 without any), and whether all are bold."""
    chain = list(_chain(known, _style_of(paragraph)))
    size = next((style.size for style in chain if style.size), default)
    bold = next((style.bold for style in chain if style.bold is not None), False)
    sizes: Counter[int] = Counter()
    is_bold = True
    for run in paragraph.iter(f"{{{_W}}}r"):
        letters = sum(len((text.text or "").strip()) for text in run.iter(f"{{{_W}}}t"))
        if letters:
            said = _value(_child(run, "rPr", "sz"))
            sizes[int(said) if said.isdecimal() else size] += letters
            weight = _is_on(_child(run, "rPr", "b"))
            is_bold = is_bold and (bold if weight is None else weight)
    if not sizes:
        return 0, False
    return max(sizes.items(), key=lambda item: (item[1], item[0]))[0], is_bold


def _set_style(paragraph: Element, name: str) -> None:
    properties = _child(paragraph, "pPr")
    if properties is None:
        properties = etree.Element(f"{{{_W}}}pPr")
        paragraph.insert(0, properties)
    style = _child(properties, "pStyle")
    if style is None:
        style = etree.Element(f"{{{_W}}}pStyle")
        properties.insert(0, style)
    style.set(f"{{{_W}}}val", name)


def _definition(identifier: str, name: str) -> Element:
    style = etree.Element(f"{{{_W}}}style")
    style.set(f"{{{_W}}}type", "paragraph")
    style.set(f"{{{_W}}}styleId", identifier)
    said = etree.SubElement(style, f"{{{_W}}}name")
    said.set(f"{{{_W}}}val", name)
    return style

"""Tables, definition lists and nested lists as Markdown, set by pandoc in one run."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence

from lxml import etree

from quire.pandoc import PandocFailed, convert
from quire.sources.markup import Element, local_name, one_line
from quire.sources.note_links import NoteLinks

__all__ = ["is_table_name", "set_as_markdown"]

_FORMAT = (
    "markdown-raw_html-native_divs-native_spans-header_attributes"
    "-smart-simple_tables-multiline_tables"
)
_SEPARATOR = "QUIRE-NEXT-PIECE"
_TABLE = re.compile(r"tbl-[\w-]+")  # what a reference to a table names
_NUMBER = re.compile(r"[^\W\d]{0,12}\s?\d[\d.–-]*[.:：]?")  # Table 1, 表 2
_CALLOUT = re.compile("\ue000(n\\d+)\ue001")


def is_table_name(name: str) -> bool:
    """Whether an identifier is one by which a manuscript refers to a table: ``tbl-tides``."""
    return _TABLE.fullmatch(name) is not None


def _needs_markdown(element: Element) -> bool:
    """Whether hints can't say what this element is, so that pandoc must set it."""
    name = local_name(element)
    if name == "table":
        rows = list(element.iter("{*}tr"))
        # One cell around everything is layout, not a table.
        widest = max((sum(local_name(c) in {"td", "th"} for c in row) for row in rows), default=0)
        nested = next((one for one in element.iter("{*}table") if one is not element), None)
        return widest > 1 and nested is None
    if name in {"ul", "ol"}:
        return any(one is not element for one in element.iter("{*}ul", "{*}ol"))
    return name == "dl"


def set_as_markdown(roots: Sequence[Element], notes: NoteLinks) -> dict[Element, str]:
    """The Markdown of each outermost such element below `roots`.

    A callout in it becomes ``[^key]``. What pandoc can't read is set as its bare words.
    """
    found = [one for root in roots for one in _outermost(root, notes)]
    if not found:
        return {}
    pieces = [_html(element, notes) for element in found]
    try:
        whole = convert(
            f"<p>{_SEPARATOR}</p>".join(pieces), "html", _FORMAT, ("--reference-location=block",)
        )
    except PandocFailed:
        return {one: one_line(one) for one in found}
    set_pieces = re.split(rf"(?m)^{_SEPARATOR}$", whole)
    return {
        element: _CALLOUT.sub(r"[^\1]", piece).strip("\n")
        for element, piece in zip(found, set_pieces, strict=True)
    }


def _outermost(root: Element, notes: NoteLinks) -> list[Element]:
    found = []
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if _needs_markdown(element) and not _holds_notes(element, notes):
            found.append(element)
            walk.skip_subtree()
    return found


def _holds_notes(element: Element, notes: NoteLinks) -> bool:
    """Whether it is the list of the notes' bodies: they are taken out one by one."""
    return any(one in notes.keys for one in element.iter("{*}*"))


def _html(element: Element, notes: NoteLinks) -> str:
    """The element's HTML with callouts replaced by characters that pandoc leaves alone."""
    twin = copy.deepcopy(element)
    twin.tail = None
    identifier = element.get("id", "")
    for mine, its in zip(list(element.iter("{*}*")), list(twin.iter("{*}*")), strict=True):
        if mine in notes.callouts:
            key = notes.callouts[mine]
            for child in list(its):
                its.remove(child)
            its.text = f"\ue000{key}\ue001"
            its.attrib.clear()
            its.tag = "span"
            around = its.getparent()
            if around is not None and local_name(around) == "sup" and len(around) == 1:
                around.tag = "span"  # the callout is raised by itself
        else:
            href = its.get("href", "")
            for name in list(its.attrib):
                if name not in {"href", "colspan", "rowspan", "start", "align", "alt"}:
                    del its.attrib[name]
            if href and not re.match(r"https?:|mailto:", href):
                del its.attrib["href"]
            if local_name(mine) == "img":
                its.tag, its.text = "span", its.get("alt", "")
    if is_table_name(identifier):
        twin.set("id", identifier)
        _take_number_off(twin)
    for one in twin.iter("{*}*"):
        one.tag = local_name(one)  # pandoc takes a declaration of a namespace for an attribute
    etree.cleanup_namespaces(twin)
    return str(etree.tostring(twin, encoding="unicode", method="html"))


def _take_number_off(table: Element) -> None:
    """Leave a caption its words: the book numbers its tables by itself."""
    for caption in table.iter("{*}caption"):
        first = next(iter(caption), None)
        if (
            first is not None
            and not (caption.text or "").strip()
            and _NUMBER.fullmatch(one_line(first))
        ):
            caption.text = (first.tail or "").lstrip()
            caption.remove(first)

"""Word's text boxes, fields and nested tables: what a reader in one line from top to end needs.

Words in a text box are the author's, and stand behind the paragraph to which the box is fastened.
Word keeps a box twice, once for programs that know only the older kind of drawing
(``mc:AlternateContent``, ECMA-376 part 3): it counts once. What a field printed that counts pages,
or lists them, is true of the old pages alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quire.sources.markup import Element, local_name

__all__ = ["drop_page_fields", "lift_text_boxes", "nested_tables"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_BOX = f"{{{_W}}}txbxContent"
_DRAWINGS = frozenset({"drawing", "pict", "object"})
_SHOWS = ("{*}blip", "{*}imagedata", "{*}t", "{*}drawing", "{*}pict", "{*}oMath",
          "{*}footnoteReference", "{*}endnoteReference")  # fmt: skip
_OF_PAGES = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "TOC"})
_WORDS_THAT_NAME = 6


def lift_text_boxes(root: Element) -> int:
    """Move what text boxes hold behind the paragraphs they are fastened to; how many there were."""
    for choices in list(root.iter(f"{{{_MC}}}AlternateContent")):
        _choose(choices)
    boxes = list(root.iter(_BOX))
    # Inner boxes go first, and later ones before earlier ones, so that their order stays.
    for box in reversed(boxes):
        paragraph = next(box.iterancestors(f"{{{_W}}}p"), None)
        parent = box.getparent()
        if paragraph is None or parent is None:
            continue
        for block in reversed(list(box)):
            paragraph.addnext(block)
        drawing = _drawing_of(box, paragraph)
        parent.remove(box)
        if drawing is not None and not _shows(drawing):
            _remove(drawing)
    return len(boxes)


def _choose(choices: Element) -> None:
    """Put one of two forms in the place of both when a text box is in them."""
    if next(choices.iter(_BOX), None) is None:
        return
    parent = choices.getparent()
    forms = [one for one in choices if local_name(one) in {"choice", "fallback"}]
    chosen = next((one for one in forms if next(one.iter(_BOX), None) is not None), None)
    if parent is None or chosen is None:
        return
    for child in list(chosen):
        choices.addprevious(child)
    parent.remove(choices)


def _drawing_of(box: Element, paragraph: Element) -> Element | None:
    """The outermost drawing inside the paragraph that holds the box."""
    found = None
    for around in box.iterancestors():
        if around is paragraph:
            return found
        if local_name(around) in _DRAWINGS:
            found = around
    return found


def _shows(drawing: Element) -> bool:
    """Whether a picture or words are left in a drawing."""
    return any(one is not drawing for one in drawing.iter(*_SHOWS))


@dataclass(slots=True)
class _Field:
    """A field: its instruction, and the first and the last of its runs, in document order."""

    first: int
    last: int = -1
    instruction: str = ""


def drop_page_fields(root: Element) -> tuple[int, int]:
    """Take out what fields of page numbers and contents printed; others keep their words.

    A field without an end is left: where it would end nobody can tell.

    Returns:
        How many fields went, and how many references to pages stay in the text.
    """
    gone = _drop_simple_fields(root)
    runs = list(root.iter(f"{{{_W}}}r"))
    fields = _fields(runs)
    doomed: list[Element] = []
    reached = references = 0
    for one in fields:
        if one.first < reached:
            continue  # inside a field that goes, or behind it in one run
        name = _name(one.instruction)
        if name in _OF_PAGES:
            gone += 1
            doomed += runs[one.first : one.last + 1]
            reached = one.last + 1
        references += name == "PAGEREF"
    _remove_runs(doomed)
    return gone, references


def _fields(runs: Sequence[Element]) -> list[_Field]:
    """The fields that begin and end, by their first runs, outer ones first."""
    found: list[_Field] = []
    open_fields: list[_Field] = []
    for place, run in enumerate(runs):
        for part in run:
            kind = part.get(f"{{{_W}}}fldCharType", "")
            if kind == "begin":
                open_fields.append(_Field(place))
            elif kind == "end" and open_fields:
                ended = open_fields.pop()
                ended.last = place
                found.append(ended)
            elif local_name(part) == "instrtext" and open_fields:
                open_fields[-1].instruction += part.text or ""
    return sorted(found, key=lambda one: (one.first, -one.last))


def _name(instruction: str) -> str:
    words = instruction.split()
    return words[0].upper() if words else ""


def _drop_simple_fields(root: Element) -> int:
    """Fields in one element: those of pages go, of others the element goes and its runs stay."""
    gone = 0
    for simple in list(root.iter(f"{{{_W}}}fldSimple")):
        name = _name(simple.get(f"{{{_W}}}instr", ""))
        if name not in _OF_PAGES:
            if name == "HYPERLINK":
                continue  # pandoc makes links of these
            for child in list(simple):
                simple.addprevious(child)
        else:
            gone += 1
        _remove(simple)
    return gone


def _remove_runs(runs: Sequence[Element]) -> None:
    """Take runs out, and paragraphs that hold nothing but them."""
    paragraphs = dict.fromkeys(next(run.iterancestors(f"{{{_W}}}p"), None) for run in runs)
    for run in runs:
        _remove(run)
    for paragraph in paragraphs:
        if paragraph is None or _shows(paragraph):
            continue
        cell = paragraph.getparent()
        # A cell holds a paragraph at the least (ECMA-376, 17.4.65).
        if cell is not None and local_name(cell) != "tc":
            _remove(paragraph)


def nested_tables(root: Element) -> Iterator[str]:
    """The first words of each table in which another stands."""
    for table in root.iter(f"{{{_W}}}tbl"):
        inner = next((one for one in table.iter(f"{{{_W}}}tbl") if one is not table), None)
        outer = next(table.iterancestors(f"{{{_W}}}tbl"), None)
        if inner is not None and outer is None:
            words = " ".join(text.text or "" for text in table.iter(f"{{{_W}}}t")).split()
            yield " ".join(words[:_WORDS_THAT_NAME])[:60]


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)

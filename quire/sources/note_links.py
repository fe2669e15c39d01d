"""Notes in web pages and EPUB files: which links are callouts, and which elements are bodies.

A link is a callout when the page says so (``epub:type``, ``role`` of DPUB-ARIA), when its target
is named as the usual writers name notes (Word ``#_ftn1``, MediaWiki ``#cite_note-1``, pandoc
``#fn1`` …), or when link and target lead to each other and the link's words are a note's mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from quire.sources.markup import Element, inner_text, local_name

__all__ = ["NoteLinks", "find_notes", "is_note_body"]

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"

_CALLOUT_WORDS = frozenset(
    {"noteref", "doc-noteref", "footnote-ref", "footnote-reference", "sdfootnoteanc",
     "sdendnoteanc", "footnoteref"}
)  # fmt: skip
_BODY_WORDS = frozenset(
    {"footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote", "note"}
)  # fmt: skip
_BACK_WORDS = frozenset({"doc-backlink", "backlink", "footnote-back", "footnote-backref"})
_NOTE_NAME = re.compile(
    r"(?:.*[-_.])?(?:_ftn|_edn|fn|en|ftn|edn|note|footnote|endnote|cite_note|sd(?:foot|end)note)"
    r"[-_:.]*[\w.-]*\d[\w.-]*",
    re.IGNORECASE,
)
_BACK_NAME = re.compile(r".*(?:ref|anc|back)[-_:.]?[\w.-]*", re.IGNORECASE)
_MARK = re.compile(
    r"[\[［〔(（【{]?\s*(?:注|註|note\s*)?(?:\d{1,4}|[a-z]|[ivxlc]{1,6}|[*†‡§‖¶※]{1,3}"
    r"|[\u2460-\u24ff\u2776-\u2793\u00b2\u00b3\u00b9\u2070-\u2079]+)\s*[\]］〕)）】}]?[.:]?",
    re.IGNORECASE,
)
_AFTER_MARK = re.compile(r"^\s*[.:)、．：）\]]\s*")
_ARROWS = re.compile(r"[\s↩↑^⇧↵⏎←↲⤴\ufe0e\ufe0f\[\]]*")
_INLINE = frozenset({"a", "sup", "span", "b", "i", "em", "strong", "small", "font", "u"})
_BLOCKS = frozenset({"li", "p", "div", "aside", "dd", "section", "td", "blockquote"})


@dataclass
class NoteLinks:
    """Notes of some documents.

    Attributes:
        callouts: the key of the note that each calling link calls.
        bodies: the element that holds a note, by key.
        keys: the other way round.
        furniture: links and marks inside bodies that lead back, not part of the text.
    """

    callouts: dict[Element, str] = field(default_factory=dict)
    bodies: dict[str, Element] = field(default_factory=dict)
    furniture: set[Element] = field(default_factory=set)
    keys: dict[Element, str] = field(default_factory=dict)


def words_of(element: Element) -> frozenset[str]:
    """What an element calls itself: its epub:type, role and class."""
    said = (element.get(EPUB_TYPE), element.get("epub:type"), element.get("role"),
            element.get("class"))  # fmt: skip
    return frozenset(word for one in said if one for word in one.lower().split())


def is_note_body(element: Element) -> bool:
    """Whether an element says of itself that it holds a note or notes."""
    return not words_of(element).isdisjoint(_BODY_WORDS | {"footnotes", "doc-endnotes", "endnotes"})


def find_notes(
    documents: Sequence[tuple[str, Element]], resolve: Callable[[str, str], str]
) -> NoteLinks:
    """The notes of documents that may call each other's.

    Args:
        documents: (path, root) in reading order.
        resolve: (path of a document, href in it) → ``path#fragment``.
    """
    targets = _targets(documents)
    links = [
        (resolve(path, link.get("href", "")), path, link)
        for path, root in documents
        for link in root.iter("{*}a")
        if "#" in link.get("href", "")
    ]
    # Places that links lead to, by the body around each place.
    back: dict[Element, list[str]] = {}
    for place, _, link in links:
        body = _body_of(link)
        if body is not None:
            back.setdefault(body, []).append(place)
    found = NoteLinks()
    inside: set[Element] = set()
    for place, path, link in links:
        target = targets.get(place)
        if target is None or (link in inside and words_of(link).isdisjoint(_CALLOUT_WORDS)):
            continue
        body = _body_of(target)
        if body is None or body is _body_of(link):
            continue
        mutual = not _own_places(path, link).isdisjoint(back.get(body, ()))
        if not _is_callout(link, place, target, body, mutual):
            continue
        if body not in found.keys:
            key = f"n{len(found.bodies) + 1}"
            found.bodies[key], found.keys[body] = body, key
            inside.update(body.iter("{*}a"))
        found.callouts[link] = found.keys[body]
    _find_furniture(found, links)
    return found


def _targets(documents: Iterable[tuple[str, Element]]) -> dict[str, Element]:
    targets: dict[str, Element] = {}
    for path, root in documents:
        for element in root.iter("{*}*"):
            for name in (element.get("id"), element.get("name")):
                if name:
                    targets.setdefault(f"{path}#{name}", element)
    return targets


def _own_places(path: str, link: Element) -> frozenset[str]:
    """Where a way back may lead: to the link, or to a small element around it."""
    around = [link]
    parent = link.getparent()
    while parent is not None and local_name(parent) in _INLINE:
        around.append(parent)
        parent = parent.getparent()
    around += list(link.iter("{*}*"))
    before = link.getprevious()
    if before is not None and not (before.tail or "").strip():
        around.append(before)
    names = (name for one in around for name in (one.get("id"), one.get("name")) if name)
    return frozenset(f"{path}#{name}" for name in names)


def _is_callout(link: Element, place: str, target: Element, body: Element, mutual: bool) -> bool:
    words = words_of(link)
    if not words.isdisjoint(_BACK_WORDS):
        return False
    if not words.isdisjoint(_CALLOUT_WORDS):
        return True
    if not _MARK.fullmatch(inner_text(link).strip()):
        return False
    name = place.rpartition("#")[2]
    if _NOTE_NAME.fullmatch(name) and not _BACK_NAME.fullmatch(name):
        return True
    is_body = not (words_of(target) | words_of(body)).isdisjoint(_BODY_WORDS)
    return is_body or (mutual and _comes_after(target, link))


def _comes_after(target: Element, link: Element) -> bool:
    """Whether the target is no callout itself: nothing but its mark stands before it."""
    body = _body_of(target)
    text = inner_text(body).strip() if body is not None else ""
    mark = inner_text(link).strip()
    return text.startswith((mark, "^", "↑", "↩")) or local_name(target) in _BLOCKS


def _body_of(target: Element) -> Element | None:
    """The element that holds the note in which `target` lies or that it is."""
    element: Element | None = target
    while element is not None and local_name(element) not in _BLOCKS:
        if local_name(element) == "dt":
            following = element.getnext()
            return following if following is not None else None
        element = element.getparent()
    if element is None or local_name(element) == "td":
        return element
    parent = element.getparent()
    while parent is not None and (
        (parent.get("id") and local_name(parent) in {"li", "aside", "div"} and _is_small(parent))
        or local_name(parent) in {"li", "aside"}
    ):
        element, parent = parent, parent.getparent()
    return element


def _is_small(element: Element) -> bool:
    return _NOTE_NAME.fullmatch(element.get("id", "")) is not None


def _find_furniture(found: NoteLinks, links: Iterable[tuple[str, str, Element]]) -> None:
    """Ways back from bodies, and a mark that a body begins with."""
    callout_places = {
        place: found.callouts[link]
        for _, path, link in links
        if link in found.callouts
        for place in _own_places(path, link)
    }
    inside = {element: key for key, body in found.bodies.items() for element in body.iter("{*}a")}
    for place, _, link in links:
        key = inside.get(link)
        if key is None or link in found.callouts:
            continue
        text = inner_text(link).strip()
        is_mark = bool(_MARK.fullmatch(text) or _ARROWS.fullmatch(text))
        is_back = not words_of(link).isdisjoint(_BACK_WORDS)
        if is_back or (is_mark and callout_places.get(place) == key):
            found.furniture.add(link)
            _drop_stop(link, found.bodies[key])


def _drop_stop(link: Element, body: Element) -> None:
    """What stands between a mark and its note's text ("1. See …") goes with the mark."""
    before = inner_text(body).partition(inner_text(link))[0]
    if link.tail and not before.strip():
        link.tail = _AFTER_MARK.sub("", link.tail)

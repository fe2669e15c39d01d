"""What an EPUB offers, told from the file itself: one small function a feature, in a table."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from lxml import etree

__all__ = ["FEATURES", "Epub"]

_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_ROLES = ("doc-chapter", "doc-part", "doc-preface", "doc-foreword", "doc-afterword",
          "doc-bibliography", "doc-endnotes")  # fmt: skip
_SCHEMA = ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard",
           "accessibilitySummary")  # fmt: skip
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)


class Epub:
    """An EPUB's files, read once."""

    def __init__(self, path: Path) -> None:
        """Read the file at `path`."""
        with zipfile.ZipFile(path) as packed:
            self.files: Mapping[str, bytes] = {
                name: packed.read(name) for name in packed.namelist()
            }

    @cached_property
    def package(self) -> Any:
        """The package document."""
        return self._parsed(next(name for name in self.files if name.endswith(".opf")))

    @cached_property
    def documents(self) -> Mapping[str, Any]:
        """The content documents by name, the contents among them."""
        names = (name for name in self.files if name.endswith((".xhtml", ".html")))
        return {name: self._parsed(name) for name in names}

    @cached_property
    def styles(self) -> str:
        """All style sheets."""
        return "\n".join(
            content.decode("utf-8", "replace")
            for name, content in self.files.items()
            if name.endswith(".css")
        )

    def _parsed(self, name: str) -> Any:
        return etree.fromstring(self.files[name], _PARSER)

    def navs(self, kind: str) -> Iterator[Any]:
        """The navigation document's lists of a kind."""
        for root in self.documents.values():
            for nav in root.iter("{*}nav"):
                if kind in nav.get(_EPUB_TYPE, "").split():
                    yield nav

    def elements(self) -> Iterator[tuple[str, Any]]:
        """Every element of every content document, with the document's name."""
        for name, root in self.documents.items():
            for element in root.iter("{*}*"):
                yield name, element

    def target(self, name: str, href: str) -> Any | None:
        """The element that a link in the document `name` leads to."""
        path, _, fragment = href.partition("#")
        if path:
            name = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
        root = self.documents.get(name)
        if root is None or not fragment:
            return root
        return next((one for one in root.iter("{*}*") if one.get("id") == fragment), None)


def _is(element: Any, epub_type: str, role: str) -> bool:
    return epub_type in element.get(_EPUB_TYPE, "").split() or element.get("role") == role


def _noterefs(epub: Epub) -> list[tuple[str, Any]]:
    return [(name, one) for name, one in epub.elements() if _is(one, "noteref", "doc-noteref")]


def _backlinks(epub: Epub) -> list[tuple[str, Any]]:
    return [(name, one) for name, one in epub.elements() if _is(one, "backlink", "doc-backlink")]


def pages(epub: Epub) -> int:
    """Entries of the page-list, EPUB 3.3 section 7.4.2.4."""
    return sum(1 for nav in epub.navs("page-list") for _ in nav.iter("{*}a"))


def landmarks(epub: Epub) -> int:
    """Entries of the landmarks, EPUB 3.3 section 7.4.2.5."""
    return sum(1 for nav in epub.navs("landmarks") for _ in nav.iter("{*}a"))


def list_of_figures(epub: Epub) -> bool:
    """Whether the navigation document lists the figures."""
    return any(True for _ in epub.navs("loi"))


def ncx(epub: Epub) -> bool:
    """Whether old readers find an NCX."""
    return any(name.endswith(".ncx") for name in epub.files)


def notes_there_and_back(epub: Epub) -> bool:
    """Whether every callout leads to a note, and a way back leads to every callout."""
    callouts = _noterefs(epub)
    there = all(epub.target(name, one.get("href", "")) is not None for name, one in callouts)
    targets = [epub.target(name, one.get("href", "")) for name, one in _backlinks(epub)]
    reached = {one for target in targets if target is not None for one in target.iter("{*}*")}
    return bool(callouts) and there and all(one in reached for _, one in callouts)


def named_ways_back(epub: Epub) -> bool:
    """Whether each way back says to a screen reader where it leads."""
    links = [one for _, one in _backlinks(epub)]
    return bool(links) and all(one.get("aria-label") or one.get("title") for one in links)


def pop_up_notes(epub: Epub) -> bool:
    """Whether callouts lead to elements typed as notes, which readers show as pop-ups."""
    found = [epub.target(name, one.get("href", "")) for name, one in _noterefs(epub)]
    kinds = ("endnote", "footnote", "rearnote")
    return bool(found) and all(
        one is not None and not {*one.get(_EPUB_TYPE, "").split()}.isdisjoint(kinds)
        for one in found
    )


def accessibility(epub: Epub) -> bool:
    """Whether the metadata of EPUB Accessibility 1.1 section 2.3 are all there."""
    held = {one.get("property", "").rpartition(":")[2] for one in epub.package.iter("{*}meta")}
    return held.issuperset(_SCHEMA)


def conformance(epub: Epub) -> bool:
    """Whether conformance to EPUB Accessibility 1.1 is claimed, with who says so."""
    held = {one.get("property", "") for one in epub.package.iter("{*}meta")}
    return "dcterms:conformsTo" in held and "a11y:certifiedBy" in held


def roles(epub: Epub) -> int:
    """How many of the commonest DPUB-ARIA roles its sections have."""
    return len({one.get("role") for _, one in epub.elements()} & {*_ROLES})


def described_pictures(epub: Epub) -> bool:
    """Whether every picture has a description, or is said to need none."""
    shown = [one for _, one in epub.elements() if str(one.tag).endswith("}img")]
    return bool(shown) and all(one.get("alt") or one.get("role") == "presentation" for one in shown)


def languages_of_runs(epub: Epub) -> bool:
    """Whether runs in another language than their document's say so."""
    for root in epub.documents.values():
        own = (root.get("lang") or "").partition("-")[0]
        for element in root.iter("{*}*"):
            if element is not root and element.get("lang", own).partition("-")[0] != own:
                return True
    return False


def colours_untouched(epub: Epub) -> bool:
    """Whether no style sheet sets colours of the page, so that dark modes can."""
    bodies = re.findall(r"(?:^|[\s,}])(?:html|body)[^{},]*\{([^}]*)\}", epub.styles)
    return not any(re.search(r"(?:^|[;\s])(?:background(?:-color)?|color)\s*:", one)
                   for one in bodies)  # fmt: skip


FEATURES: Mapping[str, Callable[[Epub], bool | int]] = {
    "pages of print in the page-list": pages,
    "landmarks": landmarks,
    "list of figures": list_of_figures,
    "NCX for old readers": ncx,
    "every note there and back": notes_there_and_back,
    "ways back with names": named_ways_back,
    "notes pop up": pop_up_notes,
    "accessibility metadata whole": accessibility,
    "conformance claimed, by whom": conformance,
    "DPUB-ARIA roles of sections": roles,
    "every picture described": described_pictures,
    "language of foreign runs": languages_of_runs,
    "reader's colours untouched": colours_untouched,
}
"""Features in the order of the table's rows."""

"""An EPUB read back with nothing but a ZIP reader and an XML parser."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from quire.editions.model import Artifact

__all__ = ["DC", "MATHS", "NCX", "OPF", "TYPE", "Read", "X", "of_type", "texts"]

X = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
TYPE = "{http://www.idpf.org/2007/ops}type"
MATHS = "{http://www.w3.org/1998/Math/MathML}math"


class Read:
    """An EPUB taken apart."""

    def __init__(self, artifact: Artifact) -> None:
        self.path, self.sha256 = artifact.path, artifact.sha256
        self.details = artifact.details
        with zipfile.ZipFile(artifact.path) as archive:
            self.entries = archive.infolist()
            self.files = {one.filename: archive.read(one) for one in self.entries}

    def page(self, name: str) -> etree._Element:
        return etree.fromstring(self.files[f"EPUB/{name}"])

    def pages(self) -> Iterator[tuple[str, etree._Element]]:
        for name in self.files:
            if name.endswith(".xhtml"):
                yield Path(name).name, etree.fromstring(self.files[name])

    @property
    def package(self) -> etree._Element:
        return etree.fromstring(self.files["EPUB/content.opf"])

    def reading_order(self) -> list[str]:
        """Files of the spine."""
        files = {one.get("id"): str(one.get("href")) for one in self.package.iter(f"{OPF}item")}
        return [files[one.get("idref")] for one in self.package.iter(f"{OPF}itemref")]

    def properties(self, name: str) -> list[str]:
        """The values of a package property that stands for the book."""
        return [
            str(one.text)
            for one in self.package.iter(f"{OPF}meta")
            if one.get("property") == name and not one.get("refines")
        ]

    def refined(self, identifier: str) -> dict[str, str]:
        return {
            str(one.get("property")): str(one.text)
            for one in self.package.iter(f"{OPF}meta")
            if one.get("refines") == f"#{identifier}"
        }

    def nav(self, kind: str) -> list[tuple[str, str]]:
        """Words and addresses of one list of the navigation document."""
        for nav in self.page("nav.xhtml").iter(f"{X}nav"):
            if nav.get(TYPE) == kind:
                return [(texts(a), a.get("href", "")) for a in nav.iter(f"{X}a")]
        return []

    @property
    def style(self) -> str:
        return self.files["EPUB/styles/book.css"].decode()


def texts(node: etree._Element) -> str:
    return "".join(str(part) for part in node.itertext())


def of_type(root: etree._Element, kind: str) -> list[etree._Element]:
    return [node for node in root.iter() if kind in (node.get(TYPE) or "").split()]

"""The shelf as catalogues that reading programs subscribe to: OPDS 1.2 and OPDS 2.0.

Addresses are relative, so that the shelf may stand anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from lxml import etree

from quire.covers.model import COVER_NAME, THUMBNAIL_NAME, THUMBNAIL_WIDTH, Cover
from quire.editions.model import Artifact
from quire.editions.naming import identifier_of
from quire.metadata.model import Metadata
from quire.shelf.addresses import READ_AT_ONCE, address_of

__all__ = ["ATOM_NAME", "ATOM_TYPE", "JSON_NAME", "JSON_TYPE", "opds_1", "opds_2"]

ATOM_NAME: Final = "opds.xml"
ATOM_TYPE: Final = "application/atom+xml;profile=opds-catalog;kind=acquisition"
JSON_NAME: Final = "opds.json"
JSON_TYPE: Final = "application/opds+json"

_ATOM: Final = "http://www.w3.org/2005/Atom"
_TERMS: Final = "http://purl.org/dc/terms/"
_SAMPLE: Final = "http://opds-spec.org/acquisition/sample"
_OPEN_ACCESS: Final = "http://opds-spec.org/acquisition/open-access"


def opds_1(
    metadata: Metadata,
    artifacts: Sequence[Artifact],
    cover: Cover | None,
    date: datetime,
    shelf: Path,
) -> bytes:
    """An acquisition feed of one entry (OPDS Catalog 1.2, 2 and 5; RFC 4287).

    Args:
        metadata: the book's.
        artifacts: the editions that are offered.
        cover: the cover, which lies beside the feed as ``cover.jpg``.
        date: when the book was made.
        shelf: the folder that the feed will lie in, and the editions already do.
    """
    identifier, moment = identifier_of(metadata), _moment(date)
    feed = etree.fromstring(f'<feed xmlns="{_ATOM}" xmlns:dcterms="{_TERMS}"/>')
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", metadata.lang)
    _put(feed, "id", f"{identifier}#shelf")
    _put(feed, "title", metadata.full_title)
    _put(feed, "updated", moment)
    _authors(feed, metadata)
    _link(feed, "self", ATOM_NAME, ATOM_TYPE)
    _link(feed, "start", ATOM_NAME, ATOM_TYPE)
    _link(feed, "alternate", "index.html", "text/html")
    entry = etree.SubElement(feed, f"{{{_ATOM}}}entry")
    _put(entry, "id", identifier)
    _put(entry, "title", metadata.full_title)
    _put(entry, "updated", moment)
    _authors(entry, metadata)
    for name, value in (
        ("language", metadata.lang),
        ("publisher", metadata.publisher),
        ("issued", metadata.date.isoformat() if metadata.date else None),
    ):
        if value:
            etree.SubElement(entry, f"{{{_TERMS}}}{name}").text = value
    for subject in metadata.subject:
        etree.SubElement(entry, f"{{{_ATOM}}}category", term=subject, label=subject)
    if metadata.description:
        _put(entry, "summary", " ".join(metadata.description.split()))
    if metadata.rights:
        _put(entry, "rights", metadata.rights)
    if cover:
        _link(entry, "http://opds-spec.org/image", COVER_NAME, "image/jpeg")
        _link(entry, "http://opds-spec.org/image/thumbnail", THUMBNAIL_NAME, "image/jpeg")
    for artifact in artifacts:
        address = address_of(artifact.path, shelf)
        link = _link(entry, _relation(artifact), address, artifact.media_type)
        link.set("title", artifact.edition)
        if artifact.media_type != READ_AT_ONCE:
            link.set("length", str(artifact.size))
    told: bytes = etree.tostring(feed, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return told


def opds_2(
    metadata: Metadata,
    artifacts: Sequence[Artifact],
    cover: Cover | None,
    date: datetime,
    shelf: Path,
) -> bytes:
    """A feed of one publication (OPDS 2.0, 2 and 3), of the same arguments as `opds_1`."""
    told = {
        "@type": "http://schema.org/Book",
        "identifier": identifier_of(metadata),
        "title": metadata.title,
        "subtitle": metadata.subtitle,
        "author": list(metadata.authors),
        "language": metadata.lang,
        "publisher": metadata.publisher,
        "published": metadata.date.isoformat() if metadata.date else None,
        "modified": _moment(date),
        "description": metadata.description,
        "subject": list(metadata.subject),
    }
    links = [
        {"rel": _relation(one), "href": address_of(one.path, shelf), "type": one.media_type,
         "title": one.edition}
        | ({} if one.media_type == READ_AT_ONCE else {"size": one.size})
        for one in artifacts
    ]  # fmt: skip
    publication: dict[str, object] = {
        "metadata": {name: value for name, value in told.items() if value},
        "links": links,
    }
    if cover:
        small = round(cover.height * THUMBNAIL_WIDTH / cover.width)
        sizes = (
            (COVER_NAME, cover.width, cover.height),
            (THUMBNAIL_NAME, THUMBNAIL_WIDTH, small),
        )
        publication["images"] = [
            {"href": name, "type": "image/jpeg", "width": width, "height": height}
            for name, width, height in sizes
        ]
    feed = {
        "metadata": {"title": metadata.full_title, "modified": _moment(date)},
        "links": [
            {"rel": "self", "href": JSON_NAME, "type": JSON_TYPE},
            {"rel": "alternate", "href": "index.html", "type": "text/html"},
        ],
        "publications": [publication],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _relation(artifact: Artifact) -> str:
    """What an edition is to its entry: the book to take home, a taste of it, or a page about it."""
    if artifact.path == artifact.sample:
        return _SAMPLE
    return "alternate" if artifact.media_type == READ_AT_ONCE else _OPEN_ACCESS


def _moment(date: datetime) -> str:
    """A moment as RFC 3339 has it."""
    return date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _put(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}{name}").text = text


def _authors(parent: etree._Element, metadata: Metadata) -> None:
    # RFC 4287, 4.1.1: a feed has an author; a book without one is its publisher's.
    for name in metadata.authors or (metadata.publisher or metadata.title,):
        author = etree.SubElement(parent, f"{{{_ATOM}}}author")
        _put(author, "name", name)


def _link(parent: etree._Element, relation: str, address: str, kind: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{_ATOM}}}link", rel=relation, href=address, type=kind)

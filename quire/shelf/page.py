"""The download page: one file that needs nothing but the cover beside it, and asks the net nothing.

It speaks the book's language; in a language without words for it, English.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Final

from quire.assembly.model import Book, Section
from quire.covers.model import COVER_NAME, THUMBNAIL_NAME, Cover
from quire.editions.credits import credits_of
from quire.editions.model import Artifact
from quire.editions.naming import identifier_of
from quire.language import Words, words_of
from quire.manuscript.roles import ROLES
from quire.metadata.model import Metadata
from quire.shelf.addresses import READ_AT_ONCE, address_of
from quire.shelf.catalogue import ATOM_NAME, ATOM_TYPE, JSON_NAME, JSON_TYPE
from quire.shelf.changes import Changes
from quire.shelf.counts import Counts
from quire.shelf.sizes import size_in_words
from quire.version import VERSION

__all__ = ["download_page"]

_HERE = Path(__file__).parent
_COVER_WIDTH = 240
"""CSS pixels, as page.css has it at its widest; here so that the page doesn't jump."""

_CREATIVE_COMMONS = re.compile(r"\bCC[ -](BY(?:-NC)?(?:-SA|-ND)?|0)[ -](\d\.\d)\b", re.IGNORECASE)
_COUNTED_IN_CHARACTERS: Final = frozenset({"zh", "ja", "ko"})
_READING: Final = ("shelf-reading-phone", "shelf-reading-computer", "shelf-reading-print")


def download_page(
    book: Book,
    counts: Counts,
    artifacts: Sequence[Artifact],
    cover: Cover | None,
    shelf: Path,
    changes: Changes | None = None,
) -> str:
    """The page as HTML.

    Args:
        book: the book that was set.
        counts: its length.
        artifacts: its editions; the page offers them in the order that metadata.yaml has.
        cover: its cover, shown from ``cover.jpg`` beside the page.
        shelf: the folder that the page will lie in, and the editions already do.
        changes: what is new since the last release, if that is known.
    """
    metadata = book.metadata
    words = words_of(metadata.lang, metadata.words)
    if "shelf-downloads" not in words.table:
        words = words_of("en", metadata.words)
    same = words.tag.partition("-")[0] == metadata.lang.partition("-")[0]
    language = metadata.lang if same else words.tag
    # What the book says, as against what the page says, may be in another language.
    book_language = "" if same else f' lang="{escape(metadata.lang)}" dir="auto"'
    subtitle = _element("span", metadata.subtitle, ' class="subtitle"')
    return Template((_HERE / "page.html").read_text("utf-8")).substitute(
        language=escape(language),
        version=VERSION,
        full_title=escape(metadata.full_title),
        head=_head(metadata, cover),
        style=(_HERE / "page.css").read_text("utf-8"),
        data=_linked_data(metadata, artifacts, cover, shelf),
        skip=escape(words.say("shelf-skip")),
        cover=_cover(cover),
        series=_element("p", _series(metadata), f' class="series"{book_language}', "\n"),
        book_language=book_language,
        title=escape(metadata.title),
        subtitle=f" {subtitle}" if subtitle else "",
        credits=_credits(metadata, words),
        facts=escape(" · ".join(_facts(metadata, counts, words))),
        imprint=_element("p", _imprint(metadata, words), ' class="imprint"', "\n"),
        downloads=escape(words.say("shelf-downloads")),
        editions="".join(
            _edition(artifact, words, shelf)
            for artifact in _in_order(book, artifacts)
            if artifact.path != artifact.sample
        ),
        verify=_verify(words),
        sample=_sample(artifacts, words, shelf),
        sections="".join(_sections(book, words, book_language, changes)),
        made=escape(words.say("shelf-made", version=VERSION)),
        report_name="build-report.json",
        report=escape(words.say("shelf-report")),
    )


def _element(name: str, text: str | None, attributes: str = "", end: str = "") -> str:
    """An element around escaped text; nothing when there is no text."""
    return f"<{name}{attributes}>{escape(text)}</{name}>{end}" if text else ""


def _head(metadata: Metadata, cover: Cover | None) -> str:
    lines = []
    if metadata.description:
        said = escape(" ".join(metadata.description.split()))
        lines.append(f'<meta name="description" content="{said}">\n')
    lines += [
        f'<link rel="alternate" type="{kind}" title="OPDS" href="{name}">\n'
        for name, kind in ((ATOM_NAME, ATOM_TYPE), (JSON_NAME, JSON_TYPE))
    ]
    lines += [
        f'<meta property="{name}" content="{escape(value)}">\n'
        for name, value in _open_graph(metadata, cover)
    ]
    # Without an icon of its own, a browser asks the server for /favicon.ico.
    icon = THUMBNAIL_NAME if cover else "data:,"
    lines.append(f'<link rel="icon" href="{icon}">\n')
    return "".join(lines)


def _open_graph(metadata: Metadata, cover: Cover | None) -> Iterator[tuple[str, str]]:
    """What others show of the page where somebody links to it (Open Graph protocol, book)."""
    yield "og:type", "book"
    yield "og:title", metadata.full_title
    if metadata.description:
        yield "og:description", " ".join(metadata.description.split())
    if cover:
        yield "og:image", COVER_NAME
        yield "og:image:alt", cover.alt
    for name in metadata.authors:
        yield "book:author", name
    if metadata.isbn.epub:
        yield "book:isbn", metadata.isbn.epub
    if metadata.date:
        yield "book:release_date", metadata.date.isoformat()


def _cover(cover: Cover | None) -> str:
    if cover is None:
        return ""
    height = round(_COVER_WIDTH * cover.height / cover.width)
    return (
        f'<img class="cover" src="{COVER_NAME}" width="{_COVER_WIDTH}" height="{height}" '
        f'alt="{escape(cover.alt)}">\n'
    )


def _series(metadata: Metadata) -> str:
    if metadata.series is None:
        return ""
    number = metadata.series.number
    return metadata.series.name if number is None else f"{metadata.series.name} {number}"


def _credits(metadata: Metadata, words: Words) -> str:
    joint = words.say("joint")
    lines = []
    for one in credits_of(metadata, words):
        names = joint.join(one.names)
        said = words.say("credit", names=names, role=one.words) if one.words else names
        lines.append(_element("p", said, ' class="credits"', "\n"))
    return "".join(lines)


def _facts(metadata: Metadata, counts: Counts, words: Words) -> Iterator[str]:
    """The book's length, and how many of each thing it has."""
    if metadata.lang.partition("-")[0] in _COUNTED_IN_CHARACTERS:
        yield words.say("shelf-characters", n=f"{counts.characters:,}")
    else:
        yield words.say("shelf-words", n=f"{counts.words:,}")
    for kind in ("chapters", "notes", "figures", "tables"):
        number: int = getattr(counts, kind)
        if number:
            yield words.say(f"shelf-{kind}", n=number)


def _imprint(metadata: Metadata, words: Words) -> str:
    said = [metadata.publisher, metadata.edition]
    if metadata.date:
        date = metadata.date
        said.append(words.say("date-long", year=date.year, month=date.month, day=date.day))
    return " · ".join(filter(None, said))


def _in_order(book: Book, artifacts: Sequence[Artifact]) -> list[Artifact]:
    wanted = book.metadata.editions
    last = len(wanted)
    return sorted(
        artifacts,
        key=lambda one: wanted.index(one.edition) if one.edition in wanted else last,
    )


def _edition(artifact: Artifact, words: Words, shelf: Path) -> str:
    """One card: the download, what it is for, and its checksum; or the way to read it at once."""
    kind = f"shelf-{artifact.edition}"
    name = words.say(kind) if kind in words.table else artifact.edition
    use = _element("p", words.table.get(f"{kind}-use"), ' class="use"', "\n")
    address = address_of(artifact.path, shelf)
    if artifact.media_type == READ_AT_ONCE:
        return (
            f'<li id="{escape(artifact.edition)}">\n'
            f'<a class="get" href="{address}"><span>{escape(words.say("shelf-read"))}</span>'
            f' <span class="size">{escape(name)}</span></a>\n{use}</li>\n'
        )
    size = size_in_words(artifact.size)
    pages = words.say("shelf-pages", n=artifact.pages) if artifact.pages else ""
    facts = " · ".join(filter(None, (pages, size)))
    download = words.say("shelf-download", edition=name)
    return (
        f'<li id="{escape(artifact.edition)}">\n'
        f'<a class="get" href="{address}" type="{escape(artifact.media_type)}" download>'
        f"<span>{escape(download)}</span>"
        f' <span class="size">{escape(facts)}</span></a>\n'
        f"{use}"
        f'<details class="sum"><summary>SHA-256</summary>'
        f"<code>{artifact.sha256}</code></details>\n</li>\n"
    )


def _sample(artifacts: Sequence[Artifact], words: Words, shelf: Path) -> str:
    """The way to a chapter to look into, if an edition has one."""
    sample = next((one.sample for one in artifacts if one.sample), None)
    if sample is None:
        return ""
    said = escape(words.say("shelf-sample"))
    return f'<p class="sample"><a href="{address_of(sample, shelf)}">{said}</a></p>\n'


def _verify(words: Words) -> str:
    command = "<code>sha256sum --check --ignore-missing SHA256SUMS</code>"
    file = '<a href="SHA256SUMS">SHA256SUMS</a>'
    # The words come from a table or from metadata.yaml: they are escaped, what is put in isn't.
    pattern = escape(words.say("shelf-verify"))
    return pattern.replace("{command}", command).replace("{file}", file)


def _sections(
    book: Book, words: Words, book_language: str, changes: Changes | None
) -> Iterator[str]:
    """What follows the downloads: about the book, its contents, what is new, how to read it, its
    licence.
    """  # noqa: D205
    metadata = book.metadata
    if metadata.description:
        paragraphs = re.split(r"\n\s*\n", metadata.description.strip())
        about = "".join(_element("p", one, book_language, "\n") for one in paragraphs)
        yield _section("about", words.say("shelf-about"), about)
    contents = _contents(book)
    if contents:
        listed = f'<ol class="contents"{book_language}>\n{contents}</ol>\n'
        yield _section("contents", words.say("contents"), listed)
    if changes and changes.lines:
        listed = "".join(_element("li", line, ' dir="auto"', "\n") for line in changes.lines)
        heading = words.say("shelf-changes", release=changes.release)
        yield _section("changes", heading, f'<ul class="reading">\n{listed}</ul>\n')
    ways = "".join(_element("li", words.say(name), end="\n") for name in _READING)
    yield _section("reading", words.say("shelf-reading"), f'<ul class="reading">\n{ways}</ul>\n')
    if metadata.rights:
        licence = _licence_address(metadata.rights)
        rights = escape(metadata.rights)
        said = f'<a rel="license" href="{licence}">{rights}</a>' if licence else rights
        yield _section("licence", words.say("shelf-licence"), f"<p{book_language}>{said}</p>\n")


def _section(identifier: str, heading: str, content: str) -> str:
    return (
        f'<section id="{identifier}" aria-labelledby="{identifier}-heading">\n'
        f'<h2 id="{identifier}-heading">{escape(heading)}</h2>\n{content}</section>\n'
    )


def _contents(book: Book) -> str:
    """The contents: parts with their chapters inside them."""
    groups: list[list[Section]] = []
    for section in book.sections:
        if not ROLES[section.role].in_contents or not section.text:
            continue
        if section.depth and groups:
            groups[-1].append(section)
        else:
            groups.append([section])
    return "".join(f"<li>{_entry(head)}{_inside(rest)}</li>\n" for head, *rest in groups)


def _inside(chapters: Sequence[Section]) -> str:
    if not chapters:
        return ""
    items = "".join(f"<li>{_entry(one)}</li>\n" for one in chapters)
    return f"\n<ol>\n{items}</ol>\n"


def _entry(section: Section) -> str:
    label = _element("span", section.label, ' class="label"', " ")
    return f"{label}<span>{escape(section.text)}</span>"


def _licence_address(rights: str) -> str | None:
    """The address of a Creative Commons licence that the words on rights name."""
    found = _CREATIVE_COMMONS.search(rights)
    if found is None:
        return None
    kind, version = found[1].lower(), found[2]
    if kind == "0":
        return f"https://creativecommons.org/publicdomain/zero/{version}/"
    return f"https://creativecommons.org/licenses/{kind}/{version}/"


def _linked_data(
    metadata: Metadata, artifacts: Sequence[Artifact], cover: Cover | None, shelf: Path
) -> str:
    """The book in schema.org's words, for search engines (JSON-LD)."""
    pages = next((one.pages for one in artifacts if one.edition == "print-pdf"), None)
    data = {
        "@context": "https://schema.org",
        "@type": "Book",
        "@id": identifier_of(metadata),
        "name": metadata.full_title,
        "author": [{"@type": "Person", "name": name} for name in metadata.authors],
        "inLanguage": metadata.lang,
        "datePublished": metadata.date.isoformat() if metadata.date else None,
        "publisher": metadata.publisher and {"@type": "Organization", "name": metadata.publisher},
        "description": metadata.description,
        "keywords": ", ".join(metadata.subject),
        "license": _licence_address(metadata.rights or "") or metadata.rights,
        "bookEdition": metadata.edition,
        "numberOfPages": pages,
        "image": COVER_NAME if cover else None,
        "encoding": [
            {
                "@type": "MediaObject",
                "name": artifact.edition,
                "contentUrl": address_of(artifact.path, shelf),
                "encodingFormat": artifact.media_type,
                "contentSize": str(artifact.size),
                "sha256": artifact.sha256,
            }
            for artifact in artifacts
        ],
    }
    stated = {name: value for name, value in data.items() if value}
    # No word of a book may end the script that holds it.
    return json.dumps(stated, ensure_ascii=False, indent=1).replace("<", "\\u003c")

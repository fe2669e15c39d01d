"""Accessibility metadata, computed from what the documents hold.

Terms are those of the schema.org accessibility vocabulary, as EPUB Accessibility 1.1 asks for them
(section 2, discovery metadata). Nothing is said that wasn't looked for: one picture without a
description is enough to leave ``alternativeText`` out. Conformance is claimed when every check of
`conformance` passes and somebody stands for it, and not otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from quire.editions.epub.conformance import STANDARD, Failure, in_words
from quire.editions.epub.documents import Document, Documents
from quire.editions.epub.navigation import Navigation
from quire.editions.epub.pictures import Picture
from quire.editions.epub.style_sheets import is_vertical
from quire.editions.epub.xhtml import MATHML, Element, element, html_name
from quire.language import Words
from quire.metadata.model import Metadata

__all__ = ["Accessibility", "Claim", "claim", "describe"]


@dataclass(frozen=True, slots=True)
class Claim:
    """Whether the book claims conformance, EPUB Accessibility 1.1, conformance reporting.

    Attributes:
        standard: the value of ``dcterms:conformsTo``; empty when nothing is claimed.
        certifier: who stands for it, ``a11y:certifiedBy``; empty likewise.
        reason: the claim, or why there is none, for the build's report.
    """

    standard: str
    certifier: str
    reason: str


@dataclass(frozen=True)
class Accessibility:
    """What the package says about access.

    Attributes:
        properties: pairs of a schema.org property and a value, in order.
        summary: the same in sentences.
        summary_language: the language of the summary.
        claim: of conformance.
    """

    properties: tuple[tuple[str, str], ...]
    summary: str
    summary_language: str
    claim: Claim


@dataclass(frozen=True)
class _Inventory:
    """What the documents hold that matters here.

    Attributes:
        pictures: how many carry information; what is marked as decoration isn't counted.
        described: how many of them have an alternative text.
        names: names of HTML elements that occur, and ``math``.
        roles: values of ``role`` that occur.
        long_descriptions: whether a picture points to a description at length.
        nested: whether headings stand below others.
        indexed: whether an index has links.
    """

    pictures: int
    described: int
    names: Collection[str]
    roles: Collection[str]
    long_descriptions: bool
    nested: bool
    indexed: bool

    @property
    def every_alt(self) -> bool:
        return self.pictures == self.described


def claim(failures: Sequence[Failure], metadata: Metadata) -> Claim:
    """Decide whether the book says that it conforms to `STANDARD`.

    Args:
        failures: checks that found something.
        metadata: who certifies, by ``accessibility: {certified-by: …}`` or else the publisher.
    """
    stated = metadata.accessibility
    certifier = stated.certified_by or metadata.publisher or ""
    if not stated.conformance:
        return Claim("", "", "conformance isn't claimed, as metadata.yaml wants it")
    if failures:
        return Claim("", "", f"conformance isn't claimed: {in_words(failures)}")
    if not certifier:
        return Claim(
            "", "",
            "conformance isn't claimed: metadata.yaml names neither accessibility.certified-by nor "
            "a publisher to stand for it",
        )  # fmt: skip
    return Claim(STANDARD, certifier, f"{STANDARD}, certified by {certifier}")


def describe(
    documents: Documents,
    navigation: Navigation,
    pictures: Mapping[str, Picture],
    metadata: Metadata,
    words: Words,
    failures: Sequence[Failure],
) -> Accessibility:
    """Look through the documents and say what they offer, and to whom.

    Args:
        documents: all content documents; the cover's picture is matter of the package, not text.
        navigation: what the navigation document lists.
        pictures: the book's pictures, for what moves.
        metadata: what a person said in metadata.yaml goes first.
        words: the language's sentences.
        failures: checks of `conformance` that found something.
    """
    held = _look([one for one in documents.by_name.values() if one.role != "cover"])
    failed = {one.check.name for one in failures}
    claimed = claim(failures, metadata)
    features = _features(held, documents, navigation, failed, is_vertical(metadata))
    properties = [
        *_modes(held),
        *(("accessibilityFeature", name) for name in features),
        *(("accessibilityHazard", one) for one in _hazards(held, pictures, metadata)),
    ]
    if metadata.accessibility.summary:
        summary, language = metadata.accessibility.summary, metadata.lang
    else:
        summary, language = _summary(held, features, failed, claimed, words, metadata.lang)
    return Accessibility(tuple(properties), summary, language, claimed)


def _modes(held: _Inventory) -> Iterator[tuple[str, str]]:
    """Senses that the content speaks to, and sets of senses that suffice to take it in."""
    heard, seen = {"audio", "video"} & set(held.names), held.pictures or "video" in held.names
    modes = ["textual", *(["visual"] if seen else []), *(["auditory"] if heard else [])]
    for mode in modes:
        yield "accessMode", mode
    if len(modes) > 1:
        yield "accessModeSufficient", ",".join(modes)
    if held.every_alt and not heard:
        yield "accessModeSufficient", "textual"


def _features(
    held: _Inventory,
    documents: Documents,
    navigation: Navigation,
    failed: Collection[str],
    vertical: bool,
) -> list[str]:
    paged = bool(documents.pages)
    features = {
        "tableOfContents": bool(navigation.contents),
        "readingOrder": "contents-in-order" not in failed,
        "structuralNavigation": held.nested and not {"heading-levels", "heading-words"} & {*failed},
        "index": held.indexed,
        "displayTransformability": not {"text-resizes", "contrast"} & {*failed},
        # The older name beside the newer: catalogues look for either.
        "printPageNumbers": paged,
        "pageBreakMarkers": paged,
        "pageNavigation": bool(navigation.pages),
        "ARIA": bool(held.roles),
        "unlocked": True,
        "alternativeText": held.pictures > 0 and held.every_alt,
        "longDescription": held.long_descriptions,
        "MathML": "math" in held.names,
        "rubyAnnotations": "ruby" in held.names,
        "verticalWriting": vertical,
    }
    return [name for name, true in features.items() if true]


def _hazards(
    held: _Inventory, pictures: Mapping[str, Picture], metadata: Metadata
) -> Sequence[str]:
    if metadata.accessibility.hazards:
        return metadata.accessibility.hazards
    moving = any(picture.moving for picture in pictures.values())
    return ("unknown",) if moving or {"audio", "video"} & set(held.names) else ("none",)


_SENTENCES_OF_FEATURES: Final[Mapping[str, str]] = {
    "tableOfContents": "accessibility-contents",
    "pageNavigation": "accessibility-pages",
    "alternativeText": "accessibility-alt",
    "longDescription": "accessibility-long-descriptions",
    "MathML": "accessibility-maths",
    "rubyAnnotations": "accessibility-ruby",
}
"""Feature → name of the words that say it in the summary."""


def _summary(
    held: _Inventory,
    features: Collection[str],
    failed: Collection[str],
    claimed: Claim,
    words: Words,
    language: str,
) -> tuple[str, str]:
    """The summary, and the language that it is in: English where the book's has no table."""
    names = ["accessibility-text"] if "displayTransformability" in features else []
    names += [name for feature, name in _SENTENCES_OF_FEATURES.items() if feature in features]
    if {"doc-noteref", "doc-backlink"} <= set(held.roles):
        names.append("accessibility-notes")
    if not held.every_alt:
        names.append("accessibility-alt-missing")
    if "table" in held.names and "table-headers" not in failed:
        names.append("accessibility-tables")
    if claimed.standard:
        names.append("accessibility-checked")
    joint = "" if words.tag.startswith(("zh", "ja")) else " "
    said = joint.join(words.say(name) for name in names)
    same = words.tag.partition("-")[0] == language.partition("-")[0].lower()
    return said, language if same else words.tag


def _look(documents: Iterable[Document]) -> _Inventory:
    pictures: list[Element] = []
    names: set[str] = set()
    roles: set[str] = set()
    nested = indexed = long_descriptions = False
    for one in documents:
        for node in one.root.iter("*"):
            name = "math" if node.tag == f"{{{MATHML}}}math" else html_name(node)
            names.add(name)
            roles.add(node.get("role", ""))
            if name == "img" and node.get("role") not in {"presentation", "none"}:
                pictures.append(node)
            elif name == "details" and "long-description" in node.get("class", ""):
                long_descriptions = True
            nested = nested or name in {"h2", "h3", "h4", "h5", "h6"}
        if one.role == "index":
            indexed = indexed or next(one.root.iter(element("a").tag), None) is not None
    described = sum(bool(node.get("alt", "").strip()) for node in pictures)
    return _Inventory(
        len(pictures), described, names, roles - {""}, long_descriptions, nested, indexed
    )

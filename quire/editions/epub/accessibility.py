"""Accessibility metadata, computed from what the documents hold.

Terms are those of the schema.org accessibility vocabulary, as EPUB Accessibility 1.1 section 2.3
asks for them. Nothing is claimed that wasn't looked for: one picture without a description is
enough to leave ``alternativeText`` out. No conformance is claimed either: that takes a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quire.editions.epub.documents import Document, Documents
from quire.editions.epub.pictures import Picture
from quire.editions.epub.xhtml import MATHML, element
from quire.language import Words, words_of
from quire.metadata.model import AccessibilityMetadata

__all__ = ["Accessibility", "describe"]


@dataclass(frozen=True)
class Accessibility:
    """What the package says about access.

    Attributes:
        properties: pairs of a schema.org property and a value, in order.
        summary: the same in sentences.
        summary_language: the language of the summary.
    """

    properties: tuple[tuple[str, str], ...]
    summary: str
    summary_language: str


@dataclass(frozen=True)
class _Inventory:
    """What the documents hold that matters here."""

    pictures: int
    described: int
    long_descriptions: bool
    maths: bool


def describe(
    documents: Documents,
    pictures: Mapping[str, Picture],
    stated: AccessibilityMetadata,
    words: Words,
    language: str,
) -> Accessibility:
    """Look through the documents and say what they offer, and to whom.

    Args:
        documents: all content documents; the cover's picture is matter of the package, not text.
        pictures: the book's pictures, for what moves.
        stated: what a person said in metadata.yaml; it goes first.
        words: the language's sentences.
        language: the book's language tag.
    """
    held = _look([one for one in documents.by_name.values() if one.role != "cover"])
    every_alt = held.pictures == held.described
    properties: list[tuple[str, str]] = [("accessMode", "textual")]
    if held.pictures:
        properties.append(("accessMode", "visual"))
        properties.append(("accessModeSufficient", "textual,visual"))
    if every_alt:
        properties.append(("accessModeSufficient", "textual"))
    features = {
        "tableOfContents": True,
        "readingOrder": True,
        "structuralNavigation": True,
        "displayTransformability": True,
        "pageBreakMarkers": bool(documents.pages),
        "pageNavigation": bool(documents.pages),
        "ARIA": True,
        "unlocked": True,
        "alternativeText": held.pictures > 0 and every_alt,
        "longDescription": held.long_descriptions,
        "MathML": held.maths,
    }
    properties += [("accessibilityFeature", name) for name, true in features.items() if true]
    moving = any(picture.moving for picture in pictures.values())
    hazards = list(stated.hazards) or (["unknown"] if moving else ["none"])
    properties += [("accessibilityHazard", hazard) for hazard in hazards]
    if stated.summary:
        return Accessibility(tuple(properties), stated.summary, language)
    tellable = words if "accessibility-text" in words.table else words_of("en")
    joint = "" if tellable.tag.startswith(("zh", "ja")) else " "
    return Accessibility(
        tuple(properties),
        joint.join(tellable.say(name) for name in _sentences(held, every_alt)),
        language if tellable is words else tellable.tag,
    )


def _sentences(held: _Inventory, every_alt: bool) -> list[str]:
    """Names of the words that make up the summary."""
    sentences = ["accessibility-text"]
    if held.pictures:
        sentences.append("accessibility-alt" if every_alt else "accessibility-alt-missing")
    if held.long_descriptions:
        sentences.append("accessibility-long-descriptions")
    if held.maths:
        sentences.append("accessibility-maths")
    return sentences


def _look(documents: Iterable[Document]) -> _Inventory:
    shown = described = 0
    long_descriptions = maths = False
    image, details = element("img").tag, element("details").tag
    for one in documents:
        for node in one.root.iter(image, details, f"{{{MATHML}}}math"):
            if node.tag == image:
                shown += 1
                described += bool(node.get("alt", "").strip())
            elif node.tag == details:
                long_descriptions = long_descriptions or "long-description" in node.get("class", "")
            else:
                maths = True
    return _Inventory(shown, described, long_descriptions, maths)

"""Figures and tables: numbers, labels, pictures, alternative texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from quire.assembly.identifiers import Names
from quire.assembly.media import Media
from quire.assembly.model import Illustration
from quire.assembly.parsing import ParsedChapter, call_key
from quire.language import Words
from quire.pandoc import Inlines, plain_text, transform

__all__ = ["Illustrations"]


@dataclass
class Illustrations:
    """Numbers figures and tables through the book, in the order in which they are met.

    Attributes:
        words: the language's words, for labels.
        names: the book's identifiers.
        media: collects the pictures.
        figures: those met so far.
        tables: likewise.
        labels: identifier → label and number of each.
    """

    words: Words
    names: Names
    media: Media
    figures: list[Illustration] = field(default_factory=list)
    tables: list[Illustration] = field(default_factory=list)
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)

    def number(self, tree: Any, section: str, parsed: ParsedChapter) -> Any:
        """A tree of a section, its figures and tables labelled and its pictures named."""

        def change(node: dict[str, Any]) -> Any:
            match node["t"]:
                case "Image":
                    return self._image(node, parsed)
                case "Figure":
                    return self._figure(node, section, parsed)
                case "Table":
                    return self._table(node, section)
            return None

        return transform(tree, change)

    def _image(self, node: dict[str, Any], parsed: ParsedChapter) -> dict[str, Any]:
        (identifier, classes, pair_list), inlines, (target, title) = node["c"]
        pairs = dict(pair_list)
        pairs.setdefault("alt", plain_text(inlines).strip())
        name = self.media.name_of(target, parsed)
        attribute = [identifier, classes, [[key, value] for key, value in pairs.items()]]
        return {"t": "Image", "c": [attribute, [], [name, title]]}

    def _figure(self, node: dict[str, Any], section: str, parsed: ParsedChapter) -> dict[str, Any]:
        """A figure with its label; what its picture says of a long description comes up to it."""
        (identifier, classes, pair_list), caption, content = node["c"]
        pairs = dict(pair_list)
        plain = False

        def change(image: dict[str, Any]) -> Any:
            nonlocal plain
            if image["t"] != "Image":
                return None
            (name, kinds, image_pairs), inlines, target = image["c"]
            plain = plain or "unnumbered" in kinds
            told = dict(image_pairs)
            if "longdesc" in told:
                pairs["longdesc"] = told.pop("longdesc")
            kept = [[key, value] for key, value in told.items()]
            return {"t": "Image", "c": [[name, kinds, kept], inlines, target]}

        content = transform(content, change)
        if "longdesc" in pairs:
            written = pairs["longdesc"].removeprefix("#")
            found = self.names.find(parsed.chapter.file, written)
            if found:
                pairs["longdesc"] = found
            else:
                del pairs["longdesc"]
        if not plain and "unnumbered" not in classes:
            pairs["label"] = self._entered(self.figures, "figure", identifier, caption, section)
        attribute = [identifier, classes, [[key, value] for key, value in pairs.items()]]
        return {"t": "Figure", "c": [attribute, caption, content]}

    def _table(self, node: dict[str, Any], section: str) -> dict[str, Any] | None:
        (identifier, classes, pairs), caption, *rest = node["c"]
        if not caption[1] or "unnumbered" in classes:
            return None
        label = self._entered(self.tables, "table", identifier, caption, section)
        return {
            "t": "Table",
            "c": [[identifier, classes, [*pairs, ["label", label]]], caption, *rest],
        }

    def _entered(
        self,
        entries: list[Illustration],
        kind: str,
        identifier: str,
        caption: list[Any],
        section: str,
    ) -> str:
        number = len(entries) + 1
        label = self.words.number(kind, number)
        self.labels[identifier] = (label, str(number))
        entries.append(Illustration(identifier, label, _without_calls(caption), section))
        return label


def _plain(node: dict[str, Any]) -> Any:
    """Callouts left out, references as they are written."""
    if call_key(node) is not None:
        return []
    return node["c"][1] if node["t"] in {"Cite", "Link"} else None


def _without_calls(caption: list[Any]) -> Inlines:
    """A caption's words on one line, for a list: without callouts."""
    inlines: Inlines = []
    for block in caption[1]:
        if block["t"] in {"Para", "Plain"}:
            inlines += [{"t": "Space"}] if inlines else []
            inlines += transform(block["c"], _plain)
    return inlines

"""Cross-references and links: each leads to a place of the book, or is told to lead nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import unquote

from quire.assembly.identifiers import Names
from quire.assembly.parsing import ParsedChapter
from quire.language import Words
from quire.manuscript.dialect import CROSS_REFERENCE
from quire.pandoc import Inlines, attributes, link, transform
from quire.problems import Problem, Severity

__all__ = ["References"]

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_ALLOWED: Final = frozenset({"http", "https", "mailto", "tel", "doi", "urn", "ftp"})


@dataclass
class References:
    """Resolves what leads from place to place.

    Attributes:
        words: the language's words.
        names: the book's identifiers.
        labels: identifier → label and number, for figures, tables and numbered sections.
        titles: identifier → title, for sections and headings without a number.
        problems: what leads nowhere.
    """

    words: Words
    names: Names
    labels: Mapping[str, tuple[str, str]]
    titles: Mapping[str, Inlines]
    problems: list[Problem] = field(default_factory=list)

    def resolve(self, tree: Any, parsed: ParsedChapter) -> Any:
        """A tree of a chapter with its references resolved."""

        def change(node: dict[str, Any]) -> Any:
            if node["t"] == "Cite":
                return self._cite(node, parsed)
            if node["t"] == "Link":
                return self._link(node, parsed)
            return None

        return transform(tree, change)

    def _cite(self, node: dict[str, Any], parsed: ParsedChapter) -> Inlines:
        citations, as_written = node["c"]
        found = [self.names.find(parsed.chapter.file, one["citationId"]) for one in citations]
        for one, identifier in zip(citations, found, strict=True):
            if identifier is None:
                self.problems.append(_unknown(one["citationId"], parsed))
        if None in found:
            return list(as_written)
        inlines: Inlines = []
        for one, identifier in zip(citations, found, strict=True):
            if inlines:
                inlines.append({"t": "Str", "c": self.words.say("joint").rstrip()})
                inlines += [{"t": "Space"}] if self.words.say("joint").endswith(" ") else []
            prefix, suffix = one["citationPrefix"], one["citationSuffix"]
            inlines += [*prefix, {"t": "Space"}] if prefix else []
            number_alone = one["citationMode"]["t"] == "SuppressAuthor"
            inlines.append(self._reference(str(identifier), number_alone=number_alone))
            inlines += suffix
        return inlines

    def _reference(self, identifier: str, *, number_alone: bool) -> dict[str, Any]:
        if identifier in self.labels:
            label, number = self.labels[identifier]
            content: Inlines = [{"t": "Str", "c": number if number_alone else label}]
        else:
            content = list(self.titles.get(identifier, [])) or [{"t": "Str", "c": "↗"}]
        return link(content, f"#{identifier}", attributes("", ["crossref"]))

    def _link(self, node: dict[str, Any], parsed: ParsedChapter) -> Any:
        attribute, inlines, (target, title) = node["c"]
        scheme = _SCHEME.match(target)
        if target.startswith("//") or (scheme and scheme[1].lower() in _ALLOWED):
            return None
        identifier = None if scheme else self._place(target, parsed)
        if identifier is None:
            self.problems.append(
                parsed.problem(
                    "link-without-target",
                    f"A link leads to {unquote(target)}, which isn't in the book.",
                    "Correct it, or give the place that identifier with {#…}.",
                    target if target in parsed.chapter.body else unquote(target),
                )
            )
            return inlines
        return {"t": "Link", "c": [attribute, inlines, [f"#{identifier}", title]]}

    def _place(self, target: str, parsed: ParsedChapter) -> str | None:
        """``#here``, ``02-x.md`` or ``../03-y.md#there`` as an identifier of the book."""
        path, _, identifier = unquote(target).partition("#")
        if not path:
            return self.names.find(parsed.chapter.file, identifier)
        folder = PurePosixPath(parsed.chapter.file).parent.as_posix()
        file = posixpath.normpath(posixpath.join(folder, path))
        if identifier:
            return self.names.local.get((file, identifier))
        return self.names.files.get(file)


def _unknown(key: str, parsed: ParsedChapter) -> Problem:
    if CROSS_REFERENCE.match(key):
        return parsed.problem(
            "reference-without-target",
            f"[@{key}] refers to nothing in the book.",
            f"Give the figure, table or heading the identifier {{#{key}}}, or correct the key.",
            f"@{key}",
        )
    return Problem(
        "citation-unresolved",
        f"[@{key}] cites literature: it is printed as it is written.",
        "Write the source into a note.",
        parsed.place,
        parsed.line_of(f"@{key}"),
        Severity.WARNING,
    )

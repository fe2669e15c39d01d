"""Raw HTML and TeX in the manuscript: what has a meaning in every edition becomes that.

Everything else is taken out, named by a warning; words between two tags stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, Final

from quire.assembly.parsing import ParsedChapter
from quire.pandoc import Block, Blocks, Inline, Inlines, para
from quire.problems import Problem, Severity

__all__ = ["without_raw"]

_TAG: Final = re.compile(r"\s*<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)[^>]*>")
_SPANS: Final = {
    "b": "Strong",
    "del": "Strikeout",
    "em": "Emph",
    "i": "Emph",
    "s": "Strikeout",
    "strong": "Strong",
    "sub": "Subscript",
    "sup": "Superscript",
    "u": "Underline",
}
"""Tag → the inline that it means."""

_COMMENT: Final = re.compile(r"\s*<!--.*-->\s*\Z", re.DOTALL)
_FORMULA: Final = re.compile(
    r"\s*\\begin\{(?:equation|align|gather|multline)\*?\}.*\\end\{\w+\*?\}\s*\Z", re.DOTALL
)
_TEX_NAME: Final = re.compile(r"\s*(\\[A-Za-z@]+(?:\{\w+\*?\})?)")


def without_raw(parsed: ParsedChapter) -> tuple[ParsedChapter, tuple[Problem, ...]]:
    """A chapter without raw text, and a warning for each piece of it that was taken out."""
    cleaning = _Cleaning()
    blocks = cleaning.clean(parsed.blocks)
    notes = {key: cleaning.clean(body) for key, body in parsed.notes.items()}
    problems = tuple(
        Problem(
            "raw-markup",
            f"{name} is raw {'HTML' if kind == 'html' else 'TeX'}: it isn't in the book.",
            "Write it in Markdown.",
            parsed.place,
            parsed.line_of(text.split("\n", 1)[0]),
            Severity.WARNING,
        )
        for kind, name, text in dict.fromkeys(cleaning.dropped)
    )
    return replace(parsed, blocks=blocks, notes=notes), problems


@dataclass
class _Cleaning:
    """Takes raw text out of trees.

    Attributes:
        dropped: format, name and text of what was taken out.
    """

    dropped: list[tuple[str, str, str]] = field(default_factory=list)

    def clean(self, tree: Any) -> Any:
        if isinstance(tree, dict):
            if type(tree.get("c", "")) is str:
                return tree  # a word or a blank
            return {key: self.clean(value) for key, value in tree.items()}
        if not isinstance(tree, list):
            return tree
        kinds = {item["t"] for item in tree if isinstance(item, dict) and "t" in item}
        if "RawInline" in kinds:
            return self._inlines(tree)
        if "RawBlock" in kinds:
            return [block for item in tree for block in self._block(item)]
        return [self.clean(item) for item in tree]

    def _block(self, node: Block) -> Blocks:
        if node["t"] != "RawBlock":
            return [self.clean(node)]
        kind, text = node["c"]
        if _is_formula(kind, text):
            return [para([_formula(text)])]
        self._drop(kind, text)
        return []

    def _inlines(self, inlines: Inlines) -> Inlines:
        """Tags with a meaning paired and put around what lies between them."""
        stack: list[tuple[str, str, Inlines]] = [("", "", [])]
        for inline in inlines:
            if inline["t"] != "RawInline":
                stack[-1][2].append(self.clean(inline))
                continue
            kind, text = inline["c"]
            tag = _TAG.match(text) if kind == "html" else None
            name = tag["name"].lower() if tag else ""
            if name in {"br", "wbr"}:
                stack[-1][2].extend([{"t": "LineBreak"}] if name == "br" else [])
            elif tag and name in _SPANS and not tag["end"]:
                stack.append((name, text, []))
            elif tag and tag["end"] and stack[-1][0] == name:
                _, _, inside = stack.pop()
                stack[-1][2].append({"t": _SPANS[name], "c": inside})
            elif _is_formula(kind, text):
                stack[-1][2].append(_formula(text))
            else:
                self._drop(kind, text)
        while len(stack) > 1:  # opened and never closed
            _, text, inside = stack.pop()
            self._drop("html", text)
            stack[-1][2].extend(inside)
        return stack[0][2]

    def _drop(self, kind: str, text: str) -> None:
        if kind == "html" and _COMMENT.match(text):
            return
        tag = _TAG.match(text) if kind == "html" else _TEX_NAME.match(text)
        if tag and kind == "html" and tag["end"]:
            return  # its opening tag was named already
        name = text.strip()[:20]
        if tag:
            name = f"<{tag['name'].lower()}>" if kind == "html" else tag[1]
        self.dropped.append((kind, name, text.strip()))


def _is_formula(kind: str, text: str) -> bool:
    return kind in {"tex", "latex"} and _FORMULA.match(text) is not None


def _formula(text: str) -> Inline:
    return {"t": "Math", "c": [{"t": "DisplayMath"}, text.strip()]}

"""Typefaces put into the EPUB, for a book that asks for it: subsets of what its text needs.

Which characters stand in which face is told from the documents: `_slots` says by element what
the style sheets say by selector. A regular face gets all characters of its slot, so that text
whose weight a rule takes away again has its letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from quire.editions.epub.navigation import Entry, Navigation
from quire.editions.epub.xhtml import Element, html_name
from quire.language import is_cjk
from quire.problems import BookError
from quire.toolchain.font_subsets import licence_problems, subset_name, subset_of
from quire.toolchain.fonts import FontFile, FontLibrary

__all__ = ["NO_TYPEFACES", "TypefaceFile", "Typefaces", "embedded_typefaces"]


@dataclass(frozen=True, slots=True)
class TypefaceFile:
    """A subset as a resource of the EPUB."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Typefaces:
    """What is put in.

    Attributes:
        files: the subsets.
        style: the rules that use them, for the end of the style sheet.
        families: whose subsets they are.
        report: bytes before and after, face by face and together, in words.
    """

    files: tuple[TypefaceFile, ...] = ()
    style: str = ""
    families: tuple[str, ...] = ()
    report: str = ""

    @property
    def details(self) -> dict[str, str]:
        """What the build's report says of them; nothing when there are none."""
        if not self.files:
            return {}
        return {"fonts": ", ".join(self.families), "font subsets": self.report}


NO_TYPEFACES: Final = Typefaces()


@dataclass(frozen=True, slots=True)
class _Slot:
    """Text that is set in one family.

    Attributes:
        role: the slot of `quire.toolchain.fonts`.
        selector: CSS's, as the style sheets have it.
        otherwise: families for readers that don't take ours.
        tags: the elements that the selector means.
        classes: likewise, by class.
        paragraphs_in: likewise, paragraphs within an element of this class.
        languages: likewise, emphasis in these languages.
        slanted: whether its emphasis is italic.
    """

    role: str
    selector: str
    otherwise: str
    tags: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    paragraphs_in: str = ""
    languages: tuple[str, ...] = ()
    slanted: bool = True

    def holds(self, node: Element) -> bool:
        """Whether the selector means this element."""
        name = html_name(node)
        if name in self.tags or self.classes & set(node.get("class", "").split()):
            return True
        if name == "em" and self.languages:
            return node.get("lang", "").split("-")[0] in self.languages
        return (
            name == "p"
            and bool(self.paragraphs_in)
            and any(self.paragraphs_in in one.get("class", "") for one in node.iterancestors())
        )


_CODE: Final = _Slot(
    "mono", "pre, code, kbd, samp", "monospace, monospace",
    frozenset({"pre", "code", "kbd", "samp"}), slanted=False,
)  # fmt: skip
_BODY: Final = _Slot("serif", "body", "serif", frozenset({"body"}))
_UPRIGHT_BODY: Final = _Slot("serif", "body", "serif", frozenset({"body"}), slanted=False)
_QUOTATIONS: Final = _Slot(
    "kai",
    "blockquote, .quote, .quotation, .epigraph, .letter, .verse, .dedication p",
    '"Kaiti SC", "STKaiti", "KaiTi", "TW-Kai", "BiauKai", serif',
    frozenset({"blockquote"}),
    frozenset({"quote", "quotation", "epigraph", "letter", "verse"}),
    paragraphs_in="dedication",
    slanted=False,
)
_LATIN_WORDS: Final = _Slot(
    "latin-serif", "em.latin, em:lang(en), em:lang(fr), em:lang(de)", "serif",
    classes=frozenset({"latin"}), languages=("en", "fr", "de"),
)  # fmt: skip

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BOLD: Final = _HEADINGS | {"b", "dt", "strong", "th"}
_BOLD_CLASSES: Final = frozenset({"label"})
_ITALIC: Final = frozenset({"cite", "dfn", "em", "i", "var"})
_ITALIC_CLASSES: Final = frozenset({"book-title"})
_HYPHENS: Final = "-\u2010"
"""What a reading system puts where it breaks a word."""


def embedded_typefaces(
    documents: Iterable[Element], navigation: Navigation, language: str, fonts: FontLibrary
) -> Typefaces:
    """Subsets of the faces that these documents are set in.

    Args:
        documents: roots of the content documents.
        navigation: its lines are text too.
        language: the book's.
        fonts: where the faces are found.

    Raises:
        BookError: a face may not be embedded.
        quire.problems.ToolMissing: there is no face for a role.
    """
    slots = _slots(language)
    body = slots[0]
    used: dict[tuple[_Slot, str], set[str]] = {}
    listed = "".join([navigation.title, *_titles(navigation)])
    for style in ("", "-bold"):
        used.setdefault((body, style), set()).update(listed)
    for root in documents:
        for slot, style, text in _runs(root, slots, body, "", ""):
            used.setdefault((slot, ""), set()).update(text)
            if style:
                used.setdefault((slot, style), set()).update(text)
    texts: dict[FontFile, set[str]] = {}
    families: dict[_Slot, list[str]] = {}
    for (slot, style), signs in used.items():
        face = fonts.pick(slot.role + style, language)
        texts.setdefault(face, set()).update(signs)
        families.setdefault(slot, []).append(face.family)
    problems = licence_problems(sorted(texts))
    if problems:
        raise BookError(problems)
    rules = [_family_rule(slot, families[slot]) for slot in slots if slot in families]
    return _made(texts, rules)


def _slots(language: str) -> tuple[_Slot, ...]:
    """The slots of a book; the first is the text's."""
    spoken = language.split("-", maxsplit=1)[0].lower()
    if spoken == "zh":
        return (_UPRIGHT_BODY, _QUOTATIONS, _LATIN_WORDS, _CODE)
    if spoken in {"ja", "ko"}:
        return (_UPRIGHT_BODY, _LATIN_WORDS, _CODE)
    return (_BODY, _CODE)


def _runs(
    node: Element, slots: tuple[_Slot, ...], slot: _Slot, bold: str, italic: str
) -> Iterator[tuple[_Slot, str, str]]:
    """Each text below an element, with its slot and its style: ``-bold``, ``-bold-italic``."""
    name = html_name(node)
    if not name or name in {"head", "script", "style"}:
        return  # formulas and drawings have type of their own
    classes = set(node.get("class", "").split())
    slot = next((one for one in slots if one.holds(node)), slot)
    bold = "-bold" if name in _BOLD or classes & _BOLD_CLASSES else bold
    italic = "-italic" if name in _ITALIC or classes & _ITALIC_CLASSES else italic
    style = bold + (italic if slot.slanted else "")
    if node.text:
        yield slot, style, node.text
    for child in node:
        yield from _runs(child, slots, slot, bold, italic)
        if child.tail:
            yield slot, style, child.tail


def _titles(navigation: Navigation) -> Iterator[str]:
    waiting: list[Entry] = [*navigation.contents, *navigation.figures, *navigation.tables]
    while waiting:
        entry = waiting.pop()
        yield entry.title
        waiting += entry.children


def _made(texts: dict[FontFile, set[str]], rules: list[str]) -> Typefaces:
    files: list[TypefaceFile] = []
    declared: list[str] = []
    told: list[str] = []
    before = after = 0
    for face in sorted(texts, key=lambda one: (one.family, one.weight, one.italic, one.path)):
        subset = subset_of(face, _with_capitals(texts[face]))
        slope = "-italic" if face.italic else ""
        stem = "".join(sign for sign in face.family if sign.isalnum())
        name = f"fonts/{stem}-{face.weight}{slope}-subset{subset.suffix}"
        files.append(TypefaceFile(name, subset.media_type, subset.content))
        declared.append(_face_rule(face, name))
        told.append(
            f"{face.family} {face.weight}{slope}: {subset.whole:,} to {len(subset.content):,} bytes"
        )
        before, after = before + subset.whole, after + len(subset.content)
    told.append(f"together {before:,} to {after:,} bytes")
    families = tuple(dict.fromkeys(face.family for face in sorted(texts)))
    return Typefaces(tuple(files), "\n".join(["", *declared, *rules]), families, "; ".join(told))


def _with_capitals(signs: set[str]) -> str:
    """With the capitals that small capitals are made of, and the hyphens of broken words."""
    capitals = {capital for sign in signs if not is_cjk(sign) for capital in sign.upper()}
    return "".join(sorted(signs | capitals | set(_HYPHENS)))


def _face_rule(face: FontFile, name: str) -> str:
    slope = "italic" if face.italic else "normal"
    return (
        f'@font-face {{\n  font-family: "{subset_name(face.family)}";\n'
        f"  font-weight: {face.weight};\n  font-style: {slope};\n"
        f'  src: url("../{name}");\n}}\n'
    )


def _family_rule(slot: _Slot, families: Iterable[str]) -> str:
    ours = ", ".join(f'"{subset_name(family)}"' for family in dict.fromkeys(families))
    return f"{slot.selector} {{\n  font-family: {ours}, {slot.otherwise};\n}}\n"

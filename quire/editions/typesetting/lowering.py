"""The conventions of a Book's syntax tree, put into calls of the template's functions.

pandoc writes what it knows (lists, code, formulae, plain text); this module writes the rest as
raw Typst: callouts, figures, tables, cross-references, headings, divs. What it makes is still
pandoc's tree, so that one run of pandoc sets the whole book.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from quire.editions.typesetting.preparation import VERSE, prepared, verse_lines
from quire.editions.typesetting.tables import table_blocks
from quire.language import is_cjk, is_right_to_left
from quire.pandoc import (
    Block,
    Blocks,
    Inline,
    Inlines,
    plain_text,
    raw_block,
    raw_inline,
    transform,
    walk,
)
from quire.toolchain.quoting import Code, call

__all__ = ["Lowering", "wrapped", "wrapped_blocks"]

OPENING_MARKS: Final = frozenset("“‘（《〈「『【〔〖")
_LISTED: Final = 2  # of the headings within a section, the contents list the highest
_SHORT_DESCRIPTION: Final = 200
_QUOTES: Final = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}
# Class of a Div → function of the template.
_DIVS: Final = {
    "epigraph": "epigraph",
    **dict.fromkeys(VERSE, "verse"),
    "letter": "letter",
    "quote": "quotation",
    "quotation": "quotation",
    "blockquote": "quotation",
    "abstract": "abstract",
    "keywords": "keywords",
    **dict.fromkeys(("author", "affiliation"), "byline"),
    **dict.fromkeys(("funding", "editor", "publication"), "record"),
}
_SIGNED: Final = frozenset({"epigraph", "quotation", "verse", "letter"})


@dataclass
class Lowering:
    """One book's blocks, made ready for pandoc's Typst writer.

    Attributes:
        cjk: whether the book is in Chinese or Japanese.
        screen: whether there are links (screen) or none (print).
        pictures: name of a medium → its path below the folder that Typst sees.
        known: the identifiers that links may lead to.
        measure: width of the text in em of a table's type.
        descriptions: the long descriptions met so far, identifier → blocks, lowered.
        described_by: identifier of a long description → identifier and label of its figure.
        at_foot: note → the name of its body in Typst, for notes that stand at the foot of the page.
        called: such notes that a callout has put there before.
        marks: names of the marked paragraphs.
        listed: what the contents list, in order: identifier, label, title without callouts.
    """

    cjk: bool
    screen: bool
    pictures: Mapping[str, str]
    known: frozenset[str]
    measure: float
    descriptions: dict[str, Blocks] = field(default_factory=dict)
    described_by: dict[str, tuple[str, str]] = field(default_factory=dict)
    at_foot: dict[str, str] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)
    marks: list[str] = field(default_factory=list)
    listed: list[tuple[str, str, Inlines]] = field(default_factory=list)
    _short: dict[str, str] = field(default_factory=dict)
    _listed: bool = True
    _labelled: set[str] = field(default_factory=set)

    def blocks(
        self, blocks: Blocks, depth: int = 0, *, listed: bool = True, within: str = ""
    ) -> Blocks:
        """Blocks of a section at some depth, or of a note, lowered.

        Long descriptions are put by in `descriptions`, unless they are short: then pictures
        have them in their alternative text. `listed` says whether the contents list headings;
        the paragraphs of the section `within` are marked ``<section>/<number of the block>``.
        """
        self._listed = listed
        told = {
            node["c"][0][0]: plain_text(node["c"][1]).strip()
            for node in walk(blocks)
            if node["t"] == "Div" and "long-description" in node["c"][0][1]
        }
        self._short.update(
            (name, words) for name, words in told.items() if len(words) <= _SHORT_DESCRIPTION
        )
        lowered: Blocks = []
        for number, block in enumerate(prepared(blocks, depth, self._short)):
            ready: Blocks = transform([block], self._change)
            if within and ready and ready[0]["t"] == "Para":
                ready[0] = self._marked(ready[0], f"{within}/{number}")
            lowered += ready
        return lowered

    def _marked(self, paragraph: Block, name: str) -> Block:
        """A paragraph whose page can be asked for."""
        self.marks.append(name)
        mark = raw_inline("typst", call("anchor", name))
        return {**paragraph, "c": [mark, *paragraph["c"]]}

    def inlines(self, inlines: Inlines) -> Inlines:
        """Inlines of a title or a caption, lowered."""
        lowered: Inlines = transform(inlines, self._change)
        return self._one_line(lowered)

    def plain(self, inlines: Inlines) -> Inlines:
        """Inlines without callouts and anchors, for bookmarks and contents."""
        return self.inlines(transform(inlines, _without_callouts))

    def label(self, identifier: str) -> str:
        """Code that anchors an identifier; nothing for one that is anchored already."""
        if not identifier or identifier in self._labelled:
            return ""
        self._labelled.add(identifier)
        return call("anchor", identifier)

    def put_in_contents(self, identifier: str, label: str, title: Inlines) -> None:
        """Have the contents list a title; anchors stay where it stands."""
        shown = [item for item in title if not _is_call(item, "anchor")]
        self.listed.append((identifier, label, shown))

    def _change(self, node: dict[str, Any]) -> Any:
        change = _CHANGES.get(node["t"])
        return change(self, node) if change else None

    def _one_line(self, inlines: Inlines) -> Inlines:
        """Line breaks of the source as blanks, or as nothing between two CJK characters."""
        result: Inlines = []
        for number, inline in enumerate(inlines):
            if inline["t"] != "SoftBreak":
                result.append(inline)
                continue
            before = plain_text(inlines[max(0, number - 1) : number])[-1:]
            after = plain_text(inlines[number + 1 : number + 2])[:1]
            if not (before and after and _joins(before) and _joins(after)):
                result.append({"t": "Space"})
        return result

    # Blocks

    def paragraph(self, node: Block) -> Any:
        """A paragraph: a formula of its own, a Latin one, or text with its opening mark boxed."""
        inlines = self._one_line(node["c"])
        formula = _lone_formula(inlines)
        if formula is not None:
            said = formula["c"][1].strip()
            return wrapped(call("display-formula", said), [formula])
        if not self.cjk:
            return {"t": node["t"], "c": inlines}
        words = plain_text(inlines)
        if any(sign.isalpha() for sign in words) and not any(map(is_cjk, words)):
            return {**wrapped("#latin", inlines), "t": node["t"]}
        return {"t": node["t"], "c": _boxed_opening(inlines)}

    def quotation(self, node: Block) -> Blocks:
        """A quotation in a block."""
        return wrapped_blocks("#quotation", _signed(node["c"]))

    def line_block(self, node: Block) -> Blocks:
        """Verse outside any Div."""
        return wrapped_blocks("#verse", verse_lines([node]))

    def div(self, node: Block) -> Any:
        """A Div by its class and language; long descriptions are put by."""
        (identifier, classes, pairs), blocks = node["c"]
        if "long-description" in classes:
            if identifier not in self._short:
                self.descriptions[identifier] = blocks
            return []
        function = next((_DIVS[name] for name in classes if name in _DIVS), "")
        if function in _SIGNED:
            blocks = _signed(blocks)
        if function:
            blocks = wrapped_blocks(f"#{function}", blocks)
        opening = _passage("passage", dict(pairs))
        if opening:
            blocks = wrapped_blocks(opening, blocks)
        anchor = self.label(identifier)
        return [raw_block("typst", anchor), *blocks] if anchor else blocks

    def figure(self, node: Block) -> Blocks:
        """A figure with its label and caption; at the top level it may float."""
        (identifier, classes, pair_list), caption, content = node["c"]
        pairs = dict(pair_list)
        self._labelled.add(identifier)
        described = pairs.get("longdesc", "")
        self.described_by[described] = (identifier, pairs.get("label", ""))
        far = described if self.screen and described not in self._short else ""
        opening = call(
            "illustration-block",
            identifier,
            pairs.get("label", ""),
            far,
            "afloat" in classes,
        )
        inlines = _caption_inlines(caption)
        head: Inlines = [raw_inline("typst", opening)]
        if inlines:
            head += [raw_inline("typst", "["), *inlines, raw_inline("typst", "][")]
        else:
            head = [raw_inline("typst", f"{opening[:-1]}, none)[")]
        return [{"t": "Plain", "c": head}, *content, raw_block("typst", "]")]

    def table(self, node: Block) -> Blocks:
        """A table with its label and caption; at the top level it may float."""
        (identifier, classes, pair_list), caption = node["c"][0], node["c"][1]
        self._labelled.add(identifier)
        blocks, whole = table_blocks(node["c"], self.measure)
        inlines = _caption_inlines(caption)
        label = dict(pair_list).get("label", "")
        opening = call("three-line-table", identifier, label, "afloat" in classes)[:-1]
        if inlines:
            head: Inlines = [
                raw_inline("typst", f"{opening}, ["),
                *inlines,
                raw_inline("typst", f"], {str(whole).lower()})["),
            ]
        else:
            head = [raw_inline("typst", f"{opening}, none, {str(whole).lower()})[")]
        return [{"t": "Plain", "c": head}, *blocks, raw_block("typst", "]")]

    def header(self, node: Block) -> Block:
        """A heading inside a section, plain for bookmarks and as shown."""
        level, (identifier, _, pair_list), inlines = node["c"]
        pairs = dict(pair_list)
        self._labelled.add(identifier)
        opening = call(
            "section",
            identifier,
            level=int(pairs.get("tree-level", level)),
            rank=level,
            stacked=pairs.get("stacked") == "yes",
            listed=self._listed,
        )
        shown = self._one_line(inlines)
        bare = [item for item in shown if not _is_call(item, "callout")]
        if self._listed and level == _LISTED:
            self.put_in_contents(identifier, "", bare)
        content = [raw_inline("typst", f"{opening[:-1]}, plain: ["), *bare]
        return {
            "t": "Plain",
            "c": [*content, raw_inline("typst", "])["), *shown, raw_inline("typst", "]")],
        }

    def rule(self, _: Block) -> Block:
        """A break between scenes."""
        return raw_block("typst", "#scene-break")

    def code_block(self, node: Block) -> Any:
        """Code, anchored if it has an identifier."""
        anchor = self.label(node["c"][0][0])
        return [raw_block("typst", anchor), node] if anchor else None

    # Inlines

    def span(self, node: Inline) -> Any:
        """A callout, words in another language, or words with an anchor."""
        (identifier, classes, pair_list), inlines = node["c"]
        pairs = dict(pair_list)
        if "noteref" in classes:
            self._labelled.add(identifier)
            number = pairs.get("number") or plain_text(inlines)
            note = pairs.get("note", "")
            if note in self.at_foot:
                return self._callout_at_foot(identifier, note, number)
            note = note if note in self.known else ""
            return raw_inline("typst", call("callout", identifier, note, number))
        for name in classes:
            if name in _RUNS:
                inlines = _wrapped_inlines(_RUNS[name], inlines)
        if pairs.get("ruby"):
            inlines = _read_as(pairs["ruby"], inlines)
        opening = _passage("run", pairs)
        if opening:
            inlines = _wrapped_inlines(opening, inlines)
        anchor = self.label(identifier)
        return [raw_inline("typst", anchor), *inlines] if anchor else inlines

    def _callout_at_foot(self, identifier: str, note: str, number: str) -> Inline:
        """A callout that has its note at the foot; a later one only where the page lacks it."""
        again = note in self.called
        self.called.add(note)
        body = Code(self.at_foot[note])
        return raw_inline("typst", call("callout-at-foot", identifier, note, number, again, body))

    def link(self, node: Inline) -> Any:
        """A link within the book or out of it; on paper, addresses are spelled out."""
        (identifier, _, _), inlines, (target, _) = node["c"]
        anchor = self.label(identifier)
        before = [raw_inline("typst", anchor)] if anchor else []
        if target.startswith("#"):
            if target[1:] in self.known and self.screen:
                inlines = _wrapped_inlines(call("crossref", target[1:]), inlines)
            return [*before, *inlines]
        if self.screen:
            return [*before, *_wrapped_inlines(call("address", target), inlines)]
        return [*before, *inlines, *self._spelled_out(target, plain_text(inlines))]

    def _spelled_out(self, target: str, said: str) -> Inlines:
        """An address after the words of a link, for paper; nothing if the words say it."""
        shown = target.removeprefix("mailto:")
        bare = shown.removeprefix("https://").removeprefix("http://").rstrip("/")
        if bare in said.rstrip("/") or not bare:
            return []
        before, after = ("（", "）") if self.cjk else (" (", ")")
        return [{"t": "Str", "c": before}, {"t": "Str", "c": shown}, {"t": "Str", "c": after}]

    def image(self, node: Inline) -> Any:
        """A picture: alone on its line, or in a line of text."""
        (_, classes, pair_list), inlines, (target, _) = node["c"]
        pairs = dict(pair_list)
        path = self.pictures.get(target)
        said = pairs.get("alt") or plain_text(inlines)
        if path is None:
            return [{"t": "Str", "c": f"[{said}]"}] if said else []
        if "alone" not in classes:
            return raw_inline("typst", call("inline-picture", path, said or target))
        width = _share(pairs.get("width", ""))
        return raw_inline("typst", call("picture", path, said or target, width=width))

    def math(self, node: Inline) -> Any:
        """A formula with its source as the words for it."""
        return [
            raw_inline("typst", call("formula", node["c"][1].strip()) + "["),
            node,
            raw_inline("typst", "]"),
        ]

    def quoted(self, node: Inline) -> Inlines:
        """Quoted words with their marks."""
        before, after = _QUOTES[node["c"][0]["t"]]
        return [{"t": "Str", "c": before}, *node["c"][1], {"t": "Str", "c": after}]

    def cite(self, node: Inline) -> Inlines:
        """A citation that nothing resolved: the words it was written with."""
        words: Inlines = node["c"][1]
        return words

    def raw(self, node: dict[str, Any]) -> Any:
        """HTML line breaks; other raw text is left to pandoc."""
        kind, text = node["c"]
        if kind == "html" and text.replace(" ", "").lower() in {"<br>", "<br/>"}:
            return {"t": "LineBreak"}
        return None


_CHANGES: Final[Mapping[str, Callable[[Lowering, dict[str, Any]], Any]]] = {
    "Para": Lowering.paragraph,
    "Plain": Lowering.paragraph,
    "BlockQuote": Lowering.quotation,
    "LineBlock": Lowering.line_block,
    "Div": Lowering.div,
    "Figure": Lowering.figure,
    "Table": Lowering.table,
    "Header": Lowering.header,
    "HorizontalRule": Lowering.rule,
    "CodeBlock": Lowering.code_block,
    "Span": Lowering.span,
    "Link": Lowering.link,
    "Image": Lowering.image,
    "Math": Lowering.math,
    "Quoted": Lowering.quoted,
    "Cite": Lowering.cite,
    "RawInline": Lowering.raw,
}


_RUNS: Final[Mapping[str, str]] = {
    "book-title": "#book-title",
    "fraction": "#text(fractions: true)",
    "kai": "#kai",
    "proper-name": "#proper-name",
}
"""Class of a span → the call that sets its words."""


def _read_as(reading: str, inlines: Inlines) -> Inlines:
    """Words under their reading: each character under its own, where there are as many readings."""
    readings, characters = reading.split(), plain_text(inlines)
    if len(readings) != len(characters) or any(node["t"] != "Str" for node in inlines):
        return _wrapped_inlines(call("ruby", reading), inlines)
    pairs = zip(readings, characters, strict=True)
    return [
        node
        for one, character in pairs
        for node in _wrapped_inlines(call("ruby", one), [{"t": "Str", "c": character}])
    ]


def wrapped(opening: str, inlines: Inlines) -> Block:
    """Inlines as the content argument of a call, on one line."""
    return {"t": "Plain", "c": _wrapped_inlines(opening, inlines)}


def wrapped_blocks(opening: str, blocks: Blocks) -> Blocks:
    """Blocks as the content argument of a call."""
    return [raw_block("typst", f"{opening}["), *blocks, raw_block("typst", "]")]


def _wrapped_inlines(opening: str, inlines: Inlines) -> Inlines:
    return [raw_inline("typst", f"{opening}["), *inlines, raw_inline("typst", "]")]


def _is_call(inline: Inline, function: str) -> bool:
    return inline["t"] == "RawInline" and str(inline["c"][1]).startswith(f"#{function}")


def _without_callouts(node: dict[str, Any]) -> Any:
    if node["t"] == "Span" and "noteref" in node["c"][0][1]:
        return []
    return None


def _joins(sign: str) -> bool:
    return is_cjk(sign) or sign in "“”‘’…—"


def _lone_formula(inlines: Inlines) -> Inline | None:
    """The display formula that a paragraph consists of, or None."""
    formulae = [item for item in inlines if item["t"] == "Math"]
    if len(formulae) != 1 or formulae[0]["c"][0]["t"] != "DisplayMath":
        return None
    others = [item for item in inlines if item["t"] not in {"Math", "RawInline", "Space"}]
    return None if others or len(inlines) > 3 else formulae[0]


def _boxed_opening(inlines: Inlines) -> Inlines:
    """An opening mark at the start in a box of its own, or it drifts when the line is stretched."""
    if not inlines or inlines[0]["t"] != "Str" or inlines[0]["c"][0] not in OPENING_MARKS:
        return inlines
    mark, rest = inlines[0]["c"][0], inlines[0]["c"][1:]
    tail: Inlines = [{"t": "Str", "c": rest}] if rest else []
    return [raw_inline("typst", f"#box[{mark}]"), *tail, *inlines[1:]]


def _caption_inlines(caption: list[Any]) -> Inlines:
    """A caption's blocks as inlines, a line each."""
    inlines: Inlines = []
    for block in caption[1]:
        if block["t"] in {"Plain", "Para"}:
            inlines += [{"t": "LineBreak"}] if inlines else []
            inlines += block["c"]
    return inlines


def _signed(blocks: Blocks) -> Blocks:
    """The last paragraph, if it starts with a dash, as the words of who said it."""
    if not blocks or blocks[-1]["t"] not in {"Para", "Plain"} or len(blocks) < 2:
        return blocks
    inlines = blocks[-1]["c"]
    if not plain_text(inlines).startswith(("—", "–")):
        return blocks
    return [*blocks[:-1], wrapped("#attribution", inlines)]


def _passage(function: str, pairs: Mapping[str, str]) -> str:
    """The call that sets a passage in its language and direction; empty if it has none."""
    parts = pairs.get("lang", "").lower().split("-")
    direction = pairs.get("dir", "")
    named: dict[str, object] = {}
    if parts[0].isalpha() and len(parts[0]) in {2, 3}:
        named["lang"] = parts[0]
        region = [part for part in parts[1:] if len(part) == 2 and part.isalpha()]
        if region:
            named["region"] = region[0]
    if direction in {"ltr", "rtl"} or named:
        usual = "rtl" if is_right_to_left("-".join(parts)) else "ltr"
        named["dir"] = Code(direction if direction in {"ltr", "rtl"} else usual)
    return call(function, **named) if named else ""


def _share(width: str) -> Code | float:
    """A width such as ``80%`` as a share of the measure; ``auto`` for any other."""
    number = width.removesuffix("%")
    if width.endswith("%") and number.replace(".", "", 1).isdigit():
        return min(1.0, float(number) / 100)
    return Code("auto")

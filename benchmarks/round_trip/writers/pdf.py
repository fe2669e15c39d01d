"""A real PDF, set by Typst: notes at the foot under a rule, running heads, folios, two columns."""

from __future__ import annotations

from functools import lru_cache

import typst

from benchmarks.round_trip.characters import CALLOUT, is_callout
from benchmarks.round_trip.document import Kind
from benchmarks.round_trip.layouts import Messy, messy_of
from benchmarks.round_trip.recipe import Recipe, chance
from benchmarks.round_trip.setting import Printed, Setting
from quire.toolchain.fonts import find_fonts

__all__ = ["write"]

_MOST_PAGES = 400

_PREAMBLE = """
#let chapter = state("chapter", "")
#let sizes = (1.7, 1.45, 1.2, 1.08)
#set document(title: {title}, date: none)
#set text(lang: {lang}, font: ({fonts}), size: {size}pt, hyphenate: {hyphenate})
#set par(justify: true, first-line-indent: (amount: 2em, all: true))
#set par(leading: 0.7em, spacing: {gap}em)
#set footnote(numbering: {numbering})
#set footnote.entry(separator: line(length: 28%, stroke: 0.4pt))
#show footnote.entry: set text(size: {small}pt)
#set page(
  width: 145mm, height: 210mm, margin: (x: 17mm, top: 20mm, bottom: 20mm), columns: {columns},
  header: context {{
    {restart}
    let number = here().page()
    let opens = query(<opening>).any(one => one.location().page() == number)
    let head = if calc.odd(number) {{ chapter.get() }} else {{ {title} }}
    if not opens and {heads} {{
      set text(size: {small}pt)
      if {in_head} {{
        if calc.odd(number) [#head #h(1fr) #str(number + {start})]
        else [#str(number + {start}) #h(1fr) #head]
      }} else {{ align(center, head) }}
    }}
  }},
  footer: context if not {in_head} {{
    align(center, text(size: {small}pt, str(here().page() + {start})))
  }},
)
#show heading: set heading(bookmarked: false, outlined: false)
#show heading: it => block(
  above: 1.8em, below: 1.2em, sticky: true,
  text(size: {size}pt * sizes.at(calc.min(it.level, 4) - 1), weight: {weight}, it.body),
)
#let verse(body) = pad(left: 2em, par(first-line-indent: 0pt, justify: false, body))
#let quoted(body) = pad(x: 2em, par(body))
"""


def write(setting: Setting, recipe: Recipe, title: str) -> Messy:
    """The document as a PDF. Pages are Typst's own; the recipe gives marks and furniture."""
    dice = chance(recipe.seed, "pdf")
    chinese = recipe.language == "zh"
    heads, start = recipe.furniture != "folios", dice.choice((0, 2, 6))
    numbering = {"circled": "①", "symbol": "*", "bracket": "[1]"}.get(recipe.mark, "1")
    serif = find_fonts().families("zh-Hans" if chinese else "en")
    per_page = numbering in {"①", "*"}
    size = dice.choice((10, 10.5, 11))
    preamble = _PREAMBLE.format(
        title=_quoted(title), lang=_quoted("zh" if chinese else "en"),
        fonts=f"{_quoted(serif.latin)}, {_quoted(serif.serif)},", size=size, small=size - 2,
        hyphenate="true" if not chinese else "false", gap=0.7 if recipe.indent else 1.2,
        numbering=_quoted(numbering),
        columns=recipe.columns,
        restart="counter(footnote).update(0)" if per_page else "",
        heads=_truth(heads), in_head=_truth(heads and recipe.folio == "in-head"), start=start,
        weight=_quoted(dice.choice(("bold", "regular"))),
    )  # fmt: skip
    chapters = {
        one.block.text for one in setting.blocks if one.block.kind is Kind.HEADING and _opens(one)
    }
    source = preamble + "\n\n".join(_block(one, setting, recipe) for one in setting.blocks) + "\n"
    content = typst.compile(source.encode(), font_paths=_fonts(), format="pdf")
    furniture = (title, *sorted(chapters), *(str(start + one) for one in range(1, _MOST_PAGES)))
    made = messy_of(bytes(content), (), setting, recipe, title)
    return made.with_furniture(furniture)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    folders = [str(one) for language in ("zh-Hans", "en") for one in find_fonts().folders(language)]
    return typst.Fonts(include_system_fonts=False, font_paths=list(dict.fromkeys(folders)))


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _quoted(words: str) -> str:
    """Words as a string of Typst's."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def _opens(one: Printed) -> bool:
    return one.block.level in {1, 2} and one.block.opens


def _block(one: Printed, setting: Setting, recipe: Recipe) -> str:
    """A block in Typst's markup, its words as strings, so that none is read as markup."""
    words = _words(one.text, setting)
    if one.block.kind is Kind.HEADING:
        label = ""
        if _opens(one):
            turn = "#pagebreak(weak: true)\n" if recipe.chapters_open_pages else ""
            label = " <opening>" if recipe.chapters_open_pages else ""
            words = f"{words}#chapter.update({_quoted(one.block.text)})"
            return f"{turn}#heading(level: {one.block.level}, [{words}]){label}"
        return f"#heading(level: {one.block.level}, [{words}])"
    if one.block.kind is Kind.VERSE:
        return f"#verse[{words}]"
    if one.block.kind is Kind.QUOTE:
        return f"#quoted[{words}]"
    return words


def _words(text: str, setting: Setting) -> str:
    made: list[str] = []
    run = ""
    for character in text:
        if is_callout(character):
            made.append(f"#({_quoted(run)})" if run else "")
            made.append(f"#footnote[#({_quoted(setting.notes[ord(character) - CALLOUT].body)})]")
            run = ""
        else:
            run += character
    made.append(f"#({_quoted(run)})" if run else "")
    return "".join(made)

"""What a page has besides its text: running heads, folios, footers; and what a site puts around.

All of it is written down, so that the scores know what must not be left.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.round_trip.document import Kind
from benchmarks.round_trip.heading_numbers import roman
from benchmarks.round_trip.recipe import Recipe, chance
from benchmarks.round_trip.setting import Page, Setting

__all__ = ["Around", "Furnished", "front_matter", "furnish", "shell"]

_NUMBER = re.compile(
    r"^(?:第\S{1,4}[章编部卷篇回]|(?:chapter|part)\s+\w+)\s*|^[一二三四五六七八九十]+、",
    re.IGNORECASE,
)
_JOURNALS = {
    "zh": ("{title}研究2017年第4期", "潮声学刊 2019年第2期"),
    "en": ("Tideway Review, vol. 12", "{title}"),
}
_FOOTERS = {
    "zh": (
        "Copyright©汀岸网www.tingan.example.AllRightsReserved.",
        "版权所有 汀岸文库 http://www.tingan.example",
    ),
    "en": (
        "Downloaded from www.tideway.example",
        "Copyright © Tideway Press. All rights reserved.",
    ),
}


@dataclass(frozen=True, slots=True)
class Furnished:
    """A page with the lines above and below its text, in order.

    `folio` is the page's own, whether or not it is printed there or was read right.
    """

    page: Page
    above: tuple[str, ...]
    below: tuple[str, ...]
    folio: str


@dataclass(frozen=True, slots=True)
class Around:
    """What a site or a book has before and behind the text, line by line."""

    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()


def furnish(setting: Setting, recipe: Recipe, title: str) -> tuple[Furnished, ...]:
    """Pages with their furniture; some of them twice when pages were scanned twice."""
    dice = chance(recipe.seed, "furniture", recipe.strength)
    titles = _chapter_titles(setting, title)
    journal = dice.choice(_JOURNALS[recipe.language]).format(title=title)
    footer = dice.choice(_FOOTERS[recipe.language])
    start = dice.choice((1, 3, 7, 21))
    made: list[Furnished] = []
    for number, page in enumerate(setting.pages):
        own = _folio(number, start, page, recipe)
        folio = _read(own, recipe, dice)
        head = _head(number, page, titles, title, journal, recipe)
        if head and dice.random() < recipe.rates.head_damaged:
            head = _misread(head, dice)
        above, below = _arranged(page, head, folio, footer, number, recipe)
        made.append(Furnished(page, above, below, own))
        if dice.random() < recipe.rates.page_doubled and number + 1 < len(setting.pages):
            made.append(made[-1])
    return tuple(made)


def _arranged(
    page: Page, head: str, folio: str, footer: str, number: int, recipe: Recipe
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines above and below a page's text."""
    above, below = [head] if head else [], []
    form = {"zh": ("{}", "· {} ·", "— {} —"), "en": ("{}", "- {} -", "— {} —")}[recipe.language]
    printed = form[recipe.seed % len(form)].format(folio) if folio else ""
    if recipe.furniture == "none":
        return (), ()
    if recipe.furniture == "journal":
        below.append(f"{folio}{footer}" if recipe.layout == "glued" else footer)
        if folio and recipe.layout != "glued":
            below.insert(0, printed)
    elif folio and recipe.folio == "in-head" and head:
        above = [f"{folio}  {head}" if number % 2 == 0 else f"{head}  {folio}"]
    elif folio and recipe.folio == "head" and not page.opens:
        above.insert(0, folio)
    elif folio:
        below.append(printed)
    return tuple(above), tuple(below)


def _chapter_titles(setting: Setting, title: str) -> dict[int, str]:
    """The title of each chapter, as its running head says it."""
    titles: dict[int, str] = {}
    for one in setting.blocks:
        if one.block.kind is Kind.HEADING:
            titles.setdefault(one.chapter, _NUMBER.sub("", one.block.text) or title)
    return titles


def _folio(number: int, start: int, page: Page, recipe: Recipe) -> str:
    """A page's folio as it was printed."""
    if page.matter == "front" and recipe.furniture == "book":
        return roman(number + 1).lower()
    return str(start + number)


def _read(folio: str, recipe: Recipe, dice: random.Random) -> str:
    """A folio as it was recognised; empty where it was lost."""
    if dice.random() < recipe.rates.folio_lost:
        return ""
    if folio.isdigit() and dice.random() < recipe.rates.folio_damaged:
        place = dice.randrange(len(folio))
        other = "" if len(folio) > 1 else dice.choice("123456789")
        return folio[:place] + other + folio[place + 1 :]
    return folio


def _head(
    number: int, page: Page, titles: dict[int, str], title: str, journal: str, recipe: Recipe
) -> str:
    if recipe.furniture in {"none", "folios"}:
        return ""
    if recipe.furniture == "journal":
        return journal
    if page.opens:
        return ""
    return title if number % 2 == 0 else titles.get(page.chapter, title)


def _misread(head: str, dice: random.Random) -> str:
    """A running head with one character read as another, or not at all."""
    place = dice.randrange(len(head))
    other = dice.choice(head) if dice.random() < 0.6 else ""
    return head[:place] + other + head[place + 1 :]


def front_matter(pages: Sequence[Furnished], setting: Setting, recipe: Recipe) -> tuple[str, ...]:
    """A printed list of contents, line by line; empty when the book has none."""
    if not recipe.contents:
        return ()
    folios: dict[int, str] = {}
    for furnished in pages:
        for line in furnished.page.lines:
            if line.first and line.kind == "body":
                folios.setdefault(line.block, furnished.folio)
    dice = chance(recipe.seed, "contents")
    leader = (
        dice.choice(("……", "………………", " . . . . . . "))
        if recipe.language == "zh"
        else dice.choice((" . . . . . ", "........", "  "))
    )
    deepest = 9 if recipe.layout == "glued" else 2
    lines = ["目录" if recipe.language == "zh" else "Contents"]
    for place, one in enumerate(setting.blocks):
        if one.block.kind is Kind.HEADING and one.block.level <= deepest:
            lines.append(f"{one.block.text}{leader}{folios.get(place, '1')}")
    return tuple(lines) if len(lines) > 3 else ()


def shell(recipe: Recipe, title: str) -> Around:
    """A site's page around the text."""
    dice = chance(recipe.seed, "shell")
    reads, month, day = dice.randint(80, 9000), dice.randint(1, 12), dice.randint(1, 28)
    if recipe.language == "zh":
        return Around(
            (
                "首页 > 文库 > 图书",
                title,
                f"时间:2022-{month:02}-{day:02} 08:{day + 10}:07  来源:汀岸文库  阅读:{reads}",
            ),
            (
                "上一篇:水边的磨坊",
                "下一篇:没有了",
                "相关文章:",
                "渡船工的一天",
                "怎样给木桶上箍",
                "Copyright © 2012-2022 汀岸文库 www.tingan.example 版权所有 浙ICP备00000001号",
                "Powered by TinganCMS",
            ),
        )
    return Around(
        (
            "Home > Library > Books",
            title,
            f"Posted on 2022-{month:02}-{day:02} | Views: {reads} | Share",
        ),
        (
            "Previous: The Mill by the Water",
            "Next: none",
            "Related articles",
            "A Day on the Ferry",
            "Copyright © 2012-2022 Tideway Library. All rights reserved.",
            "Powered by TidewayCMS",
        ),
    )

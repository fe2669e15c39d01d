"""Punctuation of Latin script beside Chinese characters.

Full-width marks, curly quotes and dashes of two em are those of GB/T 15834-2011.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from quire.language.scripts import HAN
from quire.manuscript.lints.lint import Lint, Page, Proof
from quire.problems import Problem

__all__ = ["LINT"]

_WRONG: Final = (
    (
        re.compile(rf"(?<=[{HAN}”』」》）])[,;:?!](?![\d:/])|(?<=[{HAN}])\.(?=[{HAN}\s]|\Z)"),
        "{found} is a half-width mark beside Chinese.",
        "Write the full-width one.",
    ),
    (
        re.compile(rf"(?<=[{HAN}])\((?!#)|\((?=[{HAN}])|(?<=[{HAN}])\)"),
        "{found} is a half-width bracket beside Chinese.",
        "Write （ and ）.",
    ),
    (
        re.compile(rf"(?<=[{HAN}，。：；、])[\"']|[\"'](?=[{HAN}])"),
        "{found} is a straight quote beside Chinese.",
        "Write “ and ”, or ‘ and ’.",
    ),
    (
        # One em alone may be the joint of 起点—终点 (GB/T 15834-2011 section 4.13); between long
        # stretches it is half a dash.
        re.compile(rf"(?<=[{HAN}])--+(?=[{HAN}])|(?<=[{HAN}]{{5}})—(?=[{HAN}]{{5}})"),
        "{found} isn't the Chinese dash.",
        "Write ——.",
    ),
    (
        re.compile(rf"(?<=[{HAN}])(?:\.\.\.+|。。+|(?<!…)…(?!…))"),
        "{found} isn't the Chinese ellipsis.",
        "Write ……",
    ),
)
"""Pattern, what is wrong, what to do."""

_NOT_PROSE: Final = re.compile(r"\{[^{}\n]*\}|\]\([^()\n]*\)|\[\^[^\]]*\]:?|<[^<>\n]*>|!?\[|\]")
"""Attributes, targets, marks of notes and brackets: their marks aren't punctuation."""


def _look(page: Page, proof: Proof) -> Iterator[Problem]:
    if not proof.metadata.lang.lower().startswith("zh"):
        return
    markup = page.markup
    text = _NOT_PROSE.sub(lambda match: "\x00" * len(match[0]), markup.masked)
    for pattern, message, remedy in _WRONG:
        for match in pattern.finditer(text):
            yield page.warning(
                LINT.name,
                markup.line_at(match.start()),
                message.format(found=match[0]),
                remedy,
            )


LINT = Lint(
    "punctuation-mixed",
    "A mark of Latin script stands beside Chinese characters.",
    _look,
    before="# 灯\n\n水面上,只有一盏灯。\n",
    after="# 灯\n\n水面上，只有一盏灯。\n",
    language="zh-Hans",
)

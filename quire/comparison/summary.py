"""A build and what changed in it as Markdown: the summary of a job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quire.comparison.chapters import ChapterChange
from quire.shelf.sizes import size_in_words

__all__ = ["summary_of"]

_COUNTED = ("characters", "words", "chapters", "notes", "figures", "tables")


def summary_of(
    report: Mapping[str, Any], since: str = "", chapters: Sequence[ChapterChange] = ()
) -> str:
    """The summary.

    Args:
        report: of the build, as ``build-report.json`` has it.
        since: what the old version is called; empty if nothing is compared.
        chapters: what changed since then.
    """
    book = report["book"]
    lines = [
        f"## {_cell(book['title'])}",
        "",
        " · ".join(f"{book[kind]:,} {kind}" for kind in _COUNTED if book.get(kind)),
        "",
        "| edition | file | pages | size |",
        "| --- | --- | ---: | ---: |",
    ]
    lines += [
        f"| {one['edition']} | {_cell(one['file'])} | {one['pages'] or ''} "
        f"| {size_in_words(one['bytes'])} |"
        for one in report["editions"]
    ]
    if since:
        lines += ["", f"### What changed since {_cell(since)}", "", *_changes(chapters)]
    return "\n".join(lines) + "\n"


def _changes(chapters: Sequence[ChapterChange]) -> list[str]:
    changed = [one for one in chapters if one.changed]
    if not changed:
        return ["No chapter has changed."]
    rows = [
        f"| {_cell(one.title)}{'' if one.before else ' (new)'}{'' if one.after else ' (gone)'} "
        f"| {one.words_after:,} | +{one.added:,} | −{one.removed:,} | {one.notes_after} |"
        for one in changed
    ]
    whole = (
        f"| the whole book | {sum(one.words_after for one in chapters):,} "
        f"| +{sum(one.added for one in chapters):,} | −{sum(one.removed for one in chapters):,} "
        f"| {sum(one.notes_after for one in chapters)} |"
    )
    return [
        "| chapter | words | new | gone | notes |",
        "| --- | ---: | ---: | ---: | ---: |",
        *rows,
        whole,
    ]


def _cell(text: str) -> str:
    """Words that no table and no HTML is made of."""
    plain = " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")
    return plain.replace("<", "&lt;").replace("[", "\\[").replace("`", "\\`")

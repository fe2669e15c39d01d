"""What changed between two versions, as one page that needs no other file."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from quire.comparison.chapters import ChapterChange, Passage
from quire.comparison.pages import PagePair

__all__ = ["comparison_page", "summary_table"]

_MARKS = {"gone": "del", "new": "ins"}


def comparison_page(
    title: str,
    language: str,
    names: tuple[str, str],
    chapters: Sequence[ChapterChange],
    pages: tuple[int, int] | None = None,
    pictures: Sequence[PagePair] = (),
    differing: int = 0,
) -> str:
    """The page as HTML.

    Args:
        title: the book's.
        language: of the book.
        names: what the versions are called.
        chapters: what changed in each.
        pages: how many pages the print editions have, if they were made.
        pictures: pages that look otherwise.
        differing: how many there are of them.
    """
    before, after = map(escape, names)
    tag = escape(language)
    changed = [one for one in chapters if one.changed]
    body = [
        f'<h1><cite lang="{tag}">{escape(title)}</cite>: {before} → {after}</h1>',
        f'<div class="wide">{summary_table(chapters, pages)}</div>',
    ]
    for one in (chapter for chapter in changed if chapter.passages):
        name = _name(one)
        passages = "".join(_passage(passage) for passage in one.passages)
        body.append(f'<h2 lang="{tag}">{escape(name)}</h2>\n<div lang="{tag}">{passages}</div>')
    if not changed:
        body.append("<p>No chapter has changed.</p>")
    if pictures:
        more = f", the first {len(pictures)} of them" if differing > len(pictures) else ""
        body.append(f"<h2>Printed pages that look otherwise: {differing}{more}</h2>")
        body += [_figure(pair) for pair in pictures]
    style = (Path(__file__).parent / "page.css").read_text("utf-8")
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}: {before} → {after}</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n{chr(10).join(body)}\n</body>\n</html>\n"
    )


def summary_table(chapters: Sequence[ChapterChange], pages: tuple[int, int] | None) -> str:
    """Chapters that changed, and the whole, in numbers, as an HTML table."""
    rows = [_row(_name(one), one) for one in chapters if one.changed]
    total = {
        "words": (sum(c.words_before for c in chapters), sum(c.words_after for c in chapters)),
        "notes": (sum(c.notes_before for c in chapters), sum(c.notes_after for c in chapters)),
    }
    added, removed = sum(c.added for c in chapters), sum(c.removed for c in chapters)
    foot = (
        f"<tr><td>the whole book</td><td>{_step(total['words'])}</td><td>+{added:,}</td>"
        f"<td>−{removed:,}</td><td>{_step(total['notes'])}</td></tr>"
    )
    if pages:
        foot += f'<tr><td>printed pages</td><td>{_step(pages)}</td><td colspan="3"></td></tr>'
    return (
        "<table>\n<thead><tr><th>chapter</th><th>words</th><th>new</th><th>gone</th>"
        f"<th>notes</th></tr></thead>\n<tbody>{''.join(rows)}</tbody>\n<tfoot>{foot}</tfoot>\n</table>"
    )


def _row(name: str, one: ChapterChange) -> str:
    return (
        f"<tr><td>{escape(name)}</td><td>{_step((one.words_before, one.words_after))}</td>"
        f"<td>+{one.added:,}</td><td>−{one.removed:,}</td>"
        f"<td>{_step((one.notes_before, one.notes_after))}</td></tr>\n"
    )


def _step(numbers: tuple[int, int]) -> str:
    was, now = numbers
    return f"{now:,}" if was == now else f"{was:,} → {now:,}"


def _name(one: ChapterChange) -> str:
    if not one.before:
        return f"{one.title} (new)"
    if not one.after:
        return f"{one.title} (gone)"
    moved = f" ({one.before} → {one.after})" if one.before != one.after else ""
    return one.title + moved


def _passage(passage: Passage) -> str:
    pieces = "".join(
        escape(words)
        if change == "same"
        else f"<{_MARKS[change]}>{escape(words)}</{_MARKS[change]}>"
        for change, words in passage.pieces
    )
    skipped = ""
    if passage.unchanged:
        many = "paragraph" if passage.unchanged == 1 else "paragraphs"
        skipped = f'<p class="same" lang="en">{passage.unchanged} {many} unchanged</p>\n'
    return f'{skipped}<p class="passage">{pieces}</p>\n'


def _marked(words: str, element: str | None) -> str:
    return f"<{element}>{escape(words)}</{element}>" if element else escape(words)


def _figure(pair: PagePair) -> str:
    picture = base64.b64encode(pair.picture).decode("ascii")
    said = " → ".join("none" if one is None else f"page {one}" for one in (pair.before, pair.after))
    return (
        f'<figure><img src="data:image/jpeg;base64,{picture}" alt="{said}, side by side">'
        f"<figcaption>{said}</figcaption></figure>"
    )


def as_data(chapters: Sequence[ChapterChange]) -> list[Mapping[str, object]]:
    """The changed chapters for ``--json``."""
    return [
        {
            "title": one.title, "before": one.before, "after": one.after,
            "words": [one.words_before, one.words_after], "added": one.added,
            "removed": one.removed, "notes": [one.notes_before, one.notes_after],
        }
        for one in chapters
        if one.changed
    ]  # fmt: skip

r"""Puts the text into files: a chapter each, parts as folders, matter by the role of its name.

The files are one text, a bundle (`quire.cleaning.bundle`): a line ``\f<path>`` before each.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePath

from quire.cleaning.chapters import Opening, has_opening_words, openings, path_of, slug_of
from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.language_guess import guess_language
from quire.cleaning.ledger import Edit
from quire.cleaning.rule import Example, Rule, RuleOutcome
from quire.language import words_of
from quire.sources.model import Span

__all__ = ["RULE"]

_NAME = "chapter-files"


@dataclass(frozen=True, slots=True)
class _File:
    """A file's content lies at `start` to `end`; `head` is written before it."""

    start: int
    end: int
    path: str
    head: str


def _apply(draft: Draft) -> RuleOutcome:
    if not draft.text.strip():
        return RuleOutcome()
    files = _files(draft)
    edits: list[tuple[int, int, Edit]] = []

    def note(rank: int, start: int, end: int, after: str, why: str, partner: str = "") -> None:
        edits.append((start, rank, Edit(_NAME, start, end, after, why, partner=partner)))

    done = 0
    for file in files:
        lead = "\n" if done else ""
        note(5, done, file.start, f"{lead}\f{file.path}\n{file.head}", f"{file.path} begins")
        done = file.end
    note(5, done, len(draft.text), "\n", "a file ends with a line end")
    for number, (body, call) in enumerate(_strangers(draft, files)):
        # A body that was moved may have taken the blank line behind it along.
        text = draft.text[body.start : body.end].rstrip("\n")
        end = files[call.to].end
        if call.moves:
            gap = body.start
            while gap and draft.text[gap - 1] == "\n":
                gap -= 1
            why = f"the note is called in {files[call.to].path}"
            note(0, end, end, "\n\n", why)
            note(1, end, end, text, why, f"note-{number}")
            note(2, gap, body.start, "", why)
            note(3, body.start, body.start + len(text), "", why, f"note-{number}")
        else:
            why = f"a note of {files[_file_of(files, body.start)].path} is called here too"
            note(0, end, end, f"\n\n{text}", why)
    edits.sort(key=lambda one: one[:2])
    return RuleOutcome(tuple(edit for *_, edit in edits if edit.after or edit.end > edit.start))


def _files(draft: Draft) -> list[_File]:
    opened = openings(draft)
    starts = [draft.text.rfind("\n", 0, one.mark.start) + 1 for one in opened]
    has_first = not opened or has_opening_words(draft.text, opened[0].mark.start)
    first = starts[0] if starts else len(draft.text)
    if opened and not has_first:
        # Nothing, or a YAML head and nothing else: it belongs to the first file.
        starts[0] = 0
    width = max(2, len(str(max((max(one.folder, one.number) for one in opened), default=1))))
    folders = _folder_names(opened, width)
    found = []
    if has_first:
        found.append(_first_file(draft, bool(opened), width, first))
    for (start, end), one in zip(pairwise([*starts, len(draft.text)]), opened, strict=True):
        has_head = draft.text.startswith("---\n", start)
        role = "" if has_head or one.role == "chapter" else f"---\nrole: {one.role}\n---\n\n"
        found.append(_trimmed(draft.text, start, end, path_of(one, folders, width), role))
    return found


def _folder_names(opened: Sequence[Opening], width: int) -> list[str]:
    top = max((one.folder for one in opened), default=0)
    names = [""] * (top + 1)
    for one in opened:
        if one.role == "part":
            names[one.folder] = f"{one.folder:0{width}}-{slug_of(one.title)}"
    return names


def _first_file(draft: Draft, more: bool, width: int, end: int) -> _File:
    """What stands before the first heading, or all of a text that has none."""
    if more:
        language = draft.facts.get("lang") or draft.source.details.get("lang")
        words = words_of(language or guess_language(draft.text)[0])
        title = words.say("opening-words")
        head = f"# {title} {{.unnumbered}}\n\n"
    else:
        title = draft.facts.get("title") or draft.source.details.get("title", "")
        title = title.strip() or PurePath(draft.source.name).stem.strip() or "1"
        has_one = draft.text.lstrip("\n").startswith(("# ", "---\n"))
        head = "" if has_one else f"# {_heading_text(title)}\n\n"
    return _trimmed(draft.text, 0, end, f"{1:0{width}}-{slug_of(title)}.md", head)


def _heading_text(title: str) -> str:
    return re.sub(r"([\\`*_\[\]$~^{<\"'#@])", r"\\\1", " ".join(title.split()))


def _trimmed(text: str, start: int, end: int, path: str, head: str) -> _File:
    while start < end and text[start] == "\n":
        start += 1
    while end > start and text[end - 1] in " \t\n":
        end -= 1
    return _File(start, end, path, head)


def _file_of(files: Sequence[_File], place: int) -> int:
    return max(0, bisect_right(files, place, key=lambda file: file.start) - 1)


@dataclass(frozen=True, slots=True)
class _Call:
    """A note's text is wanted in file `to`; it moves there, or a copy is written."""

    to: int
    moves: bool


def _strangers(draft: Draft, files: Sequence[_File]) -> list[tuple[Span, _Call]]:
    """Note texts that lie in another file than a callout of theirs."""
    if len(files) < 2:
        return []
    callers: dict[str, list[int]] = {}
    for mark in draft.marked(MarkKind.NOTEREF):
        called = callers.setdefault(mark.value, [])
        number = _file_of(files, mark.start)
        if number not in called:
            called.append(number)
    found = []
    for key, body in _note_bodies(draft).items():
        home = _file_of(files, body.start)
        called = callers.get(key, [])
        if not draft.text.startswith("[^", body.start) or not called:
            continue
        stays = home in called
        found += [
            (body, _Call(number, moves=not stays and number == called[0]))
            for number in called
            if number != home
        ]
    return found


def _note_bodies(draft: Draft) -> dict[str, Span]:
    """Where each note's definition lies, label included, by key."""
    bodies: dict[str, Span] = {}
    for mark in draft.marked(MarkKind.NOTE):
        begin = mark.start
        while begin < mark.end and draft.text[begin] == "\n":
            begin += 1  # a body that was moved may have brought the blank line before it
        start = draft.text.rfind("\n", 0, begin) + 1
        known = bodies.get(mark.value)
        if known is None:
            bodies[mark.value] = Span(start, mark.end)
        elif not draft.text[known.end : mark.start].strip():
            bodies[mark.value] = Span(known.start, mark.end)
    return bodies


RULE = Rule(
    name=_NAME,
    order=990,
    summary="Puts the text into numbered files, a chapter each; parts become folders, and a "
    "preface or a bibliography gets its role.",
    why="Only headings that the outline calls a part's or a chapter's open a file. A note goes to "
    "the file that calls it.",
    apply=_apply,
    examples=(
        Example(
            "第一章 潮\n\n潮水退了。\n\n第二章 岸\n\n岸还在。",
            "\f01-第一章-潮.md\n# 第一章 潮\n\n潮水退了。\n"
            "\f02-第二章-岸.md\n# 第二章 岸\n\n岸还在。\n",
        ),
    ),
    touches_markdown=True,
)

"""A folder of Markdown files → `Manuscript`, with words and lines for what can't be read."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final

import yaml

from quire.manuscript.markup import heading_text, read_markup
from quire.manuscript.model import Chapter, Manuscript
from quire.manuscript.roles import ROLES
from quire.problems import BookError, Problem

__all__ = ["PART_FILE", "read_chapter", "read_manuscript"]

PART_FILE: Final = "00-part"
"""Stem of the file that opens a part."""

_SUFFIXES: Final = frozenset({".md", ".markdown"})
_HEAD: Final = re.compile(r"---[ \t]*\n(.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_NUMBER: Final = re.compile(r"(\d+)")
_OTHER_ENCODINGS: Final = (
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def read_manuscript(folder: Path, root: Path) -> Manuscript:
    """Read every chapter below a folder.

    Files are in order of name, numbers counted (2 before 10); a folder is a part and stands where
    its name does. Names that begin with a full stop or a low line are left out.

    Args:
        folder: the manuscript's folder.
        root: the book's folder; messages name files from there.

    Raises:
        BookError: there is nothing to read, or with every file that can't be read and why.
    """
    folder, root = folder.resolve(), root.resolve()
    name = folder.relative_to(root).as_posix() if folder.is_relative_to(root) else folder.name
    name = "" if name == "." else name
    if not folder.is_dir():
        raise BookError(
            Problem(
                "manuscript-missing",
                f"There is no folder {name}.",
                "Put the chapters there, or name their folder in metadata.yaml (`manuscript: …`).",
                name,
            )
        )
    files = sorted(_files(folder, folder), key=_order)
    if not files:
        raise BookError(
            Problem(
                "manuscript-empty",
                f"The manuscript is empty: there is no .md file in {name or 'the folder'}.",
                "Write a chapter, such as 01-beginning.md with a line `# Title`.",
                name,
            )
        )
    problems = list(_clashes(files, name))
    chapters = []
    for file in files:
        place = f"{name}/{file}" if name else file
        try:
            chapters.append(read_chapter(_content(folder, file, place), file, place))
        except BookError as error:
            problems += error.problems
    if problems:
        raise BookError(problems)
    if not any(chapter.body.strip() for chapter in chapters):
        first = chapters[0]
        place = f"{name}/{first.file}" if name else first.file
        raise BookError(
            Problem("manuscript-empty", "The manuscript holds no text.", "Write some.", place, 1)
        )
    return Manuscript(folder, tuple(chapters), name)


def read_chapter(content: bytes | str, file: str, place: str | None = None) -> Chapter:
    """One file's content as a chapter.

    Args:
        content: the file's bytes, or its text.
        file: its path below the manuscript folder, with ``/``.
        place: what messages call it; `file` by default.

    Raises:
        BookError: it isn't UTF-8, or its YAML head is wrong.
    """
    place = place or file
    text = content if isinstance(content, str) else _decoded(content, place)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    head, length = _head(text, place)
    body = text[length:]
    path = PurePosixPath(file)
    role = head.get("role")
    if not isinstance(role, str) or role not in ROLES:
        role = "part" if path.stem == PART_FILE else "chapter"
    return Chapter(
        file=file,
        role=role,
        part=path.parts[0] if len(path.parts) > 1 else "",
        title=_title(body, head),
        text=text,
        body=body,
        body_line=text.count("\n", 0, length) + 1,
        head=head,
    )


def _files(below: Path, folder: Path) -> Iterator[str]:
    """Paths of chapters below `folder`, from there. Links to folders aren't followed."""
    for path in below.iterdir():
        if path.name.startswith((".", "_")):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path, folder)
        elif path.suffix.lower() in _SUFFIXES and path.is_file():
            yield path.relative_to(folder).as_posix()


def _order(file: str) -> list[tuple[list[tuple[int, str]], str]]:
    """A key that sorts folder by folder, numbers by their value."""
    return [(_natural(part), part) for part in PurePosixPath(file).parts]


def _natural(name: str) -> list[tuple[int, str]]:
    pieces = _NUMBER.split(name.removesuffix(".md"))
    return [(int(piece), "") if piece.isdecimal() else (-1, piece) for piece in pieces if piece]


def _clashes(files: Iterable[str], name: str) -> Iterator[Problem]:
    """Names that are one name on systems that don't tell capitals, or forms of a letter, apart."""
    spelled: dict[str, str] = {}
    for file in files:
        path = PurePosixPath(file)
        for piece in (path, *path.parents[:-1]):
            folded = unicodedata.normalize("NFC", piece.as_posix()).casefold()
            other = spelled.setdefault(folded, piece.as_posix())
            if other != piece.as_posix():
                yield Problem(
                    "chapters-of-one-name",
                    f"{piece} and {other} are one name on many systems, which don't tell capitals "
                    "from small letters.",
                    "Give one of them another name.",
                    f"{name}/{file}" if name else file,
                )
                break


def _content(folder: Path, file: str, place: str) -> bytes:
    path = folder / file
    if not path.resolve().is_relative_to(folder):
        raise BookError(
            Problem(
                "chapter-outside",
                f"{place} is a link to a file outside the manuscript's folder.",
                "Put the file itself there.",
                place,
            )
        )
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{place} can't be read: {error.strerror}."
        raise BookError(Problem("chapter-unreadable", message, "", place)) from error


def _decoded(content: bytes, place: str) -> str:
    encoding = next((name for mark, name in _OTHER_ENCODINGS if content.startswith(mark)), None)
    try:
        if encoding is None:
            return content.decode("utf-8")
        line = 1
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    is_what = f"{place} is {encoding}, not UTF-8." if encoding else f"{place} isn't UTF-8."
    raise BookError(
        Problem("chapter-encoding", is_what, "Save it as UTF-8.", place, line)
    ) from None


def _head(text: str, place: str) -> tuple[Mapping[str, object], int]:
    """The YAML head as data, and how many characters it takes; a head is keys with values."""
    found = _HEAD.match(text)
    if not found:
        return {}, 0
    inside = found[1] or ""
    try:
        data: Any = yaml.safe_load(inside)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        if not re.match(r"\s*[\w-]+\s*:", inside):
            return {}, 0  # prose between two breaks
        raise BookError(
            Problem(
                "head-syntax",
                "The head of this file isn't YAML.",
                "Check the indents, and put quotes around values that hold a colon.",
                place,
                mark.line + 2 if mark else 1,
            )
        ) from error
    if data is None:
        return {}, found.end()
    if not isinstance(data, dict):
        return {}, 0
    return {str(key): value for key, value in data.items()}, found.end()


def _title(body: str, head: Mapping[str, object]) -> str:
    """The first heading of level 1, else the head's title."""
    # Most files begin with it: then the rest needn't be looked at yet.
    line = body.lstrip("\n").partition("\n")[0]
    text = line if line.startswith("# ") else body
    first = next((one for one in read_markup(text).headings if one.level == 1), None)
    if first is not None:
        return heading_text(first.text)
    title = head.get("title")
    return "" if title is None else str(title)

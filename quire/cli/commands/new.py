"""`new`: a complete book folder, ready for `build`, from nothing or from a messy source."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from quire.cli.command import Command, Outcome
from quire.cli.console import Console
from quire.problems import Problem, UsageError

__all__ = ["COMMAND"]

_BUILD_PY = '''"""Build this book: `python build.py`, in an environment where quire is installed."""

from quire.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
'''
_SCHEMA = "metadata.schema.json"
_GITIGNORE = "dist/\n.quire*\n"
_COVERS_README = """# Cover

`quire cover --gallery` shows every design for this book; name one in metadata.yaml
(`cover: {design: …}`). A finished picture goes here, and its name into `cover: {image: …}`.
"""
_FIRST_CHAPTER = {
    "zh": "# 第一章的标题\n\n从这里写起。一个文件一章，脚注这样写。[^1]\n\n[^1]: 注文。\n",
    "en": "# The First Chapter\n\nBegin here: one file a chapter, and notes like this.[^1]\n\n"
    "[^1]: The note's text.\n",
}


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder to make")
    parser.add_argument(
        "--from",
        dest="source",
        type=Path,
        metavar="SOURCE",
        help="a text to make the book of: txt md html docx epub or pdf",
    )
    parser.add_argument("--lang", default="zh-Hans", metavar="TAG", help="language (zh-Hans)")


def _run(asked: argparse.Namespace, console: Console) -> Outcome:
    from quire.toolchain.writing import replace_folder

    folder: Path = asked.folder
    _refuse_taken(folder)
    result: Mapping[str, object] = {}
    problems: tuple[Problem, ...] = ()
    with replace_folder(folder) as fresh:
        if asked.source:
            result, problems = _from_source(asked.source, fresh, console)
        else:
            _from_nothing(fresh, folder.resolve().name, asked.lang)
        (fresh / "covers").mkdir(exist_ok=True)
        _write(fresh / "covers" / "README.md", _COVERS_README)
        _write(fresh / "build.py", _BUILD_PY)
        _write(fresh / ".gitignore", _GITIGNORE)
    console.line(f"{folder} is a book now.")
    console.line("Read metadata.yaml: what was guessed is marked. Then build:")
    console.line(f"  quire build --book {folder}")
    return Outcome(0, {**result, "folder": str(folder)}, problems)


def _refuse_taken(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()):
        raise UsageError(f"{folder} isn't empty.", "Name a new folder.", code="folder-taken")
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file.", "Name a new folder.", code="folder-taken")


def _from_source(
    path: Path, fresh: Path, console: Console
) -> tuple[dict[str, object], tuple[Problem, ...]]:
    from quire.cleaning import clean, write_cleaned
    from quire.cli.commands.clean import told
    from quire.metadata import metadata_text
    from quire.sources import read_source

    console.step(f"reading {path}")
    source = read_source(path)
    console.step("cleaning")
    cleaned = clean(source)
    write_cleaned(cleaned, fresh / "book")
    _write_metadata(fresh, metadata_text(cleaned.metadata))
    return told(cleaned, console)


def _from_nothing(fresh: Path, name: str, language: str) -> None:
    from quire.metadata import Guess, metadata_text

    guesses = (
        Guess("title", name, "the folder's name"),
        Guess("lang", language, "given, or the usual one"),
    )
    _write_metadata(fresh, metadata_text(guesses))
    (fresh / "book").mkdir()
    chapter = _FIRST_CHAPTER.get(language.partition("-")[0], _FIRST_CHAPTER["en"])
    _write(fresh / "book" / "01-first-chapter.md", chapter)


def _write_metadata(fresh: Path, text: str) -> None:
    """metadata.yaml, and the schema by which editors complete and check it as one types."""
    from quire.metadata.schema import schema_text

    _write(fresh / "metadata.yaml", f"# yaml-language-server: $schema={_SCHEMA}\n{text}")
    _write(fresh / _SCHEMA, schema_text())


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")


COMMAND = Command("new", "make a book's folder, from nothing or of a source", _arguments, _run)

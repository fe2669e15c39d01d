"""Running pandoc. One process a call, text in, text out; its start takes some milliseconds."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

from quire.pandoc.failure import PandocFailed
from quire.pandoc.tree import API_VERSION, Blocks, with_words_joined
from quire.pandoc.workers import read_as_json
from quire.toolchain.cache import NOTHING_KEPT, Cache

__all__ = ["PandocFailed", "convert", "read_blocks", "write_blocks", "write_lists"]


_BETWEEN_WORDS: Final = b'"},{"t":"Space"},{"t":"Str","c":"'
_BARE_BEFORE_BLANK: Final = tuple(
    f'"{kind}"}},{{"t":"Space"}}'.encode() for kind in ("LineBreak", "SoftBreak", "Space")
)


@lru_cache(maxsize=1)
def _program() -> str:
    from quire.toolchain.tools import pandoc_path

    return str(pandoc_path())


def convert(
    content: str | bytes,
    source_format: str,
    target_format: str,
    arguments: Sequence[str] = (),
    folder: Path | None = None,
) -> str:
    """Convert `content` between two pandoc formats.

    Args:
        content: text, or the bytes of a binary format (docx, epub, odt).
        source_format: pandoc's name with extensions, such as ``markdown+east_asian_line_breaks``.
        target_format: likewise; ``json`` gives the syntax tree.
        arguments: further options, passed as they are.
        folder: where pandoc runs (relative paths, ``--extract-media``).

    Raises:
        PandocFailed: pandoc ended with an error.
        quire.problems.ToolMissing: pandoc isn't installed.
    """
    given = content.encode("utf-8") if isinstance(content, str) else content
    command = [_program(), "--from", source_format, "--to", target_format, "--wrap=none"]
    done = subprocess.run(
        [*command, *arguments], input=given, capture_output=True, cwd=folder, check=False
    )
    if done.returncode != 0:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise PandocFailed(words[-1] if words else f"pandoc ended with {done.returncode}")
    return done.stdout.decode("utf-8")


def read_blocks(
    content: str | bytes,
    source_format: str,
    arguments: Sequence[str] = (),
    cache: Cache = NOTHING_KEPT,
) -> Blocks:
    """The blocks of a document, as pandoc reads it, its words joined (`with_words_joined`).

    Its metadata block is dropped.
    """

    def read() -> bytes:
        if not arguments:
            given = content.encode("utf-8") if isinstance(content, str) else content
            # What ends a worker may be read by a process of its own, or be refused with words.
            with suppress(OSError):
                return read_as_json(_program(), given, source_format)
        return convert(content, source_format, "json", arguments).encode("utf-8")

    content = cache.made("read", (source_format, *arguments, content), lambda: _joined(read()))
    blocks: Blocks = with_words_joined(json.loads(content)["blocks"])
    return blocks


def _joined(document: bytes) -> bytes:
    """pandoc's JSON with most words of a line in one string: what takes long in a tree, in text.

    A quotation mark within a string is escaped; so this one ends a word, or is that of a node
    without content. Where such a node stands before a blank, the tree must be looked at.
    """
    if any(bare in document for bare in _BARE_BEFORE_BLANK):
        return document
    return document.replace(_BETWEEN_WORDS, b" ")


def write_blocks(
    blocks: Blocks,
    target_format: str,
    arguments: Sequence[str] = (),
    cache: Cache = NOTHING_KEPT,
) -> str:
    """Blocks set in a pandoc output format, without a document around them."""
    content = json.dumps(blocks, ensure_ascii=False)

    def write() -> bytes:
        return write_lists([content], target_format, arguments).encode("utf-8")

    return cache.made("written", (target_format, *arguments, content), write).decode("utf-8")


def write_lists(lists: Iterable[str], target_format: str, arguments: Sequence[str] = ()) -> str:
    """The same of lists of blocks that are JSON already, one after another."""
    blocks = ",".join(told[1:-1] for told in lists if told != "[]")
    head = json.dumps({"pandoc-api-version": API_VERSION, "meta": {}})[:-1]
    return convert(f'{head},"blocks":[{blocks}]}}', "json", target_format, arguments)

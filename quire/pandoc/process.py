"""Running pandoc. One process a call, text in, text out; its start takes some milliseconds."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from quire.pandoc.tree import API_VERSION, Blocks
from quire.toolchain.cache import NOTHING_KEPT, Cache

__all__ = ["PandocFailed", "convert", "read_blocks", "write_blocks"]


class PandocFailed(Exception):
    """pandoc refused its input; the message is pandoc's own last line."""


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
    """The blocks of a document, as pandoc reads it. Its metadata block is dropped."""

    def read() -> bytes:
        return convert(content, source_format, "json", arguments).encode("utf-8")

    document = json.loads(cache.made("read", (source_format, *arguments, content), read))
    blocks: Blocks = document["blocks"]
    return blocks


def write_blocks(
    blocks: Blocks,
    target_format: str,
    arguments: Sequence[str] = (),
    cache: Cache = NOTHING_KEPT,
) -> str:
    """Blocks set in a pandoc output format, without a document around them."""
    document = {"pandoc-api-version": API_VERSION, "meta": {}, "blocks": blocks}
    content = json.dumps(document, ensure_ascii=False)

    def write() -> bytes:
        return convert(content, "json", target_format, arguments).encode("utf-8")

    return cache.made("written", (target_format, *arguments, content), write).decode("utf-8")

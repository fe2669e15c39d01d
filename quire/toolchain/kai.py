"""The regular script (楷体) from its pinned package, as font files that Typst reads.

The package ships its faces as WOFF, which is a font with its tables compressed. Taking the
compression off changes no glyph, and the same input gives the same bytes.

``make fonts`` runs ``python -m quire.toolchain.kai node_modules build/fonts``.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path

from quire.problems import ToolMissing
from quire.toolchain.writing import write_whole

__all__ = ["main", "unpack"]

# The package numbers its faces 500 and 700; the faces themselves say 400 and 700.
_FACES = {
    "lxgw-wenkai-latin-500-normal.woff": "LXGWWenKai_400Regular.ttf",
    "lxgw-wenkai-latin-700-normal.woff": "LXGWWenKai_700Bold.ttf",
}
_FOLDER = "@fontsource/lxgw-wenkai/files"


def unpack(node_modules: Path, out: Path) -> list[Path]:
    """Write the faces of LXGW WenKai from an installed package into a folder.

    Args:
        node_modules: where npm put the package.
        out: the folder to write into; made if it isn't there.

    Returns:
        The files written.

    Raises:
        ToolMissing: the package isn't installed.
    """
    from fontTools.ttLib import TTFont

    written = []
    for name, target in _FACES.items():
        source = node_modules / _FOLDER / name
        if not source.is_file():
            raise ToolMissing("The package @fontsource/lxgw-wenkai", "Run `make fonts`.")
        with TTFont(source, lazy=True, recalcBBoxes=False, recalcTimestamp=False) as font:
            font.flavor = None
            content = io.BytesIO()
            font.save(content)
        written.append(write_whole(out / target, content.getvalue()))
    return written


def main(arguments: Sequence[str] | None = None) -> int:
    """Unpack from the first argument into the second; 3 if the package is missing."""
    node_modules, out = (sys.argv[1:] if arguments is None else arguments)[:2]
    try:
        unpack(Path(node_modules), Path(out))
    except ToolMissing as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

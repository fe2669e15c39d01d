"""Designs of covers, one a file: each module here offers one as ``DESIGN``.

A book may bring a design of its own: ``covers/<name>.py`` in the book's folder, likewise with a
``DESIGN``. That file is code and runs when the cover is painted, so build a stranger's book as
you would run a stranger's program.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import re
import traceback
from functools import lru_cache
from pathlib import Path

from quire.covers.model import Design
from quire.problems import BookError, Problem, did_you_mean

__all__ = ["find_design", "own_designs", "standard_designs"]

_NAME = re.compile(r"[A-Za-z0-9][\w-]*")


@lru_cache(maxsize=1)
def standard_designs() -> dict[str, Design]:
    """The designs that come with quire, by name, in order of name."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    found = (importlib.import_module(f"{__name__}.{name}").DESIGN for name in names)
    return {design.name: design for design in found}


def own_designs(folder: Path) -> dict[str, Design]:
    """The designs of the book's own ``covers/`` folder, by name. Their code runs.

    Raises:
        BookError: one of the files fails, or offers no design.
    """
    paths = sorted(path for path in folder.glob("*.py") if _NAME.fullmatch(path.stem))
    return {path.stem: _load(path) for path in paths}


def find_design(name: str, folder: Path) -> Design:
    """The design of that name: the book's own, else quire's.

    Args:
        name: as in metadata.yaml.
        folder: the book's ``covers/``.

    Raises:
        BookError: there is none, or its file fails.
    """
    own = folder / f"{name}.py"
    if _NAME.fullmatch(name) and own.is_file():
        return _load(own)
    standard = standard_designs()
    if name in standard:
        return standard[name]
    known = sorted({*standard, *(path.stem for path in folder.glob("*.py"))})
    raise BookError(
        Problem(
            "no-such-design",
            f"There is no cover design {name!r}.",
            did_you_mean(
                name,
                known,
                f"Choose among auto, {', '.join(known)}, or put a design into covers/{name}.py.",
            ),
            file="metadata.yaml",
        )
    )


def _load(path: Path) -> Design:
    """The design that a file offers; the file is run anew each time, never kept as a module."""
    shown = f"covers/{path.name}"
    spec = importlib.util.spec_from_file_location(f"quire_cover_{path.stem}", path)
    if spec is None or spec.loader is None:  # pragma: no cover - a .py file has a loader
        raise _bad(shown, None, "can't be loaded")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except SyntaxError as error:
        raise _bad(shown, error.lineno, f"isn't Python: {error.msg}") from error
    except Exception as error:
        raise _bad(shown, line_in(path, error), f"fails: {error!r}") from error
    design = getattr(module, "DESIGN", None)
    if not isinstance(design, Design):
        raise _bad(shown, None, "offers no DESIGN")
    return design


def line_in(path: Path, error: BaseException) -> int | None:
    """The last line of a file that an error came through."""
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename) == path
    ]
    return lines[-1] if lines else None


def _bad(file: str, line: int | None, what: str) -> BookError:
    return BookError(
        Problem(
            "cover-design-fails",
            f"This cover design {what}.",
            "A design is a file with a constant DESIGN (quire.covers.model.Design); see those in "
            "quire/covers/designs.",
            file=file,
            line=line,
        )
    )

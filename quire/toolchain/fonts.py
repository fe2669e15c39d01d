"""Which font file plays which role in which language.

A role is a slot, a weight and a slope: ``serif``, ``serif-bold``, ``sans-medium``, ``kai``,
``latin-serif-italic``. The table `SCRIPTS` names, for each script and slot, families in order of
choice; to teach quire a typeface or a script, add an entry there and nothing else.

Faces are looked up in three places: the book's own ``fonts/`` folder, the pinned packages, the
system. Files of the pinned packages are known by their names, so that a build doesn't open
megabytes to learn what it knows already; only unknown files are opened.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, TypeAlias

from quire.problems import ToolMissing
from quire.toolchain.cache import digest_of

__all__ = [
    "OTHER_SCRIPTS",
    "SCRIPTS",
    "STANDARD_ROLES",
    "Families",
    "FontFile",
    "FontLibrary",
    "Script",
    "find_fonts",
    "missing_characters",
    "script_of",
]

Script: TypeAlias = Literal["zh-Hans", "zh-Hant", "ja", "ko", "arabic", "hebrew", "latin"]
Origin: TypeAlias = Literal["book", "package", "system"]

_SERIF_LATIN = ("Source Serif 4", "EB Garamond", "Noto Serif", "Libertinus Serif",
                "Times New Roman", "Liberation Serif", "DejaVu Serif")  # fmt: skip
_SANS_LATIN = ("Source Sans 3", "Noto Sans", "Helvetica Neue", "Arial", "Liberation Sans",
               "DejaVu Sans")  # fmt: skip
_MONO = ("Source Code Pro", "Noto Sans Mono", "Menlo", "Liberation Mono", "DejaVu Sans Mono")
_SERIF_HANS = ("Noto Serif SC", "Source Han Serif SC", "Noto Serif CJK SC", "Songti SC",
               "SimSun", "AR PL UMing CN")  # fmt: skip
_SANS_HANS = ("Noto Sans SC", "Source Han Sans SC", "Noto Sans CJK SC", "PingFang SC",
              "Microsoft YaHei", "WenQuanYi Zen Hei")  # fmt: skip
_ARABIC = ("Noto Naskh Arabic", "Amiri", "Scheherazade New", "Geeza Pro", "Arial")
_HEBREW = ("Noto Serif Hebrew", "Frank Ruhl Libre", "David Libre", "Arial Hebrew", "Arial")
_KAI_HANS = ("LXGW WenKai", "Kaiti SC", "KaiTi", "AR PL UKai CN")

SCRIPTS: Final[Mapping[Script, Mapping[str, tuple[str, ...]]]] = {
    "zh-Hans": {"serif": _SERIF_HANS, "sans": _SANS_HANS, "kai": _KAI_HANS},
    "zh-Hant": {
        "serif": ("Noto Serif TC", "Source Han Serif TC", "Noto Serif CJK TC", "Songti TC",
                  "PMingLiU", *_SERIF_HANS),
        "sans": ("Noto Sans TC", "Source Han Sans TC", "Noto Sans CJK TC", "PingFang TC",
                 "Microsoft JhengHei", *_SANS_HANS),
        "kai": ("LXGW WenKai TC", "Kaiti TC", "DFKai-SB", *_KAI_HANS),
    },
    "ja": {
        "serif": ("Noto Serif JP", "Source Han Serif", "Noto Serif CJK JP", "Hiragino Mincho ProN",
                  "Yu Mincho", *_SERIF_HANS),
        "sans": ("Noto Sans JP", "Source Han Sans", "Noto Sans CJK JP", "Hiragino Sans",
                 "Yu Gothic", *_SANS_HANS),
        "kai": ("Klee One", "Klee", *_KAI_HANS),
    },
    "ko": {
        "serif": ("Noto Serif KR", "Source Han Serif K", "Noto Serif CJK KR", "AppleMyungjo",
                  "Batang", *_SERIF_HANS),
        "sans": ("Noto Sans KR", "Source Han Sans K", "Noto Sans CJK KR", "Apple SD Gothic Neo",
                 "Malgun Gothic", *_SANS_HANS),
        "kai": ("Gowun Batang", *_KAI_HANS),
    },
    "arabic": {"serif": _ARABIC, "sans": _ARABIC, "kai": _ARABIC},
    "hebrew": {"serif": _HEBREW, "sans": _HEBREW, "kai": _HEBREW},
    "latin": {
        "serif": _SERIF_LATIN,
        "sans": _SANS_LATIN,
        "kai": _SERIF_LATIN,
        "latin-serif": _SERIF_LATIN,
        "latin-sans": _SANS_LATIN,
        "mono": _MONO,
    },
}  # fmt: skip
"""Script → slot → families, best first. Slots missing from a script are those of ``latin``."""

OTHER_SCRIPTS: Final = ("Noto Naskh Arabic", "Noto Serif Hebrew", "Noto Emoji")
"""Families for signs that the faces of a book's own language lack."""

STANDARD_ROLES: Final = (
    "serif", "serif-medium", "serif-semibold", "serif-bold", "sans", "sans-medium", "sans-bold",
    "kai", "kai-bold", "latin-serif", "latin-serif-italic", "latin-serif-semibold",
    "latin-serif-bold", "latin-serif-bold-italic", "latin-sans", "latin-sans-italic",
    "latin-sans-bold", "latin-sans-bold-italic", "mono", "mono-bold",
)  # fmt: skip
"""The roles that editions and covers may count on."""

_WEIGHTS: Final = {
    "thin": 100, "extralight": 200, "light": 300, "regular": 400, "medium": 500,
    "semibold": 600, "bold": 700, "extrabold": 800, "black": 900,
}  # fmt: skip
_ROLE = re.compile(
    rf"(?P<slot>(?:latin-)?(?:serif|sans)|kai|mono)(?:-(?P<weight>{'|'.join(_WEIGHTS)}))?"
    r"(?P<italic>-italic)?"
)
# What stands in when no family of a slot is there.
_STAND_IN: Final = {
    "serif": ("serif", "sans"),
    "sans": ("sans", "serif"),
    "kai": ("kai", "serif", "sans"),
    "latin-serif": ("latin-serif", "serif", "latin-sans"),
    "latin-sans": ("latin-sans", "sans", "latin-serif"),
    "mono": ("mono", "latin-sans", "sans"),
}

# The pinned packages: stem of their files' names → family. Such a file is
# `NotoSerifSC_700Bold.ttf` or `SourceSerif4_400Regular_Italic.ttf`.
_PACKAGES: Final = {
    "noto-serif-sc": ("NotoSerifSC", "Noto Serif SC"),
    "noto-sans-sc": ("NotoSansSC", "Noto Sans SC"),
    "source-serif-4": ("SourceSerif4", "Source Serif 4"),
    "source-sans-3": ("SourceSans3", "Source Sans 3"),
    "source-code-pro": ("SourceCodePro", "Source Code Pro"),
    "noto-naskh-arabic": ("NotoNaskhArabic", "Noto Naskh Arabic"),
    "noto-serif-hebrew": ("NotoSerifHebrew", "Noto Serif Hebrew"),
    "noto-emoji": ("NotoEmoji", "Noto Emoji"),
    "lxgw-wenkai": ("LXGWWenKai", "LXGW WenKai"),
}
_PACKAGE_SCOPE = "@expo-google-fonts"
_CONVERTED = "build/fonts"
_FAMILY_OF_STEM: Final = dict(_PACKAGES.values())
_KNOWN = re.compile(r"(?P<stem>\w+?)_(?P<weight>\d{3})[A-Za-z]+(?P<italic>_Italic)?")
_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})
_COLLECTIONS = frozenset({".ttc", ".otc"})
_ITALIC_BIT, _BOLD_BIT = 1, 32

_REMEDY = (
    "Run `make fonts`, or put static .ttf or .otf files into the book's folder `fonts`, "
    "or name a folder of fonts in QUIRE_FONTS."
)


@dataclass(frozen=True, slots=True, order=True)
class FontFile:
    """One face of a typeface, in a file.

    Attributes:
        path: the file.
        family: the name that Typst and CSS know it by, such as ``Noto Serif SC``.
        weight: 100 to 900, as in CSS.
        italic: whether it slopes.
        index: which face of a collection (.ttc); 0 for any other file.
        origin: where it was found: ``book``, ``package`` or ``system``.
        role: the role that its file name claims (``fonts/serif-bold.otf``), or an empty string.
    """

    path: Path
    family: str
    weight: int
    italic: bool
    index: int = 0
    origin: Origin = "package"
    role: str = ""


@dataclass(frozen=True, slots=True)
class Families:
    """The families that set a book in one language, by the names Typst and CSS know.

    Attributes:
        serif: for the text.
        sans: for headings and labels.
        kai: for emphasis and quotations in Chinese; elsewhere the serif.
        latin: for Latin letters and figures in the text.
        latin_sans: likewise in headings.
        mono: for code.
    """

    serif: str
    sans: str
    kai: str
    latin: str
    latin_sans: str
    mono: str


@dataclass(frozen=True)
class FontLibrary:
    """The fonts that can be had, and the choice among them.

    Attributes:
        book: faces of the book's own ``fonts/`` folder.
        package: faces of the pinned packages, of QUIRE_FONTS and of the user's data folder.
        choices: slot → family, for a book that names its typefaces; see `prefer`.
        system_fonts: whether the system's fonts may be used when nothing else serves.
    """

    book: tuple[FontFile, ...] = ()
    package: tuple[FontFile, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    system_fonts: bool = True

    @property
    def fingerprint(self) -> str:
        """A digest that changes when a face is added, taken away or replaced."""
        told = []
        for face in (*self.book, *self.package):
            stat = face.path.stat()
            told.append(f"{face.path} {stat.st_size} {stat.st_mtime_ns} {face.role}")
        return digest_of(*told, repr(sorted(self.choices.items())), str(self.system_fonts))

    def pick(self, role: str, language: str) -> FontFile:
        """The face for a role: the best family there is, in the nearest weight and slope.

        Args:
            role: ``serif``, ``serif-bold``, ``latin-serif-italic`` … (see `STANDARD_ROLES`).
            language: a language tag, such as ``zh-Hans-CN`` or ``en``.

        Raises:
            ToolMissing: there is no font at all that could serve.
            ValueError: there is no such role.
        """
        slot, weight, italic = _parse(role)
        script = script_of(language)
        for face in self.book:
            if face.role and _parse(face.role) == (slot, weight, italic):
                return face
        for stand_in in _STAND_IN[slot]:
            for family in self._wanted(stand_in, script):
                for faces in self._tiers():
                    own = [face for face in faces if face.family == family]
                    if own:
                        return min(own, key=lambda face: _distance(face, weight, italic))
        raise ToolMissing(f"A typeface for {role} in {language}", _REMEDY)

    def families(self, language: str) -> Families:
        """The families for a book in `language`.

        Raises:
            ToolMissing: there is no font that could serve.
        """
        return Families(
            serif=self.pick("serif", language).family,
            sans=self.pick("sans", language).family,
            kai=self.pick("kai", language).family,
            latin=self.pick("latin-serif", language).family,
            latin_sans=self.pick("latin-sans", language).family,
            mono=self.pick("mono", language).family,
        )

    def others(self, weight: int = 400) -> Iterator[FontFile]:
        """The face of each of `OTHER_SCRIPTS` that there is, nearest to a weight."""
        for family in OTHER_SCRIPTS:
            own = [face for faces in self._tiers() for face in faces if face.family == family]
            if own:
                yield min(own, key=lambda face: _distance(face, weight, False))

    def others_for(self, characters: str, language: str) -> list[FontFile]:
        """Faces of `OTHER_SCRIPTS` with characters that the text faces of a language lack."""
        for role in ("latin-serif", "serif"):
            characters = missing_characters(self.pick(role, language), characters)
        return [
            face for face in self.others()
            if characters and missing_characters(face, characters) != characters
        ]  # fmt: skip

    def folders(self, language: str = "zh-Hans") -> list[Path]:
        """The folders that hold the standard roles' faces, for Typst's ``font_paths``.

        Only these: Typst opens every font below a folder that it is given.
        """
        faces = (self.pick(role, language) for role in STANDARD_ROLES)
        return list(dict.fromkeys(face.path.parent for face in faces))

    def prefer(self, choices: Mapping[str, str]) -> FontLibrary:
        """A library that takes these families first.

        Args:
            choices: slot (``serif``, ``sans``, ``kai``, ``latin-serif``, ``latin-sans``,
                ``mono``) → family, as a book's metadata names them.

        Raises:
            ValueError: there is no such slot.
        """
        for slot in choices:
            if slot not in _STAND_IN:
                raise ValueError(f"no slot {slot!r}: one of {', '.join(_STAND_IN)}")
        return replace(self, choices={**self.choices, **choices})

    def _wanted(self, slot: str, script: Script) -> tuple[str, ...]:
        table = SCRIPTS[script]
        families = table[slot] if slot in table else SCRIPTS["latin"][slot]
        chosen = self.choices.get(slot)
        return (chosen, *families) if chosen else families

    def _tiers(self) -> Iterator[tuple[FontFile, ...]]:
        yield self.book
        yield self.package
        if self.system_fonts:
            yield _system_faces()


def find_fonts(book_folder: Path | None = None, *, system_fonts: bool = True) -> FontLibrary:
    """The fonts for a book: its own ``fonts/``, then the pinned packages, then the system's.

    The pinned packages are looked for in the folders of QUIRE_FONTS (if it is set), beside the
    package `quire`, above the book's folder and in the user's data folder.

    Args:
        book_folder: the folder with the book's metadata.yaml, or None.
        system_fonts: False to keep the system's fonts out, for builds that must be the same
            everywhere.
    """
    book = _loose_faces(book_folder / "fonts", "book") if book_folder else ()
    package: dict[Path, FontFile] = {}
    for face in _pinned_faces(book_folder):
        package.setdefault(face.path, face)
    return FontLibrary(book, tuple(package.values()), system_fonts=system_fonts)


def missing_characters(font: FontFile, text: str) -> str:
    """The characters of `text` that a face has no glyph for, each once, in order.

    Blanks, controls and variation selectors need no glyph and are never missing.
    """
    known = _characters(font.path, font.index)
    wanted = dict.fromkeys(text)
    return "".join(
        character
        for character in wanted
        if ord(character) not in known and not _needs_no_glyph(character)
    )


def script_of(language: str) -> Script:
    """The script whose typefaces set a language, by its tag."""
    parts = language.replace("_", "-").lower().split("-")
    match parts[0]:
        case "zh" | "yue" | "cmn":
            if "hans" in parts:
                return "zh-Hans"
            return "zh-Hant" if {"hant", "tw", "hk", "mo"} & set(parts) else "zh-Hans"
        case "ja":
            return "ja"
        case "ko":
            return "ko"
        case "ar" | "fa" | "ur" | "ps" | "ckb" | "ug":
            return "arabic"
        case "he" | "yi":
            return "hebrew"
    return "latin"


def _parse(role: str) -> tuple[str, int, bool]:
    found = _ROLE.fullmatch(role)
    if found is None:
        raise ValueError(f"no role {role!r}: one such as {', '.join(STANDARD_ROLES)}")
    return found["slot"], _WEIGHTS[found["weight"] or "regular"], bool(found["italic"])


def _distance(face: FontFile, weight: int, italic: bool) -> tuple[bool, int, int, FontFile]:
    """How far a face is from what is wanted: slope first, then weight, heavier on a tie."""
    return face.italic != italic, abs(face.weight - weight), -face.weight, face


def _pinned_faces(book_folder: Path | None) -> Iterator[FontFile]:
    named = os.environ.get("QUIRE_FONTS", "")
    for folder in (Path(part).expanduser() for part in named.split(os.pathsep) if part):
        yield from _loose_faces(folder, "package")
    for root in _roots(book_folder):
        yield from _package_faces(root)
    yield from _loose_faces(_data_folder() / "fonts", "package")


def _roots(book_folder: Path | None) -> list[Path]:
    """Folders that may hold ``node_modules`` and the fonts converted from it."""
    roots = [Path(__file__).resolve().parents[2]]
    if book_folder is not None:
        resolved = book_folder.resolve()
        roots += [resolved, *resolved.parents]
    return [root for root in dict.fromkeys(roots) if (root / "node_modules").is_dir()]


def _data_folder() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "quire"
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "quire"


def _package_faces(root: Path) -> Iterator[FontFile]:
    """Faces of the pinned packages below `root`, known by name: nothing is opened."""
    folders = [root / "node_modules" / _PACKAGE_SCOPE / name for name in _PACKAGES]
    for folder in [*folders, root / _CONVERTED]:
        for path in sorted(folder.glob("**/*.ttf")):
            face = _known_face(path, "package")
            if face is not None:
                yield face


def _loose_faces(folder: Path, origin: Origin) -> tuple[FontFile, ...]:
    """Faces of any font files below `folder`."""
    if not folder.is_dir():
        return ()
    paths = sorted(p for p in folder.rglob("*") if p.suffix.lower() in _SUFFIXES and p.is_file())
    return tuple(face for path in paths for face in _faces_of(path, origin))


def _faces_of(path: Path, origin: Origin) -> tuple[FontFile, ...]:
    known = _known_face(path, origin)
    if known is not None:
        return (known,)
    role = path.stem if _ROLE.fullmatch(path.stem) else ""
    try:
        state = path.stat()
    except OSError:
        return ()
    faces = _read_faces(path, state.st_mtime_ns, state.st_size)
    return tuple(replace(face, origin=origin, role=role) for face in faces)


def _known_face(path: Path, origin: Origin) -> FontFile | None:
    found = _KNOWN.fullmatch(path.stem)
    family = _FAMILY_OF_STEM.get(found["stem"]) if found else None
    if found is None or family is None:
        return None
    return FontFile(path, family, int(found["weight"]), bool(found["italic"]), origin=origin)


@lru_cache(maxsize=4096)
def _read_faces(path: Path, _changed: int, _size: int) -> tuple[FontFile, ...]:
    """What a font file says of itself; nothing for a variable, broken or unreadable one."""
    from fontTools.ttLib import TTCollection, TTFont, TTLibError

    faces = []
    try:
        if path.suffix.lower() in _COLLECTIONS:
            with TTCollection(path, lazy=True) as collection:
                count = len(collection.fonts)
        else:
            count = 1
        for index in range(count):
            with TTFont(path, lazy=True, fontNumber=index) as font:
                if "fvar" in font:  # Typst and PDF want static faces.
                    continue
                names, metrics = font["name"], font["OS/2"]
                family = names.getDebugName(16) or names.getDebugName(1)
                if not family:
                    continue
                style = (names.getDebugName(17) or names.getDebugName(2) or "").lower()
                italic = bool(metrics.fsSelection & _ITALIC_BIT) or "italic" in style
                weight = int(metrics.usWeightClass)
                if weight < _WEIGHTS["semibold"] and metrics.fsSelection & _BOLD_BIT:
                    weight = _WEIGHTS["bold"]
                faces.append(FontFile(path, str(family), weight, italic, index))
    except (TTLibError, OSError, KeyError, ValueError, AssertionError, EOFError):
        return ()
    return tuple(faces)


@lru_cache(maxsize=1)
def _system_faces() -> tuple[FontFile, ...]:
    """The system's fonts; read once, and only when nothing else serves."""
    home = Path.home()
    if sys.platform == "darwin":
        folders = [home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    else:
        folders = [
            home / ".local/share/fonts",
            home / ".fonts",
            Path("/usr/local/share/fonts"),
            Path("/usr/share/fonts"),
        ]
    return tuple(face for folder in folders for face in _loose_faces(folder, "system"))


@lru_cache(maxsize=32)
def _characters(path: Path, index: int) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True, fontNumber=index) as font:
        return frozenset(font.getBestCmap() or ())


def _needs_no_glyph(character: str) -> bool:
    code = ord(character)
    return (
        character.isspace()
        or code < 0x20
        or 0x7F <= code < 0xA0
        or code in {0xAD, 0xFEFF, 0x2060}
        or 0x200B <= code <= 0x200F
        or 0xFE00 <= code <= 0xFE0F
        or 0xE0100 <= code <= 0xE01EF
    )

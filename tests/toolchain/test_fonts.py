"""Type is found in the book, then the packages, then the system; the nearest face serves."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quire.problems import ToolMissing
from quire.toolchain.fonts import (
    SCRIPTS,
    STANDARD_ROLES,
    FontFile,
    FontLibrary,
    find_fonts,
    missing_characters,
    script_of,
)
from quire.toolchain.kai import main as unpack

ROOT = Path(__file__).parents[2]


def face(family: str, weight: int = 400, italic: bool = False, name: str = "") -> FontFile:
    """A face that no test opens."""
    return FontFile(Path(name or f"{family}-{weight}-{italic}.ttf"), family, weight, italic)


@pytest.fixture(scope="module")
def library() -> FontLibrary:
    """The pinned packages alone."""
    return find_fonts(ROOT, system_fonts=False)


@pytest.mark.parametrize("language", ["zh-Hans", "en", "zh-Hant", "ja", "ko", "de"])
def test_set_up_brings_a_face_for_every_role_in_every_language(
    language: str, library: FontLibrary
) -> None:
    for role in STANDARD_ROLES:
        assert library.pick(role, language).path.is_file()


def test_a_chinese_book_is_set_in_song_hei_and_kai_with_latin_beside(library: FontLibrary) -> None:
    families = library.families("zh-Hans-CN")
    assert (families.serif, families.sans) == ("Noto Serif SC", "Noto Sans SC")
    assert families.kai == "LXGW WenKai"
    assert families.latin == "Source Serif 4"


def test_a_role_gets_its_weight_and_slope(library: FontLibrary) -> None:
    for role, weight, italic in (
        ("serif", 400, False),
        ("serif-bold", 700, False),
        ("latin-serif-italic", 400, True),
        ("latin-sans-bold-italic", 700, True),
    ):
        picked = library.pick(role, "zh-Hans")
        assert (picked.weight, picked.italic) == (weight, italic), role


@given(
    st.lists(st.tuples(st.sampled_from(range(100, 1000, 100)), st.booleans()), min_size=1),
    st.sampled_from([role for role in STANDARD_ROLES if role.startswith("latin-serif")]),
)
def test_slope_counts_before_weight_and_the_nearest_weight_wins(
    faces: list[tuple[int, bool]], role: str
) -> None:
    given = FontLibrary(
        package=tuple(face("Source Serif 4", *one) for one in faces), system_fonts=False
    )
    picked = given.pick(role, "en")
    italic = role.endswith("-italic")
    sloped = [one for one in faces if one[1] == italic]
    assert not sloped or picked.italic == italic
    weights = {"semibold": 600, "bold": 700}
    wanted = next((weights[part] for part in role.split("-") if part in weights), 400)
    candidates = sloped or faces
    assert abs(picked.weight - wanted) == min(abs(weight - wanted) for weight, _ in candidates)


def test_the_books_own_fonts_go_before_the_packages(tmp_path: Path, library: FontLibrary) -> None:
    own = tmp_path / "fonts"
    own.mkdir()
    bold = library.pick("latin-serif-bold", "en").path
    shutil.copyfile(bold, own / "serif.ttf")
    found = find_fonts(tmp_path, system_fonts=False)
    picked = found.pick("serif", "zh-Hans")
    assert (picked.path, picked.origin) == (own / "serif.ttf", "book")
    assert found.pick("serif-bold", "zh-Hans").origin == "package"


def test_a_family_that_the_book_names_goes_first() -> None:
    faces = (face("Noto Serif SC"), face("My Song"))
    library = FontLibrary(package=faces, system_fonts=False)
    assert library.pick("serif", "zh-Hans").family == "Noto Serif SC"
    assert library.prefer({"serif": "My Song"}).pick("serif", "zh-Hans").family == "My Song"
    with pytest.raises(ValueError, match="no slot 'serrif'"):
        library.prefer({"serrif": "My Song"})


def test_another_slot_stands_in_for_one_that_is_missing() -> None:
    library = FontLibrary(package=(face("Noto Serif SC"),), system_fonts=False)
    assert library.pick("kai", "zh-Hans").family == "Noto Serif SC"


def test_without_any_font_the_message_says_what_to_run() -> None:
    with pytest.raises(ToolMissing, match="make fonts"):
        FontLibrary(system_fonts=False).pick("serif", "zh-Hans")


def test_a_role_that_does_not_exist_is_a_mistake_of_the_caller(library: FontLibrary) -> None:
    with pytest.raises(ValueError, match="no role 'serif-huge'"):
        library.pick("serif-huge", "en")


def test_a_broken_font_in_the_books_folder_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "broken.ttf").write_bytes(b"\x00\x01\x00\x00 not a font")
    assert find_fonts(tmp_path, system_fonts=False).book == ()


@pytest.mark.parametrize(
    ("tag", "script"),
    [
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zh_TW", "zh-Hant"),
        ("yue", "zh-Hans"),
        ("ja-JP", "ja"),
        ("ko", "ko"),
        ("en-GB", "latin"),
        ("vi", "latin"),
    ],
)
def test_a_language_tag_tells_the_script(tag: str, script: str) -> None:
    assert script_of(tag) == script
    assert script in SCRIPTS


def test_missing_characters_are_named_once_and_blanks_never(library: FontLibrary) -> None:
    latin = library.pick("latin-serif", "en")
    assert missing_characters(latin, "A 龘\t龘\u00ad\ufe0f龜") == "龘龜"
    assert missing_characters(library.pick("serif", "zh-Hans"), "永和九年") == ""


def test_unpacking_the_kai_gives_the_same_bytes_again(tmp_path: Path) -> None:
    modules = ROOT / "node_modules"
    assert unpack([str(modules), str(tmp_path)]) == 0
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (ROOT / "build" / "fonts" / path.name).read_bytes()


def test_unpacking_without_the_package_says_what_to_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert unpack([str(tmp_path), str(tmp_path / "out")]) == 3
    assert "make fonts" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_two_faces_of_one_family_are_told_apart_by_their_order_alone() -> None:
    one, other = face("Source Serif 4", name="a.ttf"), face("Source Serif 4", name="b.ttf")
    for order in ((one, other), (other, one)):
        assert FontLibrary(package=order, system_fonts=False).pick("latin-serif", "en") == one
    assert replace(one, weight=500) > one

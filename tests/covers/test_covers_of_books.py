"""Covers: words that fit, colours that can be read, pictures let in or refused, the same bytes."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat, features

from quire.covers import make_cover, make_gallery
from quire.covers.designs import find_design, own_designs, standard_designs
from quire.covers.fitting import TITLE_SIZES
from quire.covers.inspection import contrast, faults
from quire.covers.lettering import Lettering
from quire.covers.making import chosen_by_title, compose, request_for
from quire.covers.mirroring import mirrored
from quire.covers.model import Cover, Design, Palette, Scene, TextRun
from quire.covers.model import Image as Picture
from quire.covers.painter import paint
from quire.language.breaking import pieces
from quire.metadata.model import Metadata
from quire.problems import BookError
from quire.toolchain.fonts import FontLibrary, find_fonts

ROOT = Path(__file__).parents[2]
OWN = ROOT / "covers"
DESIGNS = {**standard_designs(), **own_designs(OWN)}
PALETTES = [(name, palette) for name, design in DESIGNS.items() for palette in design.palettes]
FULL: dict[str, Any] = {
    "title": "潮水与灯塔",
    "subtitle": "一座港口的夜间纪事",
    "author": ["林望", "周渡"],
    "publisher": "岸边书局",
    "series": {"name": "港口丛书", "number": 3},
    "lang": "zh-Hans",
}


@pytest.fixture(scope="module")
def fonts() -> FontLibrary:
    return find_fonts(ROOT)


def book(design: str = "series", palette: str | None = None, **changed: Any) -> Metadata:
    cover = {"design": design, "palette": palette, **changed.pop("cover", {})}
    return Metadata.model_validate({**FULL, **changed, "cover": cover})


def scene_of(metadata: Metadata, fonts: FontLibrary) -> Scene:
    design = find_design(metadata.cover.design, OWN)
    return compose(design, request_for(metadata, fonts, design), OWN)


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def test_there_are_at_least_six_designs_and_the_default_book_has_its_own() -> None:
    assert len(standard_designs()) >= 6
    assert "counter" in DESIGNS
    assert all(name == design.name for name, design in DESIGNS.items())


@pytest.mark.parametrize("design", DESIGNS)
def test_a_cover_is_what_stores_ask_for_with_a_thumbnail(design: str, fonts: FontLibrary) -> None:
    cover = make_cover(book(design), fonts, OWN)
    picture, small = opened(cover.jpeg), opened(cover.thumbnail)
    assert (picture.size, picture.mode, picture.format) == ((1600, 2560), "RGB", "JPEG")
    assert (cover.width, cover.height) == picture.size
    assert small.size == (300, 480)
    assert cover.alt.startswith("《潮水与灯塔》封面。")
    assert len(cover.alt) > 20


LONGEST = 120
HAN = st.text(
    "公职人员的精神从哪里来柜台这一边潮水与灯塔，：！《》（）——12", min_size=1, max_size=LONGEST
)


def phrases(letters: str, longest: int) -> st.SearchStrategy[str]:
    """Words of these letters, up to the longest title."""
    words = st.lists(st.text(letters, min_size=1, max_size=longest), min_size=1, max_size=24)
    return words.map(lambda chosen: " ".join(chosen)[:LONGEST].strip())


LATIN = phrases("abcdefghijklmnopqrstuvwxyzÉÄgjpq", 11)
MIXED = st.lists(
    st.text("公职人员的精神潮水与灯塔：，", min_size=1, max_size=6) | LATIN | st.just("2026"),
    min_size=1, max_size=12,
).map(lambda parts: "".join(parts)[:LONGEST].strip("：， "))  # fmt: skip
HEBREW = phrases("אבגדהוזחטיכלמנסעפצקרשת", 8)
ARABIC = phrases("دروبالضبابوالبحرمدينةنور", 8)
TITLES = st.one_of(
    st.tuples(HAN, st.just("zh-Hans")), st.tuples(LATIN, st.just("en")),
    st.tuples(MIXED, st.just("zh-Hant")), st.tuples(HEBREW, st.just("he")),
    st.tuples(ARABIC, st.just("ar")),
)  # fmt: skip
NAMES = ["林望", "欧阳修竹", "Anna Kuznetsova", "É. Jäger", "Jean-Baptiste de la Fontaine-Bleue"]
SUBTITLES = [None, "一座港口的夜间纪事", "A History of the Long Winter and of Those Who Lived It"]
# QUIRE_COVERS=3000 draws as many as that: a minute or two for each thousand.
DRAWN = int(os.environ.get("QUIRE_COVERS", "150"))


@settings(
    max_examples=DRAWN, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(
    design=st.sampled_from(sorted(standard_designs())),
    words=TITLES,
    subtitle=st.sampled_from(SUBTITLES),
    authors=st.lists(st.sampled_from(NAMES), max_size=12),
    publisher=st.sampled_from([None, "岸边书局", "Harbour Press"]),
    series=st.sampled_from([None, "夜航文库", "Sea Books"]),
)
def test_no_words_leave_the_safe_box_or_meet_each_other(
    design: str, words: tuple[str, str], subtitle: str | None, authors: list[str],
    publisher: str | None, series: str | None, fonts: FontLibrary,
) -> None:  # fmt: skip
    title, language = words
    if not title.strip():
        return
    metadata = book(
        design, title=title, lang=language, subtitle=subtitle, author=authors,
        publisher=publisher, series={"name": series, "number": 7} if series else None,
    )  # fmt: skip
    chosen = find_design(design, OWN)
    request = request_for(metadata, fonts, chosen)
    scene = compose(chosen, request, OWN)  # refuses what leaves its box or meets other words
    assert faults(scene, request.letters) == ()
    lines = [run.text for run in scene.words if run.part == "title"]
    assert "".join("".join(lines).split()) == "".join(request.title.split()), "whole, in order"
    if language == "zh-Hans" and len(lines) > 1 and len(request.title) > 3:
        assert all(len(line.strip()) > 1 for line in lines), "no character is alone on its line"


@pytest.mark.parametrize("design", sorted(standard_designs()))
def test_a_title_of_a_hundred_and_twenty_characters_is_set_whole(
    design: str, fonts: FontLibrary
) -> None:
    title = "潮水与灯塔之间的公职人员职业精神" * 8
    scene = scene_of(book(design, title=title[:120]), fonts)
    assert "".join(run.text for run in scene.words if run.part == "title") == title[:120]


def test_a_title_beyond_any_cover_is_refused_with_what_to_do(fonts: FontLibrary) -> None:
    with pytest.raises(BookError, match=r"2000 characters.*cover: \{title"):
        make_cover(book(title="潮水" * 1000), fonts, OWN)


def test_other_words_too_long_are_refused_with_what_they_are(fonts: FontLibrary) -> None:
    with pytest.raises(BookError, match=r"line “灯塔.*700 characters"):
        make_cover(book(subtitle="灯塔" * 350), fonts, OWN)


@pytest.mark.parametrize("design", DESIGNS)
def test_a_title_on_a_thumbnail_of_120_pixels_has_characters_of_eleven(
    design: str, fonts: FontLibrary
) -> None:
    assert TITLE_SIZES[-1] * 120 / 100 >= 11
    sizes = [run.size for run in scene_of(book(design), fonts).words if run.part == "title"]
    assert min(sizes) >= TITLE_SIZES[-1]


@pytest.mark.parametrize(("design", "palette"), PALETTES, ids=lambda one: getattr(one, "name", one))
def test_words_stand_out_from_the_pixels_behind_them(
    design: str, palette: Palette, fonts: FontLibrary
) -> None:
    metadata = book(design, palette.name)
    scene = scene_of(metadata, fonts)
    chosen = find_design(design, OWN)
    letters = request_for(metadata, fonts, chosen).letters
    behind = tuple(one for one in scene.elements if one not in scene.words)
    ground = paint(Scene(scene.height, behind, language=scene.language), letters, 400)
    for run in scene.words:
        box = letters.box(run).scaled(4)
        part = ground.crop((int(box.left), int(box.top), int(box.right) + 1, int(box.bottom) + 1))
        colours = sorted(part.getcolors(1 << 20) or [], reverse=True)
        total, seen, ratios = sum(count for count, _ in colours), 0, []
        for count, colour in colours:
            if seen >= total * 0.98:
                break
            seen += count
            assert isinstance(colour, tuple)
            ratios.append(contrast(run.fill, "#{:02x}{:02x}{:02x}".format(*colour)))
        assert min(ratios) >= (7 if run.part == "title" else 4.5), (run.part, run.text)


def test_the_same_words_give_the_same_bytes_in_another_process(fonts: FontLibrary) -> None:
    code = (
        "import hashlib, sys; from pathlib import Path\n"
        "from quire.covers import make_cover; from quire.metadata.model import Metadata\n"
        "from quire.toolchain.fonts import find_fonts\n"
        "root = Path(sys.argv[1])\n"
        "book = Metadata(title='潮水与灯塔', lang='zh-Hans')\n"
        "cover = make_cover(book, find_fonts(root), root / 'covers')\n"
        "print(hashlib.sha256(cover.jpeg).hexdigest())"
    )
    own = make_cover(Metadata(title="潮水与灯塔", lang="zh-Hans"), fonts, OWN).jpeg
    for seed in ("1", "4242"):
        run = subprocess.run(
            [sys.executable, "-c", code, str(ROOT)],
            env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert run.stdout.strip() == hashlib.sha256(own).hexdigest()


def test_a_character_without_a_glyph_is_named(fonts: FontLibrary) -> None:
    with pytest.raises(BookError, match=r"U\+F8FF"):
        make_cover(book(title="潮水\uf8ff"), fonts, OWN)


RIGHT_TO_LEFT = {
    "ar": {"title": "منارة الميناء القديم", "subtitle": "حكايات", "author": ["سليم", "Anna Wen"]},
    "he": {"title": "המגדלור של הנמל", "subtitle": "סיפורים", "author": ["שלמה"]},
}


@pytest.mark.parametrize("design", standard_designs())
@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_a_cover_read_from_right_to_left_is_the_mirror_of_another(
    language: str, design: str, fonts: FontLibrary
) -> None:
    said = {"publisher": None, "series": None, **RIGHT_TO_LEFT[language]}
    scene = scene_of(book(design, lang=language, **said), fonts)
    usual = find_design(design, OWN).compose(
        request_for(book(design, lang=language, **said), fonts, find_design(design, OWN))
    )
    assert [run.text for run in scene.words] == [run.text for run in usual.words]
    back = mirrored(scene)
    assert [run.anchor for run in back.words] == [run.anchor for run in usual.words]
    assert [run.x for run in back.words] == pytest.approx([run.x for run in usual.words])
    assert len(back.elements) == len(usual.elements)


def test_letters_that_join_are_drawn_together_by_a_face_that_has_them(fonts: FontLibrary) -> None:
    (glyphs,) = Lettering(fonts, "ar").place("منارة الميناء", "sans-bold", 0.1)
    assert glyphs.face.family == "Noto Naskh Arabic"


def test_a_line_of_two_directions_begins_at_the_right(fonts: FontLibrary) -> None:
    placed = Lettering(fonts, "he").place("ספר 船", "serif")
    assert [one.text.strip() for one in placed] == ["船", "ספר"]


def test_a_pillow_that_cant_shape_words_says_so_with_a_way_out(
    fonts: FontLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(features, "check", lambda feature: feature != "raqm")
    with pytest.raises(BookError, match=r"right to left.*cover: \{image"):
        make_cover(book(title="البحر", lang="ar"), fonts, OWN)


def test_an_emoji_in_a_title_is_drawn_in_outline(fonts: FontLibrary) -> None:
    title = "Boats & <Lamps> 🚢"
    scene = scene_of(book(title=title, lang="en"), fonts)
    shown = " ".join(run.text for run in scene.words if run.part == "title")
    assert shown.replace(" ", "") == title.replace(" ", "")
    (glyphs,) = Lettering(fonts, "en").place("🚢", "serif-bold")
    assert glyphs.face.family == "Noto Emoji"


def test_auto_gives_a_title_the_same_design_and_palette_and_titles_different_ones(
    fonts: FontLibrary,
) -> None:
    chosen = set()
    for title in ("潮水", "灯塔", "夜航", "岸", "渡口", "北风", "桥", "Harbour"):
        design = chosen_by_title(title)
        assert design is chosen_by_title(title)
        metadata = book("auto", title=title)
        chosen.add((design.name, request_for(metadata, fonts, design).palette.name))
    assert len(chosen) >= 5


def test_a_design_that_is_added_leaves_other_books_their_covers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    titles = [
        f"{one}与{other}" for one in "潮灯夜岸渡北桥雪山海" for other in "水塔航口风路石雾云月"
    ]
    before = {title: chosen_by_title(title).name for title in titles}
    more = {**standard_designs(), "new": Design("new", "", (), find_design("series", OWN).compose)}
    monkeypatch.setattr("quire.covers.making.standard_designs", lambda: more)
    after = {title: chosen_by_title(title).name for title in titles}

    assert {after[one] for one in titles if after[one] != before[one]} == {"new"}
    assert len(set(before.values())) == len(standard_designs()), "every design has its titles"


def test_the_authors_own_line_breaks_are_kept(fonts: FontLibrary) -> None:
    scene = scene_of(book(cover={"title": "潮\n水与灯塔"}), fonts)
    assert [run.text for run in scene.words if run.part == "title"] == ["潮", "水与灯塔"]


def test_more_authors_than_three_are_summed_up(fonts: FontLibrary) -> None:
    scene = scene_of(book(author=["甲", "乙", "丙", "丁"]), fonts)
    assert "".join(run.text for run in scene.words if run.part == "author") == "甲、乙、丙等"


def test_a_title_breaks_between_words_and_never_before_a_closing_mark() -> None:
    assert [piece.text for piece in pieces("《潮水》与灯塔，职业精神")] == [
        "《潮水》", "与", "灯塔，", "职业", "精神",
    ]  # fmt: skip
    assert [piece.text for piece in pieces("The Action-Learning Pyramid")] == [
        "The", "Action-", "Learning", "Pyramid",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cover", "words"),
    [
        ({"design": "swis"}, "Did you mean `swiss`"),
        ({"design": "../swiss"}, "no cover design"),
        ({"palette": "ochr"}, "Did you mean `ochre`"),
    ],
)
def test_an_unknown_design_or_palette_names_the_nearest(
    cover: dict[str, str], words: str, fonts: FontLibrary
) -> None:
    with pytest.raises(BookError, match=words):
        make_cover(book(cover=cover), fonts, OWN)


COMPOSES_WRONGLY = """from quire.covers.model import Design, Palette
def compose(request):
    return 1 / 0
DESIGN = Design("mine", "", (Palette("a", "#000000", "#ffffff", "#ffffff"),), compose)
"""
BROKEN_DESIGNS = {
    "syntax": ("x = (\n", "isn't Python"),
    "fails": ("a = 1\nraise ValueError('no')\n", r"mine.py:2: .*ValueError"),
    "empty": ("a = 1\n", "offers no DESIGN"),
    "composes wrongly": (COMPOSES_WRONGLY, r"mine.py:3: .*ZeroDivisionError"),
}


@pytest.mark.parametrize("case", BROKEN_DESIGNS)
def test_a_books_own_design_that_fails_says_where(
    case: str, tmp_path: Path, fonts: FontLibrary
) -> None:
    code, words = BROKEN_DESIGNS[case]
    (tmp_path / "mine.py").write_text(code, "utf-8")
    with pytest.raises(BookError, match=words):
        make_cover(book("mine"), fonts, tmp_path)


def picture_cover(name: str, folder: Path, fonts: FontLibrary) -> Cover:
    return make_cover(book(cover={"image": name}), fonts, folder)


def gradient(mode: str, size: tuple[int, int] = (800, 1280)) -> Image.Image:
    return Image.linear_gradient("L").resize(size).convert(mode)


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK", "RGBA", "P", "I;16"])
def test_a_finished_picture_of_any_mode_becomes_srgb(
    mode: str, tmp_path: Path, fonts: FontLibrary
) -> None:
    picture = gradient("L") if mode == "I;16" else gradient(mode)
    if mode == "I;16":
        wide = picture.convert("I").point(lambda value: value * 257)
        picture = wide.convert("I;16")
    name = "front.tif" if mode == "CMYK" else "front.png"
    picture.save(tmp_path / name)
    cover = picture_cover(name, tmp_path, fonts)
    shown = opened(cover.jpeg)
    assert (shown.mode, shown.size) == ("RGB", (800, 1280))
    top, foot = shown.getpixel((400, 40)), shown.getpixel((400, 1240))
    assert isinstance(top, tuple)
    assert isinstance(foot, tuple)
    assert max(top) < 40, "what was dark stays dark"
    assert min(foot) > 215, "what was light stays light"
    assert cover.alt == "《潮水与灯塔》封面"


def test_a_picture_turned_by_its_camera_is_set_upright(tmp_path: Path, fonts: FontLibrary) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    gradient("RGB", (1280, 800)).save(tmp_path / "front.jpg", exif=exif)
    cover = picture_cover("front.jpg", tmp_path, fonts)
    assert (cover.width, cover.height) == (800, 1280)
    assert not opened(cover.jpeg).getexif()


def refused_pictures() -> dict[str, tuple[bytes, str]]:
    def png(size: tuple[int, int]) -> bytes:
        file = io.BytesIO()
        Image.new("1", size).save(file, "PNG")
        return file.getvalue()

    sound = png((800, 1280))
    return {
        "one pixel": (png((1, 1)), "is 1 × 1 pixels"),
        "wide": (png((2000, 1200)), "is 2000 × 1200 pixels"),
        "bomb": (png((12000, 19200)), "pixels"),
        "cut off": (sound[: len(sound) // 2], "is broken"),
        "text": (b"no picture at all", "is no picture"),
    }


@pytest.mark.parametrize("case", ["one pixel", "wide", "bomb", "cut off", "text"])
def test_a_picture_that_cannot_be_a_cover_is_refused_by_name(
    case: str, tmp_path: Path, fonts: FontLibrary
) -> None:
    content, words = refused_pictures()[case]
    (tmp_path / "front.png").write_bytes(content)
    with pytest.raises(BookError, match=f"front.png.*{words}"):
        picture_cover("front.png", tmp_path, fonts)


def test_a_picture_outside_the_folder_or_missing_is_refused(
    tmp_path: Path, fonts: FontLibrary
) -> None:
    folder = tmp_path / "covers"
    folder.mkdir()
    gradient("RGB").save(tmp_path / "secret.png")
    with pytest.raises(BookError, match="lies outside covers/"):
        picture_cover("../secret.png", folder, fonts)
    with pytest.raises(BookError, match="isn't there"):
        picture_cover("none.png", folder, fonts)


@pytest.mark.slow
def test_the_gallery_shows_every_design_in_every_palette_at_three_sizes(
    fonts: FontLibrary,
) -> None:
    page, pictures = make_gallery(book(), fonts, OWN)
    assert page.count("<img ") == 2 * len(PALETTES)
    assert re.search(r"https?:", page) is None
    named = re.findall(r'href="cover-gallery/([^"]+)"', page)
    assert sorted(named) == sorted(pictures)
    assert len(pictures) == len(PALETTES)
    sizes = {opened(content).size for content in pictures.values()}
    assert sizes == {(1600, 2560)}
    small = re.findall(r'src="data:image/jpeg;base64,([^"]+)" width="(\d+)"', page)
    assert {opened(base64.b64decode(one)).width for one, _ in small} == {300, 120}


def test_a_photograph_is_printed_in_the_palettes_two_inks(
    tmp_path: Path, fonts: FontLibrary
) -> None:
    gradient("RGB", (1600, 1000)).save(tmp_path / "harbour.jpg")
    cover = make_cover(book("duotone", cover={"photograph": "harbour.jpg"}), fonts, tmp_path)
    assert "照片" in cover.alt
    shown = opened(cover.jpeg)
    column = [shown.getpixel((800, y)) for y in range(0, 1400, 10)]
    dark, light = column[0], max(column, key=lambda one: sum(one) if isinstance(one, tuple) else 0)
    assert isinstance(dark, tuple)
    assert isinstance(light, tuple)
    assert max(dark) < 70
    assert min(light) > 170
    assert light[0] > light[2] + 10, "the light ink is warm"


def test_a_photograph_too_small_to_be_printed_is_refused(
    tmp_path: Path, fonts: FontLibrary
) -> None:
    gradient("RGB", (900, 500)).save(tmp_path / "harbour.jpg")
    with pytest.raises(BookError, match=r"harbour.jpg.*900 × 500.*at least 800"):
        make_cover(book("duotone", cover={"photograph": "harbour.jpg"}), fonts, tmp_path)


def test_a_picture_that_moves_is_shown_as_it_begins(tmp_path: Path, fonts: FontLibrary) -> None:
    first, second = gradient("RGB"), Image.new("RGB", (800, 1280), "#ff0000")
    first.save(tmp_path / "front.webp", save_all=True, append_images=[second], lossless=True)
    foot = opened(picture_cover("front.webp", tmp_path, fonts).jpeg).getpixel((400, 1240))
    assert isinstance(foot, tuple)
    assert min(foot) > 215


def test_a_column_stands_latin_words_on_their_side_and_turns_marks(fonts: FontLibrary) -> None:
    scene = scene_of(book("slip", title="潮水，quire", subtitle=None), fonts)
    letters = request_for(book("slip"), fonts, find_design("slip", OWN)).letters
    run = next(run for run in scene.words if run.part == "title" and isinstance(run, TextRun))
    placed = letters.place("潮水，quire", run.font, vertical=True)
    assert [glyphs.text for glyphs in placed if glyphs.turned] == ["quire"]
    assert "︐" in {glyphs.text for glyphs in placed}


@pytest.mark.parametrize("design", DESIGNS)
def test_a_design_looks_as_it_was_approved(design: str, fonts: FontLibrary) -> None:
    # Small renders, with tolerance. After a wanted change, look; QUIRE_APPROVE=1 saves the new.
    metadata = book(design)
    letters = request_for(metadata, fonts, find_design(design, OWN)).letters
    seen = paint(scene_of(metadata, fonts), letters, 240).reduce(2)
    approved = Path(__file__).parent / "golden" / f"{design}.png"
    if os.environ.get("QUIRE_APPROVE"):
        approved.parent.mkdir(exist_ok=True)
        seen.save(approved, optimize=True)
    with Image.open(approved) as picture:
        apart = ImageChops.difference(seen, picture.convert("RGB"))
    assert max(ImageStat.Stat(apart).mean) < 1.5


def test_a_picture_in_a_scene_covers_its_box_and_keeps_its_focus(fonts: FontLibrary) -> None:
    file = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(file, "PNG")
    part = Picture(10, 20, 50, 10, file.getvalue(), focus=(0.5, 1.0))
    letters = request_for(book(), fonts, find_design("series", OWN)).letters
    painted = paint(Scene(160, (part,)), letters, 200)
    assert painted.getpixel((10, 30)) == (255, 255, 255), "outside the box nothing is drawn"
    inside = painted.getpixel((70, 58))
    assert isinstance(inside, tuple)
    assert min(inside) > 230, "the foot of the picture is kept"

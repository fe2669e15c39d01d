"""Bytes of any usual encoding become the text that was written."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quire.sources.decoding import NotText, decode, known_codec, unix_lines

WRITTEN = {
    "gb18030": ("你好，世界", "灯", "第一章 潮汐\n参见《潮汐志》", "夜航\n\n水面上只有一盏灯。"),
    "big5hkscs": ("潮水退去以後，沙上只剩下一行腳印", "繁體中文小說第一章"),
    "cp932": ("こんにちは", "船は夜の海を行く。灯は一つだけだった。"),
    "euc_jp": ("船は夜の海を行く。灯は一つだけだった。",),
    "cp949": ("안녕하세요", "배는 밤바다를 간다. 등불은 하나뿐이었다."),
    "cp1252": ("café déjà vu — “naïve” people", "The façade of the hôtel"),
    "cp1251": ("Корабль шёл по ночному морю, и горел только один огонь.",),
    "utf-16-le": ("你好，世界\n一盏灯", "hello world"),
    "utf-16-be": ("你好\n世界 a", "hello world"),
    "utf-8": ("你好", "café", "plain words"),
}


@pytest.mark.parametrize(
    ("encoding", "text"), [(name, text) for name, texts in WRITTEN.items() for text in texts]
)
def test_a_short_text_is_read_in_the_encoding_it_was_written_in(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.broken == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding_and_is_no_text(encoding: str) -> None:
    assert decode("潮水".encode(encoding)).text == "潮水"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_any_text_survives_utf_8(text: str) -> None:
    # A text may begin with the byte order mark's own character: that one is a mark, not text.
    expected = text.removeprefix("\ufeff")
    assert decode(text.encode()).text == expected


SENTENCES = ("潮水退去以后，", "沙上只剩下一行脚印。", "没有人知道是谁的，", "他又来看了一次。\n")


@given(st.lists(st.sampled_from(SENTENCES), min_size=1))
def test_chinese_sentences_survive_gbk(sentences: list[str]) -> None:
    text = "".join(sentences)
    assert decode(text.encode("gbk")).text == text


def test_one_broken_byte_in_utf_8_is_counted_and_costs_one_place_alone() -> None:
    text = "潮水退去以后，沙上只剩下一行脚印。" * 20
    content = text.encode()
    decoded = decode(content[:90] + b"\xff" + content[90:])
    assert (decoded.encoding, decoded.broken) == ("utf-8", 1)
    assert decoded.text.replace("\ufffd", "") == text


@pytest.mark.parametrize("content", [bytes(range(256)) * 64, b"\x00\x01\x02" * 90, bytes(500)])
def test_bytes_that_are_no_letters_are_refused(content: bytes) -> None:
    with pytest.raises(NotText):
        decode(content)


def test_a_declared_encoding_is_read_as_browsers_read_it() -> None:
    assert known_codec("gb2312") == "gb18030"
    assert known_codec("ISO-8859-1") == "cp1252"
    assert known_codec("base64") is None
    assert known_codec("no such thing") is None
    assert decode("灯".encode("gbk"), "gb2312").text == "灯"
    assert decode("灯火".encode(), "gb2312").text == "灯火", "a page saved anew as UTF-8"


def test_every_line_end_becomes_one() -> None:
    assert unix_lines("a\r\nb\rc\n") == "a\nb\nc\n"


def test_ten_megabytes_are_decoded_in_a_moment() -> None:
    content = ("潮水退去以后，沙上只剩下一行脚印。" * 300_000).encode("gb18030")
    begun = time.perf_counter()
    decode(content)
    assert time.perf_counter() - begun < 5

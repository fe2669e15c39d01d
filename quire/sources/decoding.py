"""Bytes of an unknown encoding become text.

In this order: a byte order mark; UTF-8, which other encodings can't be by chance; UTF-16 by where
its zero bytes lie; an East Asian encoding, judged by how common the characters are that it gives;
a European one by charset-normalizer, which has letter statistics for them.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from quire.sources.frequencies import COMMON

__all__ = ["Decoded", "NotText", "decode", "known_codec", "unix_lines"]

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_EAST_ASIAN: Final = (
    ("gb18030", "zh-Hans"),
    ("gb18030", "zh-Hant"),
    ("big5hkscs", "zh-Hant"),
    ("cp932", "ja"),
    ("euc_jp", "ja"),
    ("cp949", "ko"),
)
_SUPERSETS: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
}
"""Which larger encoding a declared one stands for, as browsers read it (WHATWG Encoding, 4.2)."""

_EUROPEAN: Final = (
    "cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "cp874",
)  # fmt: skip

_SAMPLE = 64 * 1024
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_DAMAGE_BORNE = 0.02  # share of characters that may be broken before a guess is dropped
_COMMON_ENOUGH = 0.25  # share of common characters below which a guess is no better than noise
_REPLACEMENT = "\ufffd"


class NotText(Exception):
    """The bytes are no text in any encoding that is known here."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and how it was read.

    Attributes:
        text: without a byte order mark.
        encoding: Python's name of the encoding.
        broken: how many places could not be read; each is U+FFFD in the text.
    """

    text: str
    encoding: str
    broken: int = 0

    @property
    def details(self) -> dict[str, str]:
        """How it was read, as a source's details say it."""
        damage = {"broken-characters": f"{self.broken}"} if self.broken else {}
        return {"encoding": self.encoding, **damage}


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """The text of `content`, in the encoding that it is most likely in.

    Args:
        content: the file's bytes.
        declared: the encoding that the file itself names (HTML's ``meta``), tried after UTF-8:
            pages that were saved anew keep a label that is no longer true.

    Raises:
        NotText: the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _with_damage(content[len(mark) :], encoding)
    strict = _strictly(content, "utf-8")
    if strict is not None and b"\0" not in content:
        if _is_binary(content):
            raise NotText
        return Decoded(strict, "utf-8")
    codec = known_codec(declared)
    if codec:
        text = _strictly(content, codec)
        if text is not None:
            return Decoded(text, codec)
    if b"\0" in content:
        return _utf_16(content)
    if _is_binary(content):
        raise NotText
    return _legacy(content)


def known_codec(label: str | None) -> str | None:
    """Python's codec for a label such as ``gb2312`` or ``iso-8859-1``, or None."""
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(name, name) if _is_text_codec(name) else None


def unix_lines(text: str) -> str:
    """The text with every line end as U+000A."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_text_codec(name: str) -> bool:
    """Whether a codec gives text: Python's registry also knows base64 and the like."""
    try:
        b"a".decode(name)
    except LookupError:
        return False
    except ValueError:
        pass
    return name not in {"idna", "punycode", "utf-7"}


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except ValueError:
        return None


def _with_damage(content: bytes, encoding: str) -> Decoded:
    text = content.decode(encoding, "replace")
    broken = text.count(_REPLACEMENT)
    if broken > _DAMAGE_BORNE * len(text) + 1 or "\0" in text:
        raise NotText
    return Decoded(text, encoding, broken)


def _is_binary(content: bytes) -> bool:
    controls = len(_CONTROLS.findall(content[:_SAMPLE]))
    return controls * 100 > len(content[:_SAMPLE])


def _utf_16(content: bytes) -> Decoded:
    """UTF-16 without a mark: of both byte orders the one that gives fewer odd characters."""
    judged = [
        (_odd_characters(text[:_SAMPLE]), encoding, text)
        for encoding in ("utf-16-le", "utf-16-be")
        if (text := _strictly(content, encoding)) is not None
    ]
    if not judged:
        raise NotText
    odd, encoding, text = min(judged, key=lambda one: one[0])
    if odd > 0.01:
        raise NotText
    return Decoded(text, encoding)


def _odd_characters(text: str) -> float:
    """Share of characters that no text holds: unassigned, private, controls; and rare scripts."""
    odd = sum(
        char not in "\n\r\t\f" and unicodedata.category(char) in {"Cn", "Co", "Cc"} for char in text
    )
    # A line end or blank with its bytes changed about.
    swapped = sum(map(text.count, "\u0a00\u0d00\u2000"))
    return (odd + swapped) / max(1, len(text))


def _legacy(content: bytes) -> Decoded:
    sample = _sample(content)
    scored = sorted(
        (_score(sample, codec, script), -rank, codec)
        for rank, (codec, script) in enumerate(_EAST_ASIAN)
    )
    best, _, codec = scored[-1]
    damaged = _mostly(content, "utf-8")
    if damaged is not None:
        return damaged
    if best >= _COMMON_ENOUGH:
        found = _mostly(content, codec)
        if found is not None:
            return found
    return _european(content, sample)


def _sample(content: bytes) -> bytes:
    """The lines that tell something: those with bytes beyond ASCII, up to a size."""
    if len(content) <= _SAMPLE:
        return content
    first = re.search(rb"[\x80-\xff]", content)
    start = content.rfind(b"\n", 0, first.start()) + 1 if first else 0
    return content[start : start + _SAMPLE]


def _score(sample: bytes, codec: str, script: str) -> float:
    """Share of common characters among those beyond ASCII; broken places count against it."""
    text = sample.decode(codec, "replace")
    telling = [char for char in text if char > "\x7f"]
    if not telling:
        return 0.0
    common = COMMON[script]
    hits = sum(char in common for char in telling)
    # The sample may end inside a character.
    broken = max(0, telling.count(_REPLACEMENT) - 1)
    return (hits - 20 * broken) / len(telling)


def _mostly(content: bytes, codec: str) -> Decoded | None:
    """The text with a few broken places at most, or None."""
    text = content.decode(codec, "replace")
    broken = text.count(_REPLACEMENT)
    telling = len(text) - sum(map(text.count, _ASCII)) if broken else 1
    return Decoded(text, codec, broken) if broken <= _DAMAGE_BORNE * telling else None


_ASCII = "".join(map(chr, range(128)))


def _european(content: bytes, sample: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    codec = "cp1252"
    if not _words_are_latin(sample):
        guess = from_bytes(sample, cp_isolation=list(_EUROPEAN)).best()
        codec = (known_codec(guess.encoding) if guess else None) or codec
    text = content.decode(codec, "replace")
    return Decoded(text, codec, text.count(_REPLACEMENT))


def _words_are_latin(sample: bytes) -> bool:
    """Whether bytes beyond ASCII are few, as in Western European languages."""
    high = len(re.findall(rb"[\xc0-\xff]", sample))
    low = len(re.findall(rb"[A-Za-z]", sample))
    return high * 3 < low

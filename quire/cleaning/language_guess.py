"""The language of a text, guessed from its script and its commonest words."""

from __future__ import annotations

import re
from collections import Counter

from quire.language import is_han

__all__ = ["SIMPLIFIED", "TRADITIONAL", "guess_language"]

_SAMPLE = 200_000
# Characters of one writing of Chinese that the other writes differently, frequent in any text.
SIMPLIFIED = frozenset("这们国会个来时说为对开过还没样发学经应关问")
TRADITIONAL = frozenset("這們國會個來時說為對開過還沒樣發學經應關問")
_FUNCTION_WORDS = {
    tag: frozenset(words.split())
    for tag, words in (
        ("en", "the of and to in is was that it with for his her not"),
        ("fr", "le la les des et est une dans que qui pour pas sur du"),
        ("de", "der die das und ist nicht ein eine mit von zu den dem auf"),
        ("es", "el los las y es una en que por con para del su se"),
    )
}
_SCRIPTS = (
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
)
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_LATIN_WORD = re.compile(r"[a-zà-ÿ]+", re.IGNORECASE)


def guess_language(text: str) -> tuple[str, str]:
    """A BCP 47 tag for a text, and the evidence in words. English when nothing speaks."""
    sample = text[:_SAMPLE]
    counts = Counter(sample)
    han = sum(count for character, count in counts.items() if is_han(character))
    kana, hangul = len(_KANA.findall(sample)), len(_HANGUL.findall(sample))
    words = [word.lower() for word in _LATIN_WORD.findall(sample)]
    others = {tag: len(pattern.findall(sample)) for tag, pattern in _SCRIPTS}
    other = max(others, key=lambda tag: others[tag])
    # A Han character says about as much as a word of an alphabet.
    weight = {
        "han": han + kana,
        "hangul": hangul // 2,
        "latin": len(words),
        "other": others[other] // 5,
    }
    script = max(weight, key=lambda name: weight[name])
    if script == "han" and weight["han"]:
        return _of_han(counts, han, kana)
    if script == "hangul":
        return "ko", "most of it is hangul"
    if script == "other":
        return other, "most of it is in that language's script"
    return _of_latin(words)


def _of_han(counts: Counter[str], han: int, kana: int) -> tuple[str, str]:
    if kana * 10 > han:
        return "ja", "Chinese characters with kana among them"
    simplified = sum(counts[character] for character in SIMPLIFIED)
    traditional = sum(counts[character] for character in TRADITIONAL)
    if traditional > simplified:
        return "zh-Hant", "traditional characters"
    return "zh-Hans", "simplified characters" if simplified else "Chinese characters"


def _of_latin(words: list[str]) -> tuple[str, str]:
    counts = Counter(words)
    scores = {tag: sum(counts[word] for word in common) for tag, common in _FUNCTION_WORDS.items()}
    best = max(scores, key=lambda tag: scores[tag])
    return (best, "its commonest words") if scores[best] else ("en", "nothing speaks against it")

"""Asks about characters that are likely wrong. It never changes one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome

__all__ = ["RULE"]


@dataclass(frozen=True, slots=True)
class _Suspicion:
    """What may be wrong: a pattern, what may be meant, the doubt and how strong it is."""

    pattern: re.Pattern[str]
    meant: str | Callable[[re.Match[str]], str]
    why: str
    confidence: float


# Set phrases that are often written with a character of the same sound: wrong, and right.
_PHRASES = {
    "应势利导": "因势利导", "再接再励": "再接再厉", "一愁莫展": "一筹莫展", "迫不急待": "迫不及待",
    "谈笑风声": "谈笑风生", "走头无路": "走投无路", "一股作气": "一鼓作气", "甘败下风": "甘拜下风",
    "脍灸人口": "脍炙人口", "穿流不息": "川流不息", "变本加利": "变本加厉", "金榜提名": "金榜题名",
    "默守成规": "墨守成规", "心无旁鹜": "心无旁骛", "世外桃园": "世外桃源", "名列前矛": "名列前茅",
    "悬梁刺骨": "悬梁刺股", "人才倍出": "人才辈出", "按步就班": "按部就班", "出奇不意": "出其不意",
    "鼎立相助": "鼎力相助", "食不裹腹": "食不果腹", "滥芋充数": "滥竽充数", "不径而走": "不胫而走",
    "言简意骇": "言简意赅", "相形见拙": "相形见绌", "声名雀起": "声名鹊起", "趋之若骛": "趋之若鹜",
    "形式逼人": "形势逼人", "既往不究": "既往不咎", "饮鸠止渴": "饮鸩止渴", "草管人命": "草菅人命",
}  # fmt: skip


def _as_it_stands(found: re.Match[str]) -> str:
    return found.group()


def _range(found: re.Match[str]) -> str:
    return f"{found['first']}至{found['second']}"


def _spoken(found: re.Match[str]) -> str:
    return found.group()[:-1] + "道"


_SUSPICIONS = (
    _Suspicion(
        re.compile("|".join(_PHRASES)),
        lambda found: _PHRASES[found.group()],
        "the set phrase is written with another character",
        0.8,
    ),
    _Suspicion(
        re.compile(r"(?<!\d)(?:1[89]|20)[xX×＊]{2}(?=年)"), _as_it_stands, "the year is masked", 0.9
    ),
    _Suspicion(
        re.compile(r"(?P<first>(?<!\d)\d{1,2}(?P<unit>[日月时]))(?P<second>\d{1,2}(?P=unit))"),
        _range,
        "two dates touch: the sign between them was lost",
        0.8,
    ),
    _Suspicion(
        re.compile(r"[说唱喊写答]到(?=[:：])"), _spoken, "before a quotation, 道 is meant", 0.7
    ),
    _Suspicion(
        re.compile(r"能相出|[要会]相出"), lambda f: f.group()[0] + "想出", "想 is meant", 0.7
    ),
    _Suspicion(
        re.compile("[□〓]+(?=[\u3400-\u9fff])"), _as_it_stands, "a character is missing", 0.8
    ),
    _Suspicion(
        re.compile("[A-Za-z][\u0370-\u03ff\u0400-\u04ff]+[A-Za-z]"),
        _as_it_stands,
        "a letter of another script stands inside the word",
        0.7,
    ),
    _Suspicion(
        re.compile("(?<=[A-Za-z])，(?=[A-Za-z])"), ",", "a full-width comma in a Latin run", 0.5
    ),
)


def _meant(suspicion: _Suspicion, found: re.Match[str]) -> str:
    return suspicion.meant if isinstance(suspicion.meant, str) else suspicion.meant(found)


def _apply(draft: Draft) -> RuleOutcome:
    apart = draft.spans(MarkKind.MARKDOWN)
    questions = [
        Question(*found.span(), _meant(one, found), one.why, one.confidence)
        for one in _SUSPICIONS
        for found in one.pattern.finditer(draft.text)
        if not apart.overlap(*found.span())
    ]
    return RuleOutcome(questions=tuple(sorted(questions, key=lambda one: (one.start, one.end))))


RULE = Rule(
    name="doubtful-words",
    order=880,
    summary="Asks about masked years, lost range signs, and phrases with a wrong character.",
    why="It changes nothing: an author's words are the author's.",
    apply=_apply,
    examples=(Example("他在20xx年3月4日6日默守成规。", "他在20xx年3月4日6日默守成规。"),),
)

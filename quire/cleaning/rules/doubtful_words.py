"""Asks about characters that are likely wrong. It never changes one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from quire.cleaning.draft import Draft, MarkKind
from quire.cleaning.language_guess import SIMPLIFIED, TRADITIONAL
from quire.cleaning.rule import Example, Question, Rule, RuleOutcome
from quire.language.dictionary import is_word, part_of_speech

__all__ = ["RULE"]


@dataclass(frozen=True, slots=True)
class _Suspicion:
    """What may be wrong: a pattern, what may be meant, the doubt and how strong it is.

    A text with none of the signs that it `needs` has none of its matches.
    """

    pattern: re.Pattern[str]
    meant: str | Callable[[re.Match[str]], str]
    why: str
    confidence: float
    needs: str = ""

    def places(self, text: str) -> Iterable[re.Match[str]]:
        """Where it is found."""
        if self.needs and not any(sign in text for sign in self.needs):
            return ()
        return self.pattern.finditer(text)


# Set phrases that are often written with a character of the same sound: wrong, and right.
_PHRASES = {
    "应势利导": "因势利导", "再接再励": "再接再厉", "一愁莫展": "一筹莫展", "迫不急待": "迫不及待",
    "谈笑风声": "谈笑风生", "走头无路": "走投无路", "一股作气": "一鼓作气", "甘败下风": "甘拜下风",
    "脍灸人口": "脍炙人口", "穿流不息": "川流不息", "变本加利": "变本加厉", "金榜提名": "金榜题名",
    "默守成规": "墨守成规", "心无旁鹜": "心无旁骛", "世外桃园": "世外桃源", "名列前矛": "名列前茅",
    "悬梁刺骨": "悬梁刺股", "人才倍出": "人才辈出", "按步就班": "按部就班", "出奇不意": "出其不意",
    "鼎立相助": "鼎力相助", "食不裹腹": "食不果腹", "滥芋充数": "滥竽充数", "不径而走": "不胫而走",
    "言简意骇": "言简意赅", "相形见拙": "相形见绌", "声名雀起": "声名鹊起", "趋之若骛": "趋之若鹜",
    "美仑美奂": "美轮美奂", "蛛丝蚂迹": "蛛丝马迹", "竭泽而鱼": "竭泽而渔", "安排就序": "安排就绪",
    "幅射": "辐射", "松驰": "松弛", "烦燥": "烦躁", "急燥": "急躁", "浮燥": "浮躁", "气慨": "气概",
    "针贬": "针砭", "寒喧": "寒暄", "震憾": "震撼", "膺品": "赝品", "追朔": "追溯", "编篡": "编纂",
    "陷井": "陷阱", "粗旷": "粗犷", "杀戳": "杀戮", "痉孪": "痉挛", "渲泄": "宣泄", "园满": "圆满",
    "竟争": "竞争", "装祯": "装帧",
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
        re.compile(r"(?<!\d)(?:1[89]|20)[xX×＊]{2}(?=年)"),
        _as_it_stands,
        "the year is masked",
        0.9,
        "年",
    ),
    _Suspicion(
        re.compile(r"(?P<first>(?<!\d)\d{1,2}(?P<unit>[日月时]))(?P<second>\d{1,2}(?P=unit))"),
        _range,
        "two dates touch: the sign between them was lost",
        0.8,
        "日月时",
    ),
    _Suspicion(
        re.compile(r"[说唱喊写答]到(?=[:：])"), _spoken, "before a quotation, 道 is meant", 0.7
    ),
    _Suspicion(
        re.compile(r"能相出|[要会]相出"),
        lambda f: f.group()[0] + "想出",
        "想 is meant",
        0.7,
        "相",
    ),
    _Suspicion(
        re.compile(r"(?:当前|国际|国内|经济|严峻)形式(?=[下、，。的])|形式严峻"),
        lambda f: f.group().replace("形式", "形势"),
        "形势 is meant: how things stand, not their form",
        0.6,
        "形",
    ),
    _Suspicion(
        re.compile("相处(?=[这那一][个种](?:概念|办法|主意|点子|名字))"),
        "想出",
        "想出 is meant",
        0.7,
    ),
    _Suspicion(re.compile("是在因为"), "是因为", "在 has nothing to stand before", 0.7),
    _Suspicion(
        re.compile("(?:最好|可以|应当|应该|必须|不妨)现行"),
        lambda f: f.group()[:-2] + "先行",
        "先行 is meant: to go first",
        0.6,
    ),
    _Suspicion(
        # From the first sign of a run alone: each later one would run to its end again.
        re.compile("[□〓](?<![□〓]{2})[□〓]*(?=[\u3400-\u9fff])"),
        _as_it_stands,
        "a character is missing",
        0.8,
        "□〓",
    ),
    _Suspicion(
        re.compile("[A-Za-z][\u0370-\u03ff\u0400-\u04ff]+[A-Za-z]"),
        _as_it_stands,
        "a letter of another script stands inside the word",
        0.7,
    ),
    _Suspicion(
        re.compile("(?<=[A-Za-z])，(?=[A-Za-z])"),
        ",",
        "a full-width comma in a Latin run",
        0.5,
        "，",
    ),
)


# Characters that a scan takes for one another: what is written, and what may have been.
_LOOK_ALIKES = (
    "美差 未末 己已 己巳 已巳 人入 日曰 土士 天夭 千干 候侯 拔拨 侍待 折拆 析折 辨辩 段殷 遣遗 "
    "治冶 刺剌 亨享 历厉 空容 官宫 味昧 洒酒 衷衰 徒徙 壁璧 幻幼 崇祟 茶荼 弋戈 沦论 抡抢 准淮 "
    "令今 贷货 卷券 栗粟 瞻赡 裸祼 钓钩 崖涯 凉谅 晴睛 赢羸 祥详 徵微 埋理 姿资 目自 白自"
)
_LOOK_ALIKE = {
    written: meant
    for pair in _LOOK_ALIKES.split()
    for written, meant in ((pair[0], pair[1]), (pair[1], pair[0]))
}
_AT_LEFT = re.compile(f"(?=([{''.join(_LOOK_ALIKE)}][\u4e00-\u9fff]))")
_IN_SIMPLIFIED = re.compile(f"[{''.join(sorted(SIMPLIFIED))}]")
_IN_TRADITIONAL = re.compile(f"[{''.join(sorted(TRADITIONAL))}]")
_FEWEST_OF_WRITING = 3  # a name or a word quoted has fewer
_MEANT_OFTEN = 3  # times that the text must have the word that may be meant


def _look_alikes(text: str) -> list[Question]:
    """Pairs of characters that are no word, seen once, where a word of the text looks the same."""
    counts = Counter(_AT_LEFT.findall(text))
    meant = {}
    for pair, seen in counts.items():
        other = _LOOK_ALIKE[pair[0]] + pair[1]
        often = seen == 1 and counts[other] >= _MEANT_OFTEN
        if often and is_word(other) and not is_word(pair) and part_of_speech(pair[1]) != "x":
            meant[pair] = other
    if not meant:
        return []
    why = "it looks like a word that the text has several times, and is none"
    return [
        Question(found.start(), found.end(), meant[found.group()], why, 0.5)
        for found in re.finditer("|".join(meant), text)
        if not _in_words(text, found.start())
    ]


def _other_writing(text: str) -> list[Question]:
    """The first character of the writing that the text has less of, when it has both."""
    simplified = [found.start() for found in _IN_SIMPLIFIED.finditer(text)]
    traditional = [found.start() for found in _IN_TRADITIONAL.finditer(text)]
    fewer = min(simplified, traditional, key=len)
    if len(fewer) < _FEWEST_OF_WRITING or not 2 * len(fewer) <= len(simplified + traditional):
        return []
    why = f"simplified and traditional characters are mixed: {len(fewer)} of the rarer kind"
    return [Question(fewer[0], fewer[0] + 1, text[fewer[0]], why, 0.5)]


def _in_words(text: str, at: int) -> bool:
    """Whether the character at a place ends or is inside a word with what stands before it."""
    return any(is_word(text[max(0, at - back) : at + 1]) for back in (1, 2) if at >= back)


def _meant(suspicion: _Suspicion, found: re.Match[str]) -> str:
    return suspicion.meant if isinstance(suspicion.meant, str) else suspicion.meant(found)


def _apply(draft: Draft) -> RuleOutcome:
    apart = draft.spans(MarkKind.MARKDOWN)
    questions = [
        Question(*found.span(), _meant(one, found), one.why, one.confidence)
        for one in _SUSPICIONS
        for found in one.places(draft.text)
        if not apart.overlap(*found.span())
    ]
    general = _look_alikes(draft.text) + _other_writing(draft.text)
    questions += (one for one in general if not apart.overlap(one.start, one.end))
    return RuleOutcome(questions=tuple(sorted(questions, key=lambda one: (one.start, one.end))))


RULE = Rule(
    name="doubtful-words",
    order=880,
    summary="Asks about masked years, lost range signs, and phrases with a wrong character.",
    why="It changes nothing: an author's words are the author's.",
    apply=_apply,
    examples=(
        Example("他在20xx年3月4日6日默守成规。", "他在20xx年3月4日6日默守成规。"),
        Example("末班船，末班车，末班人，未班船。", "末班船，末班车，末班人，未班船。"),
    ),
)

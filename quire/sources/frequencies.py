"""The commonest characters of running text, by script: how a guessed encoding is judged.

Bytes of one East Asian encoding are often valid in another, and give rare characters there. A
hundred or two of the commonest characters make up half of any text of the language, so that even
one sentence tells.
"""

from __future__ import annotations

from typing import Final

__all__ = ["COMMON"]

_SIMPLIFIED = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后"
    "作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只"
    "从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向"
    "头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声"
    "提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建"
    "务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即"
    "像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带"
    "导争运笔章节卷春夏秋冬夜灯船风雨花草木石火车城乡村父母亲友爱岁晚早请谢篇注译著版页图前言目录序"
)
_TRADITIONAL = (
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後"
    "作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只"
    "從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向"
    "頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲"
    "提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建"
    "務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即"
    "像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶"
    "導爭運筆章節卷春夏秋冬夜燈船風雨花草木石火車城鄉村父母親友愛歲晚早請謝篇註譯著版頁圖前言目錄序裏"
)
_JAPANESE = (
    "".join(map(chr, range(0x3041, 0x3097)))
    + "".join(map(chr, range(0x30A1, 0x30FB)))
    + "ー日一国人年大十二本中長出三時行見月後前生五間上東四今金九入学高円子外八六下来気小七山話"
    "女北午百書先名川千水半男西電校語土木聞食車何南万毎白天母火右読友左休父雨私自分彼事思言手家目心方物者地場所同"
)
_KOREAN = (
    "이다는을의에가고하지은로한를도있사기그어나서리아자시정대인게수들과일해으만라면보스제전주여것부구장상"
    "할였조성니원었동우까진오모말세신되와러적무경소생선마안않위야때않람문내화학공없러음미개세당연거유비물방"
    "실국치중요심단계명관업과력발체양현민용통분반군결간회차금집입식등실간북남산강년월일차례책장절글쓴그녀"
)
_EAST_ASIAN_MARKS = "，。、；：？！“”‘’「」『』（）《》〈〉【】—…·　"

COMMON: Final = {
    "zh-Hans": frozenset(_SIMPLIFIED + _EAST_ASIAN_MARKS),
    "zh-Hant": frozenset(_TRADITIONAL + _EAST_ASIAN_MARKS),
    "ja": frozenset(_JAPANESE + _EAST_ASIAN_MARKS),
    "ko": frozenset(_KOREAN + _EAST_ASIAN_MARKS),
}

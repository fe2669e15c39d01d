"""First, do no harm: in well-made text of any language no character changes.

Every paragraph holds something that a careless rule would take for a defect.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quire.cleaning.engine import FORM_BAND, run_rules
from quire.sources.model import Source

ROOT = Path(__file__).parents[2]

CLEAN = {
    "zh-Hans": (
        "渡口从三月起就停了，通知贴在售票窗上：“因水位过低，停航至另行通知之日。”没有人念完它。",
        "“他昨天说‘明天来’，”她停了一下，“可是今天已经是明天了。”",
        "早班船7:30开，晚班船19:05开；票价4.5元，往返8元，行李每件1,200克以内免费。",
        "见《渡船章程》（1998年版）第3—5页，又见该书附录A.2、附录B（共12页）。",
        "他只回了两个字——“等等”——便再没有消息。信里夹着一张船票，日期是1987年6月……",
        "比例是3:2，坐标是(3,4)，算式是f(x)=x+1，版本是v2.10.3，邮箱是ferry@example.org。",
        "网址https://example.org/a,b?c=d;e=f#g他抄错了两个字母。",
        "他读过John R. Smith的文章，也读过A.麦金太尔的书；特里·L.库珀的那本还没有读。",
        "我受不了了，他却不甚了了。的的确确，目的地就在眼前，他有的是时间。",
        "勇者、勇者、勇者无惧；来来往往的人，一个个都走了，渐渐地，渐渐地，雾散了。",
        "船工甲：老李　船工乙：老王",
        "“一、二、三！”他们喊着，把船推下了水。①②③三个记号还在船帮上。",
        "气温是-5℃，面积是120㎡，占比20%～30%，航程约5 km，风速3 m/s。",
        "他用Python、Java和C++写过程序，也用过TeX。“OK，”他说，“Let’s go.”",
        "“渡”字从水，度声。《说文》无此字；《广韵》：“渡，济也。”",
        "这个词在英语里叫ferry（复数ferries），在法语里叫bac，在德语里叫Fähre。",
        "“官念”是个双关。应当因势利导，不可守株待兔；他的字写得好，好得很。",
        "他说到这里，忽然停住了；写到一半的信，想到了，也就放下了。",
        "……风停了。……雨也停了。",
        "“第一段话没有说完，一直说到下一段。",
        "“第二段接着说，这才说完。”",
        "甲—乙—丙一线，北京—上海的列车，2019—2021年的账，第5、17页，都要查。",
        "他把“0”写成“O”，把“1”写成“l”，老师说：“再写一遍！”——又写了一遍。",
        "编号为GB/T 15834—2011，书号为ISBN 978-7-5000-0000-0，电话010-12345678转2号。",
    ),
    "zh-Hant": (
        "渡口從三月起就停了，通知貼在售票窗上：「因水位過低，停航至另行通知之日。」",
        "「他昨天說『明天來』，」她停了一下，「可是今天已經是明天了。」",
        "他說：「等等⋯⋯」便沒有再說。這句話──她後來想──並不是對她說的。",
        "早班船7:30開，票價4.5元，見《渡船章程》（1998年版）第3–5頁。",
        "他讀過 John Smith 的文章，共 12 頁，寫於 1987 年 6 月。",
        "「啊！」、「喔？」、「嗯……」：三個人，三種回答。",
        "著著實實地說，他著了慌；這只船只有一只錨，發現頭髮白了。",
    ),
    "en": (
        "The ferry hadn’t run since March; the notice—what was left of it—said only “until.”",
        "“He said ‘tomorrow,’ ” she went on, “and it’s tomorrow now.”",
        "“Who’s there?” ’Twas the keeper, who’d come in the winter of ’98 with the Joneses’ dog.",
        "It was 7:30, the fare £4.50, the depth 1,200 fathoms, and the bearing 5° 12′ 3″.",
        "J. R. Smith, Ph.D., i.e. the pilot, cf. pp. 12–19, vol. 3, no. 2 (1994), e.g. fig. 4a.",
        "He wrote to ferry@example.org and read https://example.org/a,b?c=d--e...f twice.",
        "Call it with --force, or with -v; version 2.10.3-rc.1 of it’s in /usr/lib/x86_64.",
        "She waited… and then—nothing. “I—” he began. “You what?”",
        "“The first paragraph of a long speech is not closed,",
        "“and the second one opens again, and closes.”",
        "A well-known, self-taught, twenty-one-year-old modern burn victim from Bournemouth.",
        "The word 渡, an old one, means to cross (渡口, a crossing); 河 is a river.",
        "Mr. and Mrs. O’Neill of St. John’s, N.B., had had the the-or-a question out before.",
        "That that is, is; that that is not, is not. He had had had where she had had had had.",
        "The naïve façade of the café; Dvořák’s œuvre; Æsop; the coöperative; Māori; piñata.",
        "All of it is in C++, C#, .NET and TeX; see also x_1, a_b_c and snake_case_names.",
        "Rock ’n’ roll, the ’90s, o’clock, fo’c’sle, the boys’ boats, Jesus’ name, and ’em all.",
        "Chapter 3 – The Weir – begins on page xii, not on p. 12; see § 4 and ¶ 7 there.",
        "At 51°30′N 0°7′W the board measured 6′ 2″ by 5′ 4½″.",
        "The temperature fell to −5 °C; 2 × 3 = 6; a ± b; x ≤ y; 50 % of it, no more.",
        "A. was early, B. was late, and C. never came. O. Henry wrote it. I did not.",
        "He paused . . . and, as the old books print it, went on . . . . It was over.",
    ),
    "fr": (
        "« Qui vous l’a dit ? » demanda-t-elle ; et il répondit : « Personne ! »",
        "« Qui vous l’a dit\u202f?\u202f» demanda-t-elle\u202f; « personne\u202f!\u202f»",
        "Le bac n’avait pas fonctionné depuis mars\u00a0: l’eau était basse, c’est-à-dire nulle.",
        "— Tu viens ?",
        "— Non… enfin, peut-être : qu’est-ce qu’il y a ?",
        "Il paya 4,50 € pour 1 200 g, à 7 h 30, le 1ᵉʳ mars, à l’aïeul du chœur d’Haÿ.",
        "Elle lut « le mot “bac” est court » et rit.",
    ),
    "de": (
        "„Wer hat dir das gesagt?“, fragte sie. „Niemand“, sagte er – und schwieg.",
        "„Er sagte ‚morgen‘, und heute ist morgen“, sagte sie; die Fähre fuhr nicht.",
        "Es war 7:30 Uhr; die Fahrt kostete 4,50 €, z. B. am 3. März, d. h. im Frühjahr.",
        "»Komm!«, rief er, »es ist spät.« Die Straße war naß, die Maße groß.",
        "Ein- und Ausgang, Haus-, Hof- und Gartentür; der Schiffahrtsweg, die Nord-Ostsee-Linie.",
    ),
    "es": (
        "¿Quién te lo dijo? —preguntó ella—. ¡Nadie! —dijo él.",
        "«El barco no sale», decía el aviso; «hasta nueva orden…». ¡¿Cómo?!",
        "Eran las 7:30, costaba 4,50 €, y el niño del señor Núñez dijo: “mañana”.",
        "—No —respondió—, todavía no: es la 1.ª vez, y la n.º 2 será el 3 de marzo.",
    ),
    "ja": (
        "渡し船は三月から止まっていた。「誰に聞いたの？」と彼女は言った。",
        "「彼は『明日来る』と言ったけれど……」彼女は黙った。――もう明日なのに。",
        "時刻は7:30、料金は450円（税込）、距離は1,200メートルである。",
        "えっ、うそ…。コーヒーとパン・ケーキ、それにＡ4の紙を3枚ください！",
        "「ねえ、行こうよ！」　そう言って、彼は走り出した。ああ、わたしわたし、とみなが言う。",
        "ジョン・スミス氏は1987年6月、東京〜大阪間を歩いた。",
    ),
    "ko": (
        "나룻배는 3월부터 멈췄다. “누가 그랬어?” 하고 그녀가 물었다.",
        "‘내일’이라고 했지만, 오늘이 내일이었다… 그는 말이 없었다.",
        "나루(渡船場)는 7:30에 열리고, 요금은 1,200원이다; 한국(韓國), 중국(中國), 일본(日本).",
        "韓國, 中國, 日本의 배는 서로 다르다: 크기, 빛깔, 이름(名稱).",
    ),
    "ru": (
        "«Кто тебе сказал?» — спросила она. — Никто, — ответил он…",
        "Паром не ходил с марта: „до особого распоряжения“, как гласило объявление.",
    ),
    "it": (
        "«Chi te l’ha detto?» chiese lei; e lui: «Nessuno… perché?»",
        "Un po’ d’acqua, dell’anno ’68; la città più bella è là, a 1.200 metri.",
    ),
    "el": ("«Ποιος σου το είπε;» ρώτησε εκείνη· κι αυτός είπε: «Κανείς…»",),
    "sv": ("”Vem har sagt det?” frågade hon. ”Ingen”, sade han – och teg.",),
    "he": ("המעבורת לא פעלה ממרץ. ”מי אמר לך?” שאלה; והוא ענה: ”אף אחד.”",),
    "vi": ("“Ai nói với anh?” cô hỏi. Anh trả lời: “Không ai cả…” rồi im lặng.",),
}


def changes(text: str) -> list[tuple[str, str, str]]:
    """The edits that the cleaner makes in a text: rule, place in its context, what is put there."""
    run = run_rules(Source("prose.txt", text), below=FORM_BAND)
    found = []
    for one in run.ledger.passes:
        for edit in one.edits:
            here = text[max(0, edit.start - 8) : edit.end + 8]
            found.append((one.rule, here, edit.after))
    return found


@pytest.mark.parametrize("language", CLEAN)
def test_no_character_of_a_well_made_text_changes(language: str) -> None:
    assert changes("\n\n".join(CLEAN[language])) == []


@pytest.mark.parametrize(
    ("language", "paragraph"),
    [(tag, one) for tag, text in CLEAN.items() for one in text],
)
def test_no_character_of_a_well_made_paragraph_changes(language: str, paragraph: str) -> None:
    assert changes(paragraph) == []


def test_no_character_changes_in_a_text_of_many_languages() -> None:
    text = "\n\n".join(one for paragraphs in CLEAN.values() for one in paragraphs)
    assert changes(text) == []


MANUSCRIPTS = [ROOT / "book", *sorted((ROOT / "benchmarks" / "texts" / "tuning").glob("*"))]


@pytest.mark.parametrize("folder", MANUSCRIPTS, ids=lambda path: path.name)
def test_no_character_of_a_well_made_book_changes(folder: Path) -> None:
    # Paragraphs of words alone: what Markdown marks, and makes typographic, is not plain text.
    blocks = [
        block
        for path in sorted(folder.rglob("*.md"))
        for text in [re.sub(r"(?<!\n)\[\^\w+\]", "", path.read_text("utf-8"))]  # without callouts
        for block in text.strip("\n").split("\n\n")
        if not re.match(r"[#:!>\[|*\s-]|\d+\.|---", block)
        and not re.search(r"[\n`{*_\\'\"]|--|\.\.\.|\]\(|\[\^", block)
    ]
    assert blocks
    assert changes("\n\n".join(blocks)) == []
